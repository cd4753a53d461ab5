"""The alarm is heard with what there is; nothing waits for it and no missing player is an error."""

import stat
import wave
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui.alarm import sounds
from ui.alarm.sounds import Sounds, alarm_file


@pytest.fixture
def beeps(monkeypatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append("beep"))
    return heard


@pytest.fixture
def path(tmp_path: Path, monkeypatch) -> Path:
    """A folder of programs; nothing else is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def program(folder: Path, name: str, *, code: int = 0, wait: str = "0") -> None:
    """A player that notes what it was given."""
    file = folder / name
    file.write_text(f'#!/bin/sh\necho {name} "$@" >> "{folder}/heard"\nsleep {wait}\nexit {code}\n')
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def heard(folder: Path) -> list[str]:
    file = folder / "heard"
    return file.read_text().splitlines() if file.exists() else []


def found_in(folder: Path):
    return lambda name: str(folder / name) if (folder / name).exists() else None


def test_two_tones_long_enough_to_be_noticed() -> None:
    with wave.open(str(alarm_file()), "rb") as file:
        assert file.getnframes() / file.getframerate() >= 1.5
        samples = file.readframes(file.getnframes())
    assert max(samples[1::2]) > 0


def test_without_any_player_it_is_the_beep(qapp, beeps) -> None:
    made = Sounds(find=lambda _name: None, platform="linux")
    assert made.player == ""
    made.play()
    assert beeps == ["beep"]


def test_the_first_player_that_is_there_is_given_the_file(qtbot, path, beeps) -> None:
    program(path, "aplay")
    made = Sounds(find=found_in(path), platform="linux")
    assert made.player == "aplay"
    made.play()
    qtbot.waitUntil(lambda: heard(path) != [] and not made.sounding)
    assert heard(path) == [f"aplay -q {alarm_file()}"]
    assert beeps == []


def test_a_player_that_fails_is_left_for_the_next_one(qtbot, path, beeps) -> None:
    program(path, "paplay", code=1)
    program(path, "aplay")
    made = Sounds(find=found_in(path), platform="linux")
    made.play()
    qtbot.waitUntil(lambda: len(heard(path)) == 2 and not made.sounding)
    assert [line.split()[0] for line in heard(path)] == ["paplay", "aplay"]
    assert made.player == "aplay"
    made.play()
    qtbot.waitUntil(lambda: len(heard(path)) == 3 and not made.sounding)
    assert beeps == []


def test_a_player_that_is_gone_ends_with_the_beep(qtbot, path, beeps) -> None:
    program(path, "pw-play")
    made = Sounds(find=found_in(path), platform="linux")
    (path / "pw-play").unlink()
    made.play()
    qtbot.waitUntil(lambda: beeps == ["beep"])
    assert made.player == ""


def test_while_it_sounds_no_second_one_begins(qtbot, path) -> None:
    program(path, "paplay", wait="5")
    made = Sounds(find=found_in(path), platform="linux")
    made.play()
    qtbot.waitUntil(lambda: heard(path) != [])
    made.play()
    assert len(heard(path)) == 1
    made.stop()
    assert not made.sounding


class FakeWindows:
    SND_FILENAME, SND_ASYNC, SND_NODEFAULT = 1, 2, 4

    def __init__(self, *, works: bool) -> None:
        self.works, self.played = works, []

    def PlaySound(self, file: str, how: int) -> None:  # noqa: N802  its name
        self.played.append((file, how))
        if not self.works:
            raise RuntimeError("no device")


def test_windows_is_handed_the_file_and_not_waited_for(qapp, monkeypatch, beeps) -> None:
    windows = FakeWindows(works=True)
    monkeypatch.setattr(sounds, "winsound", windows, raising=False)
    made = Sounds(platform="win32")
    made.play()
    assert made.player == "winsound"
    assert windows.played == [(str(alarm_file()), 7)]
    assert beeps == []


def test_windows_without_a_sound_card_beeps(qapp, monkeypatch, beeps) -> None:
    monkeypatch.setattr(sounds, "winsound", FakeWindows(works=False), raising=False)
    made = Sounds(platform="win32")
    made.play()
    made.play()
    assert beeps == ["beep", "beep"]
    assert made.player == ""
