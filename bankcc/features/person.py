"""People of the roster and how each is reached.

A person is known by staff number or phone, never by name alone.
"""

from collections.abc import Sequence
from typing import Protocol

from bankcc.i18n import N_
from bankcc.schema.change import Verb
from bankcc.schema.change import create as _create
from bankcc.schema.change import edit as _edit
from bankcc.schema.fields import Email, Phone, Text, Value
from bankcc.schema.owner import mine
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record, RecordKind

NAME = "person"

KIND = RecordKind(
    name=NAME,
    letter="P",
    entries="people",
    label=N_("Person"),
    plural=N_("People"),
    titles=("name",),
    columns=("name", "group", "post", "department", "job_title", "phone", "phone2", "note"),
    order="created",
    unique=("staff_no", "phone"),
    importable=True,
    indexes=(("hidden", "group"), ("name",), ("staff_no",)),
    fields=(
        Text(
            name="name",
            label=N_("Full name"),
            required=True,
            searchable=True,
            pinyin=True,
            width=10,
            max_length=100,
        ),
        Text(name="staff_no", label=N_("Staff number"), searchable=True, width=10, max_length=40),
        Phone(name="phone", label=N_("Mobile"), critical=True, personal=True, width=15),
        Phone(name="phone2", label=N_("Phone 2"), critical=True, personal=True, width=15),
        Phone(name="phone3", label=N_("Phone 3"), critical=True, personal=True, width=15),
        Email(name="email", label=N_("E-mail"), personal=True, searchable=True, width=20),
        Text(name="group", label=N_("Group"), searchable=True, width=14, max_length=100),
        Text(name="department", label=N_("Department"), searchable=True, width=12, max_length=100),
        Text(name="job_title", label=N_("Job title"), searchable=True, width=10, max_length=100),
        Text(name="post", label=N_("Post"), searchable=True, width=14, max_length=100),
        Text(name="note", label=N_("Note"), searchable=True, multiline=True, width=20),
    ),
)


def add(*, name: str, **values: object) -> Verb:
    """Enter a person."""
    return _create(NAME, name=name, **values)


def change(person: str, **values: object) -> Verb:
    """Change what is known of a person."""
    return _edit(NAME, person, **values)


class Reader(Protocol):
    """What `named` asks of a center."""

    def find(self, query: Query) -> Sequence[Record]: ...

    def values(self, query: Query, field: str) -> Sequence[Value]: ...


def named(reader: Reader, name: str) -> Sequence[Record]:
    """The people whom `name` may mean, with or without a post."""
    names = mine(reader.values(Query(NAME), "name"), name)
    return reader.find(Query(NAME, where=(Condition("name", "in", names),)))


def numbers(record: Record) -> tuple[str, ...]:
    """The telephone numbers of a person in calling order, each once."""
    found = (record.text(name) for name in ("phone", "phone2", "phone3"))
    return tuple(dict.fromkeys(number for number in found if number))


def reachable(record: Record) -> bool:
    """Whether there is any number to call."""
    return bool(numbers(record))
