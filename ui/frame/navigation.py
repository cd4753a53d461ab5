"""The list of panels at the left edge: icon, words, key, and how much waits for me.

Rule: it knows ids only; the window decides what an id opens. A standard list view, so that screen
readers and keys work as everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bankcc.i18n import _
from ui import icons, theme
from ui.theme import Level

COLLAPSE_BELOW = 1200
ROW, LOWEST = 34, 26

ID_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2
BADGE_ROLE = Qt.ItemDataRole.UserRole + 3
ICON_ROLE = Qt.ItemDataRole.UserRole + 4

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class NavItem:
    """One panel: `text` is a message id, `key` is shown only (the window owns the shortcut)."""

    id: str
    text: str
    icon: str
    key: str = ""


class _NavDelegate(QStyledItemDelegate):
    """Paints a row; the current panel has a 3 px bar, so that it does not hang on colour."""

    def __init__(self, view: "Navigation") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(48), self._view.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        box = option.rect
        shown = index.data(ID_ROLE) == self._view.current()
        painter.save()
        if shown:
            painter.fillRect(box, QColor(look.selected))
            painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), look.primary)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(look.hairline))
        side = theme.px(18)
        badge = index.data(BADGE_ROLE) or 0
        at = box.left() + theme.px(look.space["m"])
        if self._view.collapsed:  # to the left of its badge, which must not hide it
            at = box.left() + (theme.px(6) if badge else (box.width() - side) // 2)
        ratio = self._view.devicePixelRatioF()
        colour = look.on_selected if shown else look.text2
        picture = icons.pixmap(index.data(ICON_ROLE), colour, side, ratio)
        painter.drawPixmap(at, box.top() + (box.height() - side) // 2, picture)
        right = self._paint_badge(painter, box, badge) if badge else box.right() - theme.px(8)
        if not self._view.collapsed:
            words = QRect(at + side + theme.px(8), box.top(), 0, box.height())
            words.setRight(right)
            self._paint_words(painter, words, index, shown, bool(badge))
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._paint_ring(painter, box)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, box: QRect, index: Index, shown: bool, badge: bool
    ) -> None:
        look = theme.tokens()
        painter.setFont(theme.font(13, bold=shown))
        painter.setPen(QColor(look.on_selected if shown else look.text))
        text, key = index.data(Qt.ItemDataRole.DisplayRole), index.data(KEY_ROLE)
        metrics = painter.fontMetrics()
        painter.drawText(
            box,
            Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()),
        )
        left = box.width() - metrics.horizontalAdvance(text) - theme.px(6)
        painter.setFont(theme.font(12))
        if key and not badge and painter.fontMetrics().horizontalAdvance(key) <= left:
            painter.setPen(QColor(look.text3))
            end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, end, key)

    def _paint_badge(self, painter: QPainter, box: QRect, badge: int) -> int:
        colours = theme.tokens().levels[Level.CRITICAL]
        text = str(badge) if badge < 100 else "99+"
        small = self._view.collapsed
        painter.setFont(theme.font(11 if small else 12, bold=True))
        height = theme.px(14 if small else 16)
        edge = theme.px(4 if small else 8)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + edge)
        top = box.top() + theme.px(4) if small else box.center().y() - height // 2
        pill = QRect(box.right() - width - edge // 2, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chip))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(colours.on_chip))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left() - theme.px(4)

    def _paint_ring(self, painter: QPainter, box: QRect) -> None:
        pen = painter.pen()
        pen.setColor(QColor(theme.tokens().focus))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))


class Navigation(QListView):
    """Left navigation. Arrow keys move, Enter or a click emits `chosen(id)`; the window answers
    with `set_current`."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[NavItem] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.navigation")
        self.setProperty("navigation", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        # The keys are Alt+digit and the arrows: letters must not jump about.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._collapsed = False
        self._current = ""
        self._items: tuple[NavItem, ...] = ()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_NavDelegate(self))
        self.clicked.connect(self._choose)
        self._window_width = 0
        theme.hub().changed.connect(self._letters_changed)
        self.set_items(items)
        self._resize()

    @property
    def collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    @property
    def row_height(self) -> int:
        """Lower rows rather than a bar to scroll with, as long as they can be hit."""
        due = self.viewport().height() // max(1, len(self._items))
        return max(theme.px(LOWEST), min(theme.px(ROW), due))

    def current(self) -> str:
        """The id of the panel that is shown, or an empty text."""
        return self._current

    def set_items(self, items: Sequence[NavItem]) -> None:
        """Replace all entries."""
        self._items = tuple(items)
        self._model.clear()
        for item in self._items:
            row = QStandardItem()
            row.setData(item.id, ID_ROLE)
            row.setData(item.key, KEY_ROLE)
            row.setData(item.icon, ICON_ROLE)
            row.setData(0, BADGE_ROLE)
            self._model.appendRow(row)
        self.retranslate()

    def set_current(self, panel: str) -> None:
        """Mark `panel` as shown; emits nothing. Raises KeyError for an unknown id."""
        row = self._row(panel)
        self._current = panel
        self.setCurrentIndex(row.index())
        self.viewport().update()

    def set_badge(self, panel: str, count: int) -> None:
        """How many things in `panel` wait for me; 0 shows none."""
        self._row(panel).setData(max(0, count), BADGE_ROLE)
        self.retranslate()

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons only, or icons and words."""
        if collapsed != self._collapsed:
            self._collapsed = collapsed
            self._resize()

    def follow_width(self, window_width: int) -> None:
        """Collapse below 1200 px (at 100 %), from the window's resize event."""
        self._window_width = window_width
        self.set_collapsed(window_width < theme.px(COLLAPSE_BELOW))

    def retranslate(self) -> None:
        """Words, tooltips and what a screen reader says, in the language in force."""
        self.setAccessibleName(_("Panels"))
        for row, item in enumerate(self._items):
            entry = self._model.item(row)
            text, badge = _(item.text), entry.data(BADGE_ROLE)
            waiting = _("{count} waiting").format(count=badge) if badge else ""
            entry.setText(text)
            entry.setToolTip(f"{text} ({item.key})" if item.key else text)
            spoken = ", ".join(part for part in (text, waiting, item.key) if part)
            entry.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""

    def _row(self, panel: str) -> QStandardItem:
        for row, item in enumerate(self._items):
            if item.id == panel:
                return self._model.item(row)
        raise KeyError(panel)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ID_ROLE))

    def _letters_changed(self) -> None:
        """In larger letters the same window is narrower."""
        if self._window_width:
            self.follow_width(self._window_width)
        self._resize()

    def _resize(self) -> None:
        self.setFixedWidth(theme.size("nav_collapsed" if self._collapsed else "nav"))
        self.doItemsLayout()
        self.viewport().update()
