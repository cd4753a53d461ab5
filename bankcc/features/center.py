"""The center's own settings: one record, shared through the log; set through the session."""

from bankcc.i18n import N_
from bankcc.schema.fields import Phone, Text, TextList
from bankcc.schema.record import RecordKind

NAME = "center"

KIND = RecordKind(
    name=NAME,
    letter="Z",
    label=N_("Center"),
    plural=N_("Center settings"),
    titles=("name",),
    columns=("name", "bank", "zone", "hotline", "outlets"),
    order="created",
    internal=True,
    fields=(
        Text(name="name", label=N_("Center name"), required=True, max_length=100, width=20),
        Text(name="bank", label=N_("Bank"), max_length=100, width=16),
        Text(name="zone", label=N_("Time zone"), default="Asia/Shanghai", max_length=60, width=14),
        Phone(name="hotline", label=N_("Hotline number"), width=15),
        TextList(
            name="outlets", label=N_("Outlets"), help=N_("Separate several with commas."), width=24
        ),
    ),
)
