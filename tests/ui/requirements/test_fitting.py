"""Nothing is cut off: every panel, everything further in it and every dialog, in both languages, at
100 % and at 150 % on 1366×768, at 200 % on 1920×1080, switched live on the window that stands.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from bankcc import i18n
from tests.ui.requirements.whole_window import (
    dialog,
    dialog_names,
    name_of,
    settle,
    sights,
    wear,
)
from ui import theme
from ui.widgets.plain_label import ElidedLabel, PlainLabel

SMALL, LARGE = (1366, 768), (1920, 1080)
Worn = tuple[str, int, tuple[int, int]]
WORN: list[Worn] = [
    (language, scale, size)
    for scale, size in ((100, SMALL), (150, SMALL), (200, LARGE))
    for language in ("en", "zh_CN")
]
TASK_BAR = 40


def faults(root: QWidget) -> Iterator[str]:
    """Whatever of `root` cannot be read whole."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible():
            for fault in _faults_of(widget):
                yield f"{name_of(widget)} {fault}"


def _faults_of(widget: QWidget) -> Iterator[str]:
    match widget:
        case QToolButton() if widget.objectName() == "list.more_columns":
            yield from _covered(widget)
        case ElidedLabel():
            if widget.toolTip() != widget.text():
                yield f"is cut short and has no tooltip: {widget.text()!r}"
        case QLabel() if widget.text() and widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                yield f"has too few lines for {widget.text()[:40]!r}"
        case QLabel() | QAbstractButton() if widget.text():
            if widget.sizeHint().width() > widget.width():
                yield f"{widget.text()!r} needs {widget.sizeHint().width()}, has {widget.width()}"
            yield from _pressed(widget)
        case QComboBox() if not widget.isEditable():
            room = widget.width() - (widget.sizeHint().width() - _longest(widget))
            if widget.fontMetrics().horizontalAdvance(widget.currentText()) > room:
                yield f"shows only a part of {widget.currentText()!r}"
        case QHeaderView() if widget.orientation() == Qt.Orientation.Horizontal:
            yield from _headings(widget)
        case QTabBar():
            sizes = (widget.tabRect(at).width() for at in range(widget.count()))
            if sum(sizes) > widget.width():
                yield "does not show all of its tabs"
        case QAbstractScrollArea():
            if widget.horizontalScrollBar().maximum() > 0:
                yield f"scrolls sideways by {widget.horizontalScrollBar().maximum()}"
    yield from _outside(widget)


def _pressed(button: QLabel | QAbstractButton) -> Iterator[str]:
    """Words are bold while their button is pressed: also then they have room."""
    if not isinstance(button, QPushButton) or not button.isCheckable() or button.menu():
        return
    font = button.font()
    font.setBold(True)
    small = bool(button.property("small"))
    around = theme.px(8 if small else 24) + 2
    around += button.iconSize().width() + 4 if not button.icon().isNull() else 0
    need = QFontMetrics(font).horizontalAdvance(button.text()) + around
    if need > button.width():
        yield f"{button.text()!r} needs {need} when pressed, has {button.width()}"


def _covered(button: QToolButton) -> Iterator[str]:
    """The heading before the button that stands at the end of the headings."""
    view = button.parentWidget()
    header = view.horizontalHeader()
    shown = [at for at in map(header.logicalIndex, range(header.count())) if at >= 0]
    shown = [at for at in shown if not header.isSectionHidden(at)]
    left = header.sectionViewportPosition(shown[-1]) + header.x()
    words = header.model().headerData(shown[-1], Qt.Orientation.Horizontal)
    if left + header.sectionSizeFromContents(shown[-1]).width() > button.x():
        yield f"covers the heading {words!r}"
    side = header.model().headerData(
        shown[-1], Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
    )
    if side is not None and Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight:
        yield f"covers the heading {words!r}, which stands at the right"


def _longest(box: QComboBox) -> int:
    texts = (box.itemText(at) for at in range(box.count()))
    return max(map(box.fontMetrics().horizontalAdvance, texts), default=0)


def _headings(header: QHeaderView) -> Iterator[str]:
    for at in range(header.count()):
        need, has = header.sectionSizeFromContents(at).width(), header.sectionSize(at)
        if not header.isSectionHidden(at) and need > has:
            words = header.model().headerData(at, Qt.Orientation.Horizontal)
            yield f"heading {words!r} needs {need}, has {has}"


def _outside(widget: QWidget) -> Iterator[str]:
    """Controls and labels lie within their parents; what a scroll area holds may be longer."""
    parent = widget.parentWidget()
    if parent is None or not isinstance(
        widget, QLabel | QAbstractButton | QComboBox | QLineEdit | QTabBar
    ):
        return
    if parent.objectName() != "qt_scrollarea_viewport" and not parent.rect().contains(
        widget.geometry()
    ):
        yield f"lies outside: {widget.geometry().getRect()} of {parent.size().toTuple()}"


@pytest.fixture(scope="module", params=WORN, ids=lambda worn: f"{worn[0]}-{worn[1]}")
def worn(request, standing) -> Worn:
    """One look after the other, put on the window that stands."""
    wear(standing, *request.param)
    return request.param


def test_panels_are_read_whole(standing, worn: Worn) -> None:
    i18n.set_language(worn[0])
    found = []
    for sight in sights(standing):
        if standing.size().toTuple() != worn[2]:
            found.append(f"{sight} made the window grow to {standing.size().toTuple()}")
        found += [f"{sight}: {fault}" for fault in faults(standing)]
    assert not found, "\n".join(found)


def test_dialogs_are_read_whole_and_fit_the_screen(standing, worn: Worn, tmp_path) -> None:
    i18n.set_language(worn[0])
    wide, high = worn[2]
    found = []
    for name in dialog_names():
        with dialog(standing, name, tmp_path) as made:
            found += [f"{name}: {fault}" for fault in faults(made)]
            least = made.minimumSizeHint().expandedTo(made.minimumSize())
            if least.width() > wide or least.height() > high - TASK_BAR:
                found.append(f"{name} takes at least {least.toTuple()}")
    assert not found, "\n".join(found)


def test_the_measure_bites(qtbot) -> None:
    """Words that are cut, a list that scrolls, a button beyond the edge."""
    root = QWidget()
    qtbot.addWidget(root)
    label, wrapped = PlainLabel("来电登记", root), PlainLabel("来电登记 " * 40, root, wrap=True)
    button, edge = QPushButton("保存并下一个", root), QPushButton("删除", root)
    label.resize(20, 20)
    wrapped.resize(100, 20)
    button.resize(30, 30)
    edge.move(root.width() - 10, 0)
    root.show()
    settle()
    found = "\n".join(faults(root))
    for words in ("needs", "too few lines", "outside"):
        assert words in found
