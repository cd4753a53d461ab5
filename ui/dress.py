"""Who wears the style sheet: small parts of the window, not the application.

Rule: a part changes its look and its language in a turn of its own, what is seen first. Were the
sheet the application's, Qt would polish every widget anew for each of its ancestors at each change:
seconds for a window with all its panels, during which no key is taken.
"""

import re
from functools import cache

import shiboken6
from PySide6.QtCore import QChildEvent, QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QSplitter,
    QSplitterHandle,
    QWidget,
)

from ui import theme
from ui.turns import turns

NAME = "dress"
PRUNED = 500
LARGE = 24
"""Widgets that are polished in one go; a box to choose from is as dear as five others."""
STYLED = (
    "QMainWindow",
    "QDialog",
    "QLabel",
    "QAbstractButton",
    "QLineEdit",
    "QComboBox",
    "QAbstractSpinBox",
    "QPlainTextEdit",
    "QTextEdit",
    "QAbstractItemView",
    "QProgressBar",
    "QSplitterHandle",
    "QMenu",
)
"""What the sheet speaks of by its class: it wears the sheet itself."""
MARKS = ("card", "bar", "message", "incident")
"""By these the sheet knows a frame."""

OWN = '[own="true"]' * 3


class _Wardrobe(QObject):
    """Hears of another look for all parts. Were each to listen by itself, Qt would search the list
    of listeners for every new one: tens of milliseconds for a panel."""

    def __init__(self, hub: theme.ThemeHub) -> None:
        super().__init__(hub)
        self.setObjectName(NAME)
        self._all: list[_Dress | _Rooms] = []
        self._enough = PRUNED
        hub.sheet_changed.connect(self._changed)

    def add(self, one: "_Dress | _Rooms") -> None:
        """Those whose part is gone are forgotten now and then."""
        self._all.append(one)
        if len(self._all) > self._enough:
            self._forget_gone()
            self._enough = 2 * len(self._all) + PRUNED

    def _forget_gone(self) -> None:
        self._all = [one for one in self._all if shiboken6.isValid(one)]

    def _changed(self) -> None:
        self._forget_gone()
        for one in self._all:
            one.changed()


def _wardrobe() -> _Wardrobe:
    hub = theme.hub()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return hub.findChild(_Wardrobe, NAME, direct) or _Wardrobe(hub)


class _Dress(QObject):
    """Keeps the sheet of one part, and hands the language on to it."""

    def __init__(self, wearer: QWidget) -> None:
        super().__init__(wearer)
        self.setObjectName(NAME)
        self._wearer = wearer
        self._worn = self._given = self._own = ""
        self._tells = self._untold = False
        wearer.installEventFilter(self)
        _wardrobe().add(self)
        self.changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._wearer:
            return False
        if event.type() == QEvent.Type.Show:
            self._appear()
        elif event.type() == QEvent.Type.LanguageChange and theme.hub().gradual:
            if not self._tells:
                self._untold = True
                self._in_turn()
                return True
        elif event.type() == QEvent.Type.StyleChange and self._given:
            self.put_on() if self._wearer.styleSheet() != self._given else None
        elif event.type() == QEvent.Type.Paint and isinstance(watched, QSplitterHandle):
            self._paint(watched)
            return True
        return False

    @property
    def is_seen(self) -> bool:
        """Whether its part is on the screen."""
        return self._wearer.isVisible()

    def _appear(self) -> None:
        """Nothing is painted until its turn. Of a dialog the size depends on the look: it has it
        at once."""
        if not theme.hub().gradual or isinstance(self._wearer.window(), QDialog):
            self.put_on()
        elif self._untold or self._worn != theme.hub().sheet:
            turns().add(self, self.follow, self._wearer)

    def changed(self) -> None:
        """Another look is in force."""
        if self.is_seen and not theme.hub().gradual:
            self.put_on()
        else:
            self._in_turn()

    def _in_turn(self) -> None:
        turns().add(self, self.follow, self._wearer)

    def follow(self) -> None:
        """The language and the look in force."""
        if self._untold:
            self._untold, self._tells = False, True
            QCoreApplication.sendEvent(self._wearer, QEvent(QEvent.Type.LanguageChange))
            self._tells = False
        self.put_on()

    def put_on(self) -> None:
        """Wear the sheet in force, and over it what the part says of itself."""
        sheet = theme.hub().sheet
        if self._worn == sheet and self._wearer.styleSheet() == self._given:
            return
        self._worn = sheet
        if isinstance(self._wearer, QSplitterHandle):
            return
        if (own := self._wearer.styleSheet()) != self._given:
            self._own = own
            self._wearer.setProperty("own", True)
        self._given = f"{sheet}\n{_above(self._own)}" if self._own else sheet
        self._wearer.setStyleSheet(self._given)

    def _paint(self, handle: QSplitterHandle) -> None:
        """The sheet knows a handle as a piece of its splitter only, which wears none."""
        if handle.splitter().property("handle") != "none":
            QPainter(handle).fillRect(handle.rect(), QColor(theme.tokens().hairline))


