"""Rows for the clipboard, twice: TSV for editors, HTML for spreadsheet programs. Pure text, nothing
read."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bankcc.tabular.out_cells import OutCell
from bankcc.tabular.safe_cell import protect

_TEXT = "mso-number-format:'\\@'"
_BREAK = '<br style="mso-data-placement:same-cell">'


@dataclass(frozen=True, slots=True)
class Copied:
    """The two forms of the same rows."""

    tsv: str
    html: str


def copied(header: Sequence[str], rows: Iterable[Sequence[OutCell]]) -> Copied:
    """`header` and `rows` for pasting. Nothing that is pasted can run as a formula."""
    table: list[Sequence[OutCell]] = [header, *rows]
    return Copied(
        "\r\n".join("\t".join(map(_tsv_cell, row)) for row in table),
        "<table>"
        + "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in table)
        + "</table>",
    )


def _tsv_cell(value: OutCell) -> str:
    text = protect("" if value is None else str(value))
    if any(mark in text for mark in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _html_cell(value: OutCell) -> str:
    if isinstance(value, int):
        return f"<td>{value}</td>"
    text = html.escape(protect(value or ""))
    return f'<td style="{_TEXT}">{text.replace(chr(10), _BREAK)}</td>'
