"""F8: mine before nobody's, the longest overdue first; never somebody else's."""

from hypothesis import given
from hypothesis import strategies as st

from bankcc.features import inquiry, task
from bankcc.schema.change import create, edit
from bankcc.session import Session
from ui.alarm.ringing import Promise
from ui.frame.most_overdue import Overdue, most_overdue, of_alarm

MINUTE = 60_000
USER = "王敏 · 热线坐席"


def call_back(session: Session, minutes: int, agent: str = "王敏") -> str:
    """A call back promised for `minutes` from now; the id of the call."""
    due = session.clock.now_ms() + minutes * MINUTE
    verb = inquiry.log_call(phone="13800138000", agent=agent, status="callback", callback_due=due)
    return session.execute(verb).made[0].id


def add_task(session: Session, minutes: int, assignee: str = "") -> str:
    due = session.clock.now_ms() + minutes * MINUTE
    values = {"assignee": assignee} if assignee else {}
    return session.execute(task.add(title="核对", due=due, **values)).made[0].id


def opened(session: Session, user: str = USER) -> Overdue | None:
    return most_overdue(session, user, session.clock.now_ms())


def test_nothing_is_overdue(session) -> None:
    call_back(session, 5)
    add_task(session, 5)
    assert opened(session) is None


def test_the_longest_overdue_call_back_of_mine(session) -> None:
    call_back(session, -5)
    oldest = call_back(session, -42)
    call_back(session, -90, agent="刘倩")
    found = opened(session)
    assert found is not None
    assert found.record.id == oldest
    assert found.mine
    assert found.minutes(session.clock.now_ms()) == 42


def test_a_groups_call_is_everybodys(session) -> None:
    call = call_back(session, -5, agent="热线组")
    found = opened(session)
    assert found is not None
    assert (found.record.id, found.mine) == (call, False)


def test_what_was_put_off_comes_last(session) -> None:
    oldest, newer = call_back(session, -42), call_back(session, -5)
    now = session.clock.now_ms()
    found = most_overdue(session, USER, now, {oldest})
    assert found is not None
    assert found.record.id == newer
    found = most_overdue(session, USER, now, {oldest, newer})
    assert found is not None
    assert found.record.id == oldest


def test_of_the_calls_that_ring_the_first_is_meant(session) -> None:
    call = call_back(session, -5)
    due = session.get(inquiry.NAME, call)["callback_due"]
    gone, rings = Promise("gone", "2", 8), Promise(call, "1", due, "王敏")
    for ringing in ([rings, gone], [gone, rings]):
        found = of_alarm(session, ringing)
        assert found is not None
        assert (found.record.id, found.due, found.mine) == (call, due, True)
    assert of_alarm(session, [gone]) is None
    assert of_alarm(session, []) is None
    session.execute(inquiry.record_callback(call, result="reached"))
    assert of_alarm(session, [rings]) is None, "done a moment ago, it may still ring"


def test_mine_however_my_name_is_written(session) -> None:
    session.execute(_person("王 敏"))
    task = add_task(session, -50, assignee="王 敏")
    calls = [call_back(session, -5, agent=name) for name in ("王敏（坐席）", "王敏 · 白班")]
    found = opened(session)
    assert found is not None
    assert (found.record.id, found.mine) == (task, True)
    for record in (task, *calls):
        found = most_overdue(session, USER, session.clock.now_ms(), {task, *calls} - {record})
        assert found is not None
        assert (found.record.id, found.mine) == (record, True)


def test_a_task_of_mine_that_waited_longer_comes_first(session) -> None:
    session.execute(_person("王敏"))
    session.execute(_person("刘倩"))
    call_back(session, -10)
    mine = add_task(session, -20, assignee="王敏")
    add_task(session, -60, assignee="刘倩")
    found = opened(session)
    assert found is not None
    assert (found.record.kind, found.record.id) == (task.NAME, mine)


def test_done_tasks_and_finished_calls_are_left_alone(session) -> None:
    session.execute(_person("王敏"))
    done = add_task(session, -20, assignee="王敏")
    session.execute(task.complete(done))
    call = call_back(session, -20)
    session.execute(inquiry.record_callback(call, result="reached"))
    assert opened(session) is None


def test_what_is_nobodys_is_offered_when_nothing_is_mine(session) -> None:
    waiting = add_task(session, -30)
    found = opened(session)
    assert found is not None
    assert found.record.id == waiting
    assert not found.mine
    mine = call_back(session, -1)
    found = opened(session)
    assert found is not None
    assert found.record.id == mine


def test_a_call_of_nobody(session) -> None:
    call = call_back(session, -30, agent="刘倩")
    assert opened(session) is None
    session.execute(edit(inquiry.NAME, call, agent=""))
    found = opened(session)
    assert found is not None
    assert (found.record.id, found.mine) == (call, False)


def test_who_has_no_name_is_offered_nothing_of_others(session) -> None:
    call_back(session, -30)
    assert opened(session, "") is None


@given(due=st.integers(0, 10**13), late=st.integers(0, 10**6))
def test_minutes_are_whole(due: int, late: int) -> None:
    assert Overdue(None, due, True).minutes(due + late * MINUTE + 59_999) == late


def _person(name: str):
    return create("person", name=name)
