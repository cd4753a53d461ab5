"""A card says what its task says, and when it is due as seen from now."""

from dataclasses import replace

import pytest

from bankcc.features import inquiry, person, task
from bankcc.i18n import set_language
from ui.board.card_text import Card, due_level, due_words, read_cards
from ui.context import UiContext
from ui.records.cell_text import initials_of
from ui.theme import Level

NOW = 1_795_415_520_000  # 2026-11-23 14:32
MINUTE = 60_000
BARE = Card("id", "甲-T-0001", "任务", "tech", "todo", "normal")


@pytest.mark.parametrize(
    ("minutes", "words", "level"),
    [
        (0.5, "刚到期", Level.WARNING),
        (30, "30 分后", Level.WARNING),
        (31, "31 分后", Level.NEUTRAL),
        (90, "1.5 小时后", Level.NEUTRAL),
        (7 * 60, "21:32", Level.NEUTRAL),
        (24 * 60, "11-24 14:32", Level.NEUTRAL),
        (-1, "逾期 1 分", Level.CRITICAL),
        (-150, "逾期 2.5 小时", Level.CRITICAL),
        (-3 * 24 * 60, "逾期 3 天", Level.CRITICAL),
    ],
)
def test_the_time_in_words(minutes: float, words: str, level: Level) -> None:
    card = replace(BARE, due=NOW + int(minutes * MINUTE))
    assert (due_words(card, NOW), due_level(card, NOW)) == (words, level)


def test_what_is_done_is_late_no_more() -> None:
    card = replace(BARE, column="done", due=NOW - MINUTE, done_at=NOW - 2 * MINUTE)
    assert (due_words(card, NOW), due_level(card, NOW)) == ("14:30", Level.OK)
    assert not card.late(NOW)


def test_without_a_time_nothing_is_said() -> None:
    assert (due_words(BARE, NOW), due_level(BARE, NOW)) == ("", None)


@pytest.mark.parametrize(("name", "short"), [("刘倩", "LQ"), ("Anna Smith", "AS"), ("", "")])
def test_initials(name: str, short: str) -> None:
    assert initials_of(name) == short


def test_words_find_a_person_at_the_beginning_of_syllables_in_every_reading(
    context: UiContext,
) -> None:
    context.session.execute(person.add(name="单明"))
    context.session.execute(task.add(title="送件", assignee="单明"))
    card = read_cards(context.session)[0]
    for word in ("sm", "dm", "shanm", "danming", "单", "送件"):
        assert card.meets((word,)), word
    assert not card.meets(("ng",))


def test_a_card_of_a_task(context: UiContext) -> None:
    session = context.session
    session.execute(person.add(name="刘倩"))
    call = session.execute(inquiry.log_call(phone="13800138000", category="cash", note="吞卡"))
    session.execute(
        inquiry.to_task(
            call.made[0].id, assignee="刘倩", due=NOW, checklist="一\n二", priority="urgent"
        )
    )
    session.execute(task.tick("吞卡", item="一"))
    session.execute(task.block("吞卡", reason="等厂商"))
    card = read_cards(session)[0]
    assert (card.title, card.lane, card.column, card.priority) == (
        "吞卡",
        "customer",
        "todo",
        "urgent",
    )
    assert (card.who, card.initials, card.due) == ("刘倩", "LQ", NOW)
    assert (card.ticked, card.items, card.blocked, card.obstacle) == (1, 2, True, "等厂商")
    assert card.source_number == call.made[0].number


def test_in_english(context: UiContext) -> None:
    set_language("en")
    assert due_words(replace(BARE, due=NOW - 12 * MINUTE), NOW) == "late 12 min"
