"""Checks of resources: entries only ever added; the verb that writes them is the resource's."""

from bankcc.i18n import N_
from bankcc.schema.fields import Choice, Integer, Link, Moment, Text
from bankcc.schema.record import RecordKind
from bankcc.schema.shared_choices import CHECK_RESULTS

NAME = "check"

KIND = RecordKind(
    name=NAME,
    letter="C",
    entries="resource",
    label=N_("Check"),
    plural=N_("Checks"),
    titles=("name", "result"),
    columns=("at", "resource", "result", "found", "by", "note"),
    order="-created",
    append_only=True,
    indexes=(("resource",), ("hidden", "at")),
    fields=(
        Link(name="resource", label=N_("Resource"), to="resource", required=True, width=16),
        Text(
            name="name",
            label=N_("Item name"),
            help=N_("Filled from the resource, so that the entry reads by itself."),
            searchable=True,
            width=16,
        ),
        Moment(name="at", label=N_("Checked at"), width=16),
        Text(name="by", label=N_("Checked by"), searchable=True, pinyin=True, width=10),
        Choice(name="result", label=N_("Result"), options=CHECK_RESULTS, required=True, width=8),
        Integer(name="found", label=N_("Count found"), minimum=0, width=6),
        Text(name="note", label=N_("Note"), multiline=True, searchable=True, width=24),
    ),
)
