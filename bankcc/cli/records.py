"""Commands on records: list, show, search, add, set, undo, redo."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any

import click

from bankcc import clock
from bankcc.cli.arguments import assignments, comparisons, conditions, kind_argument
from bankcc.cli.help import Spoken
from bankcc.cli.opening import Options, pass_options
from bankcc.cli.output import (
    JSON_HELP,
    one_line,
    plain,
    records,
    shown,
    write_csv,
    write_json,
    write_rows,
    write_table,
)
from bankcc.features import KIND, new, task
from bankcc.i18n import _, ngettext
from bankcc.schema.change import Change, Desk, Verb, edit
from bankcc.schema.fields import Checklist, Link
from bankcc.schema.query import Query
from bankcc.schema.record import SYSTEM_FIELDS, Record, RecordKind
from bankcc.session import Session
from bankcc.verb_words import in_words

TABLE_ROWS = 50
"""Rows of a table without --limit; JSON and CSV have no limit of their own."""


def format_option(*forms: str) -> click.Option:
    """How to print; the first form is the default."""
    return click.Option(
        ["--format", "form"],
        type=click.Choice(forms),
        default=forms[0],
        help=_("How to print; without it {form}.").format(form=forms[0]),
    )


def reveal_option() -> click.Option:
    return click.Option(
        ["--reveal"],
        is_flag=True,
        help=_("Print telephone numbers in full; noted in the center's journal."),
    )


def limit_option(help_: str) -> click.Option:
    return click.Option(["--limit"], type=click.IntRange(min=1), metavar="N", help=help_)


def where_option() -> click.Option:
    return click.Option(
        ["--where"],
        multiple=True,
        metavar="FIELD=VALUE",
        help=_(
            "Only records that meet this; repeat it to demand more. Also !=, >=, <=, >, <; choices"
            " by code or label, links by number or name; FIELD= means empty, FIELD!= not empty."
        ),
    )


def revealing(options: Options, *, reveal: bool) -> AbstractContextManager[Session]:
    """The center for reading; when numbers are shown in full, so that it can be noted."""
    return options.journalled(needed=True) if reveal else options.reading()


def note_reveal(session: Session, what: str) -> None:
    """Write in the journal that numbers were shown in full."""
    if session.can_write:
        session.local.note(session.user, "reveal", what)
    else:
        click.echo(_("The journal cannot be written just now; this was not noted."), err=True)


# -- reading ---------------------------------------------------------------------------------------


@pass_options
def list_records(
    options: Options,
    kind: str,
    where: tuple[str, ...],
    limit: int | None,
    reveal: bool,
    form: str,
) -> None:
    declared = KIND[kind]
    asked_for = comparisons(declared, where)
    with revealing(options, reveal=reveal) as session:
        query = Query(kind, where=conditions(session, asked_for), limit=limit)
        if reveal:
            note_reveal(session, f"list {kind}")
        if form == "json":
            write_json(plain(declared, record, reveal=reveal) for record in records(session, query))
        elif form == "csv":
            write_csv(session, declared, records(session, query), reveal=reveal)
        else:
            asked = query if limit else query.but(limit=TABLE_ROWS)
            found = session.find(asked)
            write_table(session, declared, found, reveal=reveal)
            if (more := session.count(query) - len(found)) > 0:
                click.echo(_("… {count} more; --limit N shows N.").format(count=more), err=True)


def list_command() -> click.Command:
    return Spoken(
        "list",
        callback=list_records,
        params=[
            kind_argument(),
            where_option(),
            limit_option(_("At most N records; without it 50 in a table, all in JSON and CSV.")),
            reveal_option(),
            format_option("table", "json", "csv"),
        ],
        help=_("List records of a kind."),
        epilog=_(JSON_HELP),
    )


@pass_options
def show_record(
    options: Options, kind: str, key: str, reveal: bool, history: bool, form: str
) -> None:
    declared = KIND[kind]
    with revealing(options, reveal=reveal) as session:
        record = session.get(kind, key)
        if reveal:
            note_reveal(session, f"show {record.number}")
        if form == "json":
            write_json([plain(declared, record, reveal=reveal)])
            return
        _write_record(session, declared, record, reveal=reveal)
        if history:
            click.echo()
            _write_history(session, declared, record, reveal=reveal)


def _write_record(session: Session, kind: RecordKind, record: Record, *, reveal: bool) -> None:
    click.echo(f"{record.number}  {_(kind.label)}  {record.id}".strip())
    names = [item.name for item in kind.fields if record[item.name] is not None]
    if record.kind == "timeline" and "text" not in names:
        names.append("text")
    for name in (*names, "created", "created_by", "changed", "changed_by"):
        item = SYSTEM_FIELDS.get(name) or kind.field(name)
        text = shown(session, record, name, reveal=reveal).replace("\n", "\n    ")
        if text:
            click.echo(_("{label}: {value}").format(label=_(item.label), value=text))
        value = record[name]
        if isinstance(item, Checklist) and isinstance(value, list):
            for _key, line, done in value:
                click.echo(f"    {'☑' if done else '☐'} {one_line(str(line))}")
    if record.conflicts:
        click.echo(
            ngettext(
                "{count} field has another value from another laptop.",
                "{count} fields have other values from other laptops.",
                record.conflicts,
            ).format(count=record.conflicts)
        )


def _write_history(session: Session, kind: RecordKind, record: Record, *, reveal: bool) -> None:
    rows = []
    for entry in session.history(record.id):
        parts = []
        for name, value in entry.values.items():
            item = kind.by_name.get(name.partition("/")[0])
            if item is None or "/" in name:
                parts.append(name)
                continue
            words = item.format(value, reveal=reveal)
            if isinstance(item, Link) and isinstance(value, str):
                words = session.link_title(item.to, value) or value
            parts.append(f"{_(item.label)}={words}")
        at = f"{clock.local(entry.at):%Y-%m-%d %H:%M:%S}"
        rows.append([at, entry.user, in_words(entry.verb), "; ".join(parts)])
    write_rows([_("Time"), _("Who"), _("Action"), _("Values")], rows, cut_last=False)


def show_command() -> click.Command:
    return Spoken(
        "show",
        callback=show_record,
        params=[
            kind_argument(),
            click.Argument(["key"], metavar="ID"),
            reveal_option(),
            click.Option(["--history"], is_flag=True, help=_("Also every change it went through.")),
            format_option("text", "json"),
        ],
        help=_("Show one record; ID is its number, its id or a name that only one has."),
        epilog=_(JSON_HELP),
    )


@pass_options
def search_records(
    options: Options, text: tuple[str, ...], limit: int, reveal: bool, form: str
) -> None:
    asked = " ".join(text)
    with revealing(options, reveal=reveal) as session:
        hits = session.search(asked, limit=limit)
        if reveal:
            note_reveal(session, "search")
        if form == "json":
            write_json(
                {"kind": hit.kind} | plain(KIND[hit.kind], hit.record, reveal=reveal)
                for hit in hits
            )
            return
        rows = [
            [
                _(KIND[hit.kind].label),
                hit.record.number,
                hit.title,
                _phones(session, hit.record, reveal),
            ]
            for hit in hits
        ]
        write_rows([_("Kind"), _("No."), _("Title"), _("Phone")], rows)


def _phones(session: Session, record: Record, reveal: bool) -> str:
    names = [item.name for item in KIND[record.kind].phone_fields()]
    texts = [session.display(record, name, reveal=reveal) for name in names]
    return _(", ").join(text for text in texts if text)


def search_command() -> click.Command:
    return Spoken(
        "search",
        callback=search_records,
        params=[
            click.Argument(["text"], nargs=-1, required=True, metavar="TEXT"),
            click.Option(
                ["--limit"],
                type=click.IntRange(min=1),
                default=20,
                metavar="N",
                help=_("At most N records of each kind; without it 20."),
            ),
            reveal_option(),
            format_option("table", "json"),
        ],
        help=_(
            "Find records of any kind by words, pinyin or initials of names, numbers,"
            " or a telephone number in full or by its last four digits."
        ),
        epilog=_(JSON_HELP),
    )


# -- writing ---------------------------------------------------------------------------------------


@pass_options
def add_record(options: Options, kind: str, values: tuple[str, ...]) -> None:
    given = {name: value for name, value in assignments(KIND[kind], values).items() if value}
    with options.writing() as session:
        receipt = session.execute(new(kind, **given))
        made = next(item for item in receipt.made if item.kind == kind)
        # Only now: `execute` has returned, so the operation is on disk.
        click.echo(f"{made.number} {made.id}")


def add_command() -> click.Command:
    return Spoken(
        "add",
        callback=add_record,
        params=[kind_argument(), click.Argument(["values"], nargs=-1, metavar="FIELD=VALUE…")],
        help=_(
            "Enter a record and print its number and id, as soon as it is safely on disk."
            " Choices by code or label, links by number, id or a name that only one has."
        ),
        epilog=_field_help(),
    )


def _field_help() -> str:
    lines = [
        f"{kind.name}: {' '.join(kind.by_name)}" for kind in KIND.values() if not kind.internal
    ]
    return "\n\n".join([_("Fields, by name or label:"), *lines])


@pass_options
def set_values(options: Options, kind: str, key: str, values: tuple[str, ...]) -> None:
    given = assignments(KIND[kind], values)
    with options.writing() as session:
        record = session.get(kind, key)
        receipt = session.execute(change_verb(session, kind, record, given))
        click.echo(f"{record.number} {record.id}")
        if not receipt.action:
            click.echo(
                _("{number} has these values already.").format(number=record.number), err=True
            )


def change_verb(session: Session, kind: str, record: Record, values: dict[str, object]) -> Verb:
    """The verb that sets `values`. A task changes its status as it does on the board."""
    status = values.get("status")
    if kind != task.NAME or status is None:
        return edit(kind, record.id, **values)
    if KIND[kind].field("status").parse(status) == record["status"]:
        return edit(kind, record.id, **values)
    moved = task.move(record.id, status=str(status), note=str(values.get("note") or ""))
    rest = {name: value for name, value in values.items() if name not in ("status", "note")}

    def plan(desk: Desk) -> Sequence[Change]:
        return [*(edit(kind, record.id, **rest).plan(desk) if rest else ()), *moved.plan(desk)]

    return Verb("task.edit" if rest else moved.name, plan)


def set_command() -> click.Command:
    return Spoken(
        "set",
        callback=set_values,
        params=[
            kind_argument(),
            click.Argument(["key"], metavar="ID"),
            click.Argument(["values"], nargs=-1, required=True, metavar="FIELD=VALUE…"),
        ],
        help=_("Change fields of a record; FIELD= empties one."),
        epilog=_field_help(),
    )


@pass_options
def undo(options: Options) -> None:
    _step_back(options, Session.undo, _("Taken back: {what}."))


@pass_options
def redo(options: Options) -> None:
    _step_back(options, Session.redo, _("Done again: {what}."))


def _step_back(options: Options, step: Callable[[Session], Any], text: str) -> None:
    with options.writing() as session:
        what = session.can_undo() if step is Session.undo else session.can_redo()
        receipt = step(session)
        numbers = sorted(_numbers(session, receipt.changes.records))
        click.echo(text.format(what=" ".join([in_words(what), *islice(numbers, 5)])))


def _numbers(session: Session, touched: frozenset[tuple[str, str]]) -> Iterator[str]:
    for kind, record in touched:
        if not KIND[kind].internal and kind != "timeline":
            yield session.get(kind, record).number


def undo_command() -> click.Command:
    return Spoken(
        "undo",
        callback=undo,
        help=_("Take back this laptop's last change, if nobody changed it since."),
    )


def redo_command() -> click.Command:
    return Spoken("redo", callback=redo, help=_("Do again what undo took back."))


COMMANDS = {
    "list": list_command,
    "show": show_command,
    "add": add_command,
    "set": set_command,
    "undo": undo_command,
    "redo": redo_command,
    "search": search_command,
}
"""The commands of this module by name."""
