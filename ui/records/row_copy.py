"""Rows of a list on the clipboard: text with tabs and a table, headings first, phones masked."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QMimeData, Qt

from bankcc.schema.record import Record, RecordKind
from bankcc.session import Session
from bankcc.tabular.clipboard import copied
from bankcc.tabular.out_cells import OutCell, OutRows
from ui.records.cell_text import cell_text, is_derived

MOST_ROWS = 20_000


def copied_rows(
    session: Session, kind: RecordKind, columns: Sequence[str], records: Sequence[Record]
) -> QMimeData:
    """What pastes into a spreadsheet program or an editor. At most `MOST_ROWS` are taken."""
    out = OutRows(session, kind, columns=columns)
    rows = [_cells(session, out, columns, record) for record in records[:MOST_ROWS]]
    both = copied(out.header(), rows)
    data = QMimeData()
    data.setText(both.tsv)
    data.setHtml(both.html)
    return data


def copied_table(model: QAbstractItemModel, rows: Sequence[int]) -> QMimeData:
    """The cells of any table as it shows them."""
    columns = range(model.columnCount())
    horizontal = Qt.Orientation.Horizontal
    heads = [str(model.headerData(column, horizontal) or "") for column in columns]
    cells = [
        [str(model.index(row, column).data() or "") for column in columns]
        for row in rows[:MOST_ROWS]
    ]
    both = copied(heads, cells)
    data = QMimeData()
    data.setText(both.tsv)
    data.setHtml(both.html)
    return data


def _cells(session: Session, out: OutRows, columns: Sequence[str], record: Record) -> list[OutCell]:
    cells = out.cells(record)
    if is_derived(record):
        cells = [
            cell_text(session, record, name) if name in ("text", "subject") else cell
            for name, cell in zip(columns, cells, strict=True)
        ]
    return cells
