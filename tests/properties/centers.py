"""A real center among laptops of a play: its verbs, what it receives, and what it shows."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any, Self

from bankcc.clock import ManualClock
from bankcc.database import Connection
from bankcc.errors import UserError
from bankcc.features import timeline
from bankcc.ids import SeededChance
from bankcc.log import store
from bankcc.log.op import DEVICE_KIND, Op, decode
from bankcc.log.store import LogRow
from bankcc.paths import Paths
from bankcc.schema.change import Action, Change, Verb, adjust, create, delete, edit
from bankcc.schema.fields import Checklist, Count
from bankcc.schema.query import Query
from bankcc.schema.record import Record, RecordKind
from bankcc.session import Session
from tests.properties.kinds import ITEMS, KINDS, WORDS, value_for
from tests.properties.play import NOW_MS, Laptop, Play, Step

SOUGHT = (
    *("停", "电", "停电", "网点停业", "备用", "曾", "曾小贤", "zxx", "cxx", "panel", "pan", "警报"),
    *(
        "1391",
        "5678",
        "3124",
        "13912345678",
        "4008123456",
        "甲-X-0001",
        "乙-X-0002",
        "3层",
        "没有的词",
        "项01",
    ),
)
Dump = dict[str, Any]


def open_center(folder: Path, seed: int = 0, kinds: Mapping[str, RecordKind] = KINDS) -> Session:
    """A fresh center without a passphrase."""
    session, _recovery = Session.create(
        Paths(folder),
        name="示例",
        passphrase=None,
        demo=True,
        clock=ManualClock(NOW_MS, step_ms=1),
        chance=SeededChance(seed),
        kinds=kinds,
    )
    session.user = "王敏 · 热线坐席"
    return session


def dump(session: Session) -> Dump:
    """Everything the views show, by record id: without local row numbers and packed heads."""
    connection = session._opened.database.writer
    found: Dump = {}
    for name, kind in session.kinds.items():
        found[name] = table_rows(connection, kind.table, ("id",))
        found[f"search {name}"] = {
            word: sorted(hit.record.id for hit in session.search(word, kinds=[name], limit=10_000))
            for word in SOUGHT
        }
    found["alternative"] = table_rows(connection, "alternative", ("kind", "record", "field", "ref"))
    found["origin"] = table_rows(connection, "origin", ("hash", "kind", "record"))
    return found


def table_rows(
    connection: Connection, table: str, key: tuple[str, ...]
) -> dict[tuple[Any, ...], Any]:
    cursor = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return {
        tuple(row[name] for name in key): {
            name: value for name, value in row.items() if name not in ("row", "heads")
        }
        for row in rows
    }


def receive(session: Session, rows: Iterable[tuple[int, list[Any]]], ops: list[Op]) -> None:
    """Put operations of other logs into the tables and the views, as a merge does."""
    with session._opened.database.transaction() as connection:
        for log, stored in rows:
            store.append(connection, log, stored)
        session._views.apply(connection, [op for op in ops if op.header.kind != DEVICE_KIND])


class Meeting:
    """A center and the other laptops: what the center writes joins the play, with what it knew."""

    def __init__(self, session: Session, *, seed: int = 0) -> None:
        self.session = session
        self.rng = Random(seed)
        self.play = Play("乙丙", seed=seed)
        log_id = session._opened.device.log_id
        self.us = Laptop(log_id.partition(".")[0], ManualClock(NOW_MS))
        self.us.reach[log_id] = 0
        self.log_id = log_id
        self.numbers = {log_id: 1}
        self.refused = 0
        self._join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.session.close()

    def _join(self) -> None:
        """Our newest operations become part of the play."""
        connection = self.session._opened.database.writer
        start = self.us.reach[self.log_id] + 1
        known = {op.ref for op in self.play.known(self.us)}
        for stored in store.read(connection, 1, start):
            self.play.adopt(stored, frozenset(known))
            known.add(decode(stored).ref)
            self.us.reach[self.log_id] += 1

    def verb(self, verb: Verb | str) -> None:
        """Execute, undo or redo; a refusal is an outcome like any other."""
        try:
            match verb:
                case "undo":
                    self.session.undo()
                case "redo":
                    self.session.redo()
                case Verb():
                    self.session.execute(verb)
        except UserError:
            self.refused += 1
        self._join()

    def hear(self, laptop: Laptop) -> None:
        """Take in everything `laptop` knows that is new here, in one go and in any order."""
        rows: list[tuple[int, list[Any]]] = []
        ops: list[Op] = []
        for log, reach in laptop.reach.items():
            have = self.us.reach.get(log, 0)
            if log == self.log_id or reach <= have:
                continue
            entries = self.play.logs[log][have:reach]
            rows.append(
                (
                    self._number(log),
                    [(e.op.header.seq, e.op.header.record, e.stored) for e in entries],
                )
            )
            ops += [entry.op for entry in entries]
            self.us.reach[log] = reach
        self.rng.shuffle(ops)
        receive(self.session, rows, ops)

    def _number(self, log: str) -> int:
        if log not in self.numbers:
            self.numbers[log] = len(self.numbers) + 1
            with self.session._opened.database.transaction() as connection:
                row = LogRow(self.numbers[log], log, bytes(32), log[0], 1, None, 1)
                store.add_log(connection, row)
        return self.numbers[log]

    def step(self, step: Step) -> None:
        """Something happens at the center, elsewhere, or between."""
        who, what, target, which, choice = step
        other = self.play.laptops[target % 2]
        match who % 8:
            case 0 | 1 | 2:
                self.play.step((target, *step[1:]))
            case 3 if what < 4:
                self.hear(other)
                self.play.exchange(self.us, other)
            case 3 if what < 8:
                self.play.exchange(self.us, other)
            case 4 if what < 6:
                self.verb("undo" if what < 4 else "redo")
            case 5 if what == 11:
                self._load(target, choice)
            case _:
                verb = self._verb(what, target, which, choice)
                if verb:
                    self.verb(verb)

    def _load(self, target: int, count: int) -> None:
        """Several verbs in one commit, as an import does; one that is refused takes all with it."""
        verbs = [self._verb(n * 5 + target, target + n, n, count) for n in range(count + 2)]
        try:
            self.session.load(verb for verb in verbs if verb)
        except UserError:
            self.refused += 1
        self._join()

    def _some(self, kind: str, target: int) -> Record | None:
        rows = self.session.find(Query(kind, order="-row", limit=5))
        return rows[target % len(rows)] if rows else None

    def _verb(self, what: int, target: int, which: int, choice: int) -> Verb | None:
        word = WORDS[choice % len(WORDS)]
        thing = self._some("mate" if which == 8 and what > 4 else "thing", target)
        match what % 12:
            case 0 if choice < 5:
                return create(
                    "thing", title=word, list="甲\n乙" if which % 2 else None, stock=choice
                )
            case 0:
                return create("mate", name=word)
            case 3 if which < 3:
                return timeline.note(text=word, author="王敏")
        if which == 7 and what % 12 == 5:
            entries = self.session.find(Query("timeline", order="-row", limit=30))
            typed = [entry for entry in entries if entry.number]
            return delete("timeline", typed[target % len(typed)].id) if typed else None
        if thing is None:
            return None
        match what % 12:
            case 4 if thing.kind == "thing":
                return adjust("thing", thing.id, stock=choice - 4)
            case 5:
                return delete(thing.kind, thing.id)
            case 6:
                return _both(thing, word)
            case _:
                return self._edit(thing, which, choice)

    def _edit(self, record: Record, which: int, choice: int) -> Verb:
        kind = KINDS[record.kind]
        item = kind.fields[which % len(kind.fields)]
        if isinstance(item, Checklist):
            items = [[key, f"项{key}", int(choice > 4)] for key in ITEMS[: choice % 4]]
            return edit(kind.name, record.id, list=items)
        value = choice if isinstance(item, Count) else value_for(item, choice)
        return edit(kind.name, record.id, **{item.name: value})


def _both(record: Record, word: str) -> Verb:
    """A verb of several operations: a change, a note about it, a new record."""
    name = "title" if record.kind == "thing" else "name"
    changes = [
        Change(record.kind, Action.EDIT, record.id, {name: word}),
        Change("timeline", Action.CREATE, values={"text": word, "at": NOW_MS}),
        Change("mate", Action.CREATE, values={"name": word}, origin=f"row{len(word)}"),
    ]
    return Verb("thing.both", lambda _desk: changes)
