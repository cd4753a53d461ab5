"""The oracle of the fault tests: what a center holds, so that two openings can be compared."""

from dataclasses import dataclass
from typing import Any

import msgspec

from bankcc.log import store
from bankcc.session import Session

SEARCHED = ("甲", "呼叫", "转账", "1380")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The end of the log after a verb returned. Its hash vouches for every operation before it."""

    seq: int
    hash: bytes

    @classmethod
    def head(cls, session: Session) -> "Acknowledged":
        seq, hash_ = store.head(session.connection, 1)
        return cls(seq, hash_)


def lost(session: Session, acknowledged: list[Acknowledged]) -> list[str]:
    """What was acknowledged and is not there, or is there otherwise; what breaks the log."""
    found = dict(session.connection.execute("SELECT seq, hash FROM op WHERE log = 1").fetchall())
    problems = [
        f"operation {ack.seq} was acknowledged"
        for ack in acknowledged
        if found.get(ack.seq) != ack.hash
    ]
    if sorted(found) != list(range(1, len(found) + 1)):
        problems.append(f"the sequence has gaps: {len(found)} operations, last {max(found)}")
    return problems + session.verify().problems


def views(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every view row by record id, without local row numbers; the index by what it finds."""
    connection = session.connection
    found: dict[str, list[tuple[Any, ...]]] = {}
    for kind in session.kinds.values():
        cursor = connection.execute(f"SELECT * FROM {kind.table} ORDER BY id")
        names = [column[0] for column in cursor.description]
        found[kind.name] = [canonical(dict(zip(names, row, strict=True))) for row in cursor]
        for word in SEARCHED:
            hits = session.search(word, kinds=(kind.name,), limit=10_000)
            found[f"{kind.name}: {word}"] = sorted((hit.record.id,) for hit in hits)
    for table in ("alternative", "origin"):
        found[table] = rows(connection, f"SELECT * FROM {table} ORDER BY 1, 2, 3")
    return found


def canonical(row: dict[str, Any]) -> tuple[Any, ...]:
    """A view row without its local number; the order in which heads are packed means nothing."""
    del row["row"]
    packed = msgspec.msgpack.decode(row.pop("heads"))
    heads = [sorted(part.items()) if isinstance(part, dict) else part for part in packed]
    return (*row.values(), repr(heads))


def rows(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    """All rows as plain tuples."""
    return [tuple(row) for row in connection.execute(sql)]


def rebuilt_differs(session: Session) -> list[str]:
    """Tables whose content changes when the whole log is folded again."""
    before = views(session)
    session.rebuild()
    after = views(session)
    return [
        f"{name}: {sorted(set(before[name]) ^ set(after[name]), key=repr)}"
        for name in before
        if before[name] != after[name]
    ]
