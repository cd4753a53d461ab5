"""The board outside the program: as a PDF in a file, and cards as a table on the clipboard."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.features import task
from bankcc.i18n import _
from bankcc.reports.board import board_report, render_board
from bankcc.schema.fields import Choice
from bankcc.schema.query import Condition, Query
from bankcc.whole_file import unused_name
from ui.board.model import Board
from ui.context import UiContext
from ui.dialogs.written_file import say_written
from ui.records.row_copy import copied_rows
from ui.theme import Level

COPIED = ("number", *task.KIND.columns, "blocked_reason", "source")


class BoardPrint:
    """`choose(suggested)` asks where the file goes; None if the person gave up."""

    def __init__(self, context: UiContext, board: Board, panel: QWidget) -> None:
        self._context, self._board, self._panel = context, board, panel

    def choose(self, suggested: Path) -> Path | None:
        """Ask for the file."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self._panel, _("Print the board"), str(suggested), "PDF (*.pdf)"
        )
        return Path(chosen) if chosen else None

    def print_board(self, paper: str) -> None:
        """Write what the filter shows as PDF on `paper` (A4 or A3)."""
        target = self.choose(self.suggested())
        if target is None:
            return
        shown = self._board.filter
        only = None
        if shown.narrows:
            only = frozenset(card.id for cell in self._board for card in cell.cards)
        words = self.filter_words()
        self._context.jobs.start(
            _("Printing the board"),
            lambda _progress: render_board(
                board_report(self._context.session, only=only, filters=words), target, paper=paper
            ),
            done=self._printed,
            failed=self._failed,
            cancellable=False,
            owner=self._panel,
        )

    def copy(self, card_ids: Sequence[str]) -> None:
        """Put cards on the clipboard as a table with headings, phones masked."""
        session = self._context.session
        chosen = Condition("id", "in", tuple(card_ids))
        found = {r.id: r for r in session.find(Query(task.NAME, where=(chosen,)))}
        records = [found[card] for card in card_ids if card in found]
        if records:
            data = copied_rows(session, task.KIND, COPIED, records)
            QGuiApplication.clipboard().setMimeData(data)
            words = _("Rows copied: {count}; phone numbers are masked")
            self._context.messages.say(Level.INFO, words.format(count=len(records)))

    def copy_shown(self) -> None:
        """Every card that is shown, cell by cell."""
        self.copy([card.id for cell in self._board for card in cell.cards])

    def suggested(self) -> Path:
        """A name that is not taken, among the documents of the person."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        now = local(self._context.session.clock.now_ms())
        name = _("task_board_{time}").format(time=f"{now:%Y%m%d-%H%M}")
        return unused_name(Path(place or Path.home()) / f"{name}.pdf")

    def filter_words(self) -> str:
        """What the filter leaves out, in words; empty for nothing."""
        shown = self._board.filter
        parts = [_("Only tasks of {name}").format(name=shown.mine)] if shown.mine else []
        parts += [_("Only open tasks past their time")] if shown.late else []
        group = task.KIND.field("group")
        if shown.groups and isinstance(group, Choice):
            names = [_(o.label) for o in group.options if o.code in shown.groups]
            parts.append(_(", ").join(names))
        parts += [f"“{' '.join(shown.words)}”"] if shown.words else []
        return _("; ").join(parts)

    def _printed(self, target: Path) -> None:
        say_written(self._context, _("Saved {name}").format(name=target.name), target)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.messages.show_error(error)
