"""Fills a situation report from a session: what stood where at the end of the period, and what
came between its ends. Every telephone number is masked here, those in free texts too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bankcc.features import attendance, post, resource, task, timeline
from bankcc.i18n import _, ngettext
from bankcc.reports import figures, hotline
from bankcc.reports.document import Figure, Letterhead
from bankcc.reports.heading import letterhead
from bankcc.reports.incidents import current_incident
from bankcc.reports.list_data import list_report
from bankcc.reports.period import NEWS, entries, first_begin
from bankcc.reports.situation import (
    Decision,
    IncidentFacts,
    OpenTask,
    ResourceGap,
    SituationReport,
    StaffingRow,
    TaskLane,
    TimelineRow,
)
from bankcc.reports.text import masked_text
from bankcc.schema.fields import Value
from bankcc.schema.owner import name_of
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session

_ISSUE = "situation_issue"
_NEXT = 8
_LONGEST_TIMELINE = 1_000
_ANNEX = 150
"""Entries printed in the annex; a sentence says how many more the program shows."""
_TEXT = 300
"""Characters of one free text on paper; the whole text is in the record."""


@dataclass(frozen=True, slots=True)
class Issue:
    """The report that would be next: number and begin of its period (None: nothing began)."""

    number: int
    since: int | None


def next_issue(session: Session) -> Issue:
    """Number and begin of the next situation report; neither is used up before `issued`."""
    last = session.local.value(_ISSUE) or {}
    number, until = int(last.get("number", 0)) + 1, last.get("until")
    if isinstance(until, int):
        return Issue(number, until)
    return Issue(number, first_begin(session))


def issued(session: Session, *, number: int, until: int) -> None:
    """The report was written: the next one counts on from here."""
    session.local.set_value(_ISSUE, {"number": number, "until": until})


def situation_report(
    session: Session,
    *,
    since: int | None,
    until: int,
    issue_no: int | None,
    compiled_by: str = "",
    approved_by: str = "",
) -> SituationReport:
    """The report on `since` to `until` (UTC ms); `since` None: from where the first one begins."""
    found = current_incident(session, past=True)
    first = first_begin(session) if since is None else since
    begin = until if first is None else min(first, until)
    head = letterhead(
        session,
        _("Situation report"),
        found,
        generated_ms=session.clock.now_ms(),
        issue_no=issue_no,
        from_ms=begin,
        to_ms=until,
        compiled_by=compiled_by,
        approved_by=approved_by,
    )
    return _Filling(session, head, found, begin, until).report()


class _Filling:
    """One report being filled; every part of it looks at the same moment and period."""

    def __init__(
        self, session: Session, head: Letterhead, found: Record | None, begin: int, end: int
    ) -> None:
        self.session = session
        self.head = head
        self.incident = found
        self.begin = begin
        self.end = end
        self.tasks = session.find(
            Query("task", where=(Condition("status", "in", task.OPEN),), order="due")
        )
        self.groups = figures.staffing(session, figures.people_on_duty(session))
        self.gaps = [record for record in session.find(Query("resource")) if resource.gap(record)]
        self._entry_count = 0
        self.entries = self._entries()
        self.hotline = hotline.figures(
            session, head, begin=begin, end=end, started=min(self._started() or begin, begin)
        )

    def report(self) -> SituationReport:
        staffing = self._staffing()
        return SituationReport(
            letterhead=self.head,
            incident=self._facts(),
            summary=self._summary(),
            figures=self._figures(staffing),
            done=tuple(self._done()),
            problems=tuple(self._problems(staffing)),
            next_steps=tuple(self._next()),
            staffing=staffing,
            hotline=self.hotline,
            lanes=self._lanes(),
            gaps=tuple(self._gap(record) for record in self.gaps),
            decisions=tuple(self._decisions()),
            timeline=tuple(self._timeline()),
            timeline_more=max(self._entry_count - _ANNEX, 0),
        )

    def _shown(self, record: Record, name: str) -> str:
        return masked_text(self.session.display(record, name))

    def _started(self) -> int | None:
        started = self.incident["started"] if self.incident else None
        return started if isinstance(started, int) else None

    def _facts(self) -> IncidentFacts:
        found = self.incident
        if found is None:
            return IncidentFacts("", _("No incident entered"))
        show = self._shown
        outlets = found["outlets"]
        return IncidentFacts(
            number=found.number,
            name=text_of(found, "name"),
            trigger=" · ".join(
                part for part in (show(found, "trigger"), show(found, "cause")) if part
            ),
            level=show(found, "level"),
            outlets=tuple(map(masked_text, map(str, outlets))) if isinstance(outlets, list) else (),
            status=show(found, "status"),
            started_ms=self._started(),
        )

    def _summary(self) -> str:
        return text_of(self.incident, "facts") if self.incident else ""

    def _figures(self, staffing: tuple[StaffingRow, ...]) -> tuple[Figure, ...]:
        late = sum(task.overdue(record, self.end) for record in self.tasks)
        blocked = sum(bool(record["blocked"]) for record in self.tasks)
        owed = figures.count_calls(self.session, Condition("status", "in", figures.OWED))
        total, filled = sum(row.posts for row in staffing), sum(row.on_duty for row in staffing)
        return (
            Figure(_("Calls in the period"), str(self.hotline.total)),
            Figure(_("Calls still owed"), str(owed)),
            Figure(
                _("Open tasks"),
                str(len(self.tasks)),
                _("{late} late, {blocked} blocked").format(late=late, blocked=blocked),
            ),
            Figure(_("Posts filled"), f"{filled}/{total}"),
            Figure(_("Resource gaps"), str(len(self.gaps))),
        )

    def _staffing(self) -> tuple[StaffingRow, ...]:
        return tuple(
            StaffingRow(
                masked_text(group.name),
                len(group.posts),
                group.filled,
                tuple(map(self._missing, group.missing)),
            )
            for group in self.groups
        )

    def _missing(self, record: Record) -> str:
        holder = post.serving(record)
        name = self.session.link_title("person", holder) if holder else _("vacant")
        return masked_text(_("{post} ({name})").format(post=record.text("title"), name=name))

    def _lanes(self) -> tuple[TaskLane, ...]:
        lanes: dict[str, list[OpenTask]] = {}
        for record in self.tasks:
            lane = self._shown(record, "group") or _("Without a lane")
            lanes.setdefault(lane, []).append(self._open_task(record))
        return tuple(TaskLane(lane, tuple(tasks)) for lane, tasks in lanes.items())

    def _open_task(self, record: Record) -> OpenTask:
        show = self._shown
        status = show(record, "status")
        if record["blocked"]:
            status = _("{status}, blocked").format(status=status)
        return OpenTask(
            number=record.number,
            title=text_of(record, "title"),
            status=status,
            priority=show(record, "priority"),
            due=self._time(record["due"]),
            assignee=show(record, "assignee"),
            overdue=task.overdue(record, self.end),
        )

    def _time(self, value: Value) -> str:
        return self.head.moment(value)[5:] if isinstance(value, int) else ""

    # -- 2, 3, 4 -----------------------------------------------------------------------------------

    def _done(self) -> Iterator[str]:
        within = (Condition("done_at", ">=", self.begin), Condition("done_at", "<=", self.end))
        for record in self.session.find(Query("task", where=within, order="done_at")):
            outcome = text_of(record, "outcome")
            line = f"{self._time(record['done_at'])}  {text_of(record, 'title')}"
            yield _("{task}: {outcome}").format(task=line, outcome=outcome) if outcome else line

    def _problems(self, staffing: tuple[StaffingRow, ...]) -> Iterator[str]:
        for record in self.tasks:
            if record["blocked"]:
                yield _("{number} {title} is blocked: {reason}").format(
                    number=record.number,
                    title=text_of(record, "title"),
                    reason=text_of(record, "blocked_reason"),
                )
        late = [record for record in self.tasks if task.overdue(record, self.end)]
        if late:
            numbers = _(", ").join(record.number for record in late[:_NEXT])
            more = "…" if len(late) > _NEXT else ""
            yield ngettext(
                "{count} task is late: {numbers}", "{count} tasks are late: {numbers}", len(late)
            ).format(count=len(late), numbers=numbers + more)
        if missing := sum(row.posts - row.on_duty for row in staffing):
            yield ngettext(
                "{count} post is not filled.", "{count} posts are not filled.", missing
            ).format(count=missing)
        yield from self._urgent()
        for name in self._absent():
            yield _("{name} is absent.").format(name=name)

    def _urgent(self) -> Iterator[str]:
        escalated = Condition("status", "=", "escalated")
        for record in self.session.find(Query("inquiry", where=(escalated,), limit=_NEXT)):
            yield _("Urgent call {number}: {note}").format(
                number=record.number, note=text_of(record, "note")
            )
        more = figures.count_calls(self.session, escalated) - _NEXT
        if more > 0:
            yield _("Urgent calls: {count} more").format(count=more)

    def _absent(self) -> Iterator[str]:
        gone = Query("attendance", where=(Condition("status", "=", "absent"),))
        for record in self.session.find(gone):
            if attendance.current(self.session.desk(), record.text("person")) is None:
                yield self._shown(record, "person")

    def _next(self) -> Iterator[str]:
        expected = self.incident["expected_end"] if self.incident else None
        if isinstance(expected, int) and expected > self.end:
            yield _("Expected to reopen at {time}.").format(time=self._time(expected))
        coming = [record for record in self.tasks if isinstance(record["due"], int)]
        for record in [item for item in coming if not task.overdue(item, self.end)][:_NEXT]:
            assignee = self._shown(record, "assignee") or _("nobody yet")
            yield f"{self._time(record['due'])}  {text_of(record, 'title')} · {assignee}"

    def _gap(self, record: Record) -> ResourceGap:
        show = self._shown
        actual = show(record, "actual") or "0"
        if record.text("state") == "broken":
            actual = _("{count}, broken").format(count=actual)
        return ResourceGap(
            name=text_of(record, "name"),
            required=show(record, "required"),
            actual=actual,
            place=text_of(record, "place"),
            keeper=text_of(record, "keeper"),
        )

    # -- timeline ----------------------------------------------------------------------------------

    def _entries(self) -> list[Record]:
        """The entries of the period, oldest first: what people wrote, decisions and changes of
        state. Calls and who is on duty are counted elsewhere, and who was entered or got which
        task is no news.
        """
        within = (Condition("at", ">=", self.begin), Condition("at", "<=", self.end))
        found = []
        for part in NEWS:
            query = entries(part, *within, order="-at")
            self._entry_count += self.session.count(query)
            found += self.session.find(query.but(limit=_LONGEST_TIMELINE))
        return sorted(found, key=lambda record: (_moment(record), record.row))[-_LONGEST_TIMELINE:]

    def _decisions(self) -> Iterator[Decision]:
        for record in self.entries:
            if record.text("category") == "decision":
                yield Decision(_moment(record), self._sentence(record), self._author(record))

    def _timeline(self) -> Iterator[TimelineRow]:
        for record in self.entries[-_ANNEX:]:
            category = self._shown(record, "category")
            yield TimelineRow(
                _moment(record), category, self._sentence(record), self._author(record)
            )

    def _sentence(self, record: Record) -> str:
        return shortened(masked_text(timeline.sentence(self.session, record)))

    def _author(self, record: Record) -> str:
        return masked_text(name_of(record.text("author")))


def text_of(record: Record, name: str) -> str:
    """A free text as it may stand on paper."""
    return shortened(masked_text(record.text(name)))


def shortened(text: str) -> str:
    """One line of at most `_TEXT` characters."""
    line = " ".join(text.split())
    return line if len(line) <= _TEXT else line[: _TEXT - 1] + "…"


def _moment(record: Record) -> int:
    at = record["at"]
    return at if isinstance(at, int) else record.created


__all__ = [
    "Issue",
    "issued",
    "list_report",
    "next_issue",
    "shortened",
    "situation_report",
    "text_of",
]
