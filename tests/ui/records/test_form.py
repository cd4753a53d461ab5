"""Forms made from the declaration: keys, drafts, reasons beside fields, only changes written."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from bankcc import i18n
from bankcc.features import KIND, inquiry, person, resource, task, timeline
from bankcc.schema import change
from bankcc.schema.query import Query
from tests.ui.small_center import settle
from ui.records.form import RecordForm
from ui.widgets.plain_label import PlainLabel

CTRL = Qt.KeyboardModifier.ControlModifier


def form_of(context, qtbot, kind: str) -> RecordForm:
    made = RecordForm(context, kind)
    qtbot.addWidget(made)
    made.resize(400, 700)
    made.show()
    return made


@pytest.fixture
def wang(context) -> str:
    return context.session.execute(person.add(name="王敏", phone="13912345678")).made[0].id


@pytest.fixture
def form(context, qtbot, wang) -> RecordForm:
    return form_of(context, qtbot, "task")


def write(form: RecordForm, name: str, text: str) -> None:
    editor = form.rows[name].editor
    editor.setFocus()
    editor.selectAll()
    if text.isascii():
        QTest.keyClicks(editor, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(editor, event)


def tasks(form: RecordForm) -> list[str]:
    return [record.text("title") for record in form.session.find(Query("task", order="row"))]


@pytest.mark.parametrize("kind", [name for name, kind in KIND.items() if not kind.internal])
def test_every_kind_has_a_form_whose_fields_are_named(context, qtbot, kind) -> None:
    made = form_of(context, qtbot, kind)
    assert made.rows
    for row in made.rows.values():
        assert row.editor.accessibleName()
        assert not row.problem.isVisible()
    assert not made.dirty


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", [name for name, kind in KIND.items() if not kind.internal])
def test_every_form_fits_beside_its_list(context, qtbot, kind, language) -> None:
    i18n.set_language(language)
    made = RecordForm(context, kind)
    qtbot.addWidget(made)
    made.resize(380, 600)
    made.show()
    settle()
    assert made._area.widget().minimumSizeHint().width() <= made._area.viewport().width()
    assert made.width() == 380


def test_a_task_by_keys_alone(form, wang) -> None:
    form.start()
    assert form.rows["title"].editor.hasFocus()
    write(form, "title", "送款到医院")
    QTest.keyClick(form.rows["title"].editor, Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "3")
    assert form.rows["priority"].editor.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "2")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    record = form.session.find(Query("task"))[0]
    assert (record["title"], record["group"], record["priority"]) == (
        "送款到医院",
        "customer",
        "urgent",
    )
    assert form.record is None
    assert form.rows["title"].editor.hasFocus()
    assert form.rows["title"].editor.text() == ""


def test_save_and_stay_writes_only_what_changed(context, form) -> None:
    made = context.session.execute(task.add(title="补位", note="旧")).made[0]
    form.show_record(context.session.get("task", made.id))
    write(form, "note", "新")
    context.session.execute(change.edit("task", made.id, priority="critical"))
    settle()
    QTest.keyClick(form, Qt.Key.Key_S, CTRL)
    record = context.session.get("task", made.id)
    assert (record["note"], record["priority"]) == ("新", "critical")
    assert form.record.id == made.id
    assert not form.dirty
    assert list(context.session.history(made.id)[-1].values) == ["note"]


def test_nothing_changed_writes_nothing(context, form) -> None:
    made = context.session.execute(task.add(title="补位")).made[0]
    form.show_record(context.session.get("task", made.id))
    assert form.save() is None
    assert len(context.session.history(made.id)) == 1


def test_what_is_wrong_stands_beside_its_field(form) -> None:
    write(form, "due", "soon")
    assert form.save() is None
    assert form.rows["title"].problem.text() == "▲ 必须填写"
    assert "soon" in form.rows["due"].problem.text()
    assert form.rows["title"].editor.hasFocus()
    assert tasks(form) == []
    write(form, "title", "补位")
    assert not form.rows["title"].problem.isVisible()
    assert form.rows["due"].editor.text() == "soon"


def test_a_rule_of_the_record_is_told_in_the_message_bar(context, form) -> None:
    made = context.session.execute(task.add(title="补位", blocked=1)).made[0]
    form.show_record(context.session.get("task", made.id))
    form.rows["status"].editor.setFocus()
    QTest.keyClicks(form.rows["status"].editor, "4")
    assert form.save() is None
    assert context.messages.rows[0].message.what == "受阻的任务不能完成。"
    assert form.rows["status"].editor.raw() == "done"


def test_leaving_keeps_the_words_for_the_same_record_only(context, form, qtbot) -> None:
    one, two = (context.session.execute(task.add(title=t)).made[0].id for t in ("一", "二"))
    form.show_record(context.session.get("task", one))
    write(form, "note", "没写完")
    left = []
    form.left.connect(lambda: left.append(1))
    QTest.keyClick(form.rows["note"].editor, Qt.Key.Key_Escape)
    assert left == [1]
    form.show_record(context.session.get("task", two))
    assert form.rows["note"].editor.raw() == ""
    again = form_of(context, qtbot, "task")
    again.show_record(context.session.get("task", one))
    assert again.rows["note"].editor.raw() == "没写完"
    assert again.discard.isVisible()
    again.discard.click()
    assert again.rows["note"].editor.raw() == ""
    assert context.session.local.drafts("form/") == []


def test_a_draft_is_on_disk_half_a_second_after_a_key(context, form, qtbot) -> None:
    write(form, "title", "abc")
    qtbot.waitUntil(lambda: bool(context.session.local.drafts("form/task/new")), timeout=3000)
    assert context.session.local.drafts("form/")[0].body == {"title": "abc"}


def test_nothing_is_saved_while_a_word_is_composed(form, qapp) -> None:
    from ui.ime import PreeditGuard

    guard = PreeditGuard(qapp)
    write(form, "title", "abc")
    editor = form.rows["title"].editor
    QApplication.sendEvent(editor, QInputMethodEvent("zhang", []))
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_S, CTRL)
    assert tasks(form) == []
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    QTest.keyClick(editor, Qt.Key.Key_S, CTRL)
    assert tasks(form) == ["abc"]
    qapp.removeEventFilter(guard)


def test_enter_in_a_line_saves_nothing(form) -> None:
    write(form, "title", "abc")
    QTest.keyClick(form.rows["title"].editor, Qt.Key.Key_Return)
    assert tasks(form) == []


def test_a_phone_is_masked_until_the_caret_is_in_it_and_the_journal_says_so(
    context, qtbot, wang
) -> None:
    form = form_of(context, qtbot, "person")
    form.show_record(context.session.get("person", wang))
    editor = form.rows["phone"].editor
    assert (editor.text(), editor.placeholderText()) == ("", "139****5678")
    assert form.changed() == []
    assert context.session.local.journal() == []
    form.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(lambda: editor.text() == "139 1234 5678")
    assert [what for _at, _who, what, _detail in context.session.local.journal()] == ["reveal"]
    assert form.changed() == []


def test_phones_are_masked_in_the_history(context, qtbot, wang) -> None:
    form = form_of(context, qtbot, "person")
    form.show_record(context.session.get("person", wang))
    form.tabs.setCurrentIndex(1)
    text = form.history.item(0).text()
    assert "录入" in text
    assert "139****5678" in text


def test_history_says_who_did_what(context, form) -> None:
    made = context.session.execute(task.add(title="补位")).made[0]
    context.session.execute(task.block(made.id, reason="没有车"))
    form.show_record(context.session.get("task", made.id))
    form.tabs.setCurrentIndex(1)
    assert form.history.count() == 2
    assert "王敏 · 热线坐席 (甲)：修改" in form.history.item(0).text()
    assert "没有车" in form.history.item(0).text()


def test_other_versions_are_offered(context, form) -> None:
    row = form.rows["note"]
    row.set_versions([("别人的", "别人的")])
    assert row.versions_button.text() == "2 个版本"
    row.versions_button.click()
    assert row.versions.isVisible()
    row.versions.findChildren(QPushButton)[0].click()
    assert row.editor.raw() == "别人的"
    assert form.dirty


def test_concurrent_values_of_a_record_are_shown_with_their_field(
    context, form, wang, monkeypatch
) -> None:
    made = context.session.execute(task.add(title="补位", note="我的")).made[0].id
    other = SimpleNamespace(kind="task", record=made, field="assignee", value=wang, critical=True)
    monkeypatch.setattr(context.session, "alternatives", lambda: [other])
    form.show_record(replace(context.session.get("task", made), conflicts=1))
    assert form.chip.word == "有多个版本"
    row = form.rows["assignee"]
    assert row.versions_button.isVisible()
    row.versions_button.click()
    assert [label.text() for label in row.versions.findChildren(PlainLabel)] == ["王敏"]
    row._use(wang)
    form.save()
    assert context.session.get("task", made)["assignee"] == wang


def test_a_deletion_elsewhere_is_told(context, form) -> None:
    made = context.session.execute(task.add(title="补位")).made[0].id
    form.show_record(replace(context.session.get("task", made), deleted_by="陈刚"))
    assert form.note.text() == "陈刚在别人修改时删除了它；已保留。"


def test_counting_adds_and_typing_sets(context, qtbot) -> None:
    made = context.session.execute(resource.add(name="UPS", actual=5)).made[0].id
    form = form_of(context, qtbot, "resource")
    form.show_record(context.session.get("resource", made))
    context.session.execute(change.adjust("resource", made, actual=-2))
    count = form.rows["actual"].editor
    count.line.setFocus()
    QTest.keyClick(count.line, Qt.Key.Key_Up)
    count.more.click()
    form.save()
    assert context.session.get("resource", made)["actual"] == 5
    QTest.keyClick(count.line, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(count.line, "9")
    form.save()
    assert context.session.get("resource", made)["actual"] == 9


def test_timeline_entries_are_read_only_and_in_words(context, qtbot, wang) -> None:
    context.session.execute(task.add(title="补位"))
    derived = context.session.find(Query("timeline"))[0]
    form = form_of(context, qtbot, "timeline")
    form.show_record(derived)
    assert form.read_only
    assert "补位" in form.rows["text"].editor.raw()
    assert "不能修改" in form.note.text()
    form.new()
    write(form, "text", "电力已恢复")
    form.save()
    assert context.session.find(Query("timeline"))[0]["text"] == "电力已恢复"
    assert form.read_only
    assert form.record.kind == timeline.NAME


def test_a_call_gets_time_and_agent_by_its_own_verb(context, qtbot) -> None:
    form = form_of(context, qtbot, "inquiry")
    form.rows["phone"].editor.setFocus()
    QTest.keyClicks(form.rows["phone"].editor, "13800000000")
    form.save()
    call = context.session.find(Query(inquiry.NAME))[0]
    assert (call["agent"], call["phone"]) == ("王敏", "13800000000")
    assert call["at"]


def test_words_follow_the_language(form) -> None:
    i18n.set_language("en")
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
    assert form.rows["title"].label.text() == "Task *"
    assert form.rows["status"].editor.itemText(0) == "1 To do"
    assert form.save_button.text() == "Save Ctrl+S"


def test_a_center_opened_for_reading_shows_a_form_without_buttons(
    context, qtbot, wang, monkeypatch
) -> None:
    monkeypatch.setattr(type(context.session), "can_write", property(lambda self: False))
    form = form_of(context, qtbot, "person")
    form.show_record(context.session.get("person", wang))
    assert form.read_only
    assert not form.save_button.isVisible()
    assert form.rows["name"].editor.isReadOnly()


def test_a_tab_right_after_a_digit_does_not_skip_a_field(form) -> None:
    form.show()
    form.activateWindow()
    choice = form.rows["status"].editor
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_1)
    after = QApplication.focusWidget()
    assert after is not choice
    QTest.keyClick(after, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    QTest.keyClick(after, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not after
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_1)
    QTest.keyClick(after, Qt.Key.Key_Left)
    QTest.keyClick(after, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not after