@cache
def _above(own: str) -> str:
    """What a part says of itself goes before all that is said of its kind: of two rules the one
    with more conditions is heard."""
    ruled = own if "{" in own else f"* {{ {own} }}"
    return re.sub(
        r"[^{}]+(?=\{)", lambda rule: re.sub(r"(^|,)(\s*[*\w]+)", rf"\1\2{OWN}", rule[0]), ruled
    )


class _Rooms(QObject):
    """Dresses what a part is made of, also what comes later; itself it wears nothing, and keeps the
    palette of what it lies in. The style sheet of a part marks what lies around it as styled too,
    if it only asks for a measure (tabs do), and Qt then hands no palette on to it any more: it
    would stay white in the dark."""

    def __init__(self, whole: QWidget) -> None:
        super().__init__(whole)
        self.setObjectName(NAME)
        self._whole = whole
        whole.installEventFilter(self)
        _wardrobe().add(self)
        self.dress_all()

    def changed(self) -> None:
        """Another look is in force."""
        if theme.hub().gradual:
            turns().add(self, self.follow, self._whole)
        else:
            self.follow()

    def follow(self) -> None:
        """Take the palette of what it lies in."""
        marked = Qt.WidgetAttribute.WA_StyleSheet
        if self._whole.testAttribute(marked) and not self._whole.styleSheet():
            self._whole.setAttribute(marked, False)
            self._whole.setPalette(QPalette())

    def dress_all(self) -> None:
        """Each of its own widgets; those that are dressed stay as they are."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for child in self._whole.findChildren(QWidget, options=direct):
            dress(child)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QChildEvent):
            if event.type() == QEvent.Type.ChildPolished:
                if isinstance(event.child(), QWidget):
                    dress(event.child())
            elif event.added():  # it may have been polished elsewhere, and is not whole yet
                turns().add(self, self.dress_all)
        elif event.type() == QEvent.Type.Show:
            self.follow()
        return False


def dress(part: QWidget) -> None:
    """Let `part` and all in it follow the theme from now on; asked again, nothing changes."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    if part.findChild(QObject, NAME, direct) is None:
        _Rooms(part) if _is_made_of_parts(part) else _Dress(part)


def _is_made_of_parts(part: QWidget) -> bool:
    """Whether it is large, and the sheet says nothing of itself."""
    if part.styleSheet() or any(part.inherits(name) for name in STYLED):
        return False
    if isinstance(part, QFrame) and any(part.property(mark) is not None for mark in MARKS):
        return False
    inside = part.findChildren(QWidget)
    boxes = sum(isinstance(each, QComboBox) for each in inside)
    return isinstance(part, QSplitter) or len(inside) + 4 * boxes > LARGE


def by_parts(app: QApplication, window: QObject) -> None:
    """While `window` exists its parts wear the sheet, afterwards the application again."""
    hub = theme.hub(app)
    hub.by_parts = True
    app.setStyleSheet("")
    window.destroyed.connect(lambda: _give_back(app))


def _give_back(app: QApplication) -> None:
    theme.hub(app).by_parts = False
    # Not now: Qt still keeps a list of those to be polished in which the dying window stands.
    QTimer.singleShot(0, app, lambda: _wear(app))


def _wear(app: QApplication) -> None:
    hub = theme.hub(app)
    if not hub.by_parts and app.styleSheet() != hub.sheet:
        app.setStyleSheet(hub.sheet)
