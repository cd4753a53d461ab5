"""Many questions, few reads; the last one asked is answered; an error is told, not raised."""

from threading import Event

import pytest

from bankcc.errors import UserError
from tests.ui.small_center import opened
from ui.background_read import BackgroundRead


@pytest.fixture
def context(qapp, tmp_path, clock, chance):
    with opened(tmp_path / "center", clock, chance) as made:
        yield made


def test_many_asks_are_one_read(context, qtbot) -> None:
    asked: list[int] = []

    def question():
        asked.append(1)
        return lambda: "answer"

    read = BackgroundRead(context.jobs, "reading", question)
    with qtbot.waitSignal(read.answered) as told:
        for _time in range(20):
            read.ask()
        assert read.busy
    assert told.args == ["answer"]
    assert len(asked) == 1


def test_the_last_question_is_the_one_answered(context, qtbot) -> None:
    wanted, gate, answers = ["first"], Event(), []

    def question():
        now = wanted[0]

        def work():
            if now == "first":
                gate.wait(10)
            return now

        return work

    read = BackgroundRead(context.jobs, "reading", question)
    read.answered.connect(answers.append)
    read.read()
    wanted[0] = "second"
    read.read_other()
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["second"]


def test_changes_without_end_do_not_keep_the_answers_back(context, qtbot) -> None:
    made, answers = [0], []

    def question():
        made[0] += 1
        read.ask()  # each read is met by another change
        return lambda now=made[0]: now

    read = BackgroundRead(context.jobs, "reading", question, pause_ms=0)
    read.answered.connect(answers.append)
    read.ask()
    qtbot.waitUntil(lambda: len(answers) >= 3)
    read.close()
    assert answers[:3] == [1, 2, 3]


def test_a_change_while_it_is_read_is_told_after_what_was_read(context, qtbot) -> None:
    begun, gate, answers = Event(), Event(), []
    state = ["before"]

    def question():
        def work():
            found = state[0]
            begun.set()
            gate.wait(10)
            return found

        return work

    read = BackgroundRead(context.jobs, "reading", question, pause_ms=0)
    read.answered.connect(answers.append)
    read.read()
    assert begun.wait(10)
    read.ask()
    qtbot.waitUntil(lambda: read._again)
    state[0] = "after"
    gate.set()
    qtbot.waitUntil(lambda: not read.busy)
    assert answers == ["before", "after"]


def test_what_could_not_be_read_is_told(context, qtbot) -> None:
    def work():
        raise UserError("unreadable")

    read = BackgroundRead(context.jobs, "reading", lambda: work)
    with qtbot.waitSignal(read.failed) as told:
        read.read()
    assert told.args[0].what == "unreadable"
    assert not read.busy


def test_closed_it_asks_no_more(context, qtbot) -> None:
    read = BackgroundRead(context.jobs, "reading", lambda: pytest.fail)
    read.close()
    read.ask()
    read.read()
    assert not read.busy
    assert context.jobs.running == []
