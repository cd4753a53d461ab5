"""A task board in a window, with two lanes of cards, and the keys of a person. `keys`,
`fill_center` and `board_panel` become fixtures where they are used.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bankcc.features import inquiry, person, task
from tests.ui.small_center import show_panel
from ui.board.card_text import Card
from ui.board.model import MIME
from ui.context import UiContext
from ui.panels.task_board import TaskBoardPanel

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
HOUR = 3_600_000
Press = Callable[..., None]


def keys(qtbot: QtBot) -> Press:
    """Send keys to whatever has the focus; `press.count` is how many."""

    def send(*keys: Qt.Key | str | tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(key, str):
                send.count += len(key)
                QTest.keyClicks(target, key)
            else:
                send.count += 1
                code, modifiers = key if isinstance(key, tuple) else (key, NONE)
                QTest.keyClick(target, code, modifiers)
            qtbot.wait(1)

    send.count = 0
    return send


def fill_center(context: UiContext) -> None:
    """Two lanes with cards, three people, one call that became a task."""
    run = context.session.execute
    for name in ("王敏", "李强", "刘倩"):
        run(person.add(name=name))
    now = context.session.clock.now_ms()
    run(task.add(title="换电池", group="tech", checklist="拆下\n装上", status="doing"))
    run(task.add(title="接发电车", group="tech", assignee="李强", due=now + 10 * HOUR))
    run(task.add(title="补坐席", group="customer", priority="critical", assignee="王敏"))
    run(task.add(title="问记者", group="customer", priority="urgent", due=now - HOUR))
    call = run(inquiry.log_call(phone="13800138000", category="cash", note="吞卡"))
    run(inquiry.to_task(call.made[0].id))


def shown_panel(context: UiContext, qtbot: QtBot, **more: object) -> TaskBoardPanel:
    made = TaskBoardPanel(context, **more)
    show_panel(made, qtbot)
    return made


def board_panel(context: UiContext, qtbot: QtBot, fill: None) -> Iterator[TaskBoardPanel]:
    made = shown_panel(context, qtbot)
    yield made
    made.flush()


def card(panel: TaskBoardPanel, title: str) -> Card:
    return next(found for found in panel.board.all_cards if found.title == title)


def go(panel: TaskBoardPanel, title: str) -> None:
    assert panel.grid.set_current(card(panel, title).id, focus=True)


def current(panel: TaskBoardPanel) -> str:
    found = panel.grid.card()
    return found.title if found else ""


def stored(panel: TaskBoardPanel, title: str) -> dict:
    return dict(panel.session.get("task", title).values)


def drop(panel: TaskBoardPanel, target: QWidget, title: str) -> None:
    data = QMimeData()
    data.setData(MIME, card(panel, title).id.encode())
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, NONE
    )
    target.dropEvent(event)


def titles(panel: TaskBoardPanel) -> set[str]:
    return {found.title for cell in panel.board for found in cell.cards}
