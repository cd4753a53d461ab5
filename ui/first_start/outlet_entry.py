"""Outlets while they are typed or pasted: rows of name, address, telephone, with an empty one at
the end. Nothing is stored before `verbs` is asked for.
"""

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bankcc.errors import FieldError, UserError
from bankcc.features import outlet
from bankcc.i18n import _
from bankcc.schema.change import Verb
from bankcc.tabular.header import find, is_header
from bankcc.tabular.table import Row, Table

FIELDS = ("name", "address", "phone")
MOST = 500
Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class BadCell(UserError):
    """A cell that cannot be stored; `row` and `column` say where it is."""

    def __init__(self, row: int, column: int, reason: str) -> None:
        words = _("Row {row}: {reason}.").format(row=row + 1, reason=reason)
        super().__init__(words, safe=_("Nothing was stored yet."))
        self.row, self.column = row, column


class OutletEntryModel(QAbstractTableModel):
    """Typing into the last row makes another one below it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[str]] = [_blank()]

    @property
    def filled(self) -> list[list[str]]:
        """The rows that hold something."""
        return [row for row in self._rows if any(text.strip() for text in row)]

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(FIELDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_label(index.column())} {text}".strip()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return _label(section) if 0 <= section < len(FIELDS) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        self._rows[index.row()][index.column()] = " ".join(str(value or "").split())
        self.dataChanged.emit(index, index)
        self._grow()
        return True

    def retranslate(self) -> None:
        """The headings in the language in force."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(FIELDS) - 1)

    def clear(self) -> None:
        """Back to one empty row."""
        self.beginResetModel()
        self._rows = [_blank()]
        self.endResetModel()

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows away."""
        self.beginResetModel()
        gone = set(rows)
        self._rows = [row for at, row in enumerate(self._rows) if at not in gone]
        self._rows = self._rows or [_blank()]
        self.endResetModel()
        self._grow()

    def paste(self, text: str, row: int, column: int) -> int:
        """Put a table of the clipboard at `row` and `column`, or by its headings if it has any; how
        many rows came."""
        table = [tuple(cell.strip() for cell in line) for line in _lines(text)]
        table = [line for line in table if any(line)]
        headed = _by_heading(table)
        at = 0 if headed else column
        table = (headed or table)[: MOST - row]
        self.beginResetModel()
        while len(self._rows) < row + len(table):
            self._rows.append(_blank())
        for place, line in enumerate(table, row):
            for cell, found in enumerate(line[: len(FIELDS) - at], at):
                self._rows[place][cell] = " ".join(found.split())
        self.endResetModel()
        self._grow()
        return len(table)

    def verbs(self, known: frozenset[str] = frozenset()) -> list[Verb]:
        """What enters the rows; those whose name is `known` are left out, and rows that say no
        more than an earlier one. Raises BadCell, also for two outlets of one name."""
        made: list[Verb] = []
        seen: dict[object, tuple[int, dict[str, object]]] = {}
        for row, texts in enumerate(self._rows):
            if not any(text.strip() for text in texts):
                continue
            values: dict[str, object] = {}
            for column, (name, text) in enumerate(zip(FIELDS, texts, strict=True)):
                try:
                    values[name] = outlet.KIND.field(name).parse(text or None)
                except FieldError as error:
                    raise BadCell(row, column, error.what) from None
            if not values["name"]:
                raise BadCell(row, 0, _("the name is missing"))
            filled = {key: value for key, value in values.items() if value is not None}
            earlier, before = seen.setdefault(values["name"], (row, filled))
            if not filled.items() <= before.items():
                words = _("row {row} has this name too, with other details")
                raise BadCell(row, 0, words.format(row=earlier + 1))
            if earlier == row and values["name"] not in known:
                made.append(outlet.add(**filled))  # type: ignore[arg-type]
        return made

    def _grow(self) -> None:
        if any(text.strip() for text in self._rows[-1]) and len(self._rows) < MOST:
            at = len(self._rows)
            self.beginInsertRows(_TOP, at, at)
            self._rows.append(_blank())
            self.endInsertRows()


def _blank() -> list[str]:
    return [""] * len(FIELDS)


def _label(column: int) -> str:
    return _(outlet.KIND.field(FIELDS[column]).label)


def _lines(text: str) -> list[list[str]]:
    """The cells of a clipboard: spreadsheets put tabs between and quotes around lines within."""
    if "\t" not in text:
        return [[line] for line in text.splitlines()]
    return list(csv.reader(io.StringIO(text), delimiter="\t"))


def _by_heading(lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows below a row of headings, in the order of our columns; none without headings."""
    table = Table("", tuple(Row(number, line) for number, line in enumerate(lines, 1)))
    try:
        found = find([table], outlet.KIND)
    except UserError:
        return []
    places = [found.mapping.column_of(name) for name in FIELDS]
    below = [
        row for row in table.rows[found.mapping.header + 1 :] if not is_header(row, found.mapping)
    ]
    return [tuple("" if at is None else row.cell(at) for at in places) for row in below]
