"""What a cell of a list says: the session's display, words for the timeline's own entries, initials
of people, times of day.
"""

from bankcc.clock import local
from bankcc.features import timeline
from bankcc.schema.fields import Choice, Field
from bankcc.schema.plain_text import pinyin_tokens
from bankcc.schema.record import SYSTEM_FIELDS, Record, RecordKind
from bankcc.session import Session
from ui.theme import SHAPES, Level


def field_of(kind: RecordKind, name: str) -> Field:
    """The declaration of a column, declared or system. Raises Refused for an unknown one."""
    return SYSTEM_FIELDS.get(name) or kind.field(name)


def cell_text(session: Session, record: Record, name: str, *, reveal: bool = False) -> str:
    """A field of `record` as one line of text for people; phones masked unless `reveal`."""
    if record.kind == timeline.NAME and name in ("text", "subject"):
        return timeline.sentence(session, record) if name == "text" else _subject(session, record)
    text = session.display(record, name, reveal=reveal)
    # Several versions of it are there, or it was deleted elsewhere: the form says which.
    marked = name == "number" and (record.conflicts or record.deleted_by)
    return f"{SHAPES[Level.WARNING]} {text}" if marked else text


def is_derived(record: Record) -> bool:
    """Whether nobody typed this entry: it follows from operations and cannot be changed."""
    return record.kind == timeline.NAME and record["text"] is None


def level_of(item: Field, record: Record) -> Level | None:
    """The chip level of a choice; None where the field shows none."""
    option = item.option(record[item.name]) if isinstance(item, Choice) else None
    return Level(option.level) if option and option.level else None


def _subject(session: Session, entry: Record) -> str:
    kind, subject = entry.text("subject_kind"), entry.text("subject")
    return (session.number_of(kind, subject) or subject) if kind in session.kinds else subject


def initials_of(name: str) -> str:
    """`LQ` for 刘倩, `AS` for Anna Smith; empty for nobody."""
    readings = pinyin_tokens(name).split()
    if readings:
        return readings[0].upper()
    return "".join(word[0] for word in name.split()[:3]).upper()


def clock_words(ms: int, now: int) -> str:
    """The time of day, with the day where that is not today."""
    moment = local(ms)
    return f"{moment:%H:%M}" if moment.date() == local(now).date() else f"{moment:%m-%d %H:%M}"
