"""Widths, order, hidden columns and sorting of a list, kept on this laptop per kind and place.

Rule: columns are remembered by field name and widths at 100 %, so that a new column or another font
scale does not disturb what was arranged.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHeaderView

from bankcc.errors import UserError
from bankcc.session import Session
from ui import theme

WAIT_MS = 500
NARROWEST = 40
WIDEST = 420


class ColumnMemory(QObject):
    """Arranges the sections of `header` (one per name of `columns`) and remembers how they were
    rearranged, as the local value `columns.<place>`. `rearranged`: by the person, just now."""

    rearranged = Signal()

    def __init__(
        self, session: Session, place: str, header: QHeaderView, columns: Sequence[str]
    ) -> None:
        super().__init__(header)
        self._session = session
        self._name = f"columns.{place}"
        self._header = header
        self._columns = tuple(columns)
        self.order = ""
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.save)
        self._restoring = False
        self.arranged = False
        self._hidden: set[str] = set()
        self._wanted: set[str] = set()
        self._chosen: dict[str, int] = {}
        self._sizes_before: dict[int, int] = {}

    def watch(self) -> None:
        """From now on every rearrangement by the person is remembered."""
        self._header.sectionMoved.connect(self._touched)
        # Not `sectionResized`: the last column follows the window, which nobody asked to remember.
        self._header.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A column was dragged wider, or fitted by a double click."""
        released = (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        if event.type() in released and self._note_sizes():
            self._touched()
        return super().eventFilter(watched, event)

    def _sizes(self) -> dict[int, int]:
        """The widths that are the person's to choose: the last column fills what is left."""
        header = self._header
        shown = [at for at in map(header.logicalIndex, range(header.count())) if at >= 0]
        shown = [at for at in shown if not header.isSectionHidden(at)]
        return {at: header.sectionSize(at) for at in shown[:-1]}

    def _note_sizes(self) -> bool:
        """Keep the widths the person chose since they were last set; whether there were any."""
        sizes, before = self._sizes(), self._sizes_before
        moved = {at: size for at, size in sizes.items() if before.get(at, size) != size}
        scale = theme.hub().scale
        self._chosen |= {self._columns[at]: round(size / scale) for at, size in moved.items()}
        self._sizes_before = sizes
        return bool(moved)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """What is arranged in here is not the person's doing."""
        before, self._restoring = self._restoring, True
        try:
            yield
        finally:
            self._restoring = before
            self._sizes_before = self._sizes()

    def restore(self, widths: Sequence[int]) -> None:
        """Arrange the columns as remembered; `widths` in pixels at 100 % for those that are not."""
        kept: dict[str, Any] = self._session.local.value(self._name) or {}
        known = kept.get("widths", {})
        self._chosen = {name: int(known[name]) for name in self._columns if name in known}
        self._hidden = set(kept.get("hidden", ()))
        self._wanted = set(kept.get("wanted", ()))
        with self.quiet():
            for at, name in enumerate(self._columns):
                wide = self.chosen_width(at) or theme.px(within(widths[at]))
                self._header.resizeSection(at, wide)
                self._header.setSectionHidden(at, name in self._hidden)
            ordered = [name for name in kept.get("order", ()) if name in self._columns]
            for place, name in enumerate(ordered):
                at = self._header.visualIndex(self._columns.index(name))
                self._header.moveSection(at, place)
        self.order = str(kept.get("sort", ""))
        self.arranged = bool(kept)
        self.rearranged.emit()

    def chosen_width(self, column: int) -> int:
        """Pixels the person gave a column; 0 if nobody did."""
        wide = self._chosen.get(self._columns[column])
        return theme.px(within(wide)) if wide else 0

    def is_wanted(self, column: int) -> bool:
        """Whether the person asked for a column that had no room."""
        return self._columns[column] in self._wanted

    def hidden_columns(self) -> set[int]:
        """Places of the columns that the person took out."""
        return {at for at, name in enumerate(self._columns) if name in self._hidden}

    def hide(self, column: int, hidden: bool) -> None:
        """Hide or show a column; the last one shown stays."""
        name = self._columns[column]
        if not hidden:
            self._hidden.discard(name)
            self._wanted.add(name)
        elif set(self._columns) - self._hidden == {name}:
            return
        else:
            self._hidden.add(name)
            self._wanted.discard(name)
        self._header.setSectionHidden(column, hidden)
        self._touched()

    def remember_order(self, order: str) -> None:
        """The person sorted the list: `order` as in a query."""
        self.order = order
        self._touched()

    def forget(self) -> None:
        """Nothing is remembered; the caller restores the defaults."""
        self._timer.stop()
        if self._session.can_write:
            self._session.local.set_value(self._name, {})

    def visible(self) -> list[str]:
        """Names of the columns that were not taken out, from left to right; those that merely have
        no room are among them."""
        order = map(self._header.logicalIndex, range(self._header.count()))
        return [self._columns[at] for at in order if self._columns[at] not in self._hidden]

    def save(self) -> None:
        """Write it down now. A center that cannot be written forgets: no one loses work by it."""
        self._timer.stop()
        if not self._session.can_write:
            return
        self._note_sizes()
        header = self._header
        order = map(header.logicalIndex, range(header.count()))
        body = {
            "widths": dict(self._chosen),
            "hidden": [name for name in self._columns if name in self._hidden],
            "wanted": [name for name in self._columns if name in self._wanted],
            "order": [self._columns[at] for at in order],
            "sort": self.order,
        }
        try:
            self._session.local.set_value(self._name, body)
        except UserError:
            self._timer.start()  # the disk is busy or full: the next look may find it better

    def _touched(self, *_what: int) -> None:
        if not self._restoring:
            self.arranged = True
            self._timer.start()
            self.rearranged.emit()


def within(wide: int) -> int:
    """A width in pixels at 100 %, neither too narrow to hit nor too wide to be of use."""
    return min(WIDEST, max(NARROWEST, int(wide)))
