"""Fields: what is typed, stored, shown and put into a column."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc import i18n
from bankcc.errors import FieldError
from bankcc.features import KINDS
from bankcc.schema.fields import (
    Checklist,
    Choice,
    Count,
    Day,
    Email,
    Field,
    Flag,
    Integer,
    Moment,
    Option,
    Phone,
    Text,
    TextList,
    Value,
)

STATES = (Option("todo", "To do", "warning", 4, ("待派",)), Option("done", "Done", "ok", 1))
TEXT = Text(name="t", label="Text", max_length=20)
LIST = TextList(name="l", label="List")
CHECKLIST = Checklist(name="c", label="List")
CHOICE = Choice(name="s", label="Status", options=STATES)
WORD = st.text(alphabet="停电网点abc12", min_size=1, max_size=6)

STORED: list[tuple[Field, st.SearchStrategy[Value]]] = [
    (TEXT, WORD),
    (Integer(name="n", label="Number"), st.integers(-(10**14), 10**14)),
    (Count(name="n", label="Number", minimum=0), st.integers(0, 10**9)),
    (Flag(name="f", label="Flag"), st.sampled_from([0, 1])),
    (Phone(name="p", label="Phone"), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)),
    (CHOICE, st.sampled_from(["todo", "done"])),
    (Day(name="d", label="Day"), st.dates(date(1990, 1, 1), date(2099, 1, 1)).map(date.isoformat)),
    (Moment(name="m", label="At"), st.integers(0, 65_000_000).map(lambda m: m * 60_000)),
    (LIST, st.lists(WORD, min_size=1, max_size=4)),
]


@pytest.mark.parametrize(("item", "values"), STORED, ids=lambda value: type(value).__name__)
@given(data=st.data())
def test_shown_text_can_be_typed_again(
    item: Field, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    value = data.draw(values)
    for language in ("zh_CN", "en"):
        i18n.set_language(language)
        shown = item.format(value, reveal=True)
        assert item.parse(shown) == value
        assert item.parse(f" {shown} ") == value
    assert item.from_column(item.to_column(value)) == value


@pytest.mark.parametrize(("item", "values"), STORED, ids=lambda value: type(value).__name__)
@given(data=st.data())
def test_stored_values_are_input_too(
    item: Field, values: st.SearchStrategy[Value], data: st.DataObject
) -> None:
    """Undo, import and the command line hand in what the views hold."""
    value = data.draw(values)
    if not (isinstance(item, Moment) and isinstance(value, int) and value <= 10_000_000):
        assert item.parse(value) == value


@pytest.mark.parametrize("item", [item for item, _values in STORED], ids=lambda i: type(i).__name__)
@given(text=st.text(max_size=30))
def test_any_text_is_a_value_or_a_worded_reason(item: Field, text: str) -> None:
    try:
        value = item.parse(text)
    except FieldError as error:
        assert error.field == item.name  # noqa: PT017 - either outcome is right
        return
    assert value is None or item.to_column(value) is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_is_nothing_everywhere(kind: object) -> None:
    for item in kind.fields:  # type: ignore[attr-defined]
        assert item.parse(None) is None
        assert item.parse("  ") is None
        assert item.format(None) == ""
        assert item.from_column(item.to_column(None)) is None


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        (TEXT, "字" * 21),
        (Email(name="e", label="Mail"), "nobody"),
        (Email(name="e", label="Mail"), "a@b c.d"),
        (Integer(name="n", label="N", minimum=0), "-1"),
        (Integer(name="n", label="N", maximum=5), 6),
        (Integer(name="n", label="N"), "1.5"),
        (Integer(name="n", label="N"), "1e5"),
        (Flag(name="f", label="F"), "maybe"),
        (CHOICE, "3"),
        (CHOICE, "unknown"),
        (Day(name="d", label="D"), "tomorrow"),
        (Moment(name="m", label="M"), "25:00"),
    ],
)
def test_refused(item: Field, raw: object) -> None:
    with pytest.raises(FieldError):
        item.parse(raw)


@pytest.mark.parametrize(
    ("item", "raw", "value"),
    [
        (TEXT, 13912345678.0, "13912345678"),
        (TEXT, " a\u202eb\n c ", "ab c"),
        (Phone(name="p", label="P"), 13912345678.0, "13912345678"),
        (Integer(name="n", label="N"), "１,２３４", 1234),
        (Integer(name="n", label="N"), 3.0, 3),
        (CHOICE, "２", "done"),
        (CHOICE, "待派", "todo"),
        (CHOICE, "DONE", "done"),
        (Day(name="d", label="D"), datetime(2026, 11, 23, 9), "2026-11-23"),
        (LIST, "甲、乙; 丙\n丁", ["甲", "乙", "丙", "丁"]),
        (CHECKLIST, "甲\n\n乙；丙", [["01", "甲", 0], ["02", "乙", 0], ["03", "丙", 0]]),
        (CHECKLIST, [["07", " 甲 ", True]], [["07", "甲", 1]]),
    ],
)
def test_typed(item: Field, raw: object, value: object) -> None:
    assert item.parse(raw) == value


def test_phones_are_masked_unless_revealed() -> None:
    item = Phone(name="p", label="P")
    assert item.format("13912345678") == "139****5678"
    assert item.format("13912345678", reveal=True) == "139 1234 5678"


def test_attention_and_unknown_codes() -> None:
    assert CHOICE.attention("todo") > CHOICE.attention("done") > CHOICE.attention("later version")
    assert CHOICE.format("later version") == "later version"
    assert TEXT.attention("x") == 0


def test_a_checklist_shows_how_far_it_is() -> None:
    assert CHECKLIST.format([["01", "甲", 1], ["02", "乙", 0]]) == "1/2"
