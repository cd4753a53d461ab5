"""Taking in another laptop's operations: union, gaps, damage, forks, erasures."""

from collections.abc import Callable, Sequence

import pytest

from bankcc.log import receive as receiving
from bankcc.log import store, writer
from bankcc.log.op import (
    OP_VERSION,
    Body,
    StoredOp,
    decode,
    encode_body,
    encode_header,
    header_hash,
    payload_hash,
)
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


def test_what_an_erasure_names_stays_named_after_another_erasure(
    new_center: Callable[..., Session],
) -> None:
    first, second, third, last = (new_center(label) for label in "甲乙丙丁")
    first.execute(create("person", name="要删的人"))
    record = first.get("person", "要删的人").id
    for other in (second, third):
        take(other, own_ops(first))
    third.execute(edit("person", record, phone="13900139000"))
    take(first, own_ops(third))
    first.erase("person", record, reason="本人要求")
    take(second, own_ops(first))
    second.erase("person", record, reason="又一次")  # without having seen the third laptop's edit
    number = next(row.no for row in store.logs(second.connection) if row.label == "甲")
    take(last, list(store.read(second.connection, number)))
    take(last, own_ops(second))
    take(last, own_ops(third))
    take(first, own_ops(second))
    for session in (first, last):
        assert session.get("person", record)["phone"] is None
        assert session.verify().problems == []


def test_an_erasure_applies_no_operation_of_a_newer_version(
    new_center: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    left, right = new_center("甲"), new_center("乙")
    left.execute(create("person", name="王敏"))
    record = left.get("person", "王敏").id
    with monkeypatch.context() as patch:
        patch.setattr(writer, "OP_VERSION", OP_VERSION + 1)
        left.execute(edit("person", record, phone="13900139000"))
    assert take(right, own_ops(left)).newer == 1
    erasing = left.get("person", record).id
    other = new_center("丙")
    take(other, own_ops(left)[:-1])
    other.erase("person", erasing, reason="本人要求")
    take(right, own_ops(other))
    assert right.get("person", record)["phone"] is None
    assert right.get("person", record)["name"] is None
    before = dict(right.get("person", record).values)
    right.rebuild()
    assert dict(right.get("person", record).values) == before


def altered(op: StoredOp, body: bytes, **header: object) -> StoredOp:
    """`op` with another content and header, hashed as a laptop would that means it."""
    assert op.salt is not None
    known = decode(op).header
    said = {name: getattr(known, name) for name in known.__struct_fields__}
    changed = type(known)(**said | {"payload_hash": payload_hash(op.salt, body)} | header)
    data = encode_header(changed)
    return StoredOp(data, header_hash(data), op.salt, body)


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (b"\x93", {}),
        (b"\x01", {}),
        (encode_body(Body("王", {"name": {"no": "value"}})), {}),
        (encode_body(Body("王", {"name": 1 << 63})), {}),
        (encode_body(Body("王", {"name": ["一", 1.5]})), {}),
        (encode_body(Body("王", {"name": "一"})), {"wall": 1 << 63}),
        (encode_body(Body("王", {"name": "一"})), {"hlc": -1}),
    ],
)
def test_what_no_view_can_hold_is_not_taken(
    new_center: Callable[..., Session], body: bytes, header: dict[str, object]
) -> None:
    left, right = new_center("甲"), new_center("乙")
    right.execute(create("person", name="一"))
    ops = own_ops(right)
    report = take(left, [*ops[:-1], altered(ops[-1], body, **header)])
    assert report.broken == [(decode(ops[-1]).header.log, len(ops))]
    assert report.added == len(ops) - 1
    assert names(left) == set()


def test_half_a_content_is_not_taken(new_center: Callable[..., Session]) -> None:
    left, right = new_center("甲"), new_center("乙")
    right.execute(create("person", name="一"))
    *before, last = own_ops(right)
    assert take(left, [*before, last._replace(salt=None)]).broken
    assert take(left, [last._replace(body=None)]).broken
    assert take(left, [last]).added == 1


@pytest.mark.parametrize("values", [{"public_key": "no key"}, {"public_key": "", "epoch": "一"}])
def test_a_log_must_say_properly_whose_it_is(
    new_center: Callable[..., Session], values: dict[str, object]
) -> None:
    left, right = new_center("甲"), new_center("乙")
    first = own_ops(right)[0]
    report = take(left, [altered(first, encode_body(Body("", values)))])
    assert report.broken == [(decode(first).header.log, 1)]
    assert len(store.logs(left.connection)) == 1


def test_batches_change_nothing(
    new_center: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    left, right, whole = new_center("甲"), new_center("乙"), new_center("丙")
    for name in ("一", "二", "要删的人"):
        right.execute(create("person", name=name))
        right.execute(edit("person", name, phone="13800138000"))
    right.erase("person", "要删的人", reason="本人要求")
    right.execute(edit("person", "一", phone="13900139000"))
    ops = own_ops(right)
    at_once = take(whole, ops)
    monkeypatch.setattr(receiving, "_BATCH", 2)
    in_parts = take(left, ops)
    assert (in_parts.added, in_parts.known) == (at_once.added, 0)
    assert in_parts.touched == at_once.touched
    people = [[r.values for r in s.find(Query("person", order="number"))] for s in (left, whole)]
    assert people[0] == people[1]
    assert left.verify().ok


def test_an_item_that_is_none_is_kept_but_not_shown(new_center: Callable[..., Session]) -> None:
    left, right = new_center("甲"), new_center("乙")
    right.execute(create("task", title="一"))
    *before, last = own_ops(right)
    odd = encode_body(Body("王", {"title": "一", "checklist/01": 5, "checklist/02": ["项", 0]}))
    assert take(left, [*before, altered(last, odd)]).broken == []
    (task,) = left.find(Query("task"))
    assert (task["title"], task["checklist"]) == ("一", [["02", "项", 0]])
