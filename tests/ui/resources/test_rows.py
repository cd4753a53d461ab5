"""What is missing, what is owed, how ready a class is."""

import pytest

from bankcc.features import resource
from bankcc.schema.change import edit
from ui.resources import rows as resource_rows
from ui.resources.rows import Only, next_words, stock_words
from ui.theme import Level


@pytest.fixture
def inventory(context):
    for values in (
        {"name": "座机", "category": "通信", "required": 6, "actual": 5, "check_cycle": "每月"},
        {"name": "UPS", "category": "电源", "required": 2, "actual": 2, "checked_on": "2026-11-20"},
        {"name": "对讲机", "category": "通信", "required": 4, "actual": 0},
        {"name": "纸", "category": "", "actual": 3},
    ):
        context.session.execute(resource.add(**values))
    return resource_rows.read(context.session)


def test_classes_stand_together_and_add_up(inventory) -> None:
    assert [row.record["name"] for row in inventory.rows] == ["座机", "对讲机", "UPS", "纸"]
    assert [s.category for s in inventory.standings] == [None, "通信", "电源", ""]
    whole, phones, power, paper = inventory.standings
    assert (whole.need, whole.there, whole.gaps, whole.late, whole.items) == (12, 7, 2, 1, 4)
    assert (phones.percent, phones.missing, phones.level) == (50, 5, Level.WARNING)
    assert (power.percent, power.level) == (100, Level.OK)
    assert (paper.percent, paper.level) == (100, Level.OK)


def test_filters_let_through_what_they_say(inventory) -> None:
    def names(only, category=None):
        return [row.record["name"] for row in inventory.shown(only, category)]

    assert names(Only.GAP) == ["座机", "对讲机"]
    assert names(Only.LATE) == ["座机"]
    assert names(Only.ALL, "") == ["纸"]
    assert names(Only.GAP, "电源") == []


@pytest.mark.parametrize("text", ["ups", "ＵＰＳ"])
def test_words_find(context, inventory, text) -> None:
    found = resource_rows.read(context.session, text)
    assert len(found.rows) == 4
    assert [row.record["name"] for row in found.shown(Only.ALL, None)] == ["UPS"]


def test_a_gap_is_said_with_number_and_level(inventory) -> None:
    phone, radio, ups, paper = inventory.rows
    assert stock_words(phone) == ("6/5 缺1", Level.WARNING)
    assert stock_words(radio) == ("4/0 缺4", Level.CRITICAL)
    assert stock_words(ups) == ("2/2", None)
    assert stock_words(paper) == ("3", None)


def test_the_next_check_says_how_late_it_is(context, inventory) -> None:
    session = context.session
    assert next_words(inventory.rows[0]) == ("从未检查", Level.CRITICAL)
    for day, words in (
        ("2026-10-20", ("11-20 逾期3天", Level.CRITICAL)),
        ("2026-10-23", ("今天", Level.WARNING)),
        ("2026-11-01", ("12-01", None)),
        ("2026-12-05", ("2027-01-05", None)),
    ):
        record = session.find(resource_rows.question(Only.ALL, "通信", "", []))[0]
        session.execute(edit(resource.NAME, record.id, checked_on=day))
        assert next_words(resource_rows.read(session).rows[0]) == words


def test_what_is_printed_is_what_is_shown(context, inventory) -> None:
    def count(only, category, shown=()):
        return context.session.count(resource_rows.question(only, category, "", shown))

    gaps = [row.id for row in inventory.shown(Only.GAP, "通信")]
    assert count(Only.ALL, None) == 4
    assert count(Only.ALL, "") == 1
    assert count(Only.GAP, "通信", gaps) == 2
