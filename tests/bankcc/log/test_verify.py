"""The check of the log: what it counts, where it stops. Tampering is in tests/properties."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bankcc.log import store
from bankcc.log.op import StoredOp, decode_header, encode_header, header_hash
from bankcc.log.verify import verify_log
from bankcc.schema.change import create
from bankcc.session import Session
from tests.properties.centers import open_center


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_center(tmp_path / "center") as opened:
        for _ in range(4):
            opened.execute(create("thing", title="停电"))
        yield opened


def test_counts(session: Session) -> None:
    report = verify_log(session.connection)
    assert report.ok
    assert (report.operations, report.logs, report.signed, report.unsigned_tail) == (5, 1, 0, 5)


def test_it_can_be_stopped_and_says_so(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        session.load(create("mate", name="王敏") for _ in range(2_100))
        done: list[int] = []
        report = verify_log(session.connection, lambda n: bool(done.append(n)))
        assert done == [2_000]
        assert len(report.problems) == 1
        assert verify_log(session.connection, lambda n: True).ok


def test_a_key_known_from_elsewhere_is_compared(session: Session) -> None:
    (row,) = store.logs(session.connection)
    assert verify_log(session.connection, keys={row.id: row.public_key}).ok
    assert verify_log(session.connection, keys={"another": bytes(32)}).ok
    assert not verify_log(session.connection, keys={row.id: bytes(32)}).ok


def test_operations_of_a_newer_version_are_checked_and_counted(session: Session) -> None:
    connection = session._opened.database.writer
    last = list(store.read(connection, 1))[-1]
    header = decode_header(last.header)
    newer = msgspec.structs.replace(header, version=9, seq=header.seq + 1, previous=last.hash)
    data = encode_header(newer)
    stored = StoredOp(data, header_hash(data), last.salt, last.body)
    store.append(connection, 1, [(newer.seq, newer.record, stored)])
    report = verify_log(connection)
    assert (report.newer, report.problems) == (1, [])


def test_every_fault_is_named_with_its_place(session: Session) -> None:
    connection = session._opened.database.writer
    connection.execute("DROP TRIGGER op_never_changes")
    connection.execute("UPDATE op SET hash = zeroblob(32) WHERE seq = 3")
    problems = verify_log(connection).problems
    assert len(problems) == 2
    assert "3" in problems[0]
    assert "4" in problems[1]
