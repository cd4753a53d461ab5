"""The timeline: what people add, and beside it what follows from operations (written by the fold).

An entry is never edited; a correction is a later entry about it. `sentence` puts any entry
into words.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bankcc.errors import NotFound, Refused
from bankcc.i18n import N_, _
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.fields import Choice, Flag, Link, Moment, Option, Text, Value
from bankcc.schema.record import Record, RecordKind

NAME = "timeline"
CREATED = "_created"
"""The field of a derived entry that stands for the record's creation."""

CATEGORIES = (
    Option("decision", N_("Decision"), "critical", also=("决定",)),
    Option("notice", N_("Notice"), "info", also=("通告",)),
    Option("task", N_("Task"), "neutral"),
    Option("call", N_("Call"), "neutral", also=("热线",)),
    Option("people", N_("People"), "neutral", also=("到岗",)),
    Option("resource", N_("Resource"), "neutral", also=("物资",)),
    Option("other", N_("Other matter"), "neutral", also=("其它",)),
)

KIND = RecordKind(
    name=NAME,
    letter="L",
    label=N_("Timeline entry"),
    plural=N_("Timeline"),
    titles=("text",),
    columns=("at", "category", "text", "subject", "author"),
    order="-at",
    append_only=True,
    indexes=(("hidden", "at"), ("category", "at"), ("subject", "at")),
    fields=(
        Moment(name="at", label=N_("Time"), width=16),
        Choice(name="category", label=N_("Category"), options=CATEGORIES, default="other", width=8),
        Text(
            name="text",
            label=N_("What happened"),
            required=True,
            multiline=True,
            searchable=True,
            width=50,
        ),
        Text(name="subject_kind", label=N_("About which kind"), width=10),
        Text(name="subject", label=N_("About record"), width=12),
        Text(name="field", label=N_("Field"), width=10),
        Text(name="value", label=N_("Value"), width=10),
        Text(name="author", label=N_("Author"), searchable=True, pinyin=True, width=12),
    ),
)


def note(
    *,
    text: str,
    category: str = "other",
    at: object = None,
    subject_kind: str = "",
    subject: str = "",
    **more: object,
) -> Verb:
    """Add an entry; the time is now and the author who is signed in, unless given."""

    def plan(desk: Desk) -> Sequence[Change]:
        if bool(subject_kind) != bool(subject):
            raise Refused(_("An entry about a record names its kind and its number."))
        values: dict[str, object] = {
            "author": desk.user,
            **more,
            "at": KIND.field("at").parse(at) or desk.now_ms(),
            "category": category,
            "text": text,
        }
        if subject:
            values |= {"subject_kind": subject_kind, "subject": desk.get(subject_kind, subject).id}
        return [Change(NAME, Action.CREATE, values=values)]

    return Verb("timeline.note", plan)


def follow_up(entry: str, *, text: str) -> Verb:
    """Correct an entry by one that follows it; the first stays as it is."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, entry)
        values = {
            "at": desk.now_ms(),
            "category": record["category"],
            "text": text,
            "subject_kind": NAME,
            "subject": record.id,
            "author": desk.user,
        }
        return [Change(NAME, Action.CREATE, values=values)]

    return Verb("timeline.follow_up", plan)


class Reader(Protocol):
    """What `sentence` asks of a session."""

    @property
    def kinds(self) -> Mapping[str, RecordKind]: ...

    def get(self, kind: str, key: str) -> Record: ...

    def link_title(self, kind: str, record: str) -> str: ...


def sentence(reader: Reader, entry: Record) -> str:
    """An entry in words: as it was typed, or what a derived one says."""
    if entry["text"] is not None:
        return entry.text("text")
    kind, subject, field = (entry.text(name) for name in ("subject_kind", "subject", "field"))
    declared = reader.kinds.get(kind)
    if declared is None:
        return entry.text("value")
    item = declared.by_name.get(field)
    shown = reader.link_title(item.to, entry.text("value")) if isinstance(item, Link) else ""
    try:
        number = reader.get(kind, subject).number
    except NotFound:
        number = ""
    return describe(
        declared, field, entry["value"], number, reader.link_title(kind, subject), shown
    )


def describe(
    kind: RecordKind, field: str, value: Value, number: str, title: str = "", shown: str = ""
) -> str:
    """A derived entry in words: “R-0147 状态改为 待回拨”.

    `value` is the stored value or its text; `shown` replaces it where only the reader knows what it
    looks like (the title of a linked record).
    """
    subject = " ".join(dict.fromkeys(part for part in (number, title) if part))
    if field == CREATED:
        return _("{subject}: new {kind}").format(subject=subject, kind=_(kind.label))
    item = kind.by_name.get(field)
    if item is None:
        return _("{subject}: changed").format(subject=subject)
    stored = _stored(item.column, value)
    words = shown or ("" if isinstance(item, Link) else item.format(stored))
    if isinstance(item, Flag):
        return (_("{subject}: {field}") if stored else _("{subject}: no longer {field}")).format(
            subject=subject, field=_(item.label)
        )
    if stored in (None, ""):
        return _("{subject}: {field} removed").format(subject=subject, field=_(item.label))
    if not words:
        return _("{subject}: {field} changed").format(subject=subject, field=_(item.label))
    return _("{subject}: {field} now {value}").format(
        subject=subject, field=_(item.label), value=words
    )


def _stored(column: str, value: Value) -> Value:
    """A value that went through the text column of an entry, as its field stores it."""
    if column == "INTEGER" and isinstance(value, str):
        return int(value) if value.lstrip("-").isdecimal() else None
    return value
