"""What stands after a command."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc import i18n
from bankcc.cli.arguments import KindName, assignments, comparisons
from bankcc.features import KIND


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("task", "task"),
        ("Task", "task"),
        ("任务", "task"),
        ("People", "person"),
        ("人员", "person"),
    ],
)
def test_a_kind_by_name_or_label(text: str, name: str) -> None:
    assert KindName().convert(text, None, None) == name


def test_unknown_kinds_are_told_the_known_ones() -> None:
    with pytest.raises(click.BadParameter, match="answer-card"):
        KindName().convert("answercard", None, None)
    with pytest.raises(click.BadParameter):
        KindName(importable=True).convert("task", None, None)
    assert KindName(("situation",)).convert("situation", None, None) == "situation"


@given(st.text(min_size=1).filter(str.strip))
def test_a_value_arrives_as_it_was_typed(value: str) -> None:
    assert assignments(KIND["task"], [f"title={value}"]) == {"title": value}
    (found,) = comparisons(KIND["task"], [f"title={value}"])
    if value[0] not in "=":
        assert (found.operator, found.raw) == ("=", value.strip())


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_empty_value_is_none(blank: str) -> None:
    assert assignments(KIND["task"], [f"due={blank}"]) == {"due": None}


@pytest.mark.parametrize("sign", ["=", "!=", ">=", "<=", ">", "<"])
def test_signs(sign: str) -> None:
    (found,) = comparisons(KIND["task"], [f"due{sign}2026-11-23"])
    assert (found.name, found.operator, found.raw) == ("due", sign, "2026-11-23")


@pytest.mark.parametrize("written", ["due", "截止", "Due", "due ", " 截止"])
def test_a_field_by_name_or_label(written: str) -> None:
    label = written.replace("截止", i18n._("Due"))
    assert assignments(KIND["task"], [f"{label}=2026-11-23"]) == {"due": "2026-11-23"}
    for sign in ("=", "!=", ">="):
        (found,) = comparisons(KIND["task"], [f"{label}{sign}2026-11-23"])
        assert (found.name, found.operator, found.raw) == ("due", sign, "2026-11-23")


def test_a_name_and_its_label_are_one_field() -> None:
    with pytest.raises(click.UsageError):
        assignments(KIND["task"], ["due=2026-11-23", f"{i18n._('Due')}=2026-11-24"])
    with pytest.raises(click.UsageError):
        assignments(KIND["task"], ["颜色=红"])
    (found,) = comparisons(KIND["task"], [f"{i18n._('Entered')}>=2026-11-23"])
    assert found.name == "created"
