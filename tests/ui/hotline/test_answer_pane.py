"""Only approved words that are in force may be read out; what is out of date cannot be copied."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc.clock import ManualClock
from bankcc.features import answer_card, inquiry
from tests.ui.small_center import settle
from ui.context import UiContext
from ui.hotline.answer_pane import AnswerPane


@pytest.fixture
def cards(context: UiContext, clock: ManualClock) -> dict[str, str]:
    """Ids by topic: two in force, one that ends in an hour, one draft."""
    clock.step_ms = 0
    made = {}
    topics = (("复业", "opening_hours"), ("现金", "cash"), ("转账", "transfer"), ("草稿", "cash"))
    for topic, category in topics:
        verb = answer_card.add(
            topic=topic,
            question=f"{topic}怎么办？",
            answer=f"关于{topic}的答复",
            category=category,
            must_not_say=f"{topic}禁语",
        )
        made[topic] = context.session.execute(verb).made[0].id
    for topic in ("复业", "现金", "转账"):
        until = clock.ms + 3_600_000 if topic == "复业" else None
        context.session.execute(
            answer_card.approve(made[topic], approver="张行长", valid_until=until)
        )
    return made


@pytest.fixture
def pane(qtbot, context: UiContext, cards: dict[str, str]) -> Iterator[AnswerPane]:
    made = AnswerPane(context)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_list()
    yield made
    made.stop()


def shown(pane: AnswerPane) -> list[str]:
    return [pane.list.item(row).text() for row in range(pane.list.count())]


def test_only_approved_cards_numbered_by_their_keys(pane) -> None:
    assert shown(pane) == ["1  复业怎么办？", "2  现金怎么办？", "3  转账怎么办？"]
    assert pane.text.toPlainText() == "关于复业的答复"
    assert "复业禁语" in pane.forbidden.text()
    assert "张行长" in pane.validity.text()
    assert pane.text.isReadOnly()
    assert pane.text.font().pixelSize() == 18


def test_what_the_caller_asks_about_comes_first(pane) -> None:
    pane.set_category("cash")
    assert shown(pane)[0] == "1  现金怎么办？"
    assert pane.text.toPlainText() == "关于现金的答复"


def test_a_digit_chooses_and_enter_attaches(pane) -> None:
    chosen: list[object] = []
    pane.chosen.connect(chosen.append)
    QTest.keyClick(pane.list, "3")
    assert pane.text.toPlainText() == "关于转账的答复"
    QTest.keyClick(pane.list, "9")
    assert pane.text.toPlainText() == "关于转账的答复"
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert [card["topic"] for card in chosen] == ["转账"]


def test_escape_goes_back_to_the_call(pane) -> None:
    left: list[bool] = []
    pane.left.connect(lambda: left.append(True))
    QTest.keyClick(pane.list, Qt.Key.Key_Escape)
    assert left == [True]


def test_out_of_date_says_so_and_is_neither_copied_nor_attached(pane, clock) -> None:
    clock.advance(hours=2)
    pane.refresh()
    assert shown(pane)[2].startswith("3  复业怎么办？ ▲")
    assert pane.text.toPlainText() == "关于复业的答复"  # the one that is being read stays
    assert "过期" in pane.band.word
    assert pane.text.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    chosen: list[object] = []
    pane.chosen.connect(chosen.append)
    pane._choose()
    assert chosen == []
    pane._digit(1)
    assert pane.band.word == ""
    assert pane.text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_a_card_approved_elsewhere_appears(pane, context, cards) -> None:
    context.session.execute(answer_card.approve(cards["草稿"], approver="张行长"))
    settle()
    assert len(shown(pane)) == 4


def test_a_withdrawn_card_goes(pane, context, cards) -> None:
    context.session.execute(answer_card.withdraw(cards["复业"], reason="有误"))
    settle()
    assert shown(pane)[0] == "1  现金怎么办？"


def test_without_cards_it_says_so(qtbot, context) -> None:
    pane = AnswerPane(context)
    qtbot.addWidget(pane)
    assert "还没有" in pane.text.toPlainText()
    pane._choose()
    pane.stop()


def test_what_is_used_more_comes_first_but_after_what_fits(pane, cards, qtbot) -> None:
    pane.note_use(cards["转账"])
    assert shown(pane) == ["1  转账怎么办？", "2  复业怎么办？", "3  现金怎么办？"]
    pane.set_category("cash")
    assert shown(pane)[:2] == ["1  现金怎么办？", "2  转账怎么办？"]


def test_uses_of_earlier_calls_are_counted(pane, cards, context, qtbot) -> None:
    for _call in range(2):
        context.session.execute(inquiry.log_call(category="cash", answer_card=cards["现金"]))
    pane._tally.ask()
    qtbot.waitUntil(lambda: shown(pane)[0] == "1  现金怎么办？")


@pytest.mark.parametrize("letters", ["zz", "zzzmb", "zhuanz", "转账"])
def test_initials_pinyin_or_words_mark_a_card(pane, letters) -> None:
    for letter in letters:
        pane.list._type(pane.list._typed + letter)
    assert pane.current().text("topic") == "转账"
    assert letters in pane.hint.text()
