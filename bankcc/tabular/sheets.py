"""Parsing a workbook, in a process of its own: nothing in it may crash, fill or stall the program.

It sends plain msgpack messages, never pickles: ("sheet", name), ("rows", [[number, cells]]),
("merges", [[first row, last row, first column, last column]]), ("note", code), at last ("end",) or
("error", code).
"""

import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
from defusedxml.ElementTree import iterparse

from bankcc.tabular.table import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, trim

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 768 * 1024 * 1024
"""What parsing may take beyond what the process holds after loading the library."""
_LAST_ROW = 1_048_576
_BATCH = 500
_MAX_MERGES = 50_000
_MAX_SHEETS = 50
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TooMuch(Exception):
    """A limit is exceeded; the text is the code that goes to the reader."""


def parse_in_process(path: str, out: Connection) -> None:
    """Entry point of the process: parse the workbook at `path` and send what it holds.

    Every failure becomes a message; a process that dies without one is treated as a damaged file.
    """
    send = msgspec.msgpack.encode
    try:
        _load_library()
        _limit_memory()
        for message in messages(Path(path)):
            out.send_bytes(send(message))
        out.send_bytes(send(("end",)))
    except TooMuch as error:
        out.send_bytes(send(("error", str(error))))
    except MemoryError:
        out.send_bytes(send(("error", "memory")))
    except BrokenPipeError:
        return  # the reader gave up: cancelled or out of time
    except Exception as error:  # noqa: BLE001  whatever a crafted file provokes
        out.send_bytes(send(("error", "damaged", type(error).__name__)))
    finally:
        out.close()


def _load_library() -> None:
    """openpyxl, only with defused XML: by itself it expands entities."""
    import openpyxl

    if not openpyxl.DEFUSEDXML or openpyxl.LXML:
        raise TooMuch("undefended")


def _limit_memory() -> None:
    if sys.platform == "win32":  # no such limit there; the directory check bounds what is inflated
        return
    try:
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return  # macOS: the limit is not enforced there either
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = held + MEMORY_BYTES
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def messages(path: Path) -> Iterator[tuple[Any, ...]]:
    """What the workbook holds, sheet by sheet. Raises TooMuch, or anything on a damaged file."""
    import openpyxl

    left = [MAX_ROWS, MAX_TEXT]
    with path.open("rb") as file:  # ours to close: the library leaves it open when it fails
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets[:_MAX_SHEETS]:
            if sheet.sheet_state != "visible":
                continue
            yield ("sheet", str(sheet.title))
            yield from _rows(sheet, left)
            yield ("merges", list(_merges(path, sheet._worksheet_path)))
        if len(book.worksheets) > _MAX_SHEETS:
            yield ("note", "sheets")


def _rows(sheet: Any, left: list[int]) -> Iterator[tuple[Any, ...]]:
    """The rows that hold something, in batches. `left`: rows and characters still accepted.

    Asks for fixed bounds, because what the file says about its own size is not to be trusted; one
    column more than wanted shows that there are more.
    """
    sheet.reset_dimensions()
    batch: list[tuple[int, tuple[str, ...]]] = []
    wide = False
    rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=MAX_COLUMNS + 1, values_only=True)
    for number, values in enumerate(rows, start=1):
        end = len(values)
        while end and values[end - 1] is None:
            end -= 1
        cells = trim([cell_text(value) for value in values[:end]])
        if not cells:
            continue
        wide = wide or len(cells) > MAX_COLUMNS
        left[0] -= 1
        left[1] -= sum(map(len, cells))
        if left[0] < 0:
            raise TooMuch("rows")
        if left[1] < 0:
            raise TooMuch("text")
        batch.append((number, cells[:MAX_COLUMNS]))
        if len(batch) == _BATCH:
            yield ("rows", batch)
            batch = []
    yield ("rows", batch)
    if wide:
        yield ("note", "columns")


def cell_text(value: object) -> str:
    """A cell's value as a person would type it, cut one character above the limit."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            whole = value.time() == time()
            return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
    text = str(value)[: MAX_CELL + 1]
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.strip()


def _mentions(path: Path, member: str, word: bytes) -> bool:
    """Whether a part contains `word`: most sheets need no second parsing."""
    before = b""
    with zipfile.ZipFile(path) as archive, archive.open(member) as source:
        while piece := source.read(1 << 20):
            if word in before + piece:
                return True
            before = piece[-len(word) :]
    return False


def _merges(path: Path, member: str) -> Iterator[tuple[int, int, int, int]]:
    """The merged cells of a sheet: openpyxl's streaming reader leaves them out."""
    from openpyxl.utils import range_boundaries

    if not _mentions(path, member, b"mergeCell"):
        return
    count = 0
    with zipfile.ZipFile(path) as archive, archive.open(member) as source:
        for _event, element in iterparse(source, forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if name == "mergeCell":
                count += 1
                if count > _MAX_MERGES:
                    raise TooMuch("merges")
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                if None not in (left, top, right, bottom):
                    yield top, bottom, left - 1, right - 1
            if name in {"row", "mergeCell", "c"}:
                element.clear()
