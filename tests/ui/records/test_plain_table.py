"""What a table answers that is given its rows."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from ui.records.plain_table import LEFT, RIGHT, Index, PlainTable

HEADINGS = ("name", "count")


class Things(PlainTable):
    """A name and a count."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = index.isValid() and role == Qt.ItemDataRole.DisplayRole
        return self.rows[index.row()][index.column()] if shown else None


@pytest.fixture
def table(qapp) -> Things:
    made = Things(len(HEADINGS), lambda at: HEADINGS[at], numbers={1})
    made.rows = [("hand lamp", 4), ("radio", 2)]
    return made


def test_it_is_a_model_of_qt(table, qtmodeltester) -> None:
    qtmodeltester.check(table)


def test_headings_are_said_and_stand_over_their_columns(table) -> None:
    across, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
    for shown in (role.DisplayRole, role.AccessibleTextRole):
        assert [table.headerData(at, across, shown) for at in range(-1, 3)] == [
            None,
            *HEADINGS,
            None,
        ]
    assert table.headerData(0, Qt.Orientation.Vertical) is None
    sides = [table.headerData(at, across, role.TextAlignmentRole) for at in range(2)]
    assert sides == [LEFT, RIGHT]


def test_another_language_repaints_headings_and_rows(table) -> None:
    heads, cells = QSignalSpy(table.headerDataChanged), QSignalSpy(table.dataChanged)
    table.retranslate()
    assert heads.at(0) == [Qt.Orientation.Horizontal, 0, 1]
    first, last = cells.at(0)[:2]
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 1, 1)
    table.rows = []
    table.retranslate()
    assert cells.count() == 1
