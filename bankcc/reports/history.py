"""The reports this laptop has written: what, when, by whom, into which file.

Rule: local to the laptop, like the issue number it counts; the newest come first.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bankcc.schema.owner import name_of
from bankcc.session import Session

_NAME = "reports.written"
MOST = 300
"""So many are remembered; the journal keeps them all."""


@dataclass(frozen=True, slots=True)
class Written:
    """One report. `report` names its sort, `number` is its issue (0: not counted), `at` UTC ms."""

    report: str
    number: int
    at: int
    by: str
    file: str

    @property
    def path(self) -> Path:
        """Where it was written to."""
        return Path(self.file)


def remember(session: Session, report: str, path: Path, *, number: int = 0) -> Written:
    """`path` was written now by the person at work. A center open for reading keeps no list."""
    who = name_of(session.user)
    made = Written(report, number, session.clock.now_ms(), who, str(path))
    if session.can_write:
        kept = [asdict(made), *map(asdict, history(session))]
        session.local.set_value(_NAME, kept[:MOST])
    return made


def history(session: Session) -> Sequence[Written]:
    """What was written, newest first. Entries of another version that lack a part are left out."""
    kept: Any = session.local.value(_NAME) or ()
    return [Written(**entry) for entry in kept if set(entry) == set(Written.__slots__)]
