"""The real window on a small center with people, answer cards and an earlier call, for the keys of
the hotline. `hotline_window` becomes a fixture where it is used.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from bankcc.features import answer_card, inquiry, person
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session
from tests.ui.panels.hotline_keys import Keys, compose, focus
from tests.ui.small_center import settle
from tests.ui.small_window import small_window
from ui.frame.main_window import MainWindow

PEOPLE = ("王敏", "李强", "陈刚")
CARDS = (("复业", "opening_hours"), ("急需现金", "cash"), ("代发工资", "payroll"))
EARLIER = "13800138000"


def fill(session: Session) -> None:
    """People, cards in force, and a call of `EARLIER` that waits for a call back in an hour."""
    for name in PEOPLE:
        session.execute(person.add(name=name))
    for topic, category in CARDS:
        words = {"topic": topic, "question": f"{topic}怎么办？", "answer": f"关于{topic}"}
        made = session.execute(answer_card.add(category=category, **words)).made[0]
        session.execute(answer_card.approve(made.id, approver="张行长"))
    verb = inquiry.log_call(
        phone=EARLIER, category="cash", note="查余额", callback=session.clock.now_ms() + 3_600_000
    )
    session.execute(verb)


def window(qapp, qtbot, tmp_path, clock, chance) -> Iterator[MainWindow]:
    """The window with the hotline in front, the caret in the phone field."""
    clock.step_ms = 0
    with small_window(qapp, qtbot, tmp_path, clock, chance, fill) as made:
        made.show_panel("hotline")
        settle()
        yield made


def panel(window: MainWindow) -> QWidget:
    """The hotline of that window."""
    return window.panel


def calls(window: MainWindow) -> list[Record]:
    """All calls in the order they were entered."""
    return window.session.find(Query("inquiry", order="row"))


def tasks(window: MainWindow) -> list[Record]:
    """All tasks in the order they were entered."""
    return window.session.find(Query("task", order="row"))


def a_call(keys: Keys) -> None:
    """A call as far as the request, its keys not counted."""
    keys.press(Qt.Key.Key_F2)
    keys.text("139001390001")
    compose("", "交住院押金")
    keys.count = 0


def chips(panel: QWidget) -> list[str]:
    """What is staged, as it is shown."""
    return [chip.text() for chip in panel.entry.staged.chips.values()]


def at_note() -> bool:
    """Whether the keys are in the request."""
    return focus().objectName() == "hotline.note"
