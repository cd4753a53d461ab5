"""Posts of the plan: who holds each, which backups stand ready, who acts now."""

from collections.abc import Iterable, Mapping, Sequence

from bankcc.errors import Refused
from bankcc.i18n import N_, _
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.change import create as _create
from bankcc.schema.fields import Integer, Link, Text, Value
from bankcc.schema.record import Record, RecordKind

NAME = "post"
BACKUPS = ("backup_a", "backup_b")


def _rule(after: Mapping[str, Value], before: Mapping[str, Value] | None) -> None:
    for name in BACKUPS:
        if after.get("holder") and after.get("holder") == after.get(name):
            raise Refused(
                _("The holder of a post cannot be the backup of the same post."),
                next_step=_("Choose another backup."),
            )
    if after.get("backup_a") and after.get("backup_a") == after.get("backup_b"):
        raise Refused(
            _("Backup A and backup B are the same person."), next_step=_("Choose another backup.")
        )


KIND = RecordKind(
    name=NAME,
    letter="G",
    entries="people",
    label=N_("Post"),
    plural=N_("Posts"),
    titles=("title",),
    columns=("title", "group", "holder", "acting", "backup_a", "backup_b", "duties"),
    order="created",
    indexes=(("hidden", "group"), ("holder",), ("title",)),
    rule=_rule,
    fields=(
        Text(
            name="title",
            label=N_("Post"),
            required=True,
            searchable=True,
            pinyin=True,
            width=16,
            max_length=100,
        ),
        Text(name="group", label=N_("Group"), searchable=True, width=14, max_length=100),
        Link(name="holder", label=N_("Holder"), to="person", critical=True, tracked=True, width=10),
        Link(name="backup_a", label=N_("Backup A"), to="person", critical=True, width=10),
        Link(name="backup_b", label=N_("Backup B"), to="person", critical=True, width=10),
        Link(
            name="acting",
            label=N_("Standing in"),
            help=N_("The backup who has been called up; empty while the holder serves."),
            to="person",
            critical=True,
            tracked=True,
            width=10,
        ),
        Text(name="duties", label=N_("Duties"), multiline=True, searchable=True, width=30),
        Text(name="seat", label=N_("Seat"), width=8, max_length=40),
        Integer(
            name="call_order",
            label=N_("Call order"),
            help=N_("Posts are called in this order; 1 is first."),
            minimum=1,
            width=8,
        ),
        Text(name="note", label=N_("Note"), multiline=True, searchable=True, width=20),
    ),
)


def add(*, title: str, **values: object) -> Verb:
    """Enter a post."""
    return _create(NAME, title=title, **values)


def assign(
    post: str,
    *,
    holder: str | None = None,
    backup_a: str | None = None,
    backup_b: str | None = None,
) -> Verb:
    """Name holder and backups; None leaves as it is, an empty text vacates."""
    people = {"holder": holder, "backup_a": backup_a, "backup_b": backup_b}

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, post)
        values: dict[str, object] = {
            name: desk.get("person", person).id if person else None
            for name, person in people.items()
            if person is not None
        }
        if all(record[name] == value for name, value in values.items()):
            raise Refused(_("Nothing to change at {number}.").format(number=record.number))
        if values.get("holder") and record["acting"] == values["holder"]:
            values["acting"] = None
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("post.assign", plan)


def call_up_backup(post: str, *, backup: str = "") -> Verb:
    """Put a backup in the holder's place: `backup` is "a", "b" or empty for the first that is free.

    The person is entered as notified, if not on the roll already.
    """

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, post)
        person = _choose(desk, record, backup.strip().lower())
        changes = [Change(NAME, Action.EDIT, record.id, {"acting": person.id})]
        roll = desk.linked("attendance", "person", person.id)
        if all(entry.text("status") in ("left", "absent") for entry in roll):
            values = {
                "person": person.id,
                "name": person.text("name"),
                "post": record.id,
                "status": "notified",
                "at": desk.now_ms(),
            }
            changes.append(Change("attendance", Action.CREATE, values=values))
        return changes

    return Verb("post.call_up_backup", plan)


def _choose(desk: Desk, record: Record, which: str) -> Record:
    if which not in ("", "a", "b"):
        raise Refused(_("A post has backup A and backup B."))
    names = [f"backup_{which}"] if which else list(BACKUPS)
    known = [name for name in names if record[name]]
    if not known:
        raise Refused(
            _("{number} has no such backup.").format(number=record.number),
            next_step=_("Enter a backup for the post first."),
        )
    for name in known:
        if record[name] != record["acting"]:
            person = desk.get("person", record.text(name))
            if which or not _stands_elsewhere(desk, record, person):
                return person
    raise Refused(
        _("Every backup of {number} has been called up already.").format(number=record.number),
        next_step=_("Enter another backup for the post."),
    )


def _stands_elsewhere(desk: Desk, record: Record, person: Record) -> bool:
    return any(other.id != record.id for other in desk.linked(NAME, "acting", person.id))


def stand_down(post: str) -> Verb:
    """The holder is back: nobody stands in any more."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, post)
        if not record["acting"]:
            raise Refused(_("Nobody stands in at {number}.").format(number=record.number))
        return [Change(NAME, Action.EDIT, record.id, {"acting": None})]

    return Verb("post.stand_down", plan)


def serving(record: Record) -> str:
    """The id of the person who serves now: who stands in, else the holder; empty for a vacancy."""
    return record.text("acting") or record.text("holder")


def shortcomings(record: Record) -> tuple[str, ...]:
    """What the post lacks, in words."""
    found = []
    if not serving(record):
        found.append(_("vacant"))
    if not any(record[name] for name in BACKUPS):
        found.append(_("no backup"))
    return tuple(found)


def held_twice(posts: Iterable[Record]) -> frozenset[str]:
    """Ids of people who serve on more than one of `posts`."""
    seen: set[str] = set()
    twice: set[str] = set()
    for record in posts:
        person = serving(record)
        (twice if person in seen else seen).add(person)
    return frozenset(twice - {""})
