"""Outlets being typed: a row grows below the last one, a clipboard fills from its cell on."""

import pytest
from PySide6.QtCore import Qt

from ui.first_start.outlet_entry import BadCell, OutletEntryModel


@pytest.fixture
def model() -> OutletEntryModel:
    return OutletEntryModel()


def test_the_model_keeps_its_contract(model, qtmodeltester) -> None:
    model.paste("江南支行\t江南路\t0571-88880001\n解放路支行", 0, 0)
    qtmodeltester.check(model)
    model.remove([0])
    qtmodeltester.check(model)
    model.clear()
    qtmodeltester.check(model)


def test_typing_into_the_last_row_makes_another(model) -> None:
    assert model.rowCount() == 1
    model.setData(model.index(0, 0), " 江南  支行 ")
    assert model.rowCount() == 2
    assert model.filled == [["江南 支行", "", ""]]
    model.setData(model.index(0, 0), "")
    assert model.filled == []


def test_a_table_is_pasted_from_its_cell_on(model) -> None:
    assert model.paste("江南路\t88880001\n解放路", 0, 1) == 2
    assert model.filled == [["", "江南路", "88880001"], ["", "解放路", ""]]


def test_headings_say_which_column_is_which(model) -> None:
    text = "序号\t电话\t网点名称\n1\t88880001\t江南支行\n"
    assert model.paste(text, 0, 2) == 1
    assert model.filled == [["江南支行", "", "88880001"]]


def test_lines_within_a_cell_stay_one_cell(model) -> None:
    model.paste('江南支行\t"江南路\n18 号"\t\n', 0, 0)
    assert model.filled == [["江南支行", "江南路 18 号", ""]]


def test_rows_become_verbs_once_each_name(model) -> None:
    model.paste("江南支行\t江南路\t\n解放路支行\t\t\n江南支行\t\t", 0, 0)
    assert len(model.verbs()) == 2
    assert len(model.verbs(frozenset({"江南支行"}))) == 1


@pytest.mark.parametrize(
    ("rows", "cell"), [("\t江南路\t", (0, 0)), ("甲支行\t\t\n乙支行\t\t12", (1, 2))]
)
def test_a_cell_that_does_not_fit_is_named(model, rows, cell) -> None:
    model.paste(rows, 0, 0)
    with pytest.raises(BadCell) as caught:
        model.verbs()
    assert (caught.value.row, caught.value.column) == cell
    assert f"第 {cell[0] + 1} 行" in caught.value.what


def test_headings_are_the_words_of_the_record(model) -> None:
    words = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert words == ["网点名称", "地址", "电话"]


def test_two_outlets_of_one_name_are_told_and_not_dropped(model) -> None:
    model.paste("江南支行\t江南路\n解放路支行\n江南支行\t江北路", 0, 0)
    with pytest.raises(BadCell) as caught:
        model.verbs()
    assert (caught.value.row, caught.value.column) == (2, 0)
    assert "第 1 行同名" in caught.value.what
    assert caught.value.what.endswith("。")
    model.setData(model.index(2, 1), "江南路")
    assert len(model.verbs()) == 2
