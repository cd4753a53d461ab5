"""What belongs to this laptop alone, encrypted beside the log: drafts, window state, the local
journal.

Never exchanged and kept by a rebuild. Two laptops that exchanged everything are equal although
this differs.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from bankcc.clock import Clock
from bankcc.database import Database

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


@dataclass(frozen=True, slots=True)
class Draft:
    """Something typed but not saved. `name` says where it belongs; `changed` in UTC ms."""

    name: str
    changed: int
    body: dict[str, Any]


class LocalState:
    """Reads and writes the local tables."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def value(self, name: str, default: Any = None) -> Any:
        """A local value such as window state, or `default`."""
        row = (
            self._database.reader()
            .execute("SELECT value FROM local_value WHERE name = ?", (name,))
            .fetchone()
        )
        return default if row is None else _decode(row[0]) if isinstance(row[0], bytes) else row[0]

    def set_value(self, name: str, value: Any) -> None:
        """Keep a local value (anything msgpack can hold)."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO local_value VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value"
                " = excluded.value",
                (name, _encode(value)),
            )

    def save_draft(self, name: str, body: dict[str, Any]) -> None:
        """Keep what is being typed; durable when it returns."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT(name)"
                " DO UPDATE SET changed = excluded.changed, body = excluded.body",
                (name, self._clock.now_ms(), _encode(body)),
            )

    def drop_draft(self, name: str) -> None:
        """The draft was saved as a record, or thrown away on purpose."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM draft WHERE name = ?", (name,))

    def drafts(self, prefix: str = "") -> list[Draft]:
        """Drafts whose name begins with `prefix`, oldest first."""
        rows = self._database.reader().execute(
            "SELECT name, changed, body FROM draft WHERE substr(name, 1, ?) = ? ORDER BY changed",
            (len(prefix), prefix),
        )
        return [Draft(name, changed, _decode(body)) for name, changed, body in rows]

    def note(self, who: str, what: str, detail: str) -> None:
        """Write the journal of exports, imports, sign-ins and reveals."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO journal (at, who, what, detail) VALUES (?, ?, ?, ?)",
                (self._clock.now_ms(), who, what, detail),
            )

    def journal(self, limit: int = 1_000) -> list[tuple[int, str, str, str]]:
        """(at, who, what, detail), newest first."""
        rows = self._database.reader().execute(
            "SELECT at, who, what, detail FROM journal ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [tuple(row) for row in rows]
