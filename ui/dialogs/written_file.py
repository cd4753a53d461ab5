"""What is said when a file was written, and the ways to it: open, print, its folder."""

from collections.abc import Callable
from pathlib import Path

from bankcc.errors import StorageError
from bankcc.i18n import _
from bankcc.whole_file import is_in_use, unused_name
from ui.context import UiContext
from ui.dialogs.print_pdf import print_file
from ui.dialogs.target_file import open_with_system
from ui.jobs import Progress
from ui.theme import Level

Produce = Callable[[Path, Progress], str]


def say_written(context: UiContext, said: str, path: Path) -> None:
    """Tell that `path` is on disk."""
    more = [(_("Show in folder"), lambda: open_with_system(path.parent))]
    if path.suffix.lower() == ".pdf":
        more.insert(0, (_("Print"), lambda: print_file(context, path)))
    context.messages.say(
        Level.OK, said, action=_("Open"), act=lambda: open_with_system(path), more=tuple(more)
    )


def write_beside(produce: Produce, path: Path, progress: Progress) -> tuple[Path, str]:
    """Let `produce` write `path`; if another program holds that file open, `name (2)` beside it.
    Where it was written to, and what it says of it. Raises as `produce` does."""
    try:
        return path, produce(path, progress)
    except StorageError as error:
        if not is_in_use(error, path):
            raise
        other = unused_name(path)
        said = produce(other, progress)
        words = _("{said} {name} is open in another program; this is {other}.")
        return other, words.format(said=said, name=path.name, other=other.name)
