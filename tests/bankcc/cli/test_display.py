"""The way to the window: found by name, refused politely without a display."""

from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest

from bankcc.cli import Options, pass_options
from bankcc.cli.display import has_display
from tests.bankcc.cli.conftest import Run

opened: list[Path | None] = []


@click.command("open")
@pass_options
def window(options: Options) -> None:
    """Open the window."""
    opened.append(options.folder)


@pytest.fixture(autouse=True)
def _window(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("open", f"{__name__}:window", "bankcc.commands")
    monkeypatch.setattr(EntryPoint, "load", lambda self: window if self is point else None)
    for module in ("bankcc.cli", "bankcc.cli.display"):
        monkeypatch.setattr(f"{module}.window_commands", lambda: {"open": point}, raising=False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    opened.clear()


def test_without_a_command_the_window_opens(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    assert run(center).code == 0
    assert run(center, "open").code == 0
    assert opened == [center, center]


def test_without_a_display_it_is_said_and_help_is_shown(run: Run, center: Path) -> None:
    shown = run(center)
    assert shown.code == 0
    assert shown.err.count("\n") == 1
    for name in ("import", "report", "verify"):
        assert f"\n  {name} " in shown.out
    asked = run(center, "open")
    assert (asked.code, asked.out, opened) == (1, "", [])


def test_the_demo_opens_its_own_center(
    run: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(example, "demo").code == 0
    assert opened == []
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert run(example, "demo", "--no-window").code == 0
    assert opened == []
    assert run(example, "demo").code == 0
    assert opened == [example]


@pytest.mark.parametrize(
    ("platform", "seen"), [("offscreen", False), ("minimal", False), ("vnc", True), ("xcb", True)]
)
def test_a_platform_that_nobody_sees_is_no_display(
    monkeypatch: pytest.MonkeyPatch, platform: str, seen: bool
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert has_display() is seen


def test_a_window_drawn_off_screen_opens_only_by_name(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    run(center)
    assert opened == []
    run(center, "open")
    assert opened == [center]


def test_an_installation_without_the_window_says_so(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_point: EntryPoint) -> None:
        raise ImportError

    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setattr(EntryPoint, "load", missing)
    said = run(center)
    assert said.code == 0
    assert said.err.count("\n") == 1


def test_help_about_the_window_needs_no_display(run: Run, center: Path) -> None:
    shown = run(center, "open", "--help")
    assert (shown.code, shown.err, opened) == (0, "", [])
    assert "Open the window" in shown.out
