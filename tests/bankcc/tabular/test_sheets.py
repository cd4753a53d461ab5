"""What the parsing process sends, and what it refuses to gather."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest

from bankcc.tabular import sheets
from bankcc.tabular.sheets import cell_text, parse_in_process
from bankcc.tabular.table import MAX_CELL
from tests.bankcc.tabular.workbooks import parts, sheet_xml, text_cell


class _Pipe:
    def __init__(self) -> None:
        self.sent: list[object] = []
        self.closed = False

    def send_bytes(self, data: bytes) -> None:
        self.sent.append(msgspec.msgpack.decode(data))

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> _Pipe:
    monkeypatch.setattr(sheets, "_limit_memory", lambda: None)  # it would be ours
    return _Pipe()


def test_rows_and_merges_are_sent_and_the_end_is_said(
    workbook: Callable[..., Path], pipe: _Pipe
) -> None:
    after = '<mergeCells><mergeCell ref="A1:B3"/></mergeCells>'
    path = workbook(parts(sheet_xml(f'<row r="1">{text_cell("A1", "a_x000D_b")}</row>', after)))
    parse_in_process(str(path), pipe)  # type: ignore[arg-type]
    assert pipe.sent == [
        ["sheet", "甲"],
        ["rows", [[1, ["a\rb"]]]],
        ["merges", [[1, 3, 0, 1]]],
        ["end"],
    ]
    assert pipe.closed


def test_without_the_defused_reader_nothing_is_parsed(
    pipe: _Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openpyxl, "DEFUSEDXML", False)
    parse_in_process("any.xlsx", pipe)  # type: ignore[arg-type]
    assert pipe.sent == [["error", "undefended"]]


@pytest.mark.parametrize(("error", "code"), [(MemoryError(), "memory"), (ValueError(), "damaged")])
def test_failures_are_sent_as_codes(
    pipe: _Pipe, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    def fail(_path: Path) -> None:
        raise error

    monkeypatch.setattr(sheets, "messages", fail)
    parse_in_process("any.xlsx", pipe)  # type: ignore[arg-type]
    assert pipe.sent[0][1] == code  # type: ignore[index]


@pytest.mark.parametrize(
    ("limit", "code"), [("MAX_ROWS", "rows"), ("MAX_TEXT", "text"), ("_MAX_MERGES", "merges")]
)
def test_more_than_is_accepted_is_not_gathered(
    workbook: Callable[..., Path],
    pipe: _Pipe,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    code: str,
) -> None:
    monkeypatch.setattr(sheets, limit, 9)
    body = "".join(f'<row r="{n}">{text_cell(f"A{n}", "x")}</row>' for n in range(1, 11))
    after = "<mergeCells>" + '<mergeCell ref="A1:A2"/>' * 10 + "</mergeCells>"
    path = workbook(parts(sheet_xml(body if limit != "_MAX_MERGES" else "", after)))
    parse_in_process(str(path), pipe)  # type: ignore[arg-type]
    assert pipe.sent[-1] == ["error", code]


def test_long_cells_are_cut_one_above_the_limit() -> None:
    assert len(cell_text("x" * 100_000)) == MAX_CELL + 1
    assert cell_text(1e300) == "1e+300"
