"""What is written to be filled in comes back through the import, and the sample row does not."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bankcc.errors import Refused, StorageError
from bankcc.features import KIND, KINDS
from bankcc.i18n import LANGUAGES, set_language
from bankcc.schema.fields import Choice, Phone
from bankcc.schema.query import Query
from bankcc.schema.record import RecordKind
from bankcc.session import Session
from bankcc.tabular import template
from bankcc.tabular.header import find
from bankcc.tabular.load import apply, read_plan
from bankcc.tabular.plan import Outcome
from bankcc.tabular.read import read_tables
from bankcc.tabular.rules import targets

IMPORTED = [kind for kind in KINDS if kind.importable]
every_kind = pytest.mark.parametrize("kind", IMPORTED, ids=lambda kind: kind.name)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_kind
@every_language
def test_every_column_is_known_again(kind: RecordKind, language: str, tmp_path: Path) -> None:
    set_language(language)
    path = template.write_template(kind, tmp_path / "t.xlsx")
    found = find(read_tables(path), kind)
    assert tuple(found.mapping.columns.values()) == tuple(i.name for i in template.columns(kind))
    assert not found.mapping.unknown
    assert not found.mapping.repeated


@every_kind
@every_language
def test_the_sample_is_left_out_and_fits_when_its_mark_is_taken_away(
    kind: RecordKind, language: str, center: Session, tmp_path: Path
) -> None:
    set_language(language)
    path = template.write_template(kind, tmp_path / "t.xlsx")
    plan = read_plan(path, kind, center)
    assert plan.rows == ()
    assert [note.row for note in plan.notes if note.row] == [template.HEADER_ROW + 1]
    book = load_workbook(path)
    cell = book.active.cell(template.HEADER_ROW + 1, 1)
    cell.value = cell.value.replace("：", ":").partition(":")[2].strip()
    book.save(path)
    plan = read_plan(path, kind, center)
    assert [row.outcome for row in plan.rows] == [Outcome.NEW], plan.problems
    apply(plan, center)
    assert center.count(Query(kind.name)) == 1
    # The other language's importer takes the file too.
    set_language(next(name for name in LANGUAGES if name != language))
    assert [row.outcome for row in read_plan(path, kind, center).rows] == [Outcome.SAME]


@every_kind
def test_the_sample_names_columns_only_in_both_languages(kind: RecordKind) -> None:
    known = {item.name for item in targets(kind)}
    samples = template._samples()[kind.name]
    assert set(samples) == set(LANGUAGES)
    assert samples["zh_CN"].keys() == samples["en"].keys()
    assert samples["en"].keys() <= known


@every_kind
def test_phones_are_text_and_choices_are_offered(kind: RecordKind, tmp_path: Path) -> None:
    sheet = load_workbook(template.write_template(kind, tmp_path / "t.xlsx")).active
    fields = template.columns(kind)
    for number, item in enumerate(fields, 1):
        if isinstance(item, Phone):
            assert sheet.cell(template.HEADER_ROW + 2, number).number_format == "@"
            assert sheet.cell(template.LAST_ROW, number).number_format == "@"
    offered = {str(check.sqref).split(":")[0] for check in sheet.data_validations.dataValidation}
    choices = [n for n, item in enumerate(fields, 1) if isinstance(item, Choice)]
    assert len(offered) == len(choices)


def test_needed_columns_are_marked(tmp_path: Path) -> None:
    marked = [name for name in template.headings(KIND["person"]) if name.endswith("*")]
    assert marked == ["姓名 *"]


def test_another_ending_another_kind_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        template.write_template(KIND["person"], tmp_path / "t.csv")
    with pytest.raises(Refused):
        template.write_template(KIND["task"], tmp_path / "t.xlsx")
    with pytest.raises(StorageError):
        template.write_template(KIND["person"], tmp_path / "none" / "t.xlsx")
    assert list(tmp_path.iterdir()) == []
