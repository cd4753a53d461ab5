"""The situation report: one picture of the center for people who were not in the room.

Its order is fixed: where we stand, what was done, problems and needs, what comes next, then the
timeline. `SituationReport` is plain data; whoever fills it masks phones, and rendering refuses if
one was forgotten.
"""

from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from bankcc.i18n import _, ngettext
from bankcc.reports.charts import call_chart, flow_chart
from bankcc.reports.document import Document, Figure, Letterhead
from bankcc.reports.figures import CallBuckets, CallFlow
from bankcc.reports.fonts import load
from bankcc.reports.privacy import refuse_full_phones
from bankcc.reports.table import SAMPLE, Column

LARGEST_TOPICS = 5
_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """The incident as the head shows it; `trigger`, `level` and `status` are labels, not codes."""

    number: str
    name: str
    trigger: str = ""
    level: str = ""
    outlets: tuple[str, ...] = ()
    status: str = ""
    started_ms: int | None = None


@dataclass(frozen=True, slots=True)
class StaffingRow:
    """A group: how many posts it has, how many are filled now, and which are not."""

    group: str
    posts: int
    on_duty: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is not finished. `overdue` sets it apart; all texts are labels."""

    number: str
    title: str
    status: str
    priority: str = ""
    due: str = ""
    assignee: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class TaskLane:
    """The open tasks of one group."""

    lane: str
    tasks: tuple[OpenTask, ...]


@dataclass(frozen=True, slots=True)
class HotlineFigures:
    """The hotline in the period: counts by status and by topic (largest first is not required)."""

    total: int = 0
    by_status: tuple[tuple[str, int], ...] = ()
    topics: tuple[tuple[str, int], ...] = ()
    buckets: CallBuckets = field(default_factory=CallBuckets)
    flow: CallFlow = field(default_factory=CallFlow)
    entered_later: int = 0
    """Calls from before the period that were entered within it, from paper: no earlier report
    could count them."""


@dataclass(frozen=True, slots=True)
class ResourceGap:
    """Something there is too little of."""

    name: str
    required: str
    actual: str
    place: str = ""
    keeper: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom, on what basis."""

    time_ms: int
    text: str
    decided_by: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of the timeline; `kind` is a label such as 任务 or 来电."""

    time_ms: int
    kind: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class SituationReport:
    """Everything the report shows. All texts are shown as they are, in the order given."""

    letterhead: Letterhead
    incident: IncidentFacts
    summary: str = ""
    figures: tuple[Figure, ...] = ()
    done: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    staffing: tuple[StaffingRow, ...] = ()
    hotline: HotlineFigures = field(default_factory=HotlineFigures)
    lanes: tuple[TaskLane, ...] = ()
    gaps: tuple[ResourceGap, ...] = ()
    decisions: tuple[Decision, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    timeline_more: int = 0
    """Earlier entries of the period that are not in `timeline`."""


def render_situation(
    report: SituationReport, target: Path, *, reveal: bool = False, fonts: Path | None = None
) -> Path:
    """Write the report as PDF to `target`, replacing what is there. Returns `target`.

    Raises Refused if a full mobile number is in any text and `reveal` is not set, StorageError if
    the disk refuses. `fonts`: another folder of fonts than the shipped one.
    """
    refuse_full_phones(report, reveal=reveal)
    document = Document(report.letterhead, load(fonts))
    document.head(_incident_facts(report))
    _overall(document, report)
    _done(document, report)
    _problems(document, report)
    _next(document, report)
    _timeline(document, report)
    return document.save(target)


def _incident_facts(report: SituationReport) -> list[tuple[str, str]]:
    incident = report.incident
    started = incident.started_ms
    return [
        (_("Incident"), "  ".join(part for part in (incident.number, incident.name) if part)),
        (_("Trigger"), incident.trigger),
        (_("Level"), incident.level),
        (_("Status"), incident.status),
        (_("Started"), report.letterhead.moment(started) if started is not None else ""),
        (_("Outlets affected"), _("; ").join(incident.outlets)),
    ]


def _overall(document: Document, report: SituationReport) -> None:
    document.section(_("1. Overall situation"))
    if report.summary:
        document.prose(report.summary)
    document.figures(report.figures)
    document.table(
        [
            Column(_("Group"), 2),
            Column(_("Posts"), 0.5, "right"),
            Column(_("On duty"), 0.5, "right"),
            Column(_("Missing"), 0.5, "right"),
            Column(_("Posts not filled"), 4),
        ],
        [
            (
                row.group,
                str(row.posts),
                str(row.on_duty),
                str(max(row.posts - row.on_duty, 0)),
                _(", ").join(row.missing),
            )
            for row in report.staffing
        ],
        title=_("Staffing"),
        empty=_("No posts in the plan."),
    )
    _hotline(document, report)


def _hotline(document: Document, report: SituationReport) -> None:
    hotline = report.hotline
    numbers = list(hotline.by_status)
    if hotline.entered_later:
        numbers.append((_("Entered now for earlier periods"), hotline.entered_later))
    counts = "  ·  ".join(f"{label} {count}" for label, count in numbers)
    ranked = sorted(hotline.topics, key=lambda item: -item[1])[:LARGEST_TOPICS]
    document.table(
        [
            Column(_("Largest topics"), 5),
            Column(_("Number of calls"), 1, "right"),
            Column(_("Share"), 1, "right"),
        ],
        [(label, str(count), f"{count / max(hotline.total, 1):.0%}") for label, count in ranked],
        title=ngettext("Hotline: {count} call", "Hotline: {count} calls", hotline.total).format(
            count=hotline.total
        ),
        lead=counts,
        empty=_("No calls in this period"),
    )
    if not hotline.buckets.total and not any(hotline.flow.calls):
        return
    fonts, width = document.sheet.fonts, document.sheet.span
    for title, chart in (
        (_chart_title(report), call_chart(hotline.buckets, fonts, width)),
        (_flow_title(report), flow_chart(hotline.flow, fonts, width)),
    ):
        document.subsection(title, keep=chart.height)
        document.drawing(chart)


def _chart_title(report: SituationReport) -> str:
    """What the bars show, and of which hours: a long period has more than fit on paper."""
    buckets, notes = report.hotline.buckets, []
    if buckets.window is not None:
        notes.append(_window(report.letterhead, *buckets.window))
    if buckets.last_incomplete and buckets.total:
        notes.append(_("hatched: not complete yet"))
    if not notes:
        return _("Calls per 15 minutes by category")
    return _("Calls per 15 minutes by category ({notes})").format(notes=_("; ").join(notes))


def _window(head: Letterhead, begin: int, end: int) -> str:
    first, last = head.moment(begin), head.moment(end)
    # The day is said only where it changes.
    span = f"{first[5:]}–{last[5:]}" if first[:10] != last[:10] else f"{first[11:]}–{last[11:]}"
    if head.from_ms is not None and begin <= head.from_ms:
        return _("whole period, {span}").format(span=span)
    hours = max(round((end - begin) / _HOUR_MS), 1)
    return _("last {hours} hours, {span}").format(hours=hours, span=span)


def _flow_title(report: SituationReport) -> str:
    """The lines count from the start of the incident, which the period may not reach back to."""
    since = report.hotline.flow.since_ms
    if since is None:
        return _("Calls and closures since the start")
    return _("Calls and closures since {time}").format(time=report.letterhead.moment(since))


def _done(document: Document, report: SituationReport) -> None:
    document.section(_("2. Done"))
    document.points(report.done, empty=_("Nothing new in this period."))
    moment = report.letterhead.moment
    document.table(
        [
            Column(_("Time"), 0.8),
            Column(_("Decision"), 4),
            Column(_("Decided by"), 1),
            Column(_("Basis"), 2),
        ],
        [(moment(d.time_ms), d.text, d.decided_by, d.basis) for d in report.decisions],
        title=_("Decisions"),
        empty=_("No decisions in this period."),
    )


def _problems(document: Document, report: SituationReport) -> None:
    document.section(_("3. Problems and needs"))
    document.points(report.problems, empty=_("No problems reported."))
    document.table(
        [
            Column(_("Resource"), 3),
            Column(_("Required"), 0.6, "right"),
            Column(_("Actual"), 0.6, "right"),
            Column(_("Place"), 2),
            Column(_("Keeper"), 1),
        ],
        [(gap.name, gap.required, gap.actual, gap.place, gap.keeper) for gap in report.gaps],
        title=_("Resource gaps"),
        empty=_("No gaps: everything on the lists is there."),
    )


def _next(document: Document, report: SituationReport) -> None:
    document.section(_("4. Next steps"))
    document.points(report.next_steps, empty=_("Nothing planned yet."))
    columns = [
        Column(_("Number"), 0.6),
        Column(_("Task"), 4),
        Column(_("Status"), 0.6),
        Column(_("Priority"), 0.5),
        Column(_("Due"), 0.8),
        Column(_("Assignee"), 0.8),
    ]
    rows = [[_task_cells(task) for task in lane.tasks] for lane in report.lanes]
    for lane, own in zip(report.lanes, rows, strict=True):
        document.table(
            columns,
            own,
            title=ngettext(
                "{lane}: {count} open task", "{lane}: {count} open tasks", len(own)
            ).format(lane=lane.lane, count=len(own)),
            alike=list(chain.from_iterable(rows))[:SAMPLE],
            empty=_("No open tasks."),
        )


def _task_cells(task: OpenTask) -> tuple[str, ...]:
    return (task.number, task.title, task.status, task.priority, _due(task), task.assignee)


def _due(task: OpenTask) -> str:
    """Lateness in words and shape, never by colour alone."""
    return _("▲ {due} late").format(due=task.due).strip() if task.overdue else task.due


def _timeline(document: Document, report: SituationReport) -> None:
    document.section(_("Annex: timeline of the period"))
    moment = report.letterhead.moment
    document.table(
        [
            Column(_("Time"), 0.8),
            Column(_("Kind"), 0.6),
            Column(_("What"), 5),
            Column(_("Who"), 0.8),
        ],
        [(moment(row.time_ms), row.kind, row.text, row.who) for row in report.timeline],
        empty=_("No entries in this period."),
    )
    if report.timeline_more:
        document.prose(
            ngettext(
                "{count} earlier entry: see the timeline in the program.",
                "{count} earlier entries: see the timeline in the program.",
                report.timeline_more,
            ).format(count=report.timeline_more)
        )
