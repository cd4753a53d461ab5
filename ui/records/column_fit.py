"""Columns of a list fitted into its width: what one does not need another one has, wide ones become
narrower, then the least needed are left out, and a button at the end of the headings says how many.

Rule: nothing scrolls sideways unless the person asked for a column that has no room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QToolButton

from bankcc.i18n import _
from ui import theme
from ui.records.column_memory import ColumnMemory


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column would like, in pixels: `wide`, and with too little room `least`; `words` is
    what its heading takes, `need` what stands in it now (0: not known, or of no account). The
    highest `rank` is left out first; None is never left out."""

    wide: int
    least: int
    rank: int | None = None
    words: int = 0
    need: int = 0

    @property
    def aim(self) -> int:
        """What is enough: no word of what stands in it is lost."""
        return max(self.need, self.words) if self.need else self.wide

    @property
    def low(self) -> int:
        """With less than this it is left out."""
        return min(self.least, self.aim)


def fitted(wishes: Sequence[Wish], room: int, button: int = 0) -> list[int]:
    """The width of each column in `room` pixels, 0 for one that is left out. As soon as one is,
    `button` pixels stay free at the end of the headings."""
    widths, free = _shared(wishes, room), 0
    for _round in wishes:
        shown = [at for at, width in enumerate(widths) if width]
        if not shown or len(shown) == len(wishes):
            break
        last = widths[shown[-1]] + max(0, room - sum(widths))  # it takes what is left over
        lack = wishes[shown[-1]].words + button - last
        if lack <= 0:
            break
        free += lack  # the last one may itself have given some of it
        widths = _shared(wishes, room - free)
    return widths


def _shared(wishes: Sequence[Wish], room: int) -> list[int]:
    shown = list(range(len(wishes)))
    while sum(wishes[at].low for at in shown) > room:
        known = [(rank, at) for at in shown if (rank := wishes[at].rank) is not None]
        if not known:
            break
        shown.remove(max(known)[1])
    widths = [wish.aim if at in shown else 0 for at, wish in enumerate(wishes)]
    more = room - sum(widths)
    span = {at: _span(wishes[at], growing=more > 0) for at in shown}
    total = sum(span.values())
    for at in shown:
        if more > 0:
            widths[at] += min(span[at], more * span[at] // total) if total else 0
        else:
            # Rounded up: what all give together must not fall short of what is missing.
            widths[at] -= min(span[at], -(more * span[at] // total)) if total else 0
    return widths


def _span(wish: Wish, *, growing: bool) -> int:
    """How much a column would take if there is more than enough, or give if there is too little."""
    return max(0, wish.wide - wish.aim) if growing else wish.aim - wish.low


class ColumnFit(QObject):
    """Keeps the columns of `view` fitted. `wishes()` gives one for each column, `menu()` what the
    button opens: a tick for every column. `covered(int)`: the column whose heading ends below the
    button, -1 for none."""

    covered = Signal(int)

    def __init__(
        self,
        view: QTableView,
        memory: ColumnMemory,
        wishes: Callable[[], Sequence[Wish]],
        menu: Callable[[], QMenu],
    ) -> None:
        super().__init__(view)
        self._view, self._memory, self._wishes, self._menu = view, memory, wishes, menu
        self.button = QToolButton(view)
        self.button.setObjectName("list.more_columns")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(lambda _checked=False: self._open())
        self.button.hide()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        view.viewport().installEventFilter(self)
        memory.rearranged.connect(self._soon.start)
        theme.hub().changed.connect(self._soon.start)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    @property
    def left_out(self) -> list[int]:
        """Columns that have no room, by their place in the model."""
        header, hidden = self._header(), self._memory.hidden_columns()
        return [
            at for at in range(header.count()) if header.isSectionHidden(at) and at not in hidden
        ]

    def fit(self) -> None:
        """Share out the width anew."""
        header, hidden = self._header(), self._memory.hidden_columns()
        wishes = self._wishes()
        order = map(header.logicalIndex, range(header.count()))
        at_play = [at for at in order if at not in hidden]
        room = self._view.viewport().width()
        widths = fitted([wishes[at] for at in at_play], room, self._room_of_button())
        with self._memory.quiet():
            for at, wide in zip(at_play, widths, strict=True):
                header.setSectionHidden(at, wide == 0)
                if wide:
                    header.resizeSection(at, wide)
        self._show_button()

    def retranslate(self) -> None:
        """Other words have other widths."""
        self.fit()

    def _last(self) -> int:
        """The column shown at the end, by its place in the model."""
        header = self._header()
        shown = [at for at in map(header.logicalIndex, range(header.count())) if at >= 0]
        return next((at for at in reversed(shown) if not header.isSectionHidden(at)), -1)

    def _header(self) -> QHeaderView:
        return self._view.horizontalHeader()

    def _words(self, count: int) -> str:
        return _("+{count} more").format(count=count)

    def _room_of_button(self) -> int:
        return self.button.fontMetrics().horizontalAdvance(self._words(10)) + theme.px(12)

    def _show_button(self) -> None:
        header, out = self._header(), self.left_out
        self.button.setVisible(bool(out))
        self.covered.emit(self._last() if out else -1)
        if not out:
            return
        model = self._view.model()
        names = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in out]
        words = _("No room for: {columns}. Press to choose what is shown.")
        tip = words.format(columns=_(", ").join(names))
        self.button.setText(self._words(len(out)))
        self.button.setToolTip(tip)
        self.button.setAccessibleName(tip)
        wide, edge = self._room_of_button(), self._view.viewport().geometry()
        top = edge.top() - header.height()
        self.button.setGeometry(QRect(edge.right() + 1 - wide, top, wide, header.height()))
        self.button.raise_()

    def _open(self) -> None:
        menu = self._menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = QPoint(0, self.button.height())
        menu.popup(self.button.mapToGlobal(corner))
