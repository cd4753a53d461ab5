"""Messages never steal the focus, never push a critical one out, never read markup; crash texts
carry no numbers and no names of home folders."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from bankcc import i18n
from bankcc.errors import UserError
from ui import feedback, theme
from ui.feedback import CrashDialog, Message, MessageBar, redact
from ui.theme import SHAPES, Level


class TestRedact:
    @pytest.mark.parametrize(
        "number",
        [
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "+86 138 0013 8000",
            "0571-88887777",
            "(0571) 8888 7777",
            "１３８００１３８０００",
            "6222020200112233445",
            "1234567",
        ],
    )
    @pytest.mark.parametrize("frame", ["call {} now", "phone={}", "['{}']", "电话{}，", "x{}y"])
    def test_numbers_go(self, number: str, frame: str) -> None:
        assert number[-4:] not in redact(frame.format(number))

    @pytest.mark.parametrize(
        "text",
        [
            'File "x.py", line 123, in f',
            "2026-11-23 14:52:07 ERROR",
            "2026-11-23",
            "6.11.3",
            "甲-R-0147",
            "123456",
            "14:52:07.123",
        ],
    )
    def test_what_helps_support_stays(self, text: str) -> None:
        assert redact(text) == text

    @pytest.mark.parametrize(
        ("text", "safe"),
        [
            ("/home/wangmin/center/center.db", "~/center/center.db"),
            ("/Users/wangmin/x", "~/x"),
            (r"C:\Users\王敏\AppData\x", r"~\AppData\x"),
            (r"open 'C:/Users/王敏/x'", "open '~/x'"),
        ],
    )
    def test_home_folders_go(self, text: str, safe: str) -> None:
        assert redact(text) == safe

    def test_own_home_goes_wherever_it_is(self) -> None:
        assert redact("/srv/people/wang/a", Path("/srv/people/wang")) == "~/a"

    @given(st.text(), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text())
    def test_no_mobile_survives(self, before: str, number: str, after: str) -> None:
        assert number not in redact(before + number + after)


@pytest.fixture
def bar(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    made = MessageBar(host)
    QVBoxLayout(host).addWidget(made)
    yield made
    host.close()


class TestMessageBar:
    def test_says_what_safe_and_next_as_plain_text(self, bar) -> None:
        row = bar.show_error(UserError("<b>full</b>", safe="kept", next_step="clean"))
        assert row.what.text() == "<b>full</b>"
        assert row.what.textFormat() == Qt.TextFormat.PlainText
        assert row.rest.text() == "kept clean"
        assert row.shape.text() == SHAPES[Level.CRITICAL]
        assert row.accessibleName() == "错误: <b>full</b> kept clean"
        assert row.message.stays_ms == 0

    def test_action_runs_once_and_closes(self, bar) -> None:
        ran = []
        row = bar.say(Level.OK, "已保存 甲-R-0147", action="撤销", act=lambda: ran.append(1))
        assert row.message.stays_ms == 8000
        row.action.click()
        assert ran == [1]
        assert bar.rows == []
        assert bar.isHidden()

    def test_leaves_by_itself(self, qtbot, bar) -> None:
        bar.show_message(Message(Level.INFO, "soon gone", timeout_ms=1))
        qtbot.waitUntil(lambda: bar.rows == [])

    def test_critical_is_not_pushed_out(self, bar) -> None:
        bar.say(Level.CRITICAL, "disk")
        for number in range(6):
            bar.say(Level.INFO, str(number))
        assert [row.message.what for row in bar.rows] == ["5", "4", "disk"]

    def test_newest_is_shown_even_among_criticals(self, bar) -> None:
        for number in range(4):
            bar.say(Level.CRITICAL, str(number))
        bar.say(Level.OK, "saved")
        assert len(bar.rows) == feedback.MAX_ROWS
        assert bar.rows[0].message.what == "saved"

    def test_the_same_again_does_not_pile_up(self, bar) -> None:
        for _round in range(3):
            bar.say(Level.WARNING, "battery")
        assert len(bar.rows) == 1

    def test_does_not_take_the_focus(self, qtbot, bar) -> None:
        edit = QLineEdit()
        bar.parentWidget().layout().addWidget(edit)
        bar.parentWidget().show()
        bar.parentWidget().activateWindow()
        edit.setFocus()
        qtbot.waitUntil(edit.hasFocus)
        row = bar.say(Level.CRITICAL, "x", action="y")
        assert edit.hasFocus()
        qtbot.mouseClick(row.close_button, Qt.MouseButton.LeftButton)
        assert edit.hasFocus()
        assert bar.rows == []

    def test_follows_language_and_theme(self, qapp, bar) -> None:
        row = bar.say(Level.WARNING, "x")
        assert row.close_button.text() == "关闭"
        i18n.set_language("en")
        QApplication.sendEvent(row, QEvent(QEvent.Type.LanguageChange))
        assert row.close_button.text() == "Close"
        theme.apply(qapp, "dark")
        assert theme.tokens().levels[Level.WARNING].text in row.shape.styleSheet()


def test_crash_dialog_copies_redacted_text(qtbot) -> None:
    try:
        raise ValueError("no such caller 13800138000")
    except ValueError as error:
        dialog = CrashDialog.of(error)
    qtbot.addWidget(dialog)
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "13800138000" not in copied
    assert dialog.details.isReadOnly()
