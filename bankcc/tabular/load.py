"""Doing what a plan says: `apply(plan, session)`. Everything goes through the session's bulk
loader, so an import cut off in the middle is completed by importing the same file again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bankcc.i18n import _
from bankcc.schema.change import Action, Change, Verb
from bankcc.schema.fields import Value
from bankcc.schema.record import RecordKind
from bankcc.tabular.cells import Finding
from bankcc.tabular.door import Center, Reader
from bankcc.tabular.header import find
from bankcc.tabular.plan import ImportPlan, Outcome, plan_import
from bankcc.tabular.posts import KIND as POST
from bankcc.tabular.posts import PersonRef, PlannedPost
from bankcc.tabular.read import read_tables

PER_COMMIT = 80
"""Operations between which a person's own entry may be written: some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. `bad`: row, column and reason; `operations`: written to the
    log."""

    added: int
    updated: int
    same: int
    bad: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    bad_rows: int = 0
    posts_added: int = 0
    posts_updated: int = 0
    operations: int = 0
    cancelled: bool = False

    @property
    def usable(self) -> bool:
        """Whether any row was taken or known already."""
        return bool(self.added or self.updated or self.same)

    def summary(self) -> str:
        """One line for the message bar and the command line."""
        text = _("{added} added, {updated} updated, {same} unchanged, {bad} not taken").format(
            added=self.added, updated=self.updated, same=self.same, bad=self.bad_rows
        )
        if self.posts_added or self.posts_updated:
            text += _("; posts: {added} added, {updated} updated").format(
                added=self.posts_added, updated=self.posts_updated
            )
        return text


def read_plan(
    path: Path,
    kind: RecordKind,
    session: Reader,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] | None = None,
) -> ImportPlan:
    """Read `path` and plan its import with the header row and columns found by name. Raises
    UserError."""
    found = find(read_tables(path, cancelled=cancelled), kind)
    plan = plan_import(
        found.table, kind, found.mapping, session, progress=progress, cancelled=cancelled
    )
    others = tuple(
        Finding(
            0, "", _("the sheet “{sheet}” looks like one too and is not read").format(sheet=name)
        )
        for name in found.others
    )
    return ImportPlan(plan.kind, plan.mapping, plan.rows, plan.posts, others + plan.notes)


def preview(plan: ImportPlan) -> ImportReport:
    """The report of an import that is not done."""
    return ImportReport(
        added=plan.count(Outcome.NEW),
        updated=plan.count(Outcome.UPDATE),
        same=plan.count(Outcome.SAME),
        bad=plan.problems,
        notes=plan.notes,
        bad_rows=plan.count(Outcome.BAD),
        posts_added=sum(not post.record for post in plan.posts),
        posts_updated=sum(bool(post.record) for post in plan.posts),
    )


def apply(
    plan: ImportPlan,
    session: Center,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Write what `plan` says. `progress` hears the operations written so far.

    Each commit of the loader is complete or absent. After `cancelled()` nothing more is begun; what
    was written stays, and the report counts it.
    """
    done = {"added": 0, "updated": 0, "posts_added": 0, "posts_updated": 0}

    def people() -> Iterator[Verb]:
        for row in plan.rows:
            if row.outcome not in (Outcome.NEW, Outcome.UPDATE):
                continue
            if cancelled():
                return
            done["updated" if row.record else "added"] += 1
            yield _verb(plan.kind, row.record, row.values, row.origin)

    def posts() -> Iterator[Verb]:
        for post in plan.posts:
            if cancelled():
                return
            done["posts_updated" if post.record else "posts_added"] += 1
            yield _verb(POST, post.record, _post_values(post, session), post.origin)

    written = 0

    def follow(count: int) -> bool:
        if progress:
            progress(written + count)
        return not cancelled()

    written = session.load(people(), per_commit=PER_COMMIT, progress=follow)
    if plan.posts:  # after the people: they need their ids
        written += session.load(posts(), per_commit=PER_COMMIT, progress=follow)
    planned = preview(plan)
    return ImportReport(
        same=planned.same,
        bad=planned.bad,
        bad_rows=planned.bad_rows,
        notes=planned.notes,
        operations=written,
        cancelled=cancelled(),
        **done,
    )


def _verb(kind: str, record: str, values: Mapping[str, Value], origin: str) -> Verb:
    action = Action.EDIT if record else Action.CREATE
    change = Change(kind, action, record, values, origin=origin, trusted=True)
    return Verb(f"{kind}.import", lambda desk: [change])


def _post_values(post: PlannedPost, session: Reader) -> dict[str, Value]:
    people: dict[str, Value] = {}
    for name, ref in post.people.items():
        if found := _person(ref, session):
            people[name] = found
    return {**post.values, **people}


def _person(ref: PersonRef, session: Reader) -> str:
    return ref.record or session.known_origin(ref.origin)
