"""What happened to a task, a line for each operation, in words."""

from collections.abc import Mapping

from bankcc.clock import local
from bankcc.features import task
from bankcc.i18n import _
from bankcc.schema.change import Action
from bankcc.schema.fields import Link, Value
from bankcc.schema.owner import name_of
from bankcc.session import HistoryEntry, Session, action_word

CHECKLIST = "checklist/"


def history_lines(session: Session, record: str) -> list[str]:
    """The history of a task, latest first: when, who, what."""
    return [_line(session, entry) for entry in reversed(session.history(record))]


def _line(session: Session, entry: HistoryEntry) -> str:
    who = name_of(entry.user)
    what = _what(session, entry)
    return "  ".join(filter(None, (f"{local(entry.at):%m-%d %H:%M}", who, what)))


def _what(session: Session, entry: HistoryEntry) -> str:
    word = action_word(entry.action)
    if entry.erased or entry.action != Action.EDIT:
        return word
    return _(", ").join(_set(session, name, value) for name, value in _told(entry.values))


def _told(values: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """What is worth a word: the time of completion follows from the state, an emptied reason from
    the flag."""
    quiet = {"done_at"} | ({"blocked_reason"} if values.get("blocked") == 0 else set())
    return [(name, value) for name, value in values.items() if name not in quiet]


def _set(session: Session, name: str, value: Value) -> str:
    if name.startswith(CHECKLIST):
        return _item(value)
    item = task.KIND.by_name.get(name)
    if item is None:
        return name
    label = _(item.label)
    if isinstance(item, Link) and isinstance(value, str):
        shown = session.link_title(item.to, value) or value
    else:
        shown = item.format(value)
    return f"{label}: {shown}" if shown else _("{field}: none").format(field=label)


def _item(value: Value) -> str:
    """A line of the checklist: ticked, unticked, or taken off."""
    if not isinstance(value, list) or len(value) < 2:
        return _("checklist line removed")
    return f"{'☑' if value[1] else '☐'} {value[0]}"
