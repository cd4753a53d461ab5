"""Outlets of an incident are offered by name or initials; any other name may stand there too."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.features import incident, outlet
from ui.records.field_editors import editor_for
from ui.records.names_editor import NamesEditor


@pytest.fixture
def editor(context, qtbot) -> NamesEditor:
    for name in ("江南支行", "解放路支行", "滨江支行营业部"):
        context.session.execute(outlet.add(name=name))
    made = editor_for(incident.KIND.field("outlets"), context)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def test_initials_offer_and_taking_makes_room_for_the_next(editor) -> None:
    QTest.keyClicks(editor, "jn")
    editor.seek()
    assert editor.offered() == ["江南支行"]
    editor.choose("江南支行")
    QTest.keyClicks(editor, "jf")
    editor.seek()
    editor.choose(editor.offered()[0])
    assert incident.KIND.field("outlets").parse(editor.raw()) == ["江南支行", "解放路支行"]


def test_what_stands_there_is_not_offered_again(editor) -> None:
    editor.set_value(["江南支行"])
    editor.setCursorPosition(len(editor.text()))
    QTest.keyClicks(editor, ",jn")
    editor.seek()
    assert editor.offered() == []


def test_letters_of_an_unfinished_word_are_searched(editor) -> None:
    QApplication.sendEvent(editor, QInputMethodEvent("j'n", []))
    editor.seek()
    assert editor.offered() == ["江南支行"]


def test_a_name_that_nobody_entered_stays_as_typed(editor, context) -> None:
    editor.restore("旧网点、江南支行")
    editor.seek()
    made = context.session.execute(incident.open_incident(name="停电", outlets=editor.raw()))
    record = context.session.get("incident", made.made[0].id)
    assert record["outlets"] == ["旧网点", "江南支行"]
    editor.set_value(record["outlets"])
    assert incident.KIND.field("outlets").parse(editor.raw()) == ["旧网点", "江南支行"]


def test_read_only_offers_nothing(editor) -> None:
    editor.set_read_only(True)
    editor.setText("jn")
    editor.seek()
    assert editor.offered() == []
