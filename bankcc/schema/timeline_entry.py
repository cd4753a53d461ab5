"""How a verb adds what its user typed (a reason, a result) to the timeline, in the same step."""

from bankcc.schema.change import Action, Change, Desk
from bankcc.schema.record import Record


def entry(desk: Desk, category: str, about: Record, text: str) -> Change:
    """The change that adds `text` to the timeline, now, by who acts."""
    values: dict[str, object] = {
        "at": desk.now_ms(),
        "category": category,
        "text": text,
        "subject_kind": about.kind,
        "subject": about.id,
        "author": desk.user,
    }
    return Change("timeline", Action.CREATE, values=values)
