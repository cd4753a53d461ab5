"""The table of records by keys: where the current row goes, what is copied, what is remembered."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from bankcc import i18n
from bankcc.features import inquiry
from bankcc.schema.query import Query
from tests.ui.small_center import log_calls, settle
from ui import theme
from ui.records.record_table import RecordTableModel
from ui.records.record_view import RecordView

COLUMNS = ("number", "at", "phone", "category", "note", "status")


@pytest.fixture
def view(context, qtbot) -> RecordView:
    log_calls(context, 30)
    settle()
    return make(context, qtbot)


def make(context, qtbot, **named) -> RecordView:
    model = RecordTableModel(context, Query("inquiry"), COLUMNS)
    made = RecordView(model, **named)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    made.setFocus()
    return made


def current(view: RecordView) -> str:
    return view.record().number


def press(view: RecordView, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(view, key, modifier)


def test_there_is_a_current_row_from_the_start(view) -> None:
    assert current(view) == "甲-R-0030"
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_home_end_and_pages_move_by_records(view) -> None:
    press(view, Qt.Key.Key_End)
    assert current(view) == "甲-R-0001"
    press(view, Qt.Key.Key_PageUp)
    middle = int(current(view)[-4:])
    assert 1 < middle < 30
    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Down)
    assert current(view) == "甲-R-0029"
    press(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selected_rows()) == 29


def test_letters_and_digits_do_nothing(view) -> None:
    QTest.keyClicks(view, "1a")
    assert current(view) == "甲-R-0030"


def test_enter_opens_and_so_does_a_double_click(view) -> None:
    opened: list[str] = []
    view.opened.connect(lambda record: opened.append(record.number))
    press(view, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    place = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["甲-R-0030", "甲-R-0030", "甲-R-0028"]
    press(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(opened) == 3


def test_copy_brings_headings_two_forms_and_no_full_number(view) -> None:
    press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\r\n")
    assert lines[0] == "编号\t来电时间\t电话\t类别\t诉求\t状态"
    assert lines[1].startswith("甲-R-0030\t")
    assert "138****0029" in lines[1]
    assert "13800000029" not in data.text() + data.html()
    assert data.html().count("<tr>") == 3
    assert "已复制 2 行" in view._model.context.messages.rows[0].message.what


def test_select_all_and_copy(view) -> None:
    press(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().split("\r\n")) == 31


def test_hidden_columns_are_not_copied(view) -> None:
    view.memory.hide(COLUMNS.index("note"), True)
    view.copy()
    assert "诉求" not in QGuiApplication.clipboard().text()


def test_a_long_selection_is_cut_and_says_so(view, monkeypatch) -> None:
    monkeypatch.setattr("ui.records.record_view.MOST_ROWS", 3)
    view.selectAll()
    view.copy()
    assert view.selected_rows() == [0, 1, 2]
    assert "只复制了前 3 行" in view._model.context.messages.rows[0].message.what


def test_what_is_looked_at_stays_when_calls_come_in(context, view) -> None:
    view.verticalScrollBar().setValue(10)
    before = view.indexAt(QPoint(0, 0)).data()
    context.session.execute(inquiry.log_call(phone="13900000000"))
    settle()
    assert view.indexAt(QPoint(0, 0)).data() == before
    assert current(view) == "甲-R-0030"


def test_at_the_head_of_the_list_a_new_call_is_seen(context, view) -> None:
    context.session.execute(inquiry.log_call(phone="13900000000"))
    settle()
    assert view.indexAt(QPoint(0, 0)).data() == "甲-R-0031"
    assert current(view) == "甲-R-0030"


def test_sorting_by_header_keeps_the_current_record_and_is_remembered(context, view, qtbot) -> None:
    view.select_record(view._model.record(3).id)
    header = view.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(2) + 5, 5)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view._model.query.order == "phone"
    assert current(view) == "甲-R-0027"
    view.memory.save()
    again = make(context, qtbot)
    assert again._model.query.order == "phone"
    assert again.horizontalHeader().sortIndicatorSection() == 2


def test_columns_are_remembered_per_place(context, view, qtbot) -> None:
    header = view.horizontalHeader()
    header.resizeSection(2, 222)
    header.moveSection(2, 0)
    view.memory.hide(3, True)
    view.memory.save()
    again, elsewhere = make(context, qtbot), make(context, qtbot, place="other")
    assert again.memory.visible() == ["phone", "number", "at", "note", "status"]
    assert again.horizontalHeader().sectionSize(2) == 222
    assert elsewhere.memory.visible() == list(COLUMNS)
    again._reset_columns()
    assert again.memory.visible() == list(COLUMNS)
    assert context.session.local.value("columns.inquiry") == {}


def test_rearranging_is_written_a_moment_later(context, view, qtbot) -> None:
    view.memory._timer.setInterval(0)
    view.horizontalHeader().moveSection(0, 1)
    qtbot.waitUntil(lambda: context.session.local.value("columns.inquiry") is not None)


def test_only_what_the_person_does_is_remembered(context, view, qtbot) -> None:
    view.resize(900, 300)
    settle()
    assert not view.memory.arranged
    header = view.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(1) + header.sectionSize(1) - 1, 5)
    wide = header.sectionSize(1)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(30, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(30, 0))
    assert header.sectionSize(1) == wide + 30
    assert view.memory.arranged


def test_columns_have_room_for_their_words_in_each_language(view) -> None:
    status = COLUMNS.index("status")
    view.horizontalHeader().moveSection(status, 0)
    view.memory.arranged = False
    for language in ("en", "zh_CN"):
        i18n.set_language(language)
        QApplication.sendEvent(view, language_change())
        need = view.natural_widths()[status]
        assert view.horizontalHeader().sectionSize(status) == need


def test_the_last_column_cannot_be_hidden(view) -> None:
    for at in range(len(COLUMNS)):
        view.memory.hide(at, True)
    assert view.memory.visible() == ["status"]


def test_a_narrow_list_leaves_out_columns_and_says_which(view) -> None:
    """Copied all the same: a row is a row, however wide the window."""
    view.resize(420, 300)
    settle()
    assert view.horizontalScrollBar().maximum() == 0
    assert not view.horizontalHeader().isSectionHidden(COLUMNS.index("status"))
    out = [view.model().headerData(at, Qt.Orientation.Horizontal) for at in view.fit.left_out]
    assert "诉求" in out
    assert view.fit.button.isVisible()
    assert view.fit.button.text() == f"+{len(out)} 列"
    assert all(name in view.fit.button.toolTip() for name in out)
    view.copy()
    assert "诉求" in QGuiApplication.clipboard().text().splitlines()[0]
    view.resize(1200, 300)
    settle()
    assert view.fit.left_out == []
    assert view.fit.button.isHidden()


def test_a_column_asked_for_takes_the_place_of_another_and_is_remembered(
    context, view, qtbot
) -> None:
    view.resize(420, 300)
    settle()
    note = COLUMNS.index("note")
    assert note in view.fit.left_out
    menu = view.columns_menu()
    assert not menu.actions()[note].isChecked()
    menu.actions()[note].trigger()
    settle()
    assert note not in view.fit.left_out
    assert view.fit.left_out
    view.memory.save()
    again = make(context, qtbot)
    again.resize(420, 300)
    settle()
    assert again.fit.left_out == view.fit.left_out
    again._reset_columns()
    settle()
    assert note in again.fit.left_out


def test_menu_key_opens_the_menu_of_the_row(view) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view.viewport(), event)
    menu = view.findChild(QMenu, "list.menu")
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert texts[:2] == ["打开", "复制行"]
    assert texts[-1] == "列"
    menu.close()


def test_words_follow_the_language(view) -> None:
    assert view.accessibleName() == "热线来电"
    i18n.set_language("en")
    QApplication.sendEvent(view, language_change())
    assert view.accessibleName() == i18n._(view._model.kind.plural) != "热线来电"
    heading = view.model().headerData(2, Qt.Orientation.Horizontal)
    assert heading == "Phone"


def language_change() -> QEvent:
    return QEvent(QEvent.Type.LanguageChange)


def test_rows_grow_with_the_font(view, qapp) -> None:
    theme.apply(qapp, "light", 1.5)
    assert view.rowHeight(0) == 45


def test_the_first_column_stays_in_sight(context, qtbot) -> None:
    log_calls(context, 3)
    view = make(context, qtbot, frozen=True)
    view.resize(400, 200)
    for at in range(len(COLUMNS)):
        view.memory.hide(at, False)  # asked for one by one: then, and only then, it scrolls
    settle()
    assert not view.frozen.isVisible()
    view.horizontalScrollBar().setValue(100)
    assert view.frozen.isVisible()
    assert view.frozen.width() == view.horizontalHeader().sectionSize(0)
    assert view.frozen.selectionModel() is view.selectionModel()
    view.horizontalHeader().moveSection(2, 0)
    assert not view.frozen.isColumnHidden(2)
    assert view.frozen.isColumnHidden(0)
