"""The list of resources as Qt asks for it."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from bankcc.features import resource
from ui.resources import rows as resource_rows
from ui.resources.rows import Only
from ui.resources.table import COLUMNS, ResourceTable
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE


@pytest.fixture
def rows(context):
    for name, need, have, cycle, day in (
        ("座机", 6, 5, "每月", "2026-11-01"),
        ("UPS", 2, 2, "每月", "2026-10-01"),
        ("伞", 9, 2, "", ""),
    ):
        context.session.execute(
            resource.add(
                name=name, required=need, actual=have, check_cycle=cycle, checked_on=day or None
            )
        )
    return resource_rows.read(context.session).shown(Only.ALL, None)


@pytest.fixture
def table(context, rows, qtmodeltester):
    made = ResourceTable(context.session)
    made.show_rows(rows)
    qtmodeltester.check(made)
    return made


def names(table) -> list[str]:
    return [row.record["name"] for row in table.rows]


def cell(table, row: int, name: str, role=Qt.ItemDataRole.DisplayRole):
    return table.data(table.index(row, COLUMNS.index(name)), role)


def test_cells_say_words_and_levels(table) -> None:
    assert cell(table, 0, "stock") == "6/5 缺1"
    assert cell(table, 0, "stock", LEVEL_ROLE) == Level.WARNING
    assert cell(table, 1, "next") == "11-01 逾期22天"
    assert cell(table, 0, "state", LEVEL_ROLE) == Level.OK
    spoken = cell(table, 1, "next", Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "下次检查：11-01 逾期22天"
    assert table.headerData(2, Qt.Orientation.Horizontal) == "应/实"


def test_sorting_by_what_is_worked_out(table, qtmodeltester) -> None:
    table.sort(COLUMNS.index("stock"), Qt.SortOrder.DescendingOrder)
    assert names(table) == ["伞", "座机", "UPS"]
    table.sort(COLUMNS.index("next"))
    assert names(table) == ["UPS", "座机", "伞"]
    table.sort(-1)
    assert names(table) == ["座机", "UPS", "伞"]
    qtmodeltester.check(table)


def test_a_held_row_follows_its_record(table, rows, qtmodeltester) -> None:
    held = QPersistentModelIndex(table.index(1, 0))
    table.show_rows(rows[1:])
    assert held.row() == 0
    table.show_rows(rows)
    assert held.row() == 1
    table.show_rows(rows[:1])
    assert not held.isValid()
    qtmodeltester.check(table)
