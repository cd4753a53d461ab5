"""The task board on paper: a table of lanes and columns, lying, on A4 or A3.

Phones in titles and reasons are masked; what a filter left out is said in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bankcc.clock import local, zone
from bankcc.features import task
from bankcc.i18n import _
from bankcc.reports.document import Document, Letterhead
from bankcc.reports.fonts import load
from bankcc.reports.heading import letterhead
from bankcc.reports.incidents import current_incident
from bankcc.reports.page import A3, A4
from bankcc.reports.privacy import refuse_full_phones
from bankcc.reports.table import Column
from bankcc.reports.text import masked_text
from bankcc.schema.fields import Choice, Option
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session

PAPERS: Mapping[str, tuple[float, float]] = {"A4": A4, "A3": A3}
SIZES: Mapping[str, float] = {"A4": 8.5, "A3": 10.5}
"""A3 hangs on a wall and is read from further away."""
_UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class BoardLane:
    """A group with the texts of its cards in each column."""

    name: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BoardReport:
    """`columns`: heads with their counts; `filters` says in words what was left out."""

    letterhead: Letterhead
    columns: tuple[str, ...]
    lanes: tuple[BoardLane, ...]
    filters: str = ""
    total: int = 0
    late: int = 0
    blocked: int = 0


def board_report(
    session: Session, *, only: frozenset[str] | None = None, filters: str = ""
) -> BoardReport:
    """The board as it stands: every task, or those whose ids are in `only`."""
    head = letterhead(session, _("Task board"), current_incident(session, past=True))
    records = [
        record
        for record in session.find(Query(task.NAME, order="due"))
        if only is None or record.id in only
    ]
    lanes, columns = _options("group"), _options("status")
    cells: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        cells.setdefault((_known(record, "group", lanes), record.text("status")), []).append(record)
    named = [(lane.code, _(lane.label)) for lane in lanes] + [(_UNKNOWN, _("Without a lane"))]
    return BoardReport(
        letterhead=head,
        columns=tuple(
            f"{_(column.label)} {sum(r['status'] == column.code for r in records)}"
            for column in columns
        ),
        lanes=tuple(
            BoardLane(
                name,
                tuple(
                    tuple(_card(session, r, head) for r in cells.get((code, column.code), ()))
                    for column in columns
                ),
            )
            for code, name in named
            if any((code, column.code) in cells for column in columns)
        ),
        filters=masked_text(filters),
        total=len(records),
        late=sum(task.overdue(record, head.generated_ms) for record in records),
        blocked=sum(bool(record["blocked"]) for record in records),
    )


def render_board(
    report: BoardReport, target: Path, *, paper: str = "A4", fonts: Path | None = None
) -> Path:
    """Write the board as PDF to `target`. `paper`: A4 or A3. Returns `target`. Raises Refused if a
    full mobile number is in any text, StorageError if the disk refuses.
    """
    refuse_full_phones(report, reveal=False)
    document = Document(report.letterhead, load(fonts), landscape=True, paper=PAPERS[paper])
    document.head(
        [
            (_("As of"), report.letterhead.moment(report.letterhead.generated_ms)),
            (_("Tasks"), _numbers(report)),
            (_("Filter"), report.filters),
        ]
    )
    columns = [Column(_("Lane"), 0.6), *(Column(label, 2.0) for label in report.columns)]
    document.table(
        columns,
        [(lane.name, *("\n".join(cell) for cell in lane.cells)) for lane in report.lanes],
        size=SIZES[paper],
        empty=_("No tasks."),
    )
    return document.save(target)


def _numbers(report: BoardReport) -> str:
    return _("{total} in all, {late} late, {blocked} blocked").format(
        total=report.total, late=report.late, blocked=report.blocked
    )


def _options(name: str) -> tuple[Option, ...]:
    found = task.KIND.field(name)
    return found.options if isinstance(found, Choice) else ()


def _known(record: Record, name: str, options: tuple[Option, ...]) -> str:
    code = record.text(name)
    return code if any(option.code == code for option in options) else _UNKNOWN


def _card(session: Session, record: Record, head: Letterhead) -> str:
    """Two lines: what it is; who, until when, how far, what is in the way."""
    priority = "" if record["priority"] == "normal" else session.display(record, "priority")
    mark = {"critical": "▲", "urgent": "◆"}.get(record.text("priority"), "")
    first = " ".join(filter(None, (record.number, f"{mark}{priority}", record.text("title"))))
    parts = [session.display(record, "assignee"), _time(record, head)]
    if record["checklist"]:
        parts.append(session.display(record, "checklist"))
    if record["blocked"]:
        parts.append(_("▲ blocked: {reason}").format(reason=record.text("blocked_reason")))
    second = " · ".join(filter(None, parts))
    return masked_text("\n\u3000".join(filter(None, (first, second))))


def _time(record: Record, head: Letterhead) -> str:
    done = record["status"] == "done"
    moment = record["done_at"] if done else record["due"]
    if not isinstance(moment, int):
        return ""
    here = zone(head.zone)
    same_day = local(moment, here).date() == local(head.generated_ms, here).date()
    words = head.time_of_day(moment) if same_day else head.moment(moment)[5:]
    if task.overdue(record, head.generated_ms):
        return _("▲ {due} late").format(due=words)
    return f"✓ {words}" if done else words
