"""The organisation on the wall: groups, posts, holders, backups, lying, on A4 or A3.

Phones are masked: a poster hangs where anybody walks past. A vacancy and a missing backup are
marked, so that the poster shows what is to be mended as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bankcc.features import person, post
from bankcc.i18n import _
from bankcc.reports.document import Document, Figure, Letterhead
from bankcc.reports.fonts import load
from bankcc.reports.heading import letterhead
from bankcc.reports.incidents import current_incident
from bankcc.reports.page import A3, A4
from bankcc.reports.privacy import refuse_full_phones
from bankcc.reports.table import Column
from bankcc.reports.text import masked_text
from bankcc.schema import phones
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session

PAPERS: Mapping[str, tuple[float, float]] = {"A3": A3, "A4": A4}
SIZES = {"A3": 11.5, "A4": 9.0}
NOBODY = "–"


@dataclass(frozen=True, slots=True)
class PosterPost:
    """A post as it is printed: who serves there with a masked phone, both backups, its duties."""

    title: str
    holder: str
    phone: str
    backup_a: str
    backup_b: str
    duties: str


@dataclass(frozen=True, slots=True)
class PosterGroup:
    """A group with its posts in the order of the plan."""

    name: str
    posts: tuple[PosterPost, ...]


@dataclass(frozen=True, slots=True)
class OrgPoster:
    """The poster. `spare`: people on the roster who hold no post."""

    letterhead: Letterhead
    groups: tuple[PosterGroup, ...]
    spare: tuple[str, ...] = ()
    posts: int = 0
    vacant: int = 0
    no_backup: int = 0


def org_poster(session: Session) -> OrgPoster:
    """The organisation of the center as it stands."""
    people = {record.id: record for record in session.find(Query(person.NAME, order="created"))}
    records = session.find(Query(post.NAME, order="created"))
    groups: dict[str, list[PosterPost]] = {}
    for record in records:
        name = masked_text(record.text("group")) or _("Without a group")
        groups.setdefault(name, []).append(_post(record, people))
    serving = {post.serving(record) for record in records}
    held = serving | {record.text("holder") for record in records}
    return OrgPoster(
        letterhead=letterhead(session, _("Organisation"), current_incident(session, past=True)),
        groups=tuple(PosterGroup(name, tuple(posts)) for name, posts in groups.items()),
        spare=tuple(_named(someone) for key, someone in people.items() if key not in held),
        posts=len(records),
        vacant=sum(not post.serving(record) for record in records),
        no_backup=sum(not any(record[name] for name in post.BACKUPS) for record in records),
    )


def render_org_poster(
    poster: OrgPoster, target: Path, *, paper: str = "A3", fonts: Path | None = None
) -> Path:
    """Write the poster as PDF to `target`. `paper`: A3 or A4. Returns `target`. Raises Refused if a
    full mobile number is in any text, StorageError if the disk refuses.
    """
    refuse_full_phones(poster, reveal=False)
    size = SIZES[paper]
    document = Document(poster.letterhead, load(fonts), landscape=True, paper=PAPERS[paper])
    document.head([(_("As of"), poster.letterhead.moment(poster.letterhead.generated_ms))])
    document.figures(_figures(poster))
    columns = _columns()
    rows = [[_row(item) for item in group.posts] for group in poster.groups]
    alike = [row for table in rows for row in table]  # one measure for all, so that columns align
    for group, table in zip(poster.groups, rows, strict=True):
        document.table(columns, table, size=size, title=group.name, alike=alike)
    if not poster.groups:
        document.prose(_("No posts have been entered."))
    if poster.spare:
        document.subsection(_("Without a post"))
        document.prose("\u3000".join(poster.spare))
    return document.save(target)


def _columns() -> list[Column]:
    return [
        Column(_("Post"), 1.0),
        Column(_("Holder"), 1.0),
        Column(_("Phone"), 0.6),
        Column(_("Backup A"), 1.0),
        Column(_("Backup B"), 1.0),
        Column(_("Duties"), 2.4),
    ]


def _figures(poster: OrgPoster) -> list[Figure]:
    return [
        Figure(_("Groups"), str(len(poster.groups))),
        Figure(_("Posts"), str(poster.posts)),
        Figure(_("Vacant posts"), _marked(poster.vacant)),
        Figure(_("Posts without a backup"), _marked(poster.no_backup)),
        Figure(_("People without a post"), str(len(poster.spare))),
    ]


def _marked(count: int) -> str:
    return f"▲ {count}" if count else "0"


def _row(item: PosterPost) -> tuple[str, ...]:
    return item.title, item.holder, item.phone, item.backup_a, item.backup_b, item.duties


def _post(record: Record, people: Mapping[str, Record]) -> PosterPost:
    someone = people.get(post.serving(record))
    holder = people.get(record.text("holder"))
    name = masked_text(someone.text("name")) if someone else _("▲ vacant")
    if someone is not None and record["acting"] and holder is not None:
        relieved = masked_text(holder.text("name"))
        name = _("{name} for {holder}").format(name=name, holder=relieved)
    backups = [people.get(record.text(field)) for field in post.BACKUPS]
    named = [_named(backup) if backup else NOBODY for backup in backups]
    if not any(backups):
        named[0] = _("▲ none")
    return PosterPost(
        title=masked_text(record.text("title")),
        holder=name,
        phone=_phone(someone) or NOBODY,
        backup_a=named[0],
        backup_b=named[1],
        duties=masked_text(record.text("duties")),
    )


def _named(someone: Record) -> str:
    return " ".join(filter(None, (masked_text(someone.text("name")), _phone(someone))))


def _phone(someone: Record | None) -> str:
    numbers = person.numbers(someone) if someone else ()
    return phones.masked(numbers[0]) if numbers else ""
