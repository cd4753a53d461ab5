"""A round of checks: what is to be looked at, place by place, and what was found so far.

Rule: nothing here is written to the center; what was found is a draft until it is signed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from bankcc.features import resource
from bankcc.i18n import N_, _
from bankcc.schema.change import Verb
from bankcc.schema.shared_choices import CHECK_RESULTS
from ui.records.plain_table import RIGHT, Index, PlainTable
from ui.resources.rows import ResourceRow, next_words
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE

COLUMNS = ("place", "name", "required", "book", "found", "result", "due", "note")
LABELS = {
    "place": N_("Place"),
    "name": N_("Item name"),
    "required": N_("Required"),
    "book": N_("By the book"),
    "found": N_("Count found"),
    "result": N_("Result"),
    "due": N_("Due"),
    "note": N_("Note"),
}
NUMBERS = ("required", "book", "found")
MOST_DIGITS = 6
_RESULTS = {option.code: option for option in CHECK_RESULTS}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one resource; `result` empty: not looked at yet, `found` None: as by the
    book."""

    result: str = ""
    found: int | None = None
    note: str = ""

    @property
    def looked(self) -> bool:
        """Whether it can be signed."""
        return bool(self.result)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to keep."""
        return self == Finding()


class CheckRound(PlainTable):
    """`changed`: something was found, or the rows are others."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        numbers = {COLUMNS.index(name) for name in NUMBERS}
        super().__init__(len(COLUMNS), lambda at: _(LABELS[COLUMNS[at]]), parent, numbers=numbers)
        self.findings: dict[str, Finding] = {}
        self.everything = False
        self.asked_for: set[str] = set()
        self._all: Sequence[ResourceRow] = ()
        self._typing = self._typing_row = ""

    # -- what is looked at -----------------------------------------------------------------------

    def show_inventory(self, rows: Sequence[ResourceRow]) -> None:
        """Of these, the round takes what is due, what was asked for and what has a finding."""
        self._all = rows
        taken = [
            row
            for row in rows
            if self.everything or row.due or row.id in self.asked_for or not self.finding(row).blank
        ]
        taken.sort(key=lambda row: (row.record.text("place"), row.category, row.record["name"]))
        if [row.id for row in taken] == [row.id for row in self.rows]:
            self.rows = taken
            self.repaint_rows()
        else:
            self.beginResetModel()
            self.rows = taken
            self.endResetModel()
        self.changed.emit()

    def take_everything(self, everything: bool) -> None:
        """Look at all there is, or at what is due."""
        self.everything = everything
        self.show_inventory(self._all)

    def ask_for(self, record: str) -> None:
        """Take this one in, due or not."""
        self.asked_for.add(record)
        self.show_inventory(self._all)

    def row_of(self, record: str) -> int:
        """The row of a resource, -1 if the round does not look at it."""
        return next((at for at, row in enumerate(self.rows) if row.id == record), -1)

    def next_open(self, after: int) -> int:
        """The next row not looked at yet, from the beginning again after the end; -1 for none."""
        order = [*range(after + 1, len(self.rows)), *range(after + 1)]
        return next((at for at in order if not self.finding(self.rows[at]).looked), -1)

    def finding(self, row: ResourceRow) -> Finding:
        """What was found of a resource."""
        return self.findings.get(row.id, Finding())

    @property
    def done(self) -> int:
        """How many were looked at."""
        return sum(self.finding(row).looked for row in self.rows)

    # -- what was found --------------------------------------------------------------------------

    def tick(self, at: int) -> bool:
        """As by the book, or not looked at after all; whether it is ticked now."""
        row = self.rows[at]
        ticked = not self.finding(row).looked
        result = ("short" if row.gap else "ok") if ticked else ""
        self._find(at, result=result, found=None)
        return ticked

    def set_result(self, at: int, result: str) -> None:
        """Faulty, out of date …; the count that was entered stays."""
        self._find(at, result=result)

    def type_digit(self, at: int, digit: str) -> None:
        """A digit of the count found; the first one on a row begins anew."""
        typed = (self._typing if self._typing_at(at) else "") + digit
        if len(typed) <= MOST_DIGITS:
            self._count(at, int(typed))
            self._typing, self._typing_row = typed, self.rows[at].id

    def erase_digit(self, at: int) -> None:
        """The last digit was wrong; without one there is no count."""
        found = self.finding(self.rows[at]).found
        rest = "" if found is None else str(found)[:-1]
        if rest:
            self._count(at, int(rest))
            self._typing, self._typing_row = rest, self.rows[at].id
        else:
            self._find(at, result="", found=None)

    def step(self, at: int, by: int) -> None:
        """One more, or one fewer, than was found or stands in the book."""
        found = self.finding(self.rows[at]).found
        begin = self.rows[at].number("actual") if found is None else found
        self._count(at, max(begin + by, 0))

    def set_note(self, at: int, note: str) -> None:
        """A remark on what was found."""
        self._find(at, note=note)

    def clear(self, at: int) -> None:
        """Not looked at, nothing to say."""
        self._find(at, result="", found=None, note="")

    def stop_typing(self) -> None:
        """The next digit begins a number."""
        self._typing = ""

    def _typing_at(self, at: int) -> bool:
        return bool(self._typing) and self._typing_row == self.rows[at].id

    def _count(self, at: int, found: int) -> None:
        row = self.rows[at]
        before = self.finding(row).result
        counted = "short" if found < row.number("required") else "ok"
        result = before if before in ("fault", "expired") else counted
        self._find(at, result=result, found=found)

    def _find(self, at: int, **values: Any) -> None:
        self._typing = ""
        row = self.rows[at]
        made = replace(self.finding(row), **values)
        if made.blank:
            self.findings.pop(row.id, None)
        else:
            self.findings[row.id] = made
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))
        self.changed.emit()

    # -- draft and signature ---------------------------------------------------------------------

    def body(self) -> dict[str, Any]:
        """What is kept as a draft; empty if there is nothing."""
        items = {
            key: {"result": one.result, "found": one.found, "note": one.note}
            for key, one in self.findings.items()
        }
        return {"items": items, "everything": self.everything} if items else {}

    def restore(self, body: Mapping[str, Any]) -> None:
        """Go on with a draft. What does not fit is left out: it was not written by this version."""
        self.everything = bool(body.get("everything"))
        for key, one in dict(body.get("items", {})).items():
            known = {name: one[name] for name in Finding.__slots__ if name in one}
            if known.get("result", "") in ("", *_RESULTS):
                self.findings[key] = Finding(**known)

    def verbs(self) -> list[tuple[str, Verb]]:
        """One check for each that was looked at, with the id of its resource."""
        return [
            (row.id, resource.check(row.id, result=one.result, actual=one.found, note=one.note))
            for row in self.rows
            if (one := self.finding(row)).looked
        ]

    def forget(self, records: Sequence[str]) -> None:
        """These were signed: they have left the round unless they are due again."""
        for record in records:
            self.findings.pop(record, None)
            self.asked_for.discard(record)
        self.show_inventory(self._all)

    # -- as Qt asks for it -----------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at, name = index.row(), COLUMNS[index.column()]
        words, level = self.words(at, name)
        if role == Qt.ItemDataRole.DisplayRole:
            # A place is said once, at the head of what lies there.
            same = name == "place" and at and self.words(at - 1, name)[0] == words
            return "" if same else words
        if role == LEVEL_ROLE:
            return level
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{field}: {value}").format(field=_(LABELS[name]), value=words or _("nothing"))
        if role == Qt.ItemDataRole.TextAlignmentRole and name in NUMBERS:
            return RIGHT
        return None

    def words(self, at: int, name: str) -> tuple[str, Level | None]:
        """What a cell says, and the level of its chip."""
        row = self.rows[at]
        record, one = row.record, self.finding(row)
        unit = record.text("unit")
        match name:
            case "required":
                need = row.number("required")
                return (f"{need} {unit}".strip() if need else ""), None
            case "book":
                return record.text("actual"), None
            case "found":
                return ("" if one.found is None else str(one.found)), None
            case "result":
                option = _RESULTS.get(one.result)
                return (_(option.label), Level(option.level)) if option else ("", None)
            case "due":
                return next_words(row)
            case "note":
                return one.note, None
            case "place":
                return record.text("place") or _("Without a place"), None
        return record.text(name), None
