"""Widths, order, hidden columns and sorting of a list, kept on this laptop per kind and place.

Rule: columns are remembered by field name and widths at 100 %, so that a new column or another font
scale does not disturb what was arranged.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHeaderView

from bankcc.errors import UserError
from bankcc.session import Session
from ui import theme

WAIT_MS = 500
NARROWEST = 40
WIDEST = 420


class ColumnMemory(QObject):
    """Arranges the sections of `header` (one per name of `columns`) and remembers how they were
    rearranged, as the local value `columns.<place>`."""

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
        self._sizes_before: list[int] = []

    def watch(self) -> None:
        """From now on every rearrangement by the person is remembered."""
        self._header.sectionMoved.connect(self._touched)
        # Not `sectionResized`: the last column follows the window, which nobody asked to remember.
        self._header.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A column was dragged wider, or fitted by a double click."""
        released = (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        if event.type() in released and self._sizes() != self._sizes_before:
            self._touched()
        return super().eventFilter(watched, event)

    def _sizes(self) -> list[int]:
        """The widths that are the person's to choose: the last one fills what is left."""
        places = range(self._header.count() - 1)
        return [self._header.sectionSize(self._header.logicalIndex(place)) for place in places]

    def restore(self, widths: Sequence[int]) -> None:
        """Arrange the columns as remembered; `widths` in pixels at 100 % for those that are not."""
        kept: dict[str, Any] = self._session.local.value(self._name) or {}
        known = kept.get("widths", {})
        self._restoring = True
        for at, name in enumerate(self._columns):
            wide = min(WIDEST, max(NARROWEST, int(known.get(name, widths[at]))))
            self._header.resizeSection(at, theme.px(wide))
            self._header.setSectionHidden(at, name in kept.get("hidden", ()))
        ordered = [name for name in kept.get("order", ()) if name in self._columns]
        for place, name in enumerate(ordered):
            at = self._header.visualIndex(self._columns.index(name))
            self._header.moveSection(at, place)
        self.order = str(kept.get("sort", ""))
        self._restoring = False
        self.arranged = bool(kept)
        self._sizes_before = self._sizes()

    def hide(self, column: int, hidden: bool) -> None:
        """Hide or show a column; the last one shown stays."""
        shown = [at for at in range(len(self._columns)) if not self._header.isSectionHidden(at)]
        if not hidden or shown != [column]:
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
        """Names of the columns that are shown, from left to right."""
        places = range(self._header.count())
        order = [self._header.logicalIndex(place) for place in places]
        return [self._columns[at] for at in order if not self._header.isSectionHidden(at)]

    def save(self) -> None:
        """Write it down now. A center that cannot be written forgets: no one loses work by it."""
        self._timer.stop()
        if not self._session.can_write:
            return
        header, scale = self._header, theme.hub().scale
        places = range(header.count())
        hidden = [n for at, n in enumerate(self._columns) if header.isSectionHidden(at)]
        widths = {
            name: round(header.sectionSize(at) / scale)
            for at, name in enumerate(self._columns)
            if name not in hidden
        }
        body = {
            "widths": widths,
            "hidden": hidden,
            "order": [self._columns[header.logicalIndex(place)] for place in places],
            "sort": self.order,
        }
        self._sizes_before = self._sizes()
        try:
            self._session.local.set_value(self._name, body)
        except UserError:
            self._timer.start()  # the disk is busy or full: the next look may find it better

    def _touched(self, *_what: int) -> None:
        if not self._restoring:
            self.arranged = True
            self._timer.start()

