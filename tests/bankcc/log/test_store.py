"""The tables of the log: what they take, what they refuse."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bankcc.database import Connection
from bankcc.errors import UserError
from bankcc.log import store
from bankcc.log.op import START, Op
from bankcc.log.store import LogRow
from bankcc.schema.change import Action
from bankcc.session import Session
from tests.properties.centers import open_center
from tests.properties.kinds import THING
from tests.properties.play import Entry, Play

RECORD = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_center(tmp_path / "center") as opened:
        yield opened


@pytest.fixture
def connection(session: Session) -> Connection:
    return session._opened.database.writer


def entries(count: int = 3) -> list[Entry]:
    play = Play(skew=False)
    play.write(play.laptops[0], THING, Action.CREATE, RECORD, {"title": "停电"})
    for n in range(count - 1):
        play.write(play.laptops[0], THING, Action.EDIT, RECORD, {"note": str(n)})
    return play.entries()


def put(connection: Connection, log: int, some: list[Entry]) -> None:
    store.append(connection, log, [(e.op.header.seq, e.op.header.record, e.stored) for e in some])


def test_what_was_appended_is_read_in_order(connection: Connection) -> None:
    some = entries()
    store.add_log(connection, LogRow(7, "乙.1", bytes(32), "乙", 1, None, 1))
    assert store.head(connection, 7) == (0, START)
    put(connection, 7, some)
    assert list(store.read(connection, 7)) == [entry.stored for entry in some]
    assert list(store.read(connection, 7, 2, 2)) == [some[1].stored]
    assert store.head(connection, 7) == (3, some[2].stored.hash)
    assert [row.no for row in store.logs(connection)] == [1, 7]


def test_one_place_holds_one_operation(session: Session, connection: Connection) -> None:
    store.add_log(connection, LogRow(7, "乙.1", bytes(32), "乙", 1, None, 1))
    put(connection, 7, entries())
    with pytest.raises(UserError), session._opened.database.transaction() as inside:
        put(inside, 7, entries()[:1])


def test_an_operation_needs_its_log(session: Session) -> None:
    with pytest.raises(UserError), session._opened.database.transaction() as inside:
        put(inside, 42, entries())


def test_operations_of_a_record_come_by_clock(connection: Connection) -> None:
    store.add_log(connection, LogRow(7, "乙.1", bytes(32), "乙", 1, None, 1))
    put(connection, 7, entries(5))
    found: list[Op] = store.of_record(connection, RECORD)
    assert [op.header.seq for op in found] == [1, 2, 3, 4, 5]
    assert store.of_record(connection, "nobody") == []


def test_erasing_takes_the_content_and_remembers(connection: Connection) -> None:
    some = entries()
    store.add_log(connection, LogRow(7, "乙.1", bytes(32), "乙", 1, None, 1))
    put(connection, 7, some)
    gone = some[1].stored.hash
    assert store.erase(connection, RECORD, [gone, bytes(32)]) == {RECORD}
    assert [stored.body is None for stored in store.read(connection, 7)] == [False, True, False]
    assert store.erasures(connection) == {gone, bytes(32)}  # one was named before it arrives
    assert store.erase(connection, "another record", [some[0].stored.hash]) == {RECORD}


def test_a_head_is_signed_once(connection: Connection) -> None:
    assert store.last_signed(connection, 1) == 0
    store.sign(connection, 1, 1, b"h", b"first")
    store.sign(connection, 1, 1, b"h", b"second")
    assert store.signatures(connection, 1) == {1: (b"h", b"first")}
    assert store.last_signed(connection, 1) == 1
