"""The incident on the banner is the one in force; the words for a change name its records."""

import pytest

from bankcc.clock import ManualClock
from bankcc.features import incident, inquiry
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.reports.incidents import current_incident
from bankcc.session import Session
from ui.frame.incident_banner import IncidentBanner
from ui.frame.overview import MOST_NAMED, change_words, show_incident, window_title
from ui.theme import Level


@pytest.fixture
def session(tmp_path, clock: ManualClock, chance: SeededChance):
    folder = Paths(tmp_path / "center")
    made, _key = Session.create(
        folder, name="滨江支行", passphrase=None, demo=True, clock=clock, chance=chance
    )
    yield made
    made.close()


@pytest.fixture
def banner(qtbot, clock: ManualClock) -> IncidentBanner:
    made = IncidentBanner(clock)
    qtbot.addWidget(made)
    return made


def activate(session: Session, name: str, level: str = "II") -> str:
    number = session.execute(incident.open_incident(name=name)).made[0].number
    session.execute(incident.activate(number, level=level, decided_by="张行长"))
    return number


def test_none_is_said(session, banner) -> None:
    show_incident(session, banner)
    assert current_incident(session) is None
    assert banner.chip.word == ""


def test_one_in_force_goes_before_a_newer_one_that_is_not(session, banner, clock) -> None:
    activate(session, "停电", "III")
    clock.advance(minutes=61)
    session.execute(incident.open_incident(name="可能的暴雨"))
    show_incident(session, banner)
    assert banner.title.text().startswith("停电")
    assert banner.chip.level == Level.WARNING
    assert "01:01:00" in banner.time.text()


def test_the_newest_of_several_in_force(session) -> None:
    for name in ("一", "二"):
        activate(session, name)
    assert current_incident(session)["name"] == "二"


def test_before_a_level_is_set_the_state_is_said(session, banner) -> None:
    session.execute(incident.open_incident(name="可能的暴雨", is_drill=1))
    show_incident(session, banner)
    assert banner.chip.word == "监测"
    assert banner.drill.word == "演练"


def test_what_is_over_is_not_shown(session) -> None:
    number = activate(session, "停电")
    session.execute(incident.set_status(number, status="reopened"))
    assert current_incident(session) is None


def test_a_change_is_said_by_numbers_and_many_by_a_few(session) -> None:
    receipt = session.execute(inquiry.log_call(phone="0", category="cash"))
    assert change_words(session, receipt.changes) == receipt.made[0].number
    seen = []
    session.subscribe(seen.append)
    session.load(inquiry.log_call(phone="0", category="cash") for _call in range(9))
    words = change_words(session, seen[0])
    assert words.count("R-") == MOST_NAMED
    assert words.endswith("…")


def test_the_window_is_called_after_the_center(session) -> None:
    assert window_title(session) == "滨江支行 – bankcc"
