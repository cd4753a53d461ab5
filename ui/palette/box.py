"""Ctrl+K: one box that finds records and commands, and writes an entry into the timeline.

Rule: it lies over the window and is never modal; Esc or a click elsewhere closes it and gives the
focus back. What is composed with an input method is searched before it is committed. It searches
beside the screen; Enter pressed before the answer is there does what the answer says.
"""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.features import timeline
from bankcc.i18n import _
from ui import icons, theme
from ui.background_read import BackgroundRead
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.palette.model import (
    DETAIL_ROLE,
    ENTRY_ROLE,
    ICON_ROLE,
    KEY_ROLE,
    Command,
    Entry,
    Index,
    PaletteModel,
    entries,
    take_apart,
)
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.search_line import SearchLine

WIDTH, ROW, PAGE = 760, 32, 8
TOP = 48
NOTE = "note"


class _Rows(QStyledItemDelegate):
    """Icon, words, details in grey, number or key at the right; headings small and bold."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = theme.tokens(), QRect(option.rect)
        entry = index.data(ENTRY_ROLE)
        painter.save()
        if entry.act is None:
            painter.setFont(theme.font(12, bold=True))
            painter.setPen(QColor(look.text2))
            at = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(theme.px(12), theme.px(4), 0, 0), at, entry.words)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, QColor(look.selected))
            bar = QRect(box.left(), box.top(), theme.px(3), box.height())
            painter.fillRect(bar, QColor(look.primary))
        self._paint_parts(painter, box, index, look.on_selected if chosen else look.text)
        painter.restore()

    def _paint_parts(self, painter: QPainter, box: QRect, index: Index, colour: str) -> None:
        look, side = theme.tokens(), theme.px(16)
        left = box.left() + theme.px(14)
        if icon := index.data(ICON_ROLE):
            ratio = painter.device().devicePixelRatioF()
            picture = icons.pixmap(icon, look.text2, side, ratio)
            painter.drawPixmap(left, box.top() + (box.height() - side) // 2, picture)
        left += side + theme.px(10)
        right = box.right() - theme.px(12)
        at = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(theme.font(12))
        painter.setPen(QColor(colour if colour == look.on_selected else look.text2))
        key = index.data(KEY_ROLE)
        room = painter.fontMetrics().horizontalAdvance(key)
        side_box = QRect(right - room, box.top(), room + 1, box.height())
        painter.drawText(side_box, at, key)
        right -= room + theme.px(16)
        painter.setFont(theme.font(13))
        painter.setPen(QColor(colour))
        left = self._words(painter, box, left, right, index.data(Qt.ItemDataRole.DisplayRole))
        painter.setFont(theme.font(12))
        painter.setPen(QColor(colour if colour == look.on_selected else look.text2))
        self._words(painter, box, left + theme.px(12), right, index.data(DETAIL_ROLE))

    @staticmethod
    def _words(painter: QPainter, box: QRect, left: int, right: int, text: str) -> int:
        """Draws what fits on one line; where it ended."""
        room = QRect(left, box.top(), max(0, right - left), box.height())
        metrics = painter.fontMetrics()
        line = " ".join(text.split())
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        at = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, at, shown)
        return left + metrics.horizontalAdvance(shown)


class Palette(QFrame):
    """`open_box()` shows it over `parent`. `commands` is asked at every opening, because a panel
    has its own; `flush()` before the session is closed."""

    def __init__(
        self, context: UiContext, commands: Callable[[], Sequence[Command]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("app.palette")
        self.setProperty("card", True)
        self._context, self._ask_commands = context, commands
        self._commands: Sequence[Command] = ()
        self._before: QWidget | None = None
        self._wanted = self._answered = ""
        self._enter_waits = False
        self.read = BackgroundRead(context.jobs, _("Searching"), self._question, self)
        self.read.answered.connect(self._arrive)
        self.read.failed.connect(self._fail)
        self._drafts = DraftKeeper(context.session, "palette/", self)
        self._kept = next((str(body.get("text", "")) for _name, body in self._drafts.found()), "")
        self.line = SearchLine(self)
        self.line.setObjectName("app.palette.text")
        self.line.setMaxLength(2_000)
        self.line.installEventFilter(self)
        self.line.sought.connect(lambda _wanted: self._seek())
        self.line.textEdited.connect(self._keep_note)
        self.model = PaletteModel(self)
        self.list = self._make_list()
        self.said = PlainLabel("", self, role="meta", wrap=True)
        self.hint = ElidedLabel("", self, role="hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        for widget in (self.line, self.said, self.list, self.hint):
            column.addWidget(widget)
        theme.hub().changed.connect(self._recolour)
        self._recolour()
        self.retranslate()
        self.hide()

    def _make_list(self) -> QListView:
        made = QListView(self)
        made.setObjectName("app.palette.found")
        made.setModel(self.model)
        made.setItemDelegate(_Rows(made))
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setUniformItemSizes(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.clicked.connect(lambda index: self._do(index.row()))
        return made

    @property
    def is_open(self) -> bool:
        """Whether it lies over the window."""
        return not self.isHidden()

    @property
    def current(self) -> Entry | None:
        """What Enter would do."""
        row = self.list.currentIndex().row()
        return self.model.entries[row] if row >= 0 else None

    @property
    def is_settled(self) -> bool:
        """Whether the list shows what is asked for by now."""
        return not self.line.waiting and self._answered == self._wanted

    def open_box(self, text: str = "") -> None:
        """Show the box with the caret in it; open already, its text is selected to be replaced. An
        entry that was not finished stands there again."""
        if not self.is_open:
            self._before = QApplication.focusWidget()
            self._commands = self._ask_commands()
            QApplication.instance().focusChanged.connect(self._focus_moved)
            self.parentWidget().installEventFilter(self)
            self.line.setText(text or self._kept)
            self.model.set_entries([])
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.selectAll()
        self._seek()

    def close_box(self, *, give_back: bool = True) -> None:
        """Go away; the focus returns to where it was."""
        if not self.is_open:
            return
        QApplication.instance().focusChanged.disconnect(self._focus_moved)
        self.parentWidget().removeEventFilter(self)
        before, self._before = self._before, None
        self._enter_waits = False
        self.hide()
        if give_back and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def flush(self) -> None:
        """Before the session is closed: an unfinished entry goes to disk."""
        self.read.close()
        self._drafts.close()

    def retranslate(self) -> None:
        """Words in the language in force; an open box searches again."""
        self.setAccessibleName(_("Search everything"))
        self.line.setPlaceholderText(
            _("Name, initials, last four digits, number, word … or a command")
        )
        self.line.setAccessibleName(_("Search everything"))
        self.list.setAccessibleName(_("Found"))
        self.hint.setText(
            _("↑↓ choose · Enter open · > commands only · >log text: into the timeline · Esc close")
        )
        if self.is_open:
            self._commands = self._ask_commands()
            self._seek()

    # -- keys --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.line and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: PAGE,
            Qt.Key.Key_PageUp: -PAGE,
        }
        if event.key() in steps:
            self._step(steps[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_box()
        else:
            return False
        return True

    def _enter(self) -> None:
        if self.line.waiting:
            self.line.seek()
        if self.is_settled:
            self._do(self.list.currentIndex().row())
        else:
            self._enter_waits = True

    def _step(self, step: int) -> None:
        row = self.list.currentIndex().row()
        for _each in range(abs(step)):
            row = self.model.next_row(row, 1 if step > 0 else -1)
        self._choose(row)

    def _choose(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        # The heading above the first line is worth seeing too.
        self.list.scrollTo(self.model.index(0) if row <= 1 else index)

    def _do(self, row: int) -> None:
        if not 0 <= row < len(self.model.entries):
            return
        act = self.model.entries[row].act
        if act is not None:
            self.close_box()
            act()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        # None: another program has the keyboard; the box waits.
        if now is not None and now is not self and not self.isAncestorOf(now):
            self.close_box(give_back=False)

    # -- what is found -----------------------------------------------------------------------------

    def _seek(self) -> None:
        if not self.is_open:
            return
        asked = take_apart(self.line.text())
        self._wanted = self.line.text() if asked.note is not None else self.line.wanted()
        self._enter_waits = False
        if take_apart(self._wanted).words:
            self._answered = ""
            self.read.read()
        else:
            self._arrive(self._question()())

    def _question(self) -> Callable[[], tuple[str, list[Entry]]]:
        """What is asked now, to be answered beside the screen."""
        wanted, commands = self._wanted, self._commands
        session, show, write = self._context.session, self._context.open_record, self._write_note
        return lambda: (wanted, entries(session, commands, wanted, show, write))

    def _arrive(self, answer: tuple[str, list[Entry]]) -> None:
        wanted, found = answer
        if wanted == self._wanted:
            self._show(found, "" if found else _("Nothing fits “{text}”. Try fewer letters."))

    def _fail(self, error: UserError) -> None:
        self._show([], str(error))

    def _show(self, found: list[Entry], said: str) -> None:
        if not self.is_open:
            return
        self._answered = self._wanted
        self.model.set_entries(found)
        self.said.setText(said.replace("{text}", self._wanted))
        self.said.setVisible(bool(said))
        self.list.setVisible(bool(found))
        self._choose(self.model.next_row(-1, 1))
        self._place()
        if self._enter_waits:
            self._enter_waits = False
            self._do(self.list.currentIndex().row())

    def _keep_note(self, text: str) -> None:
        """Words for the timeline are a draft until they are written."""
        self._enter_waits = False
        note = take_apart(text).note
        if note:
            self._kept = text
            self._drafts.note(NOTE, {"text": text})
        elif self._kept:
            self._forget_note()

    def _forget_note(self) -> None:
        self._kept = ""
        self._drafts.drop(NOTE)

    def _write_note(self, text: str) -> None:
        verb = timeline.note(text=text)
        if self._context.execute(verb, said=_("Written into the timeline")) is None:
            self.open_box()
            return
        self._forget_note()

    def _recolour(self) -> None:
        # Over other fields with the same ground: only an edge that can be seen sets it off.
        edge = theme.tokens().border
        self.setStyleSheet(f'QFrame[card="true"] {{ border: 1px solid {edge}; }}')
        self.list.setStyleSheet("QListView { border: 0; }")
        self._place()

    # -- place -------------------------------------------------------------------------------------

    def _place(self) -> None:
        over = self.parentWidget()
        width = min(theme.px(WIDTH), over.width() - theme.px(48))
        most = max(3, (over.height() - theme.px(TOP + 200)) // theme.px(ROW))
        self.list.setFixedHeight(theme.px(ROW) * min(max(1, len(self.model.entries)), most))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((over.width() - width) // 2, theme.px(TOP))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
