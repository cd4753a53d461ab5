"""Evidence of tampering: whatever was done to the log before its signed head is reported."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from bankcc.database import Connection, DatabaseError
from bankcc.errors import UserError
from bankcc.log import store
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.properties import chain_checks
from tests.properties.centers import dump, open_center

ROUNDS = 25


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with chain_checks.signed_center(tmp_path_factory.mktemp("chain") / "center") as opened:
        yield opened


@pytest.mark.parametrize("tampering", chain_checks.TAMPERINGS)
def test_tampering_is_reported(
    session: Session, tampering: Callable[[Connection, Random], None]
) -> None:
    for seed in range(ROUNDS):
        chain_checks.check_reported(session, tampering, seed)


@pytest.mark.long
@pytest.mark.parametrize("tampering", chain_checks.TAMPERINGS)
def test_much_tampering_is_reported(
    session: Session, tampering: Callable[[Connection, Random], None]
) -> None:
    for seed in range(1_000, 2_000):
        chain_checks.check_reported(session, tampering, seed)


@pytest.mark.parametrize(
    "statement",
    [
        *(f"DELETE FROM {table}" for table in chain_checks.TABLES if table != "erasure"),
        "UPDATE op SET record = 'x'",
        "UPDATE op SET header = x'00' WHERE seq = 2",
        "UPDATE op_payload SET body = x'00'",
        "UPDATE head_signature SET signature = x'00'",
        "DELETE FROM op_payload WHERE seq = 3",
        "INSERT OR REPLACE INTO op SELECT log, seq, 'x', hash, header FROM op WHERE seq = 2",
        "INSERT OR REPLACE INTO op_payload SELECT log, seq, salt, x'00' FROM op_payload",
        "INSERT OR REPLACE INTO head_signature SELECT log, seq, hash, x'00' FROM head_signature",
    ],
)
def test_guards_refuse(session: Session, statement: str) -> None:
    guard = r"append-only|stay|only an erase"
    database = session._opened.database
    with (
        pytest.raises((DatabaseError, UserError), match=guard),
        database.transaction() as connection,
    ):
        connection.execute(statement)
    assert session.verify().problems == []


def test_a_whole_log_is_whole(session: Session) -> None:
    report = session.verify()
    assert report.ok
    assert report.signed == 1
    assert report.unsigned_tail == 6
    assert report.operations == store.count(session.connection)


def test_erasure_leaves_no_content_and_an_unbroken_chain(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with open_center(tmp_path_factory.mktemp("erase") / "center") as center:
        chain_checks._write(center, 3)
        gone = center.find(Query("thing"))[1]
        center.erase("thing", gone.id, reason="本人要求")
        report = center.verify()
        assert report.problems == []
        assert report.erased == 3
        before = dump(center)
        center.rebuild()
        assert dump(center) == before
        assert str(gone["title"]) not in str(dump(center)["thing"].get((gone.id,)))
        bodies = chain_checks.bodies(center._opened.database.writer)
        assert (
            sum(body is not None and body.values.get("phone") == "13912345678" for body in bodies)
            == 2
        )
        database = center._opened.database
        with pytest.raises(UserError, match="stay"), database.transaction() as connection:
            connection.execute("DELETE FROM erasure")
