"""Help in both languages, from the same code in one run."""

from collections.abc import Iterator

import click
import pytest

from bankcc import i18n
from bankcc.cli import MAKERS, build
from bankcc.cli.help import Spoken, short_help
from tests.bankcc.cli.conftest import Run


@pytest.fixture(params=["zh_CN", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.set_language(request.param)
    return request.param  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", MAKERS)
def test_every_command_explains_itself(run: Run, name: str, spoken: str) -> None:
    shown = run(None, "--lang", spoken, name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert ("用法：" in shown.out) is (spoken == "zh_CN")
    assert ("Usage: " in shown.out) is (spoken == "en")
    assert ("Show this" in shown.out) is (spoken == "en")
    assert f"bankcc {name}" in shown.out


def test_the_list_of_commands_is_complete(run: Run) -> None:
    shown = run(None, "-h").out
    assert all(f"\n  {name} " in shown for name in MAKERS)


def test_options_without_help_are_none(spoken: str) -> None:
    command = build()
    context = click.Context(command, info_name="bankcc")
    for name in MAKERS:
        made = command.get_command(context, name)
        assert made is not None
        for param in made.params:
            if isinstance(param, click.Option):
                assert param.help, (name, param.opts)


def test_a_short_help_is_one_sentence() -> None:
    assert short_help(Spoken("a", help="导入文件。再来一次不变。")) == "导入文件"
    assert short_help(Spoken("a", help="Take a file. Twice is once.")) == "Take a file"
    assert short_help(Spoken("a")) == ""


def test_the_version(run: Run) -> None:
    assert run(None, "--version").out.startswith("bankcc ")
