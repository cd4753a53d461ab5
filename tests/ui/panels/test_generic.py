"""One panel for every kind, by keys: filter, list, form, files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import i18n
from bankcc.features import KIND, person, task
from bankcc.schema.query import Query
from tests.ui.small_center import settle
from ui.actions import ActionId
from ui.panels import generic
from ui.panels.generic import GenericPanel
from ui.widgets.state_view import State

CTRL = Qt.KeyboardModifier.ControlModifier
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = ("王敏", "李明朗", "陈刚")
KINDS = [name for name, kind in KIND.items() if not kind.internal]


def panel_of(context, qtbot, kind: str) -> GenericPanel:
    made = GenericPanel(context, kind)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.show()
    made.start()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def people(context, qtbot) -> GenericPanel:
    for at, name in enumerate(NAMES):
        context.session.execute(person.add(name=name, phone=f"1391234567{at}"))
    settle()
    return panel_of(context, qtbot, "person")


def names(panel: GenericPanel) -> list[str]:
    rows = range(panel.model.rowCount())
    return [panel.model.record(row).text("name") for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_why_it_is_empty_and_offers_a_step(context, qtbot, kind) -> None:
    panel = panel_of(context, qtbot, kind)
    assert panel.list.state.state == State.EMPTY
    assert panel.list.state.button.isEnabled()
    assert panel.list.state.button.isVisible()


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_takes_the_focus_has_a_name(context, qtbot, kind) -> None:
    panel = panel_of(context, qtbot, kind)
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in panel.findChildren(QWidget)
        if widget.isVisibleTo(panel)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and type(widget).__name__ not in ("QTabBar", "QScrollBar")
    ]
    assert nameless == []


def test_tab_goes_as_one_reads(context, qtbot) -> None:
    context.session.execute(task.add(title="补位"))
    settle()
    panel = panel_of(context, qtbot, "task")
    panel.buttons[ActionId.NEW].setFocus()
    seen = []
    for _step in range(60):
        widget = QApplication.focusWidget()
        seen.append(widget.objectName() or type(widget).__name__)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is panel.buttons[ActionId.NEW]:
            break
    assert seen[0] == "panel.record.new"
    assert seen.index("panel.report.situation") < seen.index("panel.filter.text")
    assert seen.index("panel.filter.status") < seen.index("RecordView") < seen.index("form.title")
    fields = [name for name in seen if name.startswith("form.")]
    assert fields[-2:] == ["form.save", "form.save_next"]
    assert fields.index("form.group") < fields.index("form.status") < fields.index("form.note")
    assert len(seen) == len(set(seen) - {""})


def test_filter_by_initials_phone_and_number_in_any_width(people) -> None:
    people.focus_filter()
    QTest.keyClicks(people.filter.text, "lml")
    people.filter.text.seek()
    assert names(people) == ["李明朗"]
    assert people.count.text() == "筛选出 1 条"
    typed = {"１３９１２３４５６７２": "陈刚", "5670": "王敏", "甲-P-0002": "李明朗"}
    for text, found in typed.items():
        people.filter.text.setText(text)
        people.filter.text.seek()
        assert names(people) == [found]
    QTest.keyClick(people.filter.text, Qt.Key.Key_Escape)
    assert len(names(people)) == 3
    assert people.count.text() == "共 3 条"


def test_typing_is_searched_a_moment_later(people, qtbot) -> None:
    people.focus_filter()
    QTest.keyClicks(people.filter.text, "cg")
    assert len(names(people)) == 3
    qtbot.waitUntil(lambda: names(people) == ["陈刚"])


def test_esc_on_the_list_clears_the_filter(people) -> None:
    people.filter.text.setText("zzz")
    people.filter.text.seek()
    assert people.list.state.state == State.FILTERED
    people.list.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert len(names(people)) == 3


def test_enter_in_the_filter_goes_to_the_list(people) -> None:
    people.focus_filter()
    QTest.keyClicks(people.filter.text, "cg")
    QTest.keyClick(people.filter.text, Qt.Key.Key_Return)
    assert names(people) == ["陈刚"]
    assert people.list.view.hasFocus()


def test_quick_choice_of_a_status(context, qtbot) -> None:
    for title in ("一", "二"):
        made = context.session.execute(task.add(title=title)).made[0]
    context.session.execute(task.complete(made.id))
    settle()
    panel = panel_of(context, qtbot, "task")
    panel.filter.choose("status", "done")
    assert panel.model.rowCount() == 1
    assert panel.filter.clear_button.isVisible()
    panel.filter.clear_button.click()
    assert panel.model.rowCount() == 2


def test_new_by_keys_and_the_list_goes_there(people) -> None:
    people.add_new()
    editor = people.form.rows["name"].editor
    assert editor.hasFocus()
    QTest.keyClicks(editor, "abc")
    QTest.keyClick(editor, Qt.Key.Key_S, CTRL)
    settle()
    assert people.list.view.record().text("name") == "abc"
    assert people.form.record.text("name") == "abc"


def test_a_change_elsewhere_does_not_take_a_begun_form_away(context, people) -> None:
    people.add_new()
    QTest.keyClicks(people.form.rows["name"].editor, "abc")
    context.session.execute(person.add(name="另一人"))
    settle()
    assert people.form.record is None
    assert people.form.rows["name"].editor.text() == "abc"


def test_enter_edits_and_esc_comes_back(people) -> None:
    QTest.keyClick(people.list.view, Qt.Key.Key_Down)
    QTest.keyClick(people.list.view, Qt.Key.Key_Return)
    assert people.form.record.text("name") == "李明朗"
    editor = people.form.rows["name"].editor
    assert editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert people.list.view.hasFocus()


def test_moving_in_the_list_keeps_what_was_typed(people) -> None:
    people.list.view.open_current()
    note = people.form.rows["note"].editor
    note.setFocus()
    QTest.keyClicks(note, "half")
    people.list.setFocus()
    QTest.keyClick(people.list.view, Qt.Key.Key_Down)
    assert people.form.rows["note"].editor.raw() == ""
    QTest.keyClick(people.list.view, Qt.Key.Key_Up)
    assert people.form.rows["note"].editor.raw() == "half"


def test_delete_and_undo(context, people) -> None:
    QTest.keyClick(people.list.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(people.list.view, Qt.Key.Key_Delete, CTRL)
    settle()
    assert names(people) == ["陈刚"]
    row = context.messages.rows[0]
    assert row.message.what.startswith("已删除 2 条")
    row.action.click()
    settle()
    assert names(people) == list(NAMES)


def test_too_many_are_not_deleted_at_once(context, people, monkeypatch) -> None:
    monkeypatch.setattr(generic, "MOST_DELETED", 2)
    people.list.view.selectAll()
    people.delete()
    settle()
    assert len(names(people)) == 3
    assert "没有删除" in context.messages.rows[0].message.what


def test_read_only_center_offers_nothing_that_writes(context, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(type(context.session), "can_write", property(lambda self: False))
    panel = panel_of(context, qtbot, "person")
    assert not panel.buttons[ActionId.NEW].isEnabled()
    assert panel.list.state.button.text() == "刷新"
    panel.add_new()
    assert panel.form.read_only


def test_derived_entries_cannot_be_deleted(context, qtbot) -> None:
    context.session.execute(task.add(title="补位"))
    settle()
    panel = panel_of(context, qtbot, "timeline")
    panel.delete()
    settle()
    assert panel.model.rowCount() == 1
    assert panel.form.read_only
    assert "补位" in panel.model.index(0, panel.model.columns.index("text")).data()


def test_details_are_hidden_by_key_and_that_is_remembered(context, people, qtbot) -> None:
    QTest.keyClick(people.list.view, Qt.Key.Key_I, CTRL)
    assert people.form.isHidden()
    again = panel_of(context, qtbot, "person")
    assert again.form.isHidden()
    QTest.keyClick(again.list.view, Qt.Key.Key_I, CTRL)
    assert not again.form.isHidden()


def test_open_record_goes_past_the_filter(context, people) -> None:
    wanted = context.session.find(Query("person", text="陈刚"))[0]
    people.filter.text.setText("lml")
    people.filter.text.seek()
    people.open_record("person", wanted.id)
    assert people.form.record.id == wanted.id
    assert people.list.view.record().id == wanted.id


def test_a_dropped_table_opens_the_import(people, qtbot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLES / "应急物资清单.csv"))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    plain = Qt.KeyboardModifier.NoModifier
    opened = []
    people.import_file = opened.append
    QApplication.sendEvent(people, QDragEnterEvent(QPoint(5, 5), *how, plain))
    QApplication.sendEvent(people, QDropEvent(QPointF(5, 5), *how, plain))
    settle()
    assert opened == [SAMPLES / "应急物资清单.csv"]


def test_dialogs_of_the_buttons(people, qtbot) -> None:
    for open_it, name in (
        (people.import_file, "import"),
        (people.export_file, "export"),
        (people.print_list, "report"),
        (people.print_situation, "report"),
    ):
        dialog = open_it()
        assert dialog.objectName() == name
        assert dialog.isVisible()
        dialog.reject()


def test_ctrl_p_from_list_and_form(people) -> None:
    opened = []
    people.print_situation = lambda: opened.append(1)
    QTest.keyClick(people.list.view, Qt.Key.Key_P, CTRL)
    people.form.start()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, CTRL)
    assert opened == [1, 1]


def test_words_follow_the_language_and_fit(people) -> None:
    i18n.set_language("en")
    for widget in (people, people.filter, people.form, people.list, people.list.view):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    settle()
    assert people.title.text() == "People"
    for button in people.buttons.values():
        assert button.sizeHint().width() <= button.width()
    assert people.minimumSizeHint().width() <= 1130
