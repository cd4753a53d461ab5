"""The list of calls: as any list of records, but with short times; overdue says for how long."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt

from bankcc.clock import local
from bankcc.features import inquiry
from bankcc.i18n import _
from bankcc.schema.fields import Field
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from ui.context import UiContext
from ui.records.cell_text import level_of
from ui.records.record_table import RecordTableModel
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE

WIDTHS = {
    "number": 8,
    "at": 11,
    "phone": 11,
    "caller": 6,
    "category": 6,
    "status": 13,
    "agent": 6,
    "note": 4,
}
"""Narrower than in a list by itself: the answer cards stand beside it."""
COLUMNS = ("number", "at", "phone", "caller", "category", "status", "agent", "note")
_HOUR_MS = 3_600_000


class CallTableModel(RecordTableModel):
    """Shows `14:51` for today, `待回拨 15:00`, `逾期 12 分`."""

    least_needed = ("agent", "note", "category", "at", "caller")

    def __init__(
        self,
        context: UiContext,
        query: Query,
        columns: Sequence[str] = COLUMNS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(context, query, columns, parent)
        self._roles[LEVEL_ROLE] = self._level

    def field(self, column: int) -> Field:
        found = super().field(column)
        return replace(found, width=WIDTHS.get(found.name, found.width))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(self.columns)
        if shown and self.columns[section] == "at":
            return _("Time")
        return super().headerData(section, orientation, role)

    def _text(self, record: Record, item: Field) -> str:
        now = self.session.clock.now_ms()
        if item.name == "at":
            return came_and_entered(record, now)
        if item.name == "phone" and record["to_check"]:
            return _("{number} check").format(number=super()._text(record, item))
        if item.name == "status":
            return status_words(super()._text(record, item), record, now)
        return super()._text(record, item)

    def _level(self, record: Record, item: Field) -> Level | None:
        if item.name == "status" and inquiry.overdue(record, self.session.clock.now_ms()):
            return Level.CRITICAL
        return level_of(item, record)


def came_and_entered(record: Record, now_ms: int) -> str:
    """When a call came; of one entered from paper also when it was entered."""
    came = short_time(record["at"], now_ms)
    if not record["back_entry"]:
        return came
    entered = short_time(record.created, now_ms)
    return _("{came}→{entered} late").format(came=came, entered=entered)


def short_time(at: object, now_ms: int) -> str:
    """The time of day today, with the day before that."""
    if not isinstance(at, int):
        return ""
    came = local(at)
    return f"{came:%H:%M}" if came.date() == local(now_ms).date() else f"{came:%m-%d %H:%M}"


def status_words(status: str, record: Record, now_ms: int) -> str:
    """The status, with when the call back is due or for how long it has been overdue."""
    due = record["callback_due"]
    if record.text("status") != "callback" or not isinstance(due, int):
        return status
    late = now_ms - due
    if late <= 0:
        return _("{status} {time}").format(status=status, time=f"{local(due):%H:%M}")
    if late < _HOUR_MS:
        return _("Overdue {minutes} min").format(minutes=max(1, late // 60_000))
    return _("Overdue {hours} h").format(hours=late // _HOUR_MS)
