"""Record kinds for the property tests: every kind of field that the fold treats in its own way."""

from collections.abc import Mapping

from bankcc.features import timeline
from bankcc.schema.fields import (
    Checklist,
    Choice,
    Count,
    Field,
    Flag,
    Moment,
    Option,
    Phone,
    Text,
    TextList,
)
from bankcc.schema.record import RecordKind

STATES = (
    Option("todo", "To do", "warning", 4),
    Option("doing", "Doing", "info", 3),
    Option("paused", "Paused", "info", 3),
    Option("done", "Done", "ok", 1),
)

THING = RecordKind(
    name="thing",
    letter="X",
    label="Thing",
    plural="Things",
    titles=("title",),
    columns=("title", "status"),
    announced=True,
    indexes=(("hidden", "status"),),
    fields=(
        Text(name="title", label="Title", required=True, searchable=True, pinyin=True),
        Text(name="note", label="Note", searchable=True, multiline=True),
        Phone(name="phone", label="Phone", critical=True, personal=True),
        Choice(name="status", label="Status", options=STATES, critical=True, tracked=True),
        Count(name="stock", label="Stock", critical=True),
        Checklist(name="list", label="List"),
        TextList(name="tags", label="Tags"),
        Moment(name="due", label="Due"),
        Flag(name="flag", label="Flag", tracked=True),
    ),
)

MATE = RecordKind(
    name="mate",
    letter="M",
    label="Mate",
    plural="Mates",
    titles=("name",),
    columns=("name",),
    fields=(Text(name="name", label="Name", required=True, searchable=True, pinyin=True),),
)

KINDS: Mapping[str, RecordKind] = {kind.name: kind for kind in (THING, MATE, timeline.KIND)}

WORDS = ("停电", "网点停业", "备用机房", "Panel", "曾小贤，单田芳", "解除 警报", "复电", "A座 3层")
PHONES = ("13912345678", "18492083124", "075586251234", "4008123456")
ITEMS = ("01", "02", "03")


def value_for(item: Field, choice: int) -> object:
    """A stored value of a field, named by a small number; 0 mostly means nothing."""
    if isinstance(item, Choice):
        return item.options[choice % len(item.options)].code
    if isinstance(item, Count):
        return choice * 10
    if isinstance(item, Flag):
        return choice % 2
    if isinstance(item, Moment):
        return 1_795_400_000_000 + choice * 60_000 if choice else None
    if choice == 0 and not item.required:
        return None
    if isinstance(item, Phone):
        return PHONES[choice % len(PHONES)]
    if isinstance(item, TextList):
        return list(WORDS[: choice % 3 + 1])
    return WORDS[choice % len(WORDS)]
