"""Twenty changes of many kinds by keys and twenty times Ctrl+Z: everything is as it was, and the
history keeps all forty.
"""

import pytest
from PySide6.QtCore import Qt

from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.panels.hotline_keys import CONTROL, ENTER, Keys
from tests.ui.requirements.whole_window import first, settle, wait_until
from ui.frame.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("guarded")

DERIVED = "timeline"
"""It keeps what was undone: the audit is looked at by itself."""


def dump(session: Session) -> dict[str, dict[str, dict[str, object]]]:
    """What a person sees of every record."""
    return {
        kind: {record.id: dict(record.values) for record in session.find(Query(kind, limit=5_000))}
        for kind in session.kinds
        if kind != DERIVED
    }


def kept(session: Session, records: set[tuple[str, str]]) -> int:
    """How many entries the history of these records has."""
    return sum(len(session.history(record)) for _kind, record in records)


class Person:
    """Does things to the window as a person does, and counts what was written."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.session, self.keys = window, window.session, Keys()
        self.touched: set[tuple[str, str]] = set()
        self.written = 0
        window.session.subscribe(self._heard)

    def _heard(self, changes: object) -> None:
        self.written += 1
        self.touched |= {each for each in changes.records if each[0] != DERIVED}

    def log_call(self, digits: str) -> None:
        self.keys.press(Qt.Key.Key_F2)
        self.keys.text(digits + "2")
        self.keys.save()

    def move_card(self) -> None:
        self.window.show_panel("task")
        wait_until(lambda: self.window.panel.feed.loaded)
        self.window.panel.grid.set_current(first(self.window, "task", status="todo"), focus=True)
        self.keys.press(Qt.Key.Key_Right, CONTROL)

    def edit(self, panel: str, field: str, text: str) -> None:
        self.window.show_panel(panel)
        wait_until(lambda: self.window.panel.form.record is not None)
        self.keys.press(ENTER)
        editor = self.window.panel.form.rows[field].editor
        editor.setFocus()
        self.keys.press(Qt.Key.Key_End)
        self.keys.text(text)
        self.keys.press("S", CONTROL)

    def check_in(self, initials: str) -> None:
        self.window.show_panel("person")
        wait_until(lambda: self.window.panel.feed.loaded)
        self.window.panel.check_in.text.setFocus()
        self.keys.text(initials)
        self.keys.press(ENTER)

    def take_from_stock(self) -> None:
        self.window.show_panel("resource")
        wait_until(lambda: self.window.panel.list.row() is not None)
        self.window.panel.list.setFocus()
        self.keys.press(Qt.Key.Key_Minus)
        self.keys.press(ENTER)

    def new_record(self, panel: str, text: str) -> None:
        self.window.show_panel(panel)
        self.keys.press("N", CONTROL)
        self.keys.text(text)
        self.keys.press("S", CONTROL)

    def delete(self, panel: str) -> None:
        self.window.show_panel(panel)
        self.window.panel.list.setFocus()
        self.keys.press(Qt.Key.Key_Delete, CONTROL)

    def urgent(self) -> None:
        self.window.show_panel("hotline")
        self.window.panel.open_record("inquiry", first(self.window, "inquiry", status="answered"))
        self.window.panel.detail.buttons["close"].click()


def twenty(person: Person) -> list[tuple[str, object]]:
    return [
        *((f"call {at}", lambda at=at: person.log_call(f"1380000{at:04}")) for at in range(4)),
        ("card", person.move_card),
        ("card again", person.move_card),
        ("card once more", person.move_card),
        ("post", lambda: person.edit("post", "seat", "A1")),
        ("post again", lambda: person.edit("post", "seat", "B2")),
        ("outlet", lambda: person.edit("outlet", "address", "9")),
        ("incident", lambda: person.edit("incident", "site", "x")),
        ("stock", person.take_from_stock),
        ("stock again", person.take_from_stock),
        ("check in", lambda: person.check_in("zmy")),
        ("check out", lambda: person.check_in("xjg")),
        ("new post", lambda: person.new_record("post", "Runner")),
        ("new outlet", lambda: person.new_record("outlet", "Annex")),
        ("deleted", lambda: person.delete("answer-card")),
        ("deleted again", lambda: person.delete("post")),
        ("closed", person.urgent),
    ]


def test_twenty_changes_and_twenty_steps_back(window) -> None:
    person = Person(window)
    before = dump(window.session)
    deeds = twenty(person)
    assert len(deeds) == 20
    for at, (name, act) in enumerate(deeds, start=1):
        act()
        settle()
        assert person.written == at, f"{name} wrote {person.written - at + 1} times"
    assert dump(window.session) != before
    changed, stored = person.touched.copy(), window.session.status().operations
    entries = kept(window.session, changed)
    window.show_panel("hotline")
    window.panel.start()
    for _step in range(20):
        person.keys.press("Z", CONTROL)
        settle()
        assert window.messages.rows, "nothing said what was undone"
    assert dump(window.session) == before
    assert person.written == 40
    # Nothing is erased: to every entry of a change came one that takes it back.
    assert person.touched == changed
    assert window.session.status().operations - stored >= 20
    assert kept(window.session, changed) - entries >= 20


def test_the_last_one_is_done_again(window) -> None:
    person = Person(window)
    person.log_call("13800000001")
    after = dump(window.session)
    person.keys.press("Z", CONTROL)
    assert dump(window.session) != after
    person.keys.press("Y", CONTROL)
    assert dump(window.session) == after
