"""The reports one can choose from: what each is about, what it is called as a file, and the work
that writes it.
"""

from dataclasses import dataclass
from pathlib import Path

from bankcc.clock import local, to_ms
from bankcc.features import answer_card, inquiry, person, post, resource, task, timeline
from bankcc.i18n import N_, _, ngettext
from bankcc.reports.board import board_report, render_board
from bankcc.reports.current import URGENT
from bankcc.reports.data import Issue, next_issue
from bankcc.reports.history import remember
from bankcc.schema.query import Condition, Query
from bankcc.session import Session
from ui.dialogs.writing import Produce
from ui.jobs import Progress
from ui.reports.dialog import list_writer, situation_writer

SITUATION, BOARD = "situation", "board"


@dataclass(frozen=True, slots=True)
class ReportSort:
    """`label` and `about` are message ids. `kind`: the records of its table, empty for none;
    `where` narrows them, and `day` names the moment that must be of the day of the report."""

    id: str
    label: str
    about: str
    icon: str
    kind: str = ""
    where: tuple[Condition, ...] = ()
    either: tuple[Condition, ...] = ()
    day: str = ""

    def query(self, now_ms: int) -> Query:
        """What its table and its list show at `now_ms` (UTC)."""
        where = self.where
        if self.day:
            begin = local(now_ms).replace(hour=0, minute=0, second=0, microsecond=0)
            where += (Condition(self.day, ">=", to_ms(begin)),)
        return Query(self.kind, where=where, either=self.either)


SORTS: tuple[ReportSort, ...] = (
    ReportSort(
        SITUATION,
        N_("Situation report"),
        N_("Where we stand, what was done, problems, next steps."),
        "file-report",
    ),
    ReportSort(
        inquiry.NAME,
        N_("Call list"),
        N_("Every call, its state and who handles it."),
        "headset",
        inquiry.NAME,
    ),
    ReportSort(
        "calls-today",
        N_("Calls of the day"),
        N_("The calls of today, for the daily report."),
        "headset",
        inquiry.NAME,
        day="at",
    ),
    ReportSort(
        "urgent",
        N_("Urgent calls"),
        N_("Urgent and critical calls and what became of them."),
        "urgent",
        inquiry.NAME,
        either=URGENT,
    ),
    ReportSort(
        BOARD,
        N_("Task board"),
        N_("Lanes and columns, what is late and blocked."),
        "layout-kanban",
        task.NAME,
    ),
    ReportSort(
        post.NAME,
        N_("Duty list"),
        N_("Every post with its holder and the backups."),
        "id-badge-2",
        post.NAME,
    ),
    ReportSort(
        person.NAME,
        N_("People"),
        N_("Everyone on the lists."),
        "users",
        person.NAME,
    ),
    ReportSort(
        resource.NAME,
        N_("Resources"),
        N_("Required and actual, place, keeper, checks."),
        "package",
        resource.NAME,
    ),
    ReportSort(
        answer_card.NAME,
        N_("Answers for the files"),
        N_("What was answered, with version and approval."),
        "message-2",
        answer_card.NAME,
    ),
    ReportSort(
        timeline.NAME,
        N_("Timeline"),
        N_("What happened, in order."),
        "timeline",
        timeline.NAME,
    ),
)
BY_ID = {sort.id: sort for sort in SORTS}


@dataclass(frozen=True, slots=True)
class Order:
    """A report as it is wanted now. `until` in UTC ms; `paper` A4 or A3 (the board only)."""

    sort: ReportSort
    issue: Issue
    until: int
    compiled: str = ""
    approved: str = ""
    paper: str = "A4"


def order_now(session: Session, sort: ReportSort, **more: str) -> Order:
    """The order for a report up to now."""
    return Order(sort, next_issue(session), session.clock.now_ms(), **more)


def label_of(sort: str, number: int = 0) -> str:
    """What a report is called in the language in force; unknown sorts by their own name."""
    known = BY_ID.get(sort)
    name = _(known.label) if known else sort
    return _("{report} no. {number}").format(report=name, number=number) if number else name


def file_name(order: Order) -> str:
    """The name of its file, without an ending."""
    time = f"{local(order.until):%Y%m%d-%H%M}"
    if order.sort.id == SITUATION:
        words = _("Situation report no. {number} {time}")
        return words.format(number=order.issue.number, time=time)
    return f"{_(order.sort.label)}_{time}"


def writer(session: Session, order: Order) -> Produce:
    """The work that writes the PDF and remembers that it did."""
    if order.sort.id == SITUATION:
        return situation_writer(
            session,
            order.issue,
            order.until,
            compiled=order.compiled,
            approved=order.approved,
        )
    if order.sort.id == BOARD:
        return _board_writer(session, order.paper)
    sort = order.sort
    return list_writer(session, sort.query(order.until), sort=sort.id, title=_(sort.label))


def _board_writer(session: Session, paper: str) -> Produce:
    def produce(path: Path, progress: Progress) -> str:
        report = board_report(session)
        progress.check()
        render_board(report, path, paper=paper)
        if session.can_write:
            session.local.note(session.user, "report", path.name)
        remember(session, BOARD, path)
        return ngettext(
            "The task board is written: {count} task.",
            "The task board is written: {count} tasks.",
            report.total,
        ).format(count=report.total)

    return produce
