"""What stands in the cells of an export: text as people read it, numbers as numbers, full or masked
phones.

The same cells go to xlsx, CSV and the clipboard; a file written with full numbers can be imported
again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bankcc import clock
from bankcc.errors import NotFound
from bankcc.i18n import _
from bankcc.schema.fields import Field, Flag, Integer, Link, Moment
from bankcc.schema.query import Query
from bankcc.schema.record import SYSTEM_FIELDS, Record, RecordKind
from bankcc.tabular.door import Reader
from bankcc.tabular.rules import NUMBER

OutCell: TypeAlias = str | int | None
_PAGE = 500
_KNOWN_LINKS = 50_000


@dataclass(slots=True)
class OutRows:
    """Records of one kind as cells. `columns`: field names; without them the number and every
    field."""

    session: Reader
    kind: RecordKind
    reveal: bool = False
    columns: Sequence[str] = ()
    _links: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = self.columns or (NUMBER, *(item.name for item in self.kind.fields))
        self.columns = tuple(names)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the columns. Raises Refused for an unknown one."""
        return tuple(SYSTEM_FIELDS.get(name) or self.kind.field(name) for name in self.columns)

    def header(self) -> list[str]:
        """The labels in the language in force."""
        return [_(item.label) for item in self.fields]

    def cells(self, record: Record) -> list[OutCell]:
        """One record."""
        return [self._cell(record, item) for item in self.fields]

    def of(
        self, query: Query, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[list[OutCell]]:
        """What `query` finds, a page at a time; stops when `cancelled()`."""
        ids = self.session.ids(query)
        for start in range(0, len(ids), _PAGE):
            if cancelled():
                return
            for record in self.session.rows(self.kind.name, ids[start : start + _PAGE]):
                if record is not None:  # deleted since the list was made
                    yield self.cells(record)

    def _cell(self, record: Record, item: Field) -> OutCell:
        value = record[item.name]
        if value is None:
            # Nothing stored may still have words: an entry that follows from an operation.
            return self.session.display(record, item.name) or None
        if isinstance(value, int):
            if isinstance(item, Moment):
                return _moment(clock.local(value))
            if isinstance(item, Integer) and not isinstance(item, Flag):
                return value
        if isinstance(item, Link) and item.to and isinstance(value, str):
            return self._link(item.to, value)
        return self.session.display(record, item.name, reveal=self.reveal)

    def _link(self, kind: str, record: str) -> str:
        """Number and title: the number is what an import finds the record by."""
        known = self._links.get((kind, record))
        if known is None:
            try:
                found = self.session.get(kind, record)
            except NotFound:  # it has not come from the other laptop yet
                return record
            title = " ".join(found.text(name) for name in self.session.kinds[kind].titles[:1])
            known = f"{found.number} {title}".strip()
            if len(self._links) >= _KNOWN_LINKS:
                self._links.clear()
            self._links[kind, record] = known
        return known


def _moment(moment: datetime) -> str:
    return moment.replace(tzinfo=None, microsecond=0).isoformat(" ")
