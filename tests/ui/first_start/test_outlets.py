"""Outlets are typed or pasted, checked cell by cell, and stored once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.schema.query import Query
from tests.ui.dialogs.set_up_keys import enter, press, to_outlets, typed
from tests.ui.small_center import settle

TABLE = (
    "网点名称\t电话\t地址\r\n江南支行\t0571-88880001\t江南路 1 号\r\n解放路支行\t\t解放路 2 号\r\n"
)


def test_outlets_are_pasted_by_their_headings_and_stored_once(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    typed("东海银行")
    wizard.step.table.setFocus()
    QGuiApplication.clipboard().setText(TABLE)
    press(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    assert wizard.step.model.rowCount() == 3
    enter()  # the row below the last one is empty: Enter goes on
    assert wizard.step.name == "people"
    session = wizard.session
    found = session.find(Query("outlet", order="row"))
    assert [record["name"] for record in found] == ["江南支行", "解放路支行"]
    assert [record["phone"] for record in found] == ["057188880001", None]
    assert found[0].created_by == "王敏 · 值班长"
    assert session.center.text("bank") == "东海银行"
    wizard.step.back_button.click()
    QGuiApplication.clipboard().setText(TABLE)
    wizard.step.table.setFocus()
    press(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    wizard.step.forward.click()
    assert session.count(Query("outlet")) == 2


def test_a_bad_cell_is_named_and_nothing_is_stored(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    wizard.step.model.paste("江南支行\t江南路\t12\n解放路支行\t\t", 0, 0)
    wizard.step.forward.click()
    assert wizard.step.name == "outlets"
    assert "第 1 行" in wizard.error.text()
    assert "电话" in wizard.error.text()
    assert wizard.step.table.currentIndex().column() == 2
    assert wizard.session.count(Query("outlet")) == 0


def test_typed_outlets_are_not_thrown_away_by_one_escape(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    wizard.step.table.setFocus()
    QTest.keyClicks(wizard.step.table, "J")
    QTest.keyClicks(QApplication.focusWidget(), "iangnan")
    enter()
    settle()
    assert wizard.step.model.filled == [["Jiangnan", "", ""]]
    press(Qt.Key.Key_Escape)
    assert wizard.step.name == "outlets"
    assert "没有保存" in wizard.error.text()
    press(Qt.Key.Key_Escape)
    assert wizard.step.name == "people"
    assert wizard.session.count(Query("outlet")) == 0


def test_enter_goes_from_the_bank_to_the_outlets_and_on(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    typed("东海银行")
    enter()
    assert wizard.step.name == "outlets"
    assert wizard.step.table.hasFocus()
    QTest.keyClicks(wizard.step.table, "J")
    QTest.keyClicks(QApplication.focusWidget(), "iangnan")
    enter()
    settle()
    enter()
    assert wizard.step.name == "people"
    (record,) = wizard.session.find(Query("outlet"))
    assert record["name"] == "Jiangnan"
    assert wizard.session.center.text("bank") == "东海银行"


def test_enter_goes_to_the_next_row_and_typing_on_overwrites_nothing(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    typed("东海银行")
    enter()
    table = wizard.step.table
    for name in ("Jiangnan", "Jiefang"):
        QTest.keyClicks(table, name[0])
        QTest.keyClicks(QApplication.focusWidget(), name[1:])
        enter()
        settle()
    assert wizard.step.model.filled == [["Jiangnan", "", ""], ["Jiefang", "", ""]]
    assert (table.currentIndex().row(), table.currentIndex().column()) == (2, 0)
    table.show_cell(0, 2)
    QTest.keyClicks(table, "0")
    QTest.keyClicks(QApplication.focusWidget(), "57188880001")
    enter()
    settle()
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 0)
    assert wizard.step.model.filled[0] == ["Jiangnan", "", "057188880001"]
    assert wizard.step.name == "outlets"
