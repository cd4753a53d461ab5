"""The records of the product, one file each. Generic code learns from here what there is.

When adding a kind:
1. a file here with `KIND` and its verbs, and its test in tests/bankcc/features;
2. a line in `KINDS` below, in the order of the navigation, with a letter nobody has (a test looks);
3. where making one is more than writing its fields (a time, a number), a line in `NEW`;
4. its words in the catalogue; perhaps a panel in ui/panels and a line there.
"""

from collections.abc import Callable, Mapping

from bankcc.features import (
    answer_card,
    attendance,
    center,
    incident,
    inquiry,
    outlet,
    person,
    post,
    resource,
    resource_check,
    task,
    timeline,
)
from bankcc.schema import change
from bankcc.schema.change import Verb
from bankcc.schema.record import RecordKind

KINDS: tuple[RecordKind, ...] = (
    incident.KIND,
    timeline.KIND,
    inquiry.KIND,
    task.KIND,
    person.KIND,
    post.KIND,
    attendance.KIND,
    answer_card.KIND,
    resource.KIND,
    resource_check.KIND,
    outlet.KIND,
    center.KIND,
)

KIND: Mapping[str, RecordKind] = {kind.name: kind for kind in KINDS}

NEW: Mapping[str, Callable[..., Verb]] = {
    incident.NAME: incident.open_incident,
    inquiry.NAME: inquiry.log_call,
    timeline.NAME: timeline.note,
    attendance.NAME: attendance.enter,
    resource_check.NAME: resource.check_entry,
}


def new(kind: str, /, **values: object) -> Verb:
    """Enter a record of `kind` as its own verb does: with the time of a call, say."""
    maker = NEW.get(kind)
    if maker is None or set(values) < _required(kind):
        return change.create(kind, **values)
    return maker(**values)


def _required(kind: str) -> set[str]:
    """Fields a kind's verb takes as named arguments; without them the record's own check speaks."""
    return {item.name for item in KIND[kind].fields if item.required}
