"""Which incident, real or drill, which level, for how long: by the wall clock, through sleep."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from bankcc.clock import ManualClock
from ui.frame.incident_banner import IncidentBanner, elapsed
from ui.theme import Level


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "00:00:00"),
        (9_667_999, "02:41:07"),
        (86_399_000, "23:59:59"),
        (99_667_000, "1 天 03:41:07"),
        (-5_000, "00:00:00"),
    ],
)
def test_elapsed(ms: int, text: str) -> None:
    assert elapsed(ms) == text


@pytest.fixture
def banner(qtbot, clock: ManualClock) -> IncidentBanner:
    made = IncidentBanner(clock)
    qtbot.addWidget(made)
    return made


def test_nothing_open(banner) -> None:
    assert banner.title.text() == "没有进行中的事件"
    assert banner.chip.isHidden()
    assert banner.time.isHidden()


def test_shows_incident_and_survives_sleep(banner, clock) -> None:
    banner.set_incident("<b>滨江</b>", "EV-1", "Ⅱ级响应", Level.CRITICAL, clock.now_ms())
    assert banner.title.text() == "<b>滨江</b> · EV-1"
    assert banner.chip.text() == "▲ Ⅱ级响应"
    assert banner.accessibleName() == "<b>滨江</b> · EV-1, Ⅱ级响应"
    clock.advance(hours=8, seconds=5)
    banner.tick()
    assert banner.time.text() == "已启动 08:00:05"
    clock.advance(hours=-20)
    banner.tick()
    assert banner.time.text() == "已启动 00:00:00"


def test_not_started_has_no_time(banner) -> None:
    banner.set_incident("x", "", "待命", Level.NEUTRAL)
    assert banner.time.isHidden()
    assert banner.title.text() == "x"


def test_drill_is_word_and_stripes(banner, clock) -> None:
    banner.resize(600, 40)
    banner.set_incident("x", "EV-1", "Ⅱ级", Level.WARNING, clock.now_ms())
    real = banner.grab().toImage()
    banner.set_incident("x", "EV-1", "Ⅱ级", Level.WARNING, clock.now_ms(), drill=True)
    drill = banner.grab().toImage()
    assert banner.drill.word == "演练"
    assert banner.accessibleName().startswith("演练")
    bottom = {drill.pixelColor(x, 37).name() for x in range(0, 600, 3)}
    assert len(bottom) > 1, "no stripes"
    assert len({real.pixelColor(x, 37).name() for x in range(0, 600, 3)}) == 1


def test_follows_the_language(banner) -> None:
    i18n.set_language("en")
    QApplication.sendEvent(banner, QEvent(QEvent.Type.LanguageChange))
    assert banner.title.text() == "No incident is open"
