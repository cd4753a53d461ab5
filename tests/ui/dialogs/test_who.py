"""Name and post are asked once, remembered, and carried by what is done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc.errors import StorageError
from bankcc.features import inquiry
from bankcc.schema.owner import name_of
from ui.context import UiContext
from ui.dialogs.who import WhoDialog


@pytest.fixture
def dialog(qtbot, context: UiContext) -> WhoDialog:
    made = WhoDialog(context.session)
    qtbot.addWidget(made)
    made.show()
    return made


def begin(dialog: WhoDialog, name: str, post: str) -> None:
    dialog.name.setText(name)
    dialog.post.setText(post)
    QTest.keyClick(dialog.post, Qt.Key.Key_Return)


def test_enter_begins_and_the_next_start_remembers(dialog, context, qtbot) -> None:
    begin(dialog, " 陈刚 ", "值班长")
    assert dialog.user == "陈刚 · 值班长"
    assert dialog.result() == dialog.DialogCode.Accepted
    again = WhoDialog(context.session)
    qtbot.addWidget(again)
    assert (again.name.text(), again.post.text()) == ("陈刚", "值班长")
    assert context.session.local.journal()[0][1:3] == ("陈刚 · 值班长", "sign-in")


def test_a_name_is_needed_a_post_is_not(dialog) -> None:
    begin(dialog, "  ", "值班长")
    assert dialog.result() == dialog.DialogCode.Rejected
    assert dialog.error.text()
    begin(dialog, "陈刚", "")
    assert dialog.user == "陈刚"


def test_the_name_stays_the_name_whatever_is_typed(dialog) -> None:
    begin(dialog, "陈·刚", "值班长")
    assert name_of(dialog.user) == "陈 刚"


def test_a_full_disk_keeps_nobody_out(dialog, context, monkeypatch) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(context.session.local, "set_value", refuse)
    begin(dialog, "陈刚", "")
    assert dialog.result() == dialog.DialogCode.Accepted


def test_an_example_proposes_somebody_of_its_hotline(context, qtbot) -> None:
    context.session.execute(inquiry.log_call(phone="0", category="cash", agent="刘静"))
    dialog = WhoDialog(context.session)
    qtbot.addWidget(dialog)
    assert dialog.user == "刘静 · 热线坐席"
