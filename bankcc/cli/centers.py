"""Commands on a center as a whole: init, demo, verify, rebuild, status."""

import json
from dataclasses import asdict
from typing import Any

import click

from bankcc import demo, paths
from bankcc.cli.display import open_window
from bankcc.cli.files import end_ticker, ticker
from bankcc.cli.help import Spoken
from bankcc.cli.opening import Options, pass_options
from bankcc.cli.output import cut_to, one_line
from bankcc.cli.records import format_option
from bankcc.errors import Damaged, Refused, UserError, WrongPassphrase
from bankcc.features import KIND
from bankcc.i18n import _, ngettext
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session

_LINE = 160
"""Columns of the first problem in the one line on stderr; the whole list is on stdout."""


@pass_options
def init(options: Options, name: str, device: str) -> None:
    target = options.paths
    if target.exists() and not (target.root / "creating").exists():
        # Said before anybody thinks of a passphrase.
        raise Refused(
            _("There is a center in {folder} already.").format(folder=target.root),
            safe=_("It was not changed."),
            next_step=_("Open it, or name another folder."),
        )
    passphrase = options.new_passphrase()
    if not passphrase:
        raise WrongPassphrase(
            _("A passphrase is needed."),
            next_step=_("Type it, or give --passphrase-file or BANKCC_PASSPHRASE."),
        )
    session, recovery = Session.create(
        target, name=name, label=device, passphrase=passphrase, clock=options.clock
    )
    session.close()
    click.echo(_("The center “{name}” is ready in {folder}").format(name=name, folder=target.root))
    if recovery:
        click.echo()
        click.echo(_("RECOVERY KEY – shown this once:"))
        click.echo()
        click.echo(f"    {recovery}")
        click.echo()
        click.echo(
            _(
                "Print it or write it down and lock it away."
                " It opens the center when the passphrase is lost."
            )
        )


def init_command() -> click.Command:
    return Spoken(
        "init",
        callback=init,
        params=[
            click.Option(
                ["--name"], required=True, metavar="CENTER", help=_("What the center is called.")
            ),
            click.Option(
                ["--device"],
                default="甲",
                metavar="LABEL",
                help=_("Short name of this laptop, with which its numbers begin; without it 甲."),
            ),
        ],
        help=_("Make a center and print its recovery key, once."),
    )


# -- demo ------------------------------------------------------------------------------------------


@pass_options
@click.pass_context
def show_demo(context: click.Context, options: Options, no_window: bool) -> int:
    target = Paths(options.folder or paths.demo_center())
    made = ready_demo(target, options)
    text = (
        _("The example center is ready in {folder}")
        if made
        else _("The example center is in {folder}")
    )
    click.echo(text.format(folder=target.root))
    options.folder = target.root
    if no_window or not open_window(context):
        click.echo(_("No passphrase is needed. Try next:"))
        for line in (
            "list task --where status=todo",
            "search 停电",
            "report situation -o situation.pdf",
        ):
            click.echo(f"    bankcc --data-dir {_quoted(str(target.root))} {line}")
    return 0


def ready_demo(target: Paths, options: Options) -> bool:
    """Make the example unless it is there; whether it was made. Refuses a real center."""
    if not target.exists() or (target.root / "creating").exists():
        demo.create(target, clock=options.clock)
        return True
    try:
        session = Session.open(target, write=False, clock=options.clock)
    except WrongPassphrase as error:
        raise _real(target) from error
    with session:
        if not session.is_demo:
            raise _real(target)
        if session.count(Query("incident")):
            return False
    raise UserError(
        _("The example in {folder} was not finished.").format(folder=target.root),
        safe=_("No real data is in it."),
        next_step=_("Name another folder for the example."),
    )


def _real(target: Paths) -> Refused:
    return Refused(
        _("There is a real center in {folder}; the example is not played into it.").format(
            folder=target.root
        ),
        safe=_("It was not changed."),
        next_step=_("Name another folder for the example."),
    )


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


