"""What must hold of the views of a real center, as functions that tests and planted bugs call."""

from pathlib import Path
from random import Random

from bankcc.log import store
from bankcc.log.op import DEVICE_KIND, decode
from bankcc.log.views import record_columns, record_of
from bankcc.schema.fields import Count
from bankcc.session import Session
from tests.properties import reference
from tests.properties.centers import Meeting, dump, open_center, receive, table_rows
from tests.properties.kinds import KINDS
from tests.properties.play import Step


def random_steps(seed: int, count: int) -> list[Step]:
    rng = Random(seed)
    return [
        (rng.randrange(8), rng.randrange(12), rng.randrange(9), rng.randrange(9), rng.randrange(10))
        for _ in range(count)
    ]


def meet(folder: Path, seed: int, count: int) -> Meeting:
    """A center after `count` random steps; everything has arrived at the end."""
    meeting = Meeting(open_center(folder, seed), seed=seed)
    for step in random_steps(seed, count):
        meeting.step(step)
    for laptop in meeting.play.laptops:
        meeting.hear(laptop)
    return meeting


def check_rebuild(meeting: Meeting) -> None:
    """Built step by step or from scratch: same rows, alternatives, origins, search results."""
    before = dump(meeting.session)
    meeting.session.rebuild()
    after = dump(meeting.session)
    assert after == before


def check_promise(meeting: Meeting) -> None:
    """Every row says what the promise says; conflicts are counted; deleted ones are not found."""
    connection = meeting.session._opened.database.writer
    counted: dict[tuple[str, str], int] = {}
    for kind, record in connection.execute("SELECT DISTINCT kind, record FROM alternative"):
        fields = connection.execute(
            "SELECT DISTINCT field FROM alternative WHERE kind = ? AND record = ?", (kind, record)
        ).fetchall()
        counted[kind, record] = len(fields)
    for (kind_name, record), ops in meeting.play.records(meeting.play.known(meeting.us)).items():
        if kind_name == DEVICE_KIND:
            continue
        kind = KINDS[kind_name]
        want = reference.expected(kind, ops, meeting.play.knew)
        columns = f"{record_columns(kind)}, hidden"
        row = connection.execute(
            f"SELECT {columns} FROM {kind.table} WHERE id = ?", (record,)
        ).fetchone()
        assert row is not None
        said = record_of(kind, row[:-1])
        assert dict(said.values) == want.shown
        assert bool(row[-1]) == want.hidden
        assert said.deleted_by in want.marked if want.marked else said.deleted_by == ""
        assert said.conflicts == counted.get((kind_name, record), 0)
        differing = _alternative_refs(meeting, kind_name, record)
        assert {n: refs for n, refs in differing.items() if n in want.others} == want.others
        assert all(
            isinstance(kind.by_name.get(n), Count) for n in set(differing) - set(want.others)
        )


def _alternative_refs(meeting: Meeting, kind: str, record: str) -> dict[str, set[bytes]]:
    found: dict[str, set[bytes]] = {}
    for field, ref in meeting.session._opened.database.writer.execute(
        "SELECT field, ref FROM alternative WHERE kind = ? AND record = ?", (kind, record)
    ):
        found.setdefault(field, set()).add(ref)
    return found


def check_other_center(meeting: Meeting, folder: Path) -> None:
    """Another laptop with the same operations, come in any order and portions, is equal."""
    with open_center(folder, seed=99) as other:
        _copy(meeting, other)
        assert dump(other) == dump(meeting.session)


def _copy(meeting: Meeting, other: Session) -> None:
    rng = meeting.rng
    source = meeting.session._opened.database.writer
    rows, ops = [], []
    with other._opened.database.transaction() as connection:
        for row in store.logs(source):
            store.add_log(connection, row._replace(no=row.no + 1))
    for row in store.logs(source):
        stored = list(store.read(source, row.no))
        decoded = [decode(one) for one in stored]
        ops += decoded
        pairs = zip(decoded, stored, strict=True)
        rows.append((row.no + 1, [(op.header.seq, op.header.record, one) for op, one in pairs]))
    receive(other, rows, [])
    rng.shuffle(ops)
    while ops:
        take = rng.choice((1, 7, 60, 700))
        receive(other, [], ops[:take])
        del ops[:take]


def check_numbers(meeting: Meeting) -> None:
    """No laptop hands out a number twice."""
    for name, kind in KINDS.items():
        numbers = [
            op.header.number
            for op in meeting.play.ops()
            if op.header.kind == name and op.header.action == "create"
        ]
        assert len(set(numbers)) == len(numbers)
        ours = [number for number in numbers if number.startswith(f"甲-{kind.letter}-")]
        assert [int(n.rpartition("-")[2]) for n in ours] == list(range(1, len(ours) + 1))


def check_erasure(meeting: Meeting, count: int = 12) -> None:
    """What was erased is gone from rows, alternatives, origins, index and log; the chain holds."""
    connection = meeting.session._opened.database.writer
    for name in ("thing", "mate", "timeline"):
        ids = [
            row[0] for row in connection.execute(f"SELECT id FROM {KINDS[name].table} ORDER BY id")
        ]
        written = [
            i
            for i in ids
            if connection.execute("SELECT 1 FROM op WHERE record = ?", (i,)).fetchone()
        ]
        for record in meeting.rng.sample(written, min(count, len(written))):
            meeting.session.erase(name, record, reason="本人要求")
            row = table_rows(connection, KINDS[name].table, ("id",))[(record,)]
            assert not any(
                isinstance(row[item.name], str) and row[item.name] for item in KINDS[name].fields
            )
    meeting._join()
    check_rebuild(meeting)
    assert meeting.session.verify().problems == []
