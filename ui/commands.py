"""The commands that need a window, as the command line registers them: `open` and `shots`.

Rule: loaded with the list of commands, so nothing of Qt is imported before one of them runs.
"""

from pathlib import Path

import click

from bankcc import paths
from bankcc.cli import Options, pass_options
from bankcc.i18n import _, normalise
from bankcc.paths import Paths


@click.command("open", help=_("Open the window of a center."))
@pass_options
def open_window(options: Options) -> int:
    """Start the window; its exit code is that of the process."""
    from ui.app import Start, run

    example = Paths(options.folder) if options.folder else Paths(paths.demo_center())
    start = Start(
        paths=options.paths,
        demo=example,
        language=_asked_language(),
        passphrase=options.given_passphrase(),
        user=options.user,
        clock=options.clock,
    )
    return run(start)


@click.command("shots", help=_("Draw every panel and dialog of the example as pictures."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def shots(folder: Path) -> None:
    """Draw the pictures into FOLDER."""
    from ui.shots import render_all

    for file in render_all(folder):
        click.echo(file)
    click.echo(_("The pictures are in {folder}.").format(folder=folder))


def _asked_language() -> str:
    """`--lang` or BANKCC_LANG; nothing if neither was given."""
    asked = click.get_current_context().find_root().params.get("lang")
    return normalise(asked) if asked else ""
