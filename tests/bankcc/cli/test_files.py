"""Commands on files: the samples go in once, what leaves is masked, a report counts its issues."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from bankcc.errors import StorageError
from bankcc.paths import Paths
from bankcc.session import Session
from tests.bankcc.cli.conftest import Run

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Journal = Callable[[Path], list[tuple[str, str]]]


def count(run: Run, folder: Path, kind: str) -> int:
    return int(run(folder, "status", "--format", "json").json["counts"][kind])


@pytest.mark.parametrize(
    ("kind", "name", "records", "bad"),
    [
        ("person", "应急通讯录.xlsx", 39, ["第 22 行 G 手机"]),
        ("resource", "应急物资清单.csv", 20, ["第 6 行 D 实有数量"]),
        ("inquiry", "热线来电登记.csv", 500, []),
    ],
)
def test_a_sample_goes_in_once(
    run: Run, center: Path, journal: Journal, kind: str, name: str, records: int, bad: list[str]
) -> None:
    first = run(center, "import", kind, SAMPLES / name)
    assert first.code == 0, first.err
    assert len(first.lines) == 1
    assert count(run, center, kind) == records
    said = [line for line in first.err.splitlines() if not line.startswith("提示")]
    assert len(said) == len(bad)
    assert all(line.startswith(start) for line, start in zip(said, bad, strict=True))
    assert journal(center)[0][0] == "import"
    before = run(center, "status", "--format", "json").json["operations"]
    second = run(center, "import", kind, SAMPLES / name)
    assert second.code == 0
    assert run(center, "status", "--format", "json").json["operations"] == before


def test_people_bring_posts_holders_and_backups(run: Run, center: Path) -> None:
    run(center, "import", "person", SAMPLES / "应急通讯录.xlsx")
    posts = run(center, "list", "post", "--format", "json").json
    assert len(posts) == 39
    assert all(post["holder"] for post in posts)
    assert any(post["backup_a"] for post in posts)


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, center: Path) -> None:
    file = SAMPLES / "应急物资清单.csv"
    planned = run(center, "import", "resource", file, "--dry-run")
    assert planned.code == 0
    assert count(run, center, "resource") == 0
    done = run(center, "import", "resource", file)
    assert done.out.strip() in planned.out


def test_a_file_without_a_usable_row_ends_with_1(run: Run, center: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("姓名,手机\n张三,12\n李四,abc\n", encoding="gb18030")
    refused = run(center, "import", "person", file)
    assert refused.code == 1
    *rows, last = refused.err.splitlines()
    assert len([row for row in rows if "手机" in row]) == 2
    assert count(run, center, "person") == 0
    assert last


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02PK", b"PK\x03\x04broken"])
def test_no_table_ends_with_1_and_one_line(
    run: Run, center: Path, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "file.xlsx"
    if content is not None:
        file.write_bytes(content)
    refused = run(center, "import", "person", file)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.count("\n") == 1


def test_only_kinds_with_rules_are_imported(run: Run, center: Path) -> None:
    assert run(center, "import", "task", SAMPLES / "应急物资清单.csv").code == 2


def test_an_export_is_masked_unless_revealed(
    run: Run, center: Path, journal: Journal, tmp_path: Path
) -> None:
    run(center, "add", "person", "name==1+1", "phone=13912345678")
    book, text = tmp_path / "out.xlsx", tmp_path / "out.csv"
    assert run(center, "export", "person", book).code == 0
    assert run(center, "export", "person", text, "--reveal").code == 0
    rows = list(load_workbook(book).active.iter_rows(values_only=True))
    assert "139****5678" in rows[1]
    assert text.read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = list(csv.DictReader(io.StringIO(text.read_text(encoding="utf-8-sig"))))
    assert row["姓名"] == "'=1+1"
    assert row["手机"].replace(" ", "") == "13912345678"
    assert [what for what, _detail in journal(center)] == ["reveal", "export", "export"]


def test_an_export_takes_conditions(run: Run, example: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    run(example, "export", "task", file, "--where", "status=done")
    lines = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert {line[lines[0].index("状态")] for line in lines[1:]} == {"完成"}


def test_an_export_into_no_folder_leaves_one_line(run: Run, center: Path, tmp_path: Path) -> None:
    refused = run(center, "export", "person", tmp_path / "none" / "out.csv")
    assert refused.code == 1
    assert refused.err.count("\n") == 1
    assert run(center, "export", "person", tmp_path / "out.txt").code == 1


def text_of(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def test_the_situation_report_counts_its_issues(run: Run, example: Path, tmp_path: Path) -> None:
    file = tmp_path / "situation.pdf"
    for issue in (1, 2):
        assert run(example, "report", "situation", "-o", file, "--compiled-by", "李敏").code == 0
        text = text_of(file)
        assert f"第 {issue} 期" in text
        assert "李敏" in text
    lost = run(example, "report", "situation", "-o", tmp_path / "none" / "x.pdf")
    assert lost.code == 1
    run(example, "report", "situation", "-o", file)
    assert "第 3 期" in text_of(file)


def test_the_second_report_begins_where_the_first_ended(
    run: Run, example: Path, tmp_path: Path
) -> None:
    file = tmp_path / "situation.pdf"
    run(example, "report", "situation", "-o", file)
    assert "来电 150 通" in text_of(file)
    run(example, "report", "situation", "-o", file)
    assert "来电 0 通" in text_of(file)
    run(example, "report", "situation", "-o", file, "--since", "2026-01-01")
    assert "来电 150 通" in text_of(file)


def test_a_report_beside_a_writer_uses_up_no_issue(run: Run, example: Path, tmp_path: Path) -> None:
    file = tmp_path / "situation.pdf"
    with Session.open(Paths(example), holder="window"):
        beside = run(example, "report", "situation", "-o", file)
    assert beside.code == 0
    assert beside.err
    run(example, "report", "situation", "-o", file)
    assert "第 1 期" in text_of(file)


@pytest.mark.parametrize("kind", ["task", "inquiry", "timeline", "post"])
def test_any_kind_prints_as_a_list(run: Run, example: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "list.pdf"
    assert run(example, "report", kind, "-o", file).code == 0
    assert "示例" in text_of(file)


def test_the_situation_report_takes_no_condition(run: Run, tmp_path: Path) -> None:
    words = ("report", "situation", "-o", tmp_path / "x.pdf", "--where", "status=todo")
    assert run(tmp_path, *words).code == 2
    assert run(tmp_path, "report", "situation").code == 2


def test_a_period_that_ends_before_it_begins_is_misuse(
    run: Run, example: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.pdf"
    times = ("--since", "2026-11-23 12:00", "--until", "2026-11-23 11:00")
    refused = run(example, "report", "situation", "-o", file, *times)
    assert refused.code == 2
    assert "2026-11-23 12:00" in refused.err
    assert not file.exists()
    run(example, "report", "situation", "-o", file)
    assert "第 1 期" in text_of(file)


def test_a_report_is_a_pdf(run: Run, example: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    assert run(example, "report", "task", "-o", file).code == 1
    assert not file.exists()
    assert run(example, "report", "task", "-o", tmp_path / "x.PDF").code == 0


def test_a_center_that_cannot_be_written_reports_and_exports_masked(
    run: Run, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise StorageError("read-only")

    monkeypatch.setattr("bankcc.center.folder.WriterLock", refuse)
    pdf, table = tmp_path / "x.pdf", tmp_path / "x.csv"
    reported = run(example, "report", "situation", "-o", pdf)
    assert (reported.code, pdf.exists()) == (0, True)
    assert "期号" in reported.err
    assert run(example, "export", "person", table).code == 0
    assert "****" in table.read_text(encoding="utf-8-sig")
    secret = tmp_path / "full.csv"
    assert run(example, "export", "person", secret, "--reveal").code == 1
    assert not secret.exists()
    assert run(example, "list", "person", "--reveal").code == 1


def test_many_bad_rows_are_counted_and_written_to_a_file(
    run: Run, center: Path, tmp_path: Path
) -> None:
    file, errors = tmp_path / "bad.csv", tmp_path / "errors.csv"
    rows = [f"人员{at},12" for at in range(60)]
    file.write_text("\n".join(["姓名,手机", "张三,13800000000", *rows]), encoding="utf-8")
    done = run(center, "import", "person", file, "--errors", errors)
    assert done.code == 0
    said = done.err.splitlines()
    assert len([line for line in said if "手机" in line]) == 50
    assert any("10" in line and "--errors" in line for line in said)
    lines = list(csv.reader(io.StringIO(errors.read_text(encoding="utf-8-sig"))))
    assert lines[0] == ["行", "列", "原因"]
    assert [line[0] for line in lines[1:]] == [str(at) for at in range(3, 63)]
    assert {line[1] for line in lines[1:]} == {"B 手机"}
    assert run(center, "import", "person", file, "--errors", tmp_path / "e.pdf").code == 1


def test_columns_that_are_not_read_are_named(run: Run, center: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("姓名,手机,血型,鞋码\n张三,13800000000,A,42\n", encoding="utf-8")
    said = run(center, "import", "person", file).err.splitlines()
    assert len(said) == 1
    assert "C 血型" in said[0]
    assert "D 鞋码" in said[0]
    assert "手机" not in said[0]


def test_a_template_is_written_without_a_center_and_goes_in_again(
    run: Run, center: Path, tmp_path: Path
) -> None:
    file = tmp_path / "outlets.xlsx"
    made = run(None, "template", "outlet", file)
    assert (made.code, made.lines) == (0, [f"已写到 {file}"])
    book = load_workbook(file)
    book.active.cell(5, 1).value = "江南支行"
    book.save(file)
    assert run(center, "import", "outlet", file).code == 0
    assert count(run, center, "outlet") == 1


def test_a_template_of_what_is_not_imported_is_a_wrong_call(run: Run, tmp_path: Path) -> None:
    assert run(None, "template", "task", tmp_path / "t.xlsx").code == 2
    assert run(None, "template", "person", tmp_path / "t.csv").code == 1
    assert list(tmp_path.glob("t.*")) == []
