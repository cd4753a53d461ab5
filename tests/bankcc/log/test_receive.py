"""Taking in another laptop's operations: union, gaps, damage, forks, erasures."""

from collections.abc import Callable, Sequence

from bankcc.log import store
from bankcc.log.op import StoredOp
from bankcc.log.receive import ReceiveReport, receive
from bankcc.schema.change import create, edit, settle
from bankcc.schema.query import Query
from bankcc.session import Session


def own_ops(session: Session) -> list[StoredOp]:
    """Everything this laptop wrote."""
    return list(store.read(session.connection, session._path._writer.log))


def take(session: Session, ops: Sequence[StoredOp]) -> ReceiveReport:
    reports: list[ReceiveReport] = []
    session._path.maintain(
        lambda connection: reports.append(receive(connection, session._views, ops))
    )
    return reports[0]


def names(session: Session) -> set[str]:
    return {str(record["name"]) for record in session.find(Query("person"))}


def test_two_laptops_hold_the_same_after_exchanging(new_center: Callable[..., Session]) -> None:
    left, right = new_center("甲"), new_center("乙")
    left.execute(create("person", name="王敏"))
    right.execute(create("person", name="陈刚"))
    assert take(left, own_ops(right)).added > 0
    assert take(right, own_ops(left)).added > 0
    assert names(left) == names(right) == {"王敏", "陈刚"}
    again = take(left, own_ops(right))
    assert (again.added, again.known) == (0, len(own_ops(right)))
    left.execute(create("person", name="刘倩"))
    assert left.get("person", "刘倩").number == "甲-P-0002"
    assert left.verify().ok
    assert right.verify().ok


def test_concurrent_edits_are_both_kept_and_one_resolves_them(
    new_center: Callable[..., Session],
) -> None:
    left, right = new_center("甲"), new_center("乙")
    left.execute(create("person", name="王敏", phone="13800138000"))
    take(right, own_ops(left))
    left.execute(edit("person", "王敏", phone="13900139000"))
    right.execute(edit("person", "王敏", phone="13700137000"))
    take(left, own_ops(right))
    take(right, own_ops(left))
    shown = {str(session.get("person", "王敏")["phone"]) for session in (left, right)}
    assert len(shown) == 1
    (other,) = left.alternatives(critical_only=True)
    assert {str(other.value), *shown} == {"13900139000", "13700137000"}
    left.execute(
        edit("person", "王敏", phone="13700137000" if "13900139000" in shown else "13900139000")
    )
    assert left.alternatives() == []
    take(right, own_ops(left))
    assert right.alternatives() == []


def test_the_shown_value_can_be_kept_against_the_other(new_center: Callable[..., Session]) -> None:
    left, right = new_center("甲"), new_center("乙")
    left.execute(create("person", name="王敏", phone="13800138000"))
    take(right, own_ops(left))
    left.execute(edit("person", "王敏", phone="13900139000"))
    right.execute(edit("person", "王敏", phone="13700137000"))
    take(left, own_ops(right))
    shown = left.get("person", "王敏")["phone"]
    left.execute(settle("person", "王敏", phone=shown))
    assert left.alternatives() == []
    assert left.get("person", "王敏")["phone"] == shown


def test_a_gap_is_named_and_nothing_after_it_is_taken(new_center: Callable[..., Session]) -> None:
    left, right = new_center("甲"), new_center("乙")
    for name in ("一", "二", "三"):
        right.execute(create("person", name=name))
    ops = own_ops(right)
    report = take(left, [*ops[:2], *ops[3:]])
    assert report.missing
    assert report.added == 2
    assert take(left, ops).added == len(ops) - 2
    assert names(left) == {"一", "二", "三"}


def test_changed_bytes_are_not_taken(new_center: Callable[..., Session]) -> None:
    left, right = new_center("甲"), new_center("乙")
    right.execute(create("person", name="一"))
    ops = own_ops(right)
    last = ops[-1]
    assert last.body is not None
    forged = last._replace(body=last.body.replace("一".encode(), "假".encode()))
    report = take(left, [*ops[:-1], forged])
    assert report.broken
    assert names(left) == set()
    assert take(left, ops).added == 1


def test_a_fork_keeps_both_branches(new_center: Callable[..., Session]) -> None:
    left, right = new_center("甲"), new_center("乙")
    right.execute(create("person", name="共同"))
    common = own_ops(right)
    right.execute(create("person", name="原来的"))
    original = own_ops(right)
    # The same laptop's folder, copied before the last operation and continued.
    writer = right._path._writer
    connection = right._opened.database.writer
    connection.execute("DROP TRIGGER op_never_goes")
    connection.execute("DROP TRIGGER payload_goes_only_when_erased")
    connection.execute("DELETE FROM op WHERE log = ? AND seq > ?", (writer.log, len(common)))
    connection.execute(
        "DELETE FROM op_payload WHERE log = ? AND seq > ?", (writer.log, len(common))
    )
    right.rebuild()
    right.execute(create("person", name="复制后的"))
    copied = own_ops(right)
    assert take(left, original).forks == []
    report = take(left, copied)
    assert report.forks == [(writer.device.log_id, len(common) + 1)]
    assert names(left) == {"共同", "原来的", "复制后的"}
    assert left.verify().ok
    before = names(left)
    left.rebuild()
    assert names(left) == before
    right.execute(create("person", name="又一个"))
    more = take(left, own_ops(right))
    assert (more.added, more.forks) == (1, [])


def test_an_erasure_is_obeyed_before_and_after_what_it_erases(
    new_center: Callable[..., Session],
) -> None:
    left, right, late = new_center("甲"), new_center("乙"), new_center("丙")
    right.execute(create("person", name="要删的人", phone="13800138000"))
    take(left, own_ops(right))
    right.erase("person", "要删的人", reason="本人要求")
    take(left, own_ops(right))
    assert names(left) == {"None"}
    assert left.search("要删") == []
    assert left.verify().ok
    take(late, own_ops(right))
    assert names(late) == {"None"}