def demo_command() -> click.Command:
    return Spoken(
        "demo",
        callback=show_demo,
        params=[
            click.Option(["--no-window"], is_flag=True, help=_("Only make it and say where it is."))
        ],
        help=_(
            "Make and open an example: an invented bank, a branch closed by a power failure."
            " Needs no passphrase; never touches a real center."
        ),
    )


# -- care ------------------------------------------------------------------------------------------


@pass_options
def verify(options: Options) -> None:
    tick = ticker(_("{count} checked"))

    def progress(done: int) -> bool:
        if tick:
            tick(done)
        return True

    with options.reading() as session:
        report = session.verify(progress)
    end_ticker()
    lines = {
        _("Operations checked"): report.operations,
        _("Logs"): report.logs,
        _("Signatures checked"): report.signed,
        _("Operations not signed yet"): report.unsigned_tail,
        _("Erased contents"): report.erased,
        _("Operations of a newer version"): report.newer,
        _("Problems"): len(report.problems),
    }
    for label, count in lines.items():
        click.echo(_("{label}: {value}").format(label=label, value=count))
    for problem in report.problems:
        click.echo(f"  {problem}")
    if not report.ok:
        raise Damaged(
            ngettext(
                "The check found {count} problem: {problem}",
                "The check found {count} problems, first: {problem}",
                len(report.problems),
            ).format(
                count=len(report.problems), problem=cut_to(one_line(report.problems[0]), _LINE)
            ),
            safe=_("Nothing was changed or deleted."),
            next_step=_("Keep the folder as it is and restore from a backup or another laptop."),
        )


def verify_command() -> click.Command:
    return Spoken(
        "verify",
        callback=verify,
        help=_(
            "Check every page, operation, link and signature of the center;"
            " ends with 1 on problems."
        ),
    )


@pass_options
def rebuild(options: Options) -> None:
    tick = ticker(_("{count} folded"))

    def progress(done: int) -> bool:
        if tick:
            tick(done)
        return True

    with options.writing() as session:
        session.rebuild(progress)
        operations = session.status().operations
    end_ticker()
    words = ngettext(
        "All lists were built again from {count} operation.",
        "All lists were built again from {count} operations.",
        operations,
    )
    click.echo(words.format(count=operations))


def rebuild_command() -> click.Command:
    return Spoken(
        "rebuild",
        callback=rebuild,
        help=_("Build all lists again from the log; nothing entered is lost."),
    )


@pass_options
def status(options: Options, form: str) -> None:
    with options.reading() as session:
        found = _status(session)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    words = {
        _("Center"): _("{name} (example)").format(name=found["name"])
        if found["demo"]
        else found["name"],
        _("Folder"): found["folder"],
        _("This laptop"): found["label"],
        _("Head of the log"): found["head"],
        _("Operations"): found["operations"],
        _("Operations not signed yet"): found["unsigned"],
        _("Laptops in the log"): found["logs"],
        _("Values to review"): found["conflicts"],
        _("Size"): f"{found['size'] / 1_048_576:.1f} MiB",
    }
    for label, value in words.items():
        click.echo(_("{label}: {value}").format(label=label, value=value))
    for name, count in found["counts"].items():
        click.echo(f"  {_(KIND[name].plural)} ({name}): {count}")


def _status(session: Session) -> dict[str, Any]:
    center = session.center
    return {
        "name": center.text("name") if center else "",
        "demo": session.is_demo,
        "head": session.head_code(),
        **asdict(session.status()),
    }


def status_command() -> click.Command:
    return Spoken(
        "status",
        callback=status,
        params=[format_option("text", "json")],
        help=_("Say what the center holds, how large it is and what is unsigned."),
        epilog=_(
            "JSON is one object: name, demo, head, folder, label, counts (by kind), operations,"
            " logs, conflicts, unsigned, size (bytes)."
        ),
    )


COMMANDS = {
    "demo": demo_command,
    "init": init_command,
    "verify": verify_command,
    "rebuild": rebuild_command,
    "status": status_command,
}
"""The commands of this module by name."""
