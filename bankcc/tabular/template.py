"""An empty table to fill in: `write_template(kind, path)`. Its columns are those the import knows,
named in the language in force; its sample row is left out by the import.
"""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bankcc.errors import Refused
from bankcc.i18n import _, language
from bankcc.paths import shipped_data
from bankcc.schema.fields import Choice, Field, Integer
from bankcc.schema.record import RecordKind
from bankcc.tabular.rules import declared, heading, rules_for, targets
from bankcc.whole_file import whole

HEADER_ROW = 3
LAST_ROW = 300
"""As far down as cells are prepared: text format, lists to choose from."""
_LONGEST_LIST = 255
_TEXT = "@"


def columns(kind: RecordKind) -> tuple[Field, ...]:
    """The columns of the template, in order. Raises Refused for a kind that is not imported."""
    rules_for(kind)
    known = {item.name: item for item in targets(kind)}
    return tuple(known[name] for name in declared(kind) if name in known)


def headings(kind: RecordKind) -> list[str]:
    """What stands above the columns: a name the import knows; `*` marks those that are needed."""
    rules = rules_for(kind)
    taken: list[str] = []
    for item in columns(kind):
        name = _(item.label)
        strongest = min(
            (names[heading(name)], field)
            for field, names in rules.headers.items()
            if heading(name) in names
        )
        if strongest[1] != item.name:
            # The label is an everyday word for another field; the first synonym is not.
            name = next(iter(rules.headers[item.name]))
        taken.append(f"{name} *" if item.name in rules.needed else name)
    return taken


def sample(kind: RecordKind) -> list[str]:
    """The sample row, in the order of the columns."""
    values = _samples()[kind.name][language()]
    return [values.get(item.name, "") for item in columns(kind)]


def write_template(kind: RecordKind, path: Path) -> Path:
    """Write the template of `kind` to `path` (.xlsx). Raises Refused for another ending or kind,
    StorageError when the disk refuses."""
    if path.suffix.lower() != ".xlsx":
        raise Refused(
            _("A template is written as .xlsx."),
            next_step=_("Choose a file name with that ending."),
        )
    book = _book(kind)
    with whole(path) as part:
        book.save(part)
    return path


def file_name(kind: RecordKind) -> str:
    """A name for the file, without ending."""
    return _("Template {kind}").format(kind=_(kind.plural))


def _book(kind: RecordKind) -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    sheet = book.active
    sheet.title = _(kind.plural)[:31]
    fields = columns(kind)
    rows = (
        ([_("Table to fill in: {kind}").format(kind=_(kind.plural))], Font(bold=True, size=14)),
        ([_note()], Font(color="595959")),
        (headings(kind), Font(bold=True)),
        (sample(kind), Font(italic=True, color="7F7F7F")),
    )
    for number, (texts, font) in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type, cell.font = text or None, "s", font
            cell.number_format = _TEXT
            if number == HEADER_ROW:
                cell.fill = PatternFill("solid", fgColor="DCE9FB")
                cell.alignment = Alignment(vertical="center")
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    _prepare(sheet, fields)
    return book


def _prepare(sheet: Any, fields: Sequence[Field]) -> None:
    """Widths, text format (phones stay phones, dates stay as written), lists to choose from."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, item in enumerate(fields, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(item.width, 8) * 1.2 + 4
        if not isinstance(item, Integer):
            sheet.column_dimensions[letter].number_format = _TEXT
            for row in range(HEADER_ROW + 2, LAST_ROW + 1):
                sheet.cell(row, number).number_format = _TEXT
        if isinstance(item, Choice):
            listed = ",".join(_(option.label).replace(",", " ") for option in item.options)
            if len(listed) < _LONGEST_LIST and '"' not in listed:
                # Offered, not enforced: the import understands more words than stand in the list.
                choice = DataValidation(type="list", formula1=f'"{listed}"', showErrorMessage=False)
                choice.add(f"{letter}{HEADER_ROW + 2}:{letter}{LAST_ROW}")
                sheet.add_data_validation(choice)


def _note() -> str:
    return _(
        "How to fill in: one line each; columns with * are needed. The sample line is left out by"
        " the import. Phones and dates are text, as you write them."
    )


@cache
def _samples() -> dict[str, dict[str, dict[str, str]]]:
    with (shipped_data() / "import" / "templates.toml").open("rb") as file:
        return tomllib.load(file)
