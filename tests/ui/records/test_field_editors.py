"""Short ways to write times, and every editor gives back what it was given."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc.clock import local
from bankcc.features import KIND, task
from bankcc.schema.fields import Link
from ui.records.field_editors import CountEditor, TimeEditor, editor_for, written_out

NOON = 1_795_400_000_000
SAMPLES = {
    "Text": "一行",
    "Email": "a@b.cn",
    "Phone": "13912345678",
    "Integer": 3,
    "Count": 4,
    "Flag": 1,
    "Moment": 1_795_399_980_000,
    "Day": "2026-11-23",
    "TextList": ["滨江", "解放路"],
    "Checklist": [["01", "找人", 1], ["02", "排班", 0]],
}
FIELDS = [
    (kind.name, item)
    for kind in KIND.values()
    for item in kind.fields
    if not isinstance(item, Link)
]


def today(text: str) -> str:
    return f"{local(NOON):%Y-%m-%d} {text}"


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("14:12", today("14:12")),
        ("1412", today("14:12")),
        ("14：12", today("14:12")),
        ("１４点１２分", today("14:12")),
        ("11-23 9:30", "2026-11-23 9:30"),
        ("11月23日", "2026-11-23"),
        ("+30", f"{local(NOON + 1_800_000):%Y-%m-%d %H:%M}"),
        ("2026-11-23 14:52", "2026-11-23 14:52"),
        ("whenever", "whenever"),
    ],
)
def test_short_times(text: str, full: str) -> None:
    assert written_out(text, NOON, day=False) == full


def test_a_day_has_no_clock() -> None:
    assert written_out("1412", NOON, day=True) == "1412"
    assert written_out("11-23", NOON, day=True) == "2026-11-23"


@pytest.mark.parametrize(("kind", "item"), FIELDS, ids=lambda x: getattr(x, "name", x))
def test_what_is_shown_is_what_comes_back(context, qtbot, kind, item) -> None:
    editor = editor_for(item, context)
    qtbot.addWidget(editor)
    value = SAMPLES.get(type(item).__name__) or item.options[-1].code
    editor.set_value(value)
    assert item.parse(editor.raw()) == value
    typed = editor.raw()
    editor.set_value(None)
    assert item.parse(editor.raw()) is None
    editor.restore(typed)
    assert item.parse(editor.raw()) == value


def test_leaving_a_time_writes_it_out(context, qtbot) -> None:
    editor = editor_for(task.KIND.field("due"), context)
    assert isinstance(editor, TimeEditor)
    qtbot.addWidget(editor)
    editor.show()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClicks(editor, "0930")
    editor.clearFocus()
    assert editor.text() == f"{local(context.session.clock.now_ms()):%Y-%m-%d} 09:30"


def test_a_count_is_not_stepped_below_nothing(context, qtbot) -> None:
    editor = CountEditor(KIND["resource"].field("actual"))
    qtbot.addWidget(editor)
    editor.set_value(1)
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    assert (editor.raw(), editor.difference()) == ("0", -1)
