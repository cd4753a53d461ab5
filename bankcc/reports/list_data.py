"""Fills a list of any kind from a session: its declared columns in words, phones masked."""

from collections.abc import Iterator

from bankcc.features import KIND, timeline
from bankcc.i18n import _
from bankcc.reports.heading import letterhead
from bankcc.reports.incidents import current_incident
from bankcc.reports.listing import ListReport
from bankcc.reports.table import Column
from bankcc.reports.text import masked_text
from bankcc.schema.fields import Field, Integer, Link, Value
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import SYSTEM_FIELDS, Record
from bankcc.session import Session

_PAGE = 500
_SIGNS = {"empty": "=", "filled": "≠", "!=": "≠", "in": "=", ">=": "≥", "<=": "≤"}


def list_report(session: Session, kind: str, query: Query, *, title: str = "") -> ListReport:
    """What `query` finds, in the kind's declared columns; rows are read as they are printed.
    `title` (translated) stands above it, else the kind's own."""
    declared = KIND[kind]
    names = ["number", *declared.columns]
    items = [SYSTEM_FIELDS.get(name) or declared.field(name) for name in names]
    return ListReport(
        letterhead=letterhead(
            session, title or _(declared.plural), current_incident(session, past=True)
        ),
        columns=tuple(
            Column(_(item.label), item.width / 10, "right" if isinstance(item, Integer) else "left")
            for item in items
        ),
        rows=_list_rows(session, query, names),
        filters=_filters(session, query),
        total=session.count(query),
    )


def _list_rows(session: Session, query: Query, names: list[str]) -> Iterator[tuple[str, ...]]:
    ids = session.ids(query)
    for start in range(0, len(ids), _PAGE):
        for record in session.rows(query.kind, ids[start : start + _PAGE]):
            if record is not None:
                yield tuple(masked_text(_cell(session, record, name)) for name in names)


def _cell(session: Session, record: Record, name: str) -> str:
    if record.kind == timeline.NAME and name == "text":
        return timeline.sentence(session, record)
    if record.kind == timeline.NAME and name == "subject" and record["subject"]:
        return session.link_title(record.text("subject_kind"), record.text("subject"))
    return session.display(record, name)


def _filters(session: Session, query: Query) -> str:
    parts = [f"“{query.text}”"] if query.text else []
    parts += [_condition_words(session, query.kind, condition) for condition in query.where]
    if query.either:
        words = [_condition_words(session, query.kind, condition) for condition in query.either]
        parts.append(_(" or ").join(words))
    return masked_text(_("; ").join(parts))


def _condition_words(session: Session, kind: str, condition: Condition) -> str:
    if condition.field == "id":
        return _("only chosen entries")
    item = SYSTEM_FIELDS.get(condition.field) or KIND[kind].by_name.get(condition.field)
    label = _(item.label) if item else condition.field
    value = condition.value
    words = _value_words(item, value)
    if isinstance(item, Link) and isinstance(value, str):
        words = session.link_title(item.to, value) or words
    sign = _SIGNS.get(condition.operator, condition.operator)
    return f"{label} {sign} {words}".strip()


def _value_words(item: Field | None, value: object) -> str:
    """What is compared with, as the field shows it; of several, all."""
    if item is None:
        return ""
    values = value if isinstance(value, tuple) else (value,)
    shown: list[Value] = [one for one in values if one is None or isinstance(one, int | str)]
    return " / ".join(filter(None, (item.format(one) for one in shown)))
