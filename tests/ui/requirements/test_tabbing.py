"""By Tab alone: every stop of every panel and dialog has a name to be spoken, shows that it has the
focus, comes in the order in which one reads, and after the last comes the first again.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from tests.ui.requirements.whole_window import (
    dialog,
    dialog_names,
    name_of,
    settle,
    sights,
)
from ui.frame.panel_stack import PanelStack
from ui.records.person_picker import PersonPicker
from ui.widgets.ask_box import AskBox
from ui.widgets.ask_line import AskLine

MOST_STOPS = 120
RING = 3
"""Pixels at the edge of a line of text: within it the caret would be taken for the focus."""


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a widget: its accessible name, or what stands on it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def box(widget: QWidget) -> QRect:
    """Where it is on the screen."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def walk(root: QWidget) -> Iterator[QWidget]:
    """Press Tab from where the focus is until it is there again; the stops, the first one last."""
    start = QApplication.focusWidget()
    assert start is not None, "nothing has the focus"
    at = start
    for _press in range(MOST_STOPS):
        QTest.keyClick(at, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, f"Tab from {name_of(at)} leads nowhere"
        assert now is not at, f"{name_of(at)} does not let go"
        assert now is root or root.isAncestorOf(now), f"{name_of(now)} lies elsewhere"
        at = now
        yield at
        if at is start:
            return
    raise AssertionError(f"the way does not come back to {name_of(start)}")


def goes_back(one: QRect, other: QRect) -> bool:
    """Whether `other` is read before `one`: above it and not in a column further right, or in the
    same line further left."""
    if other.bottom() <= one.top():
        return other.left() < one.right()
    same_line = other.top() < one.center().y() < other.bottom()
    return same_line and other.right() <= one.left()


def picture(widget: QWidget) -> QImage:
    """The widget as it is painted; of a text only the edge."""
    place = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
    image = widget.window().grab(place).toImage()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        inner = image.rect().adjusted(RING, RING, -RING, -RING)
        for y in range(inner.top(), inner.bottom() + 1):
            for x in range(inner.left(), inner.right() + 1):
                image.setPixel(x, y, 0)
    return image


def place_of(widget: QWidget, root: QWidget) -> QWidget:
    """What a stop is a part of: the panel, an edge of the window, or a question over the panel."""
    over = (AskBox, AskLine, PersonPicker)
    at = widget
    while at.parentWidget() is not None and at.parentWidget() is not root:
        if isinstance(at, over) or isinstance(at.parentWidget(), PanelStack):
            return at
        at = at.parentWidget()
    return root if at is widget else at


def missed(root: QWidget, met: set[int]) -> list[str]:
    """What is in sight and takes the focus, and no Tab leads to."""
    return [
        name_of(widget)
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.focusProxy()
        and id(widget) not in met
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QTabWidget)
        and not widget.objectName().startswith("qt_")
    ]


def tour(root: QWidget, pictured: set[int]) -> Iterator[str]:
    """Go round once; yields what is wrong. `pictured`: whose ring was looked at before."""
    before, focused, looked_at = None, None, None
    backwards, met = [], set()
    for stop in walk(root):
        met.add(id(stop))
        if looked_at is not None and picture(looked_at) == focused:
            yield f"{name_of(looked_at)} looks the same with the focus and without"
        looked_at = None
        if not spoken(stop):
            yield f"{name_of(stop)} has no name to be spoken"
        same_place = before is not None and place_of(before, root) is place_of(stop, root)
        if same_place and goes_back(box(before), box(stop)):
            backwards.append(f"{name_of(before)} -> {name_of(stop)}")
        if id(stop) not in pictured:
            pictured.add(id(stop))
            looked_at, focused = stop, picture(stop)
        before = stop
    if left_out := missed(root, met):
        yield f"Tab never comes to {', '.join(left_out)}"
    # A circle goes back once: from the last stop to the first.
    if len(backwards) > 1:
        yield f"the order jumps back: {', '.join(backwards)}"


def test_panels(standing) -> None:
    pictured: set[int] = set()
    faults = [f"{sight}: {fault}" for sight in sights(standing) if "palette" not in sight
              for fault in tour(standing, pictured)]  # fmt: skip
    assert not faults, "\n".join(faults)


def test_dialogs(standing, tmp_path) -> None:
    faults = []
    for name in dialog_names():
        with dialog(standing, name, tmp_path) as made:
            if QApplication.focusWidget() is None or not made.isAncestorOf(
                QApplication.focusWidget()
            ):
                QTest.keyClick(made, Qt.Key.Key_Tab)
            faults += [f"{name}: {fault}" for fault in tour(made, set())]
    assert not faults, "\n".join(faults)


def test_the_measure_bites(qtbot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    buttons = [QPushButton(text, root) for text in ("甲", "", "丙", "丁")]
    for button in buttons:
        column.addWidget(button)
    for one, other in ((0, 2), (2, 1), (1, 3)):
        QWidget.setTabOrder(buttons[one], buttons[other])
    root.show()
    root.activateWindow()
    buttons[0].setFocus()
    settle()
    found = "\n".join(tour(root, set()))
    assert "no name" in found
    assert "jumps back" in found
    text = QPlainTextEdit(root)
    column.addWidget(text)
    text.show()
    text.setFocus()
    with pytest.raises(AssertionError, match="let go"):
        list(walk(root))
