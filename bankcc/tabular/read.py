"""Reading a file into tables: `read_tables(path)`. The file is known by its bytes; nothing in it is
trusted.

A workbook is parsed in a process of its own with a memory limit and a deadline; only plain text
comes back.
"""

import multiprocessing
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from bankcc.clock import Clock, SystemClock
from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.tabular.csv_text import read_text_table
from bankcc.tabular.guard import Form, check_workbook, damaged, form_of
from bankcc.tabular.sheets import parse_in_process
from bankcc.tabular.table import MAX_COLUMNS, MAX_ROWS, Row, Table, letter, trim, unreadable

SECONDS = 120.0
_MAX_RECEIVED = 400 * 1024 * 1024
_LOOK_EVERY = 0.2


@dataclass(slots=True)
class _Sheet:
    """A sheet while its messages come in."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_tables(
    path: Path,
    *,
    seconds: float = SECONDS,
    cancelled: Callable[[], bool] = lambda: False,
    clock: Clock | None = None,
) -> tuple[Table, ...]:
    """The tables of `path`: one per visible sheet, one for a CSV file.

    Raises UserError (one clear line) when it is no table, too large, damaged, crafted to overwhelm,
    takes longer than `seconds`, or when `cancelled()` turns true.
    """
    if form_of(path) is Form.TEXT:
        return (read_text_table(path),)
    check_workbook(path)
    sheets = _parse(path, seconds, cancelled, clock or SystemClock())
    return tuple(_table(sheet) for sheet in sheets)


def _parse(path: Path, seconds: float, cancelled: Callable[[], bool], clock: Clock) -> list[_Sheet]:
    """Start the process, gather its messages, and end it in every case."""
    # A fresh process, not a fork: the program has threads, and a fork would copy its memory.
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=parse_in_process, args=(str(path), sender), daemon=True)
    process.start()
    sender.close()
    try:
        return _gather(path, receiver, clock.monotonic() + seconds, cancelled, clock)
    finally:
        receiver.close()
        process.kill()
        process.join()
        process.close()


def _gather(
    path: Path, receiver: Connection, deadline: float, cancelled: Callable[[], bool], clock: Clock
) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    received = 0
    while True:
        # Asked before every message, not only while waiting: a fast reader never lets us wait.
        if cancelled():
            raise unreadable(_("Reading was cancelled."))
        if clock.monotonic() > deadline:
            raise unreadable(
                _("{name} takes too long to read.").format(name=path.name),
                _("Copy the table into a new workbook and import that."),
            )
        if not receiver.poll(_LOOK_EVERY):
            continue
        try:
            data = receiver.recv_bytes(_MAX_RECEIVED)
        except (EOFError, OSError) as error:
            raise damaged(path) from error
        received += len(data)
        message = msgspec.msgpack.decode(data)
        if message[0] == "end":
            return sheets
        if message[0] == "error" or received > _MAX_RECEIVED:
            raise _refusal(path, str(message[1]))
        _take(sheets, message)


def _take(sheets: list[_Sheet], message: list[Any]) -> None:
    match message:
        case ["sheet", name]:
            sheets.append(_Sheet(name))
        case ["rows", rows]:
            sheets[-1].rows += [Row(number, tuple(cells)) for number, cells in rows]
        case ["merges", merges]:
            sheets[-1].merges = [tuple(merge) for merge in merges]
        case ["note", "columns"]:
            last = letter(MAX_COLUMNS - 1)
            sheets[-1].notes.append(_("Columns after {column} were not read.").format(column=last))
        case ["note", "sheets"]:
            sheets[-1].notes.append(_("Only the first 50 sheets were read."))


def _refusal(path: Path, code: str) -> UserError:
    split = _("Split it into several files.")
    match code:
        case "rows":
            what = _("{name} has more than {limit} rows.").format(name=path.name, limit=MAX_ROWS)
            return unreadable(what, split)
        case "text" | "memory" | "merges" | "rows-received":
            what = _("{name} holds more than can be read at once.").format(name=path.name)
            return unreadable(what, split)
        case "undefended":
            return unreadable(
                _("This installation cannot read workbooks safely."),
                _("Install the program again, or import a CSV file."),
            )
    return damaged(path)


def _table(sheet: _Sheet) -> Table:
    downwards = [merge for merge in sheet.merges if merge[1] > merge[0]]
    return Table(
        sheet.name,
        tuple(fill_merged(sheet.rows, downwards)),
        tuple(sheet.notes),
        frozenset(merge[2] for merge in downwards),
    )


def fill_merged(rows: list[Row], merges: Iterable[tuple[int, int, int, int]]) -> list[Row]:
    """`rows` with the text of each downward merge repeated in its first column.

    Only rows that hold something are filled; merges that overlap (no program writes them) count
    once, so the work is bounded by the number of cells.
    """
    filled: dict[int, dict[int, str]] = {}
    position = {row.number: index for index, row in enumerate(rows)}
    numbers = [row.number for row in rows]
    ends: dict[int, int] = {}
    for top, bottom, column, _right in sorted(merges, key=lambda merge: (merge[2], merge[0])):
        if top <= ends.get(column, 0) or top not in position:
            continue
        ends[column] = bottom
        index = position[top]
        text = rows[index].cell(column)
        while text and (index := index + 1) < len(rows) and numbers[index] <= bottom:
            if not rows[index].cell(column):
                filled.setdefault(index, {})[column] = text
    return [_with(row, filled[index]) if index in filled else row for index, row in enumerate(rows)]


def _with(row: Row, texts: dict[int, str]) -> Row:
    width = max(len(row.cells), max(texts) + 1)
    cells = [texts.get(column) or row.cell(column) for column in range(width)]
    return Row(row.number, trim(cells), frozenset(texts))
