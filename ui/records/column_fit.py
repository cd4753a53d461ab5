"""Columns of a list fitted into its width: wide ones become narrower, then the least needed are
left out, and a button at the end of the headings says how many.

Rule: nothing scrolls sideways unless the person asked for a column that has no room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QToolButton

from bankcc.i18n import _
from ui import theme
from ui.records.column_memory import ColumnMemory


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column would like, in pixels: `wide`, and with too little room `least`; `words` is
    what its heading takes. The highest `rank` is left out first; None is never left out."""

    wide: int
    least: int
    rank: int | None = None
    words: int = 0


def fitted(wishes: Sequence[Wish], room: int, button: int = 0) -> list[int]:
    """The width of each column in `room` pixels, 0 for one that is left out. As soon as one is,
    `button` pixels stay free at the end of the headings."""
    widths = _shared(wishes, room)
    shown = [at for at, width in enumerate(widths) if width]
    if not shown or len(shown) == len(wishes):
        return widths
    last = widths[shown[-1]] + max(0, room - sum(widths))  # it takes what is left over
    lack = wishes[shown[-1]].words + button - last
    return _shared(wishes, room - lack) if lack > 0 else widths


def _shared(wishes: Sequence[Wish], room: int) -> list[int]:
    shown = list(range(len(wishes)))
    while sum(wishes[at].least for at in shown) > room:
        known = [(rank, at) for at in shown if (rank := wishes[at].rank) is not None]
        if not known:
            break
        shown.remove(max(known)[1])
    missing = max(0, sum(wishes[at].wide for at in shown) - room)
    give = sum(wishes[at].wide - wishes[at].least for at in shown)
    widths = [0] * len(wishes)
    for at in shown:
        spare = wishes[at].wide - wishes[at].least
        # Rounded up: what all give together must not fall short of what is missing.
        taken = min(spare, -(-missing * spare // give)) if give else 0
        widths[at] = wishes[at].wide - taken
    return widths


class ColumnFit(QObject):
    """Keeps the columns of `view` fitted. `wishes()` gives one for each column, `menu()` what the
    button opens: a tick for every column."""

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

    def _header(self) -> QHeaderView:
        return self._view.horizontalHeader()

    def _words(self, count: int) -> str:
        return _("+{count} columns").format(count=count)

    def _room_of_button(self) -> int:
        return self.button.fontMetrics().horizontalAdvance(self._words(10)) + theme.px(12)

    def _show_button(self) -> None:
        header, out = self._header(), self.left_out
        self.button.setVisible(bool(out))
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
