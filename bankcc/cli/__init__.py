"""The command line. Every command goes through the session; nothing here knows the window.

When adding a command: a function and a `…_command` maker in one of the modules beside this one,
a line in its `COMMANDS` and in `MAKERS`, a test. Makers run when the language is known, so that
help is shown in it.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from bankcc import __version__, i18n, settings
from bankcc.cli.display import OPEN, can_open, has_display, no_display, open_window, window_commands
from bankcc.cli.failures import explain
from bankcc.cli.help import SpokenGroup
from bankcc.cli.opening import Options, pass_options
from bankcc.clock import Clock, SystemClock
from bankcc.i18n import _


def _of_centers(name: str) -> click.Command:
    from bankcc.cli import centers

    return centers.COMMANDS[name]()


def _of_records(name: str) -> click.Command:
    from bankcc.cli import records

    return records.COMMANDS[name]()


def _of_files(name: str) -> click.Command:
    from bankcc.cli import files

    return files.COMMANDS[name]()


MAKERS: Mapping[str, Callable[[str], click.Command]] = {
    "demo": _of_centers,
    "init": _of_centers,
    "import": _of_files,
    "template": _of_files,
    "list": _of_records,
    "show": _of_records,
    "add": _of_records,
    "set": _of_records,
    "undo": _of_records,
    "redo": _of_records,
    "search": _of_records,
    "export": _of_files,
    "report": _of_files,
    "verify": _of_centers,
    "rebuild": _of_centers,
    "status": _of_centers,
}
"""Who makes a command, imported when it is wanted: the window must not wait for them all."""


class Commands(SpokenGroup):
    """The commands above and those the window adds, each made when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        found = window_commands()
        first = [OPEN] if OPEN in found else []
        return [*first, *MAKERS, *sorted(name for name in found if name != OPEN)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if maker := MAKERS.get(cmd_name):
            return maker(cmd_name)
        point = window_commands().get(cmd_name)
        if point is None:
            return None
        try:
            found = point.load()
        except ImportError:  # an installation without the window's libraries still has its records
            return None
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(
                _("There is no command “{name}”.").format(name=args[0][:40]), ctx
            )
        helped = any(name in args[1:] for name in ctx.help_option_names)
        if args[:1] == [OPEN] and not helped and not can_open():
            raise no_display()
        return super().resolve_command(ctx, args)


def start(
    context: click.Context,
    data_dir: Path | None,
    lang: str | None,
    passphrase_file: Path | None,
    acting: str,
) -> None:
    """The global options; without a command, the window."""
    context.obj.folder = data_dir
    context.obj.passphrase_file = passphrase_file
    context.obj.user = acting
    if context.invoked_subcommand is None and not open_window(context):
        click.echo(context.get_help())


def _language(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value:
        try:
            i18n.set_language(value)
        except ValueError:
            known = ", ".join(i18n.LANGUAGES)
            raise click.BadParameter(
                _("there is no language “{name}”; known: {known}").format(
                    name=value[:20], known=known
                ),
                context,
                parameter,
            ) from None
    return value


def build() -> Commands:
    """The command line in the language in force."""
    return Commands(
        "bankcc",
        callback=click.pass_context(start),
        invoke_without_command=True,
        params=_options(),
        help=_(
            "Command center of a bank branch in an emergency. Without a command, opens the window."
        ),
        epilog=_(
            "Ends with 0 when all went well, 1 when it could not be done, 2 when called wrongly."
        ),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def _options() -> list[click.Parameter]:
    """What stands before the command."""
    path: Any = click.Path(path_type=Path)
    return [
        click.Option(
            ["--data-dir"],
            type=path,
            metavar="FOLDER",
            envvar="BANKCC_DATA_DIR",
            help=_("The folder of the center."),
        ),
        click.Option(
            ["--lang"],
            metavar="zh_CN|en",
            envvar="BANKCC_LANG",
            is_eager=True,
            callback=_language,
            help=_("Language of this command."),
        ),
        click.Option(
            ["--passphrase-file"],
            type=path,
            metavar="FILE",
            help=_("File that holds the passphrase; else BANKCC_PASSPHRASE, else it is asked for."),
        ),
        click.Option(
            ["--as", "acting"],
            default="",
            metavar="NAME",
            envvar="BANKCC_USER",
            help=_("Who acts, such as “王敏 · 热线坐席”; without it the login name."),
        ),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=_("Show the version."),
        ),
    ]


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"bankcc {__version__}")
        context.exit()


def run(arguments: Sequence[str], *, clock: Clock | None = None) -> int:
    """Run one command line; its exit code. Nothing escapes but what ends the interpreter."""
    i18n.set_language(_wanted_language(arguments))
    try:
        result = build().main(
            args=list(arguments),
            prog_name="bankcc",
            standalone_mode=False,
            obj=Options(clock=clock or SystemClock()),
        )
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  the last place that can say it
        return explain(error)
    return result if isinstance(result, int) and not isinstance(result, bool) else 0


def _wanted_language(arguments: Sequence[str]) -> str:
    """The language before click has read the options: help is made from it."""
    wanted = os.environ.get("BANKCC_LANG", "")
    for place, text in enumerate(arguments):
        if text == "--lang" and place + 1 < len(arguments):
            wanted = arguments[place + 1]
        elif text.startswith("--lang="):
            wanted = text.partition("=")[2]
    try:
        return i18n.normalise(wanted)
    except ValueError:  # none, or one that click refuses a moment later
        return settings.load().language


def main() -> None:
    """The script `bankcc`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


__all__ = ["Options", "build", "has_display", "main", "open_window", "pass_options", "run"]
