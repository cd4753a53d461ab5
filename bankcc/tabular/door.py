"""What import and export ask of the session. Nothing here reads or writes in any other way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from bankcc.schema.change import Verb
from bankcc.schema.query import Query
from bankcc.schema.record import Record, RecordKind


class Reader(Protocol):
    """A center that can be looked into."""

    @property
    def kinds(self) -> Mapping[str, RecordKind]: ...

    def find(self, query: Query) -> list[Record]: ...

    def get(self, kind: str, key: str) -> Record: ...

    def known_origin(self, hash_: str, /) -> str:
        """The record that a file's row with this identity became, "" for none."""
        ...

    def ids(self, query: Query) -> Sequence[int]: ...

    def rows(self, kind: str, rows: Sequence[int]) -> list[Record | None]: ...

    def display(self, record: Record, field: str, *, reveal: bool = False) -> str: ...


class Center(Reader, Protocol):
    """A center that can be written to."""

    def load(
        self,
        verbs: Iterable[Verb],
        *,
        per_commit: int = 5000,
        progress: Callable[[int], bool] | None = None,
    ) -> int: ...
