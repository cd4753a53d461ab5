"""What goes into the roster and out of it as a file: contact lists, exports, the poster."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from bankcc.features import person
from bankcc.schema.query import Query
from ui.context import UiContext
from ui.dialogs import files
from ui.roster.org_poster import OrgPosterDialog


class RosterFiles:
    """Opens the dialogs over the window of `panel`."""

    def __init__(self, context: UiContext, panel: QWidget) -> None:
        self._context, self._panel = context, panel

    def save_template(self) -> QDialog:
        """An empty contact list to fill in."""
        return files.save_template(self._context, person.NAME, self._panel.window())

    def bring_in(self, path: Path | None = None) -> QDialog:
        """A contact list; the file is asked for unless `path` names it."""
        return files.import_file(self._context, person.NAME, path, self._panel.window())

    def export(self) -> QDialog:
        """Everybody, to a file."""
        query = Query(person.NAME, order="created")
        return files.export_file(self._context, query, self._panel.window())

    def poster(self) -> OrgPosterDialog:
        """The organisation as a PDF."""
        dialog = OrgPosterDialog(self._context, self._panel.window())
        dialog.open()
        return dialog
