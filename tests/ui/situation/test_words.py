"""Figures in words: level, number and the line that explains it."""

from dataclasses import replace

import pytest

from bankcc import i18n
from bankcc.reports.current import (
    Cards,
    IncidentNow,
    Late,
    Load,
    Pressing,
    SituationFigures,
    Staff,
    Waiting,
)
from bankcc.reports.figures import CallBuckets, CallFlow
from ui.situation.words import (
    REASONS,
    calls_sentence,
    cards_of,
    flow_sentence,
    incident_line,
    span,
    waiting_words,
)
from ui.theme import Level

MINUTE = 60_000
NOW = 1_795_413_600_000  # 2026-11-23 14:00
BLANK = SituationFigures(at=NOW, since=NOW)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-5, "0 分"), (0, "0 分"), (42, "42 分"), (125, "2 时 5 分"), (3 * 1440 + 250, "3 天 4 小时")],
)
def test_spans(minutes: int, words: str) -> None:
    assert span(minutes * MINUTE) == words


def test_five_cards_always_in_the_same_order() -> None:
    assert [card.word for card in cards_of(BLANK, NOW)] == [
        "逾期",
        "未结来电",
        "在岗",
        "紧急来电",
        "待批口径",
    ]
    assert [card.number for card in cards_of(BLANK, NOW)] == ["0", "0", "–", "0", "0"]
    assert Level.CRITICAL not in {card.level for card in cards_of(BLANK, NOW)}


def test_what_is_late_is_the_one_critical_card() -> None:
    late = Late(2, 1, NOW - 42 * MINUTE, "task", "x", "甲-T-0031", "补热线")
    worst = replace(
        BLANK,
        late=late,
        load=Load(23, 18, 12),
        staff=Staff(24, 21, "客服组", 2, ("a", "b", "c")),
        pressing=Pressing(20, 17, NOW - 38 * MINUTE, "甲-R-0143"),
        cards=Cards(drafts=1, next_until=NOW + 90 * MINUTE, next_topic="复业"),
    )
    cards = cards_of(worst, NOW)
    assert [card.level for card in cards] == [Level.CRITICAL, *[Level.WARNING] * 4]
    assert [card.number for card in cards] == ["3", "23", "21/24", "17/20", "1"]
    plain = [card.line.replace("\u2060", "") for card in cards]
    assert plain == [
        "最久 42 分 · 甲-T-0031 补热线",
        "15 分钟来电 18（↑6）",
        "客服组缺 2",
        "未结 3，最久 38 分 · 甲-R-0143",
        "15:30 到期：复业",
    ]
    assert cards[0].spoken == "逾期：3；最久 42 分 · 甲-T-0031 补热线"


@pytest.mark.parametrize(
    ("latest", "before", "shown", "level"),
    [(3, 5, "（↓2）", Level.INFO), (5, 5, "（→）", Level.INFO), (6, 5, "（↑1）", Level.WARNING)],
)
def test_the_trend_is_an_arrow(latest: int, before: int, shown: str, level: Level) -> None:
    card = cards_of(replace(BLANK, load=Load(9, latest, before)), NOW)[1]
    assert card.line.endswith(shown)
    assert card.level is level


def test_a_card_that_ran_out_comes_before_the_next_that_will() -> None:
    cards = Cards(expired=2, in_force=3, next_until=NOW + MINUTE, next_topic="复业")
    card = cards_of(replace(BLANK, cards=cards), NOW)[4]
    assert (card.level, card.line) == (Level.WARNING, "2 条口径已过期")


def test_another_day_is_named() -> None:
    cards = Cards(in_force=1, next_until=NOW + 24 * 60 * MINUTE, next_topic="复业")
    assert "11-24 14:00" in cards_of(replace(BLANK, cards=cards), NOW)[4].line


def test_the_incident_says_level_since_when_and_until_when() -> None:
    found = IncidentNow(
        record="x",
        name="停电停业",
        level="Ⅱ级",
        level_rank="critical",
        status="处置",
        status_rank="critical",
        is_drill=False,
        live=True,
        since=NOW - 161 * MINUTE,
        expected_end=NOW + 240 * MINUTE,
    )
    figures = replace(BLANK, incident=found)
    assert incident_line(figures, NOW) == (
        Level.CRITICAL,
        "Ⅱ级 · 处置",
        "停电停业 · 已启动 2 时 41 分 · 预计 18:00 复业",
    )
    assert "原定 18:00 复业" in incident_line(figures, NOW + 300 * MINUTE)[2]
    before = replace(figures, incident=replace(found, level="", live=False, status_rank="warning"))
    assert incident_line(before, NOW)[0] is Level.WARNING
    assert "发生已" in incident_line(before, NOW)[2]
    assert incident_line(BLANK, NOW)[0] is Level.NEUTRAL


def test_every_reason_has_words() -> None:
    for reason in REASONS:
        item = Waiting(reason, "info", "task", "x", "甲-T-0001", "补热线", NOW)
        words, what = waiting_words(item)
        assert words
        assert words != REASONS[reason]
        assert what == "甲-T-0001 补热线"


def test_charts_in_a_sentence() -> None:
    labels = ("14:30", "14:45")
    buckets = CallBuckets(labels, (("取款", (7, 10)), ("贷款", (5, 8))), last_incomplete=True)
    said = calls_sentence(buckets)
    assert "14:45 起 18 通（未满一刻钟），前一刻钟 12 通。" in said
    assert "取款（17 通）" in said
    assert "未满" not in calls_sentence(replace(buckets, last_incomplete=False))
    assert "没有来电" in calls_sentence(CallBuckets())
    flow = CallFlow(labels, (10, 30), (5, 18))
    assert (
        flow_sentence(flow) == "14:45：累计来电 30 通，办结 18 通，未结 12 通；14:30 时未结 5 通。"
    )
    assert "还没有来电" in flow_sentence(CallFlow())


def test_in_english_too() -> None:
    i18n.set_language("en")
    assert [card.word for card in cards_of(BLANK, NOW)] == [
        "Overdue",
        "Open calls",
        "On duty",
        "Urgent done",
        "To approve",
    ]
