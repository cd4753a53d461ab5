"""What is said when something fails: one line, and never what people typed."""

from pathlib import Path

import click
import pytest

from bankcc.cli.failures import explain, line_of
from bankcc.errors import Refused
from bankcc.session import Session
from tests.bankcc.cli.conftest import Run


def test_a_defect_is_named_by_kind_and_place_only(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_all: object, **_named: object) -> None:
        raise ValueError("李雷 13912345678")

    monkeypatch.setattr(Session, "find", broken)
    failed = run(center, "list", "task")
    assert (failed.code, failed.out) == (1, "")
    assert failed.err.count("\n") == 1
    assert "ValueError" in failed.err
    assert "bankcc/cli/records.py:" in failed.err
    assert "李雷" not in failed.err
    assert "13912345678" not in failed.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_no_defect(
    error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(error) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_an_error_for_people_is_one_line_with_all_it_says() -> None:
    error = Refused("Not now.\nReally.", safe="Nothing was written.", next_step="Wait.")
    assert line_of(error) == "Not now. Really. Nothing was written. Wait."


def test_the_system_s_own_words_are_passed_on() -> None:
    assert "No space left" in line_of(OSError(28, "No space left on device"))


def test_usage_errors_name_the_command_and_its_help(run: Run) -> None:
    wrong = run(None, "--lang", "en", "list", "task", "--colour")
    assert wrong.err == "There is no option --colour. See “bankcc list --help”.\n"
    assert run(None, "--lang", "en", "list").err.startswith("KIND is missing.")
    assert run(None, "--lang", "en", "init").err.startswith("--name is missing.")
    assert run(None, "--lang", "fr", "list").code == 2
    assert run(None, "--lang", "en", "list", "task", "--limit").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--limit", "0"), "--limit：须为不小于 1 的整数。"),
        (("--limit", "many"), "--limit：须为不小于 1 的整数。"),
        (("--format", "xml"), "--format：只能是：table, json, csv。"),
        (("a", "b"), "参数过多：a b。"),
    ],
)
def test_what_click_refuses_is_said_in_the_language(
    run: Run, center: Path, words: tuple[str, ...], said: str
) -> None:
    refused = run(center, "list", "task", *words)
    assert refused.code == 2
    assert refused.err.startswith(said)
