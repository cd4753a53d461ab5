"""How a command gets at its center: where the passphrase comes from, who else is at it."""

import os
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from bankcc.cli import opening
from bankcc.cli.opening import Options, ask_again, ask_twice, login_name
from bankcc.clock import ManualClock
from bankcc.errors import UserError, WrongPassphrase
from bankcc.log.views import Views
from bankcc.paths import Paths, default_center
from bankcc.session import Session
from tests.bankcc.cli.conftest import Run

WRONG = WrongPassphrase("wrong")


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Answers to the prompts, in order; what is left of them."""
    left = list(answers)
    monkeypatch.setattr(click, "prompt", lambda *_text, **_how: left.pop(0))
    return left


def opens_with(secret: str) -> Callable[[str | None], Session]:
    def open_(text: str | None) -> Session:
        if text != secret:
            raise WRONG
        return "session"  # type: ignore[return-value]

    return open_


def test_the_passphrase_comes_from_the_file_then_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Options().given_passphrase() is None
    monkeypatch.setenv("BANKCC_PASSPHRASE", "环境")
    assert Options().given_passphrase() == "环境"
    file = tmp_path / "secret"
    file.write_bytes(b"\xef\xbb\xbf\xe4\xb8\x89\xe6\xb1\x9f 1 \r\n")
    assert Options(passphrase_file=file).given_passphrase() == "三江 1 "


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_an_unreadable_passphrase_file_is_said(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UserError) as refused:
        Options(passphrase_file=file).given_passphrase()
    assert refused.value.next_step


def test_wrong_passphrases_wait_longer_and_the_right_one_opens(
    monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    typed(monkeypatch, "a", "b", "c", "right")
    assert ask_again(opens_with("right"), clock) == "session"
    assert clock.slept == pytest.approx(1 + 2 + 4)


def test_after_some_tries_the_command_ends(
    monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    left = typed(monkeypatch, *"abcdefgh")
    with pytest.raises(WrongPassphrase):
        ask_again(opens_with("right"), clock)
    assert len(left) == 8 - opening.TRIES


def test_without_a_terminal_nothing_is_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "center"
    monkeypatch.setenv("BANKCC_PASSPHRASE", "三江 春潮 2026")
    run(folder, "init", "--name", "中心")
    monkeypatch.delenv("BANKCC_PASSPHRASE")
    asked = run(folder, "status")
    assert (asked.code, asked.out) == (1, "")
    assert "BANKCC_PASSPHRASE" in asked.err
    secret = tmp_path / "secret"
    secret.write_text("三江 春潮 2025\n", encoding="utf-8")
    assert run(folder, "--passphrase-file", secret, "status").code == 1
    secret.write_text("三江 春潮 2026\n", encoding="utf-8")
    assert run(folder, "--passphrase-file", secret, "status").code == 0
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed(monkeypatch, "三江 春潮 2026")
    assert run(folder, "status").code == 0


def test_reading_works_beside_a_writer_and_writing_is_refused(run: Run, center: Path) -> None:
    run(center, "add", "task", "title=一")
    with Session.open(Paths(center), holder="window"):
        assert len(run(center, "list", "task", "--format", "json").json) == 1
        assert run(center, "verify").code == 0
        refused = run(center, "add", "task", "title=二")
        assert (refused.code, refused.out) == (1, "")
        assert str(os.getpid()) in refused.err
        revealed = run(center, "list", "person", "--reveal")
        assert revealed.code == 0
        assert revealed.err
    assert run(center, "add", "task", "title=二").code == 0


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Options().paths.root == default_center()

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert login_name() == ""


def test_folder_and_user_come_from_the_environment(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANKCC_DATA_DIR", str(center))
    assert run(None, "list", "task").code == 0


def test_the_first_reading_command_after_an_update_renews_the_lists(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(center, "add", "person", "name=王敏")
    before = Views.fingerprint
    monkeypatch.setattr(Views, "fingerprint", lambda views: before(views)[::-1])
    assert "王敏" in run(center, "list", "person").out
    with Session.open(Paths(center), write=False) as session:
        assert session.get("person", "王敏")


def test_a_new_passphrase_is_asked_for_until_both_are_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["one", "other", "same", "same"])
    monkeypatch.setattr(click, "prompt", lambda *_text, **_how: next(answers))
    assert ask_twice() == "same"
    assert capsys.readouterr().err == "两次输入不一致，请重新输入。\n"
