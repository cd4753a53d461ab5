"""L4: a leader decides where it waits, by keys on the real window; it lands in the timeline."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from bankcc import i18n
from bankcc.features import incident
from bankcc.schema.query import Condition, Query
from tests.ui.leader_window import leader_window
from tests.ui.panels.hotline_keys import ENTER, ESCAPE, compose, focus
from tests.ui.small_center import USER, settle
from ui import theme

window = pytest.fixture(leader_window)


@pytest.fixture
def panel(window, qtbot):
    shown = window.show_panel("situation")
    qtbot.waitUntil(lambda: shown.figures is not None)
    settle()
    return shown


def stand_on(panel, number: str) -> None:
    """The keys stand on the item of that record."""
    rows = [item.number for item in panel.waiting.model.items]
    panel.waiting.view.setFocus()
    panel.waiting.view.setCurrentIndex(panel.waiting.model.index(rows.index(number), 1))


def newest(window):
    where = (Condition("category", "=", "decision"),)
    return window.session.find(Query("timeline", where=where, order="-at", limit=1))[0]


def numbers(panel) -> list[str]:
    return [item.number for item in panel.waiting.model.items]


def test_a_task_is_confirmed_with_three_keys(window, panel, keys, qtbot) -> None:
    stand_on(panel, "甲-T-0003")
    keys.press(ENTER)
    keys.press("1")
    keys.save()
    assert keys.count == 3
    assert window.session.get("task", "甲-T-0003")["status"] == "done"
    entry = newest(window)
    assert entry["text"] == "同意：甲-T-0003 补充现金"
    assert entry["author"] == USER
    assert entry["at"] == window.session.clock.now_ms()
    qtbot.waitUntil(lambda: "甲-T-0003" not in numbers(panel))
    assert focus() is panel.waiting.view
    assert any("补充现金" in panel.timeline.model.index(row).data() for row in range(3))


def test_four_keys_and_the_reason_refuse_a_request(window, panel, keys, qtbot) -> None:
    stand_on(panel, "甲-T-0002")
    keys.press(ENTER)
    keys.press("2")
    compose("", "先用解放路支行的车")
    keys.press(ENTER)  # forward, to the button
    assert focus() is panel.waiting.decision.decide_button
    keys.save()
    assert keys.count == 4
    assert window.session.get("task", "甲-T-0002")["blocked"] == 1
    assert newest(window).text("text").endswith("理由：先用解放路支行的车")
    # Whoever asked has the answer: it waits again when something changes.
    qtbot.waitUntil(lambda: "甲-T-0002" not in numbers(panel))


def test_a_draft_is_approved_by_who_is_at_work(window, panel, keys) -> None:
    stand_on(panel, "甲-K-0001")
    keys.press(ENTER)
    keys.press("1")
    keys.save()
    card = window.session.get("answer-card", "甲-K-0001")
    assert (card["status"], card["approver"]) == ("approved", "王敏")


def test_an_activation_is_decided(window, panel, keys, qtbot) -> None:
    run = window.session.execute
    run(incident.set_status("滨江支行停电", status="closed", reason="复业"))
    run(incident.open_incident(name="暴雨", status="pending", level="III"))
    qtbot.waitUntil(lambda: any(item.reason == "activation" for item in panel.waiting.model.items))
    panel.waiting.view.setFocus()
    panel.waiting.view.setCurrentIndex(panel.waiting.model.index(0, 1))
    keys.press(ENTER)
    keys.press("1")
    keys.save()
    assert window.session.get("incident", "暴雨")["status"] == "active"


def test_without_a_reason_nothing_is_refused(window, panel, keys) -> None:
    head = window.session.head_code()
    stand_on(panel, "甲-T-0003")
    keys.press(ENTER)
    keys.save()
    assert "1、2 或 3" in panel.waiting.decision.fault.text()
    keys.press("3")
    keys.save()
    assert "理由" in panel.waiting.decision.fault.text()
    assert focus() is panel.waiting.decision.reason
    assert window.session.head_code() == head


def test_nothing_is_decided_while_a_word_is_composed(window, panel, keys, qapp) -> None:
    from ui.ime import PreeditGuard

    guard = PreeditGuard(qapp)
    head = window.session.head_code()
    stand_on(panel, "甲-T-0003")
    keys.press(ENTER)
    keys.press("2")
    compose("huidan")
    keys.press(ENTER)
    keys.save()
    assert window.session.head_code() == head
    assert focus() is panel.waiting.decision.reason
    compose("", "回单不全")
    keys.save()
    assert window.session.get("task", "甲-T-0003")["status"] == "doing"
    qapp.removeEventFilter(guard)


def test_esc_leaves_and_what_was_typed_stays_with_its_item(window, panel, keys) -> None:
    stand_on(panel, "甲-T-0003")
    keys.press(ENTER)
    keys.press("2")
    compose("", "回单不全")
    panel.waiting.decision.reason.textEdited.emit("回单不全")
    keys.press(ESCAPE)
    assert focus() is panel.waiting.view
    assert not panel.waiting.deciding
    stand_on(panel, "甲-T-0002")
    keys.press(ENTER)
    assert panel.waiting.decision.reason.text() == ""
    keys.press(ESCAPE)
    stand_on(panel, "甲-T-0003")
    keys.press(ENTER)
    assert panel.waiting.decision.reason.text() == "回单不全"
    panel.waiting.decision.keeper.flush()
    (draft,) = window.session.local.drafts("decision:")
    assert draft.body["text"] == "回单不全"


def test_one_undo_takes_the_whole_decision_back(window, panel, keys) -> None:
    stand_on(panel, "甲-T-0003")
    keys.press(ENTER)
    keys.press("1")
    keys.save()
    keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.get("task", "甲-T-0003")["status"] == "confirming"
    assert "同意：甲-T-0003" not in newest(window).text("text")


def test_what_somebody_else_decided_meanwhile_is_refused(window, panel, keys) -> None:
    from bankcc.features import task

    stand_on(panel, "甲-T-0003")
    keys.press(ENTER)
    window.session.execute(task.complete("甲-T-0003"))
    keys.press("1")
    keys.save()
    assert "没有待决" in window.messages.rows[0].message.what
    assert panel.waiting.deciding


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_all_of_it_is_in_sight(window, panel, keys, qapp, language, scale) -> None:
    i18n.set_language(language)
    theme.apply(qapp, "light", scale)
    window.look.set_language(language)
    theme.apply(qapp, "light", scale)
    stand_on(panel, "甲-T-0002")
    keys.press(ENTER)
    settle()
    line = panel.waiting.decision
    parts = line.findChildren(QPushButton) + line.findChildren(QLineEdit)
    boxes = []
    for part in parts:
        box = QRect(part.mapTo(panel.waiting, QPoint(0, 0)), part.size())
        assert panel.waiting.rect().contains(box), part.objectName()
        assert part.height() >= min(part.sizeHint().height(), part.minimumHeight() or 999)
        assert not any(box.intersects(other) for other in boxes), part.objectName()
        boxes.append(box)
    theme.apply(qapp, "light")
