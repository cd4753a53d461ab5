"""`open` starts the window with what stands before the command; `shots` draws into a folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from bankcc import paths
from bankcc.cli import run
from ui import app, shots
from ui.app import Start


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Start]:
    seen: list[Start] = []

    def remember(start: Start) -> int:
        seen.append(start)
        return 3

    monkeypatch.setattr(app, "run", remember)
    return seen


def test_options_reach_the_window_and_its_exit_code_comes_back(started, tmp_path, clock) -> None:
    file = tmp_path / "secret"
    file.write_text("滨江 秋天\n", encoding="utf-8")
    arguments = ["--data-dir", str(tmp_path / "center"), "--lang", "en", "--as", "王敏 · 坐席"]
    assert run([*arguments, "--passphrase-file", str(file), "open"], clock=clock) == 3
    (start,) = started
    assert start.paths.root == start.demo.root == tmp_path / "center"
    assert (start.language, start.passphrase) == ("en", "滨江 秋天")
    assert (start.user, start.clock) == ("王敏 · 坐席", clock)


def test_without_a_folder_the_example_is_never_the_real_center(started) -> None:
    assert run(["open"]) == 3
    (start,) = started
    assert start.paths.root == paths.default_center()
    assert start.demo.root == paths.demo_center()
    assert start.paths.root != start.demo.root


def test_shots_names_every_picture(monkeypatch, tmp_path, capsys) -> None:
    def draw(folder: Path) -> list[Path]:
        return [folder / "hotline_light_en.png"]

    monkeypatch.setattr(shots, "render_all", draw)
    assert run(["shots", str(tmp_path)]) == 0
    assert "hotline_light_en.png" in capsys.readouterr().out


def test_the_list_of_commands_loads_no_qt() -> None:
    code = "import sys, ui.commands; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_language_that_nobody_asked_for_is_left_to_the_window(started, monkeypatch) -> None:
    monkeypatch.delenv("BANKCC_LANG", raising=False)
    run(["open"])
    monkeypatch.setenv("BANKCC_LANG", "en_GB")
    run(["open"])
    assert [start.language for start in started] == ["", "en"]
