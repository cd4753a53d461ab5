"""A table as it was read: rows of plain text with the numbers the file gives them, and how much is
accepted.

Every cell is text: a number is written as people would type it, a date as YYYY-MM-DD. Blank is "".
"""

from dataclasses import dataclass, field

from bankcc.errors import UserError
from bankcc.i18n import _

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_CELL = 32_767
"""Characters of one cell; more than that is cut to one above, so that the importer sees it is too
long."""
MAX_TEXT = 40_000_000
"""Characters of all cells together: a short file may name one long shared text a million times."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something. `number` is the one a spreadsheet program shows, from 1.

    `filled`: columns whose text came from a merged cell that began in a row above.
    """

    number: int
    cells: tuple[str, ...]
    filled: frozenset[int] = frozenset()

    def cell(self, column: int) -> str:
        """The text in `column` (from 0), "" beyond the end of a short row."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one CSV file. `notes`: what was left unread and why, translated."""

    sheet: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    merged: frozenset[int] = field(default_factory=frozenset)
    """Columns with cells merged downwards: blank ones in them are blank, not "as above"."""


def letter(column: int) -> str:
    """The name of a column (from 0) in a spreadsheet: A … Z, AA …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def unreadable(what: str, next_step: str = "") -> UserError:
    """The one clear line for a file that cannot be used."""
    return UserError(what, safe=_("Nothing was changed."), next_step=next_step)


def trim(cells: list[str]) -> tuple[str, ...]:
    """`cells` without the blank ones at the end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])
