"""Exports: safe, masked, whole, and the same when they come back."""

import csv
import gc
import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcc import i18n
from bankcc.clock import ManualClock
from bankcc.errors import Refused, StorageError, UserError
from bankcc.features import inquiry
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.change import create, delete, edit
from bankcc.schema.query import Condition, Query
from bankcc.session import Session
from bankcc.tabular.csv_text import read_text_table
from bankcc.tabular.load import apply, read_plan
from bankcc.tabular.read import read_tables
from bankcc.tabular.sheets import cell_text
from bankcc.tabular.write import export, write_csv, write_xlsx
from tests.bankcc.tabular.workbooks import SAMPLES

TRIGGERS = tuple("=+-@\t\r\n\0＝＋－＠")
FILES = {
    "person": "应急通讯录.xlsx",
    "resource": "应急物资清单.csv",
    "inquiry": "热线来电登记.csv",
}
FORMULA = '=HYPERLINK("http://x.example","点我")'


def _fill(center: Session) -> Session:
    """The three real files imported, and what they lack."""
    for kind, name in FILES.items():
        apply(read_plan(SAMPLES / name, center.kinds[kind], center), center)
    center.execute(create("person", name="@SUM(1)", note="_x0041_ 原样\n第二行", email="a@b.cn"))
    return center


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A full center that tests only read."""
    paths = Paths(tmp_path_factory.mktemp("full") / "center")
    session, _key = Session.create(
        paths, name="试", passphrase=None, demo=True, clock=ManualClock(), chance=SeededChance(2)
    )
    with session:
        yield _fill(session)


@pytest.fixture
def own(center: Session) -> Session:
    """A full center of one test."""
    return _fill(center)


def _cells(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        text = path.read_bytes().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))
    return [list(row.cells) for row in read_tables(path)[0].rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_programs_own_file_changes_nothing_when_it_comes_back(
    full: Session, tmp_path: Path, kind: str, ending: str, language: str
) -> None:
    i18n.set_language(language)
    path = tmp_path / f"表.{ending}"
    count = full.count(Query(kind))
    assert export(full, Query(kind), path, reveal=True).rows == count
    plan = read_plan(path, full.kinds[kind], full)
    report = apply(plan, full)
    assert (report.same, report.bad, report.operations) == (count, (), 0)


@pytest.mark.parametrize("kind", FILES)
def test_another_center_takes_over_every_value(full: Session, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "表.xlsx"
    export(full, Query(kind), path, reveal=True)
    there = Paths(tmp_path / "there")
    with Session.create(there, name="乙", passphrase=None, demo=True)[0] as other:
        report = apply(read_plan(path, other.kinds[kind], other), other)
        assert report.bad == ()
        wanted = [sorted(record.values.items()) for record in full.find(Query(kind))]
        found = [sorted(record.values.items()) for record in other.find(Query(kind))]
        assert sorted(map(repr, found)) == sorted(map(repr, wanted))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_phones_are_masked_unless_revealed(full: Session, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"表.{ending}"
    query = Query("person", where=(Condition("name", "=", "郑玉"),))
    export(full, query, path)
    (row,) = _cells(path)[1:]
    assert "139****9013" in row
    assert "13928159013" not in "".join("".join(row).split())
    export(full, query, path, reveal=True)
    (row,) = _cells(path)[1:]
    assert "139 2815 9013" in row
    assert "0571-87655132" in row


def test_csv_has_bom_crlf_and_no_cell_that_runs(full: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for kind in FILES:
        export(full, Query(kind), path, reveal=True)
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        assert not [cell for row in _cells(path) for cell in row if cell.startswith(TRIGGERS)]
    assert b"'=HYPERLINK" in data


def test_xlsx_holds_texts_as_texts_and_counts_as_numbers(full: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    export(full, Query("inquiry"), path, reveal=True)
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix and cell.number_format == "@" for cell in cells)
    assert FORMULA in {cell.value for cell in cells}
    assert book.active.freeze_panes == "A2"
    export(full, Query("resource"), path)
    sheet = openpyxl.load_workbook(path).active
    header = [cell.value for cell in sheet[1]]
    assert {sheet.cell(2, header.index(name) + 1).data_type for name in ("应配", "实有")} == {"n"}
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_header_follows_the_language_and_columns_may_be_chosen(
    full: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    i18n.set_language("en")
    export(full, Query("person"), path, columns=("number", "name", "created"))
    header, first, *_rest = _cells(path)
    assert header == ["No.", full.kinds["person"].field("name").label, "Entered"]
    assert first[1] == "郑玉"
    with pytest.raises(Refused):
        export(full, Query("person"), path, columns=("nothing",))


def test_links_are_written_with_the_number_they_are_found_by(own: Session, tmp_path: Path) -> None:
    call = own.find(Query("inquiry", limit=1))[0]
    own.execute(inquiry.to_task(call.id, title="回电"))
    path = tmp_path / "a.csv"
    export(own, Query("inquiry", where=(Condition("task", "filled"),)), path, reveal=True)
    assert any(cell.endswith(" 回电") for cell in _cells(path)[1])
    assert apply(read_plan(path, own.kinds["inquiry"], own), own).same == 1


def test_an_edited_export_updates_the_same_records(own: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    export(own, Query("inquiry"), path, reveal=True)
    text = path.read_text(encoding="utf-8-sig").replace("银行卡丢了要马上挂失", "改过")
    path.write_text(text, encoding="utf-8-sig")
    report = apply(read_plan(path, own.kinds["inquiry"], own), own)
    assert (report.added, report.updated, report.bad) == (0, 32, ())
    assert own.count(Query("inquiry")) == 500


TEXT = st.text(alphabet=st.characters(exclude_characters="\r"), max_size=40)


@settings(max_examples=60)
@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_text_comes_back_from_csv(rows: list[list[str]]) -> None:
    out = io.BytesIO()
    write_csv(out, ["a", "b"], rows)
    text = out.getvalue().decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text, newline="")))
    assert not [cell for row in cells for cell in row if cell.startswith(TRIGGERS)]


@settings(max_examples=40)
@given(st.lists(st.one_of(TEXT, st.integers(-(10**14), 10**14), st.none()), min_size=1))
def test_any_text_comes_back_from_both_forms(
    tmp_path_factory: pytest.TempPathFactory, values: list[str | int | None]
) -> None:
    folder = tmp_path_factory.mktemp("t")
    values = ["x", *values, "x"]
    wanted = [_plain(value) for value in values]
    with (folder / "a.csv").open("wb") as file:
        write_csv(file, ["h"], [[value, "|"] for value in values])
    table = read_text_table(folder / "a.csv")
    assert [row.cell(0) for row in table.rows[1:]] == wanted
    with (folder / "a.xlsx").open("wb") as file:
        write_xlsx(file, ["h"], [[value, "|"] for value in values], folder, title="表")
    sheet = openpyxl.load_workbook(folder / "a.xlsx").active
    assert [cell_text(row[0].value) for row in sheet.iter_rows(min_row=2)] == wanted
    assert all(row[0].data_type in "sn" for row in sheet.iter_rows(min_row=2))


def _plain(value: str | int | None) -> str:
    """What reading makes of any text: without what files cannot hold, no blanks around it."""
    text = "" if value is None else str(value)
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    return text.strip()


def test_rows_beyond_a_sheet_continue_on_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        rows = ([n, "x" * 40_000] for n in range(5))
        cut = write_xlsx(file, ["n", "t"], rows, tmp_path, title="来电/登记", sheet_rows=3)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["来电 登记", "来电 登记 2", "来电 登记 3"]
    assert [sheet.max_row for sheet in book] == [3, 3, 2]
    assert cut == 5
    assert len(book.worksheets[0]["B2"].value) == 32_767
    assert os.listdir(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_cancelled_export_leaves_the_old_file(full: Session, tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / f"a.{ending}"
    path.write_bytes(b"old")
    told: list[int] = []
    with pytest.raises(UserError, match="取消"):
        export(full, Query("inquiry"), path, cancelled=lambda: True, progress=told.append)
    assert path.read_bytes() == b"old"
    assert os.listdir(folder) == [path.name]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_full_disk_leaves_the_old_file(
    full: Session, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / f"a.{ending}"
    path.write_bytes(b"old")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(StorageError, match="No space"):
        export(full, Query("person"), path)
    assert path.read_bytes() == b"old"
    assert os.listdir(folder) == [path.name]


@pytest.mark.parametrize("at", [0, 3])
def test_a_source_that_fails_midway_leaves_no_open_streams(tmp_path: Path, at: int) -> None:
    def rows() -> Iterator[list[str]]:
        for number in range(5):
            if number == at:
                raise OSError(28, "No space left on device")
            yield ["x"]

    with (tmp_path / "a.xlsx").open("wb") as file, pytest.raises(OSError, match="No space"):
        write_xlsx(file, ["h"], rows(), tmp_path, title="表")
    gc.collect()  # an unclosed stream would complain now, and a complaint fails the test
    assert os.listdir(tmp_path) == ["a.xlsx"]


def test_nothing_personal_goes_to_the_systems_temporary_folder(
    full: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "tmp"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    (tmp_path / "out").mkdir()

    def looked(count: int) -> None:
        seen.append((count, os.listdir(elsewhere)))

    seen: list[tuple[int, list[str]]] = []
    export(full, Query("inquiry"), tmp_path / "out" / "a.xlsx", progress=looked)
    assert seen == [(500, [])]


def test_other_endings_and_missing_folders_are_refused(full: Session, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export(full, Query("person"), tmp_path / "a.xls")
    with pytest.raises(StorageError):
        export(full, Query("person"), tmp_path / "no" / "a.csv")


def test_a_deleted_person_stays_deleted_when_the_file_comes_again(own: Session) -> None:
    record = own.get("person", "郑玉")
    own.execute(edit("person", record.id, note="x"))
    own.execute(delete("person", record.id))
    plan = read_plan(SAMPLES / FILES["person"], own.kinds["person"], own)
    assert apply(plan, own).added == 0
