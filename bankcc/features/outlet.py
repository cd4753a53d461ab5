"""Outlets of the branch: where they are and how each is reached.

An outlet is known by its name; incidents name the outlets affected by it.
"""

from bankcc.i18n import N_
from bankcc.schema.change import Verb
from bankcc.schema.change import create as _create
from bankcc.schema.change import edit as _edit
from bankcc.schema.fields import Choice, Option, Phone, Text
from bankcc.schema.record import RecordKind

NAME = "outlet"

TYPES = (
    Option("business", N_("Business department"), also=("营业厅",)),
    Option("sub_branch", N_("Sub-branch"), also=("支行网点", "网点", "分理处", "储蓄所")),
    Option("community", N_("Community outlet"), also=("社区支行", "小微支行")),
    Option("self_service", N_("Self-service bank"), also=("自助网点", "离行自助", "自助")),
    Option("other", N_("Other outlet"), also=("其他", "其它")),
)

KIND = RecordKind(
    name=NAME,
    letter="B",
    label=N_("Outlet"),
    plural=N_("Outlets"),
    titles=("name",),
    columns=("name", "type", "address", "phone", "note"),
    order="created",
    unique=("name",),
    importable=True,
    indexes=(("name",),),
    fields=(
        Text(
            name="name",
            label=N_("Outlet name"),
            required=True,
            searchable=True,
            pinyin=True,
            width=18,
            max_length=100,
        ),
        Choice(name="type", label=N_("Type of outlet"), options=TYPES, width=10),
        Text(name="address", label=N_("Address"), searchable=True, width=24, max_length=200),
        Phone(name="phone", label=N_("Telephone"), critical=True, personal=True, width=15),
        Text(name="note", label=N_("Note"), searchable=True, multiline=True, width=20),
    ),
)


def add(*, name: str, **values: object) -> Verb:
    """Enter an outlet."""
    return _create(NAME, name=name, **values)


def change(outlet: str, **values: object) -> Verb:
    """Change what is known of an outlet."""
    return _edit(NAME, outlet, **values)
