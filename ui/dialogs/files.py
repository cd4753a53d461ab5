"""Opens the dialogs for files and printing. Their code (tables, reports) is loaded when one of them
is first wanted: nobody waits for it at the start.
"""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from bankcc.schema.query import Query
from ui.context import UiContext


def import_file(
    context: UiContext, kind: str, path: Path | None = None, parent: QWidget | None = None
) -> QDialog:
    """Bring in a table of `kind`; the file is asked for at once unless `path` names it."""
    from ui.dialogs.import_file import ImportDialog

    dialog = ImportDialog(context, kind, path, parent)
    dialog.open()
    if path is None:
        dialog.choose()
    return dialog


def save_template(context: UiContext, kind: str, parent: QWidget | None = None) -> QDialog:
    """Write an empty table of `kind` to fill in."""
    from ui.dialogs.template_file import TemplateDialog

    return _open(TemplateDialog(context, kind, parent))


def export_file(context: UiContext, query: Query, parent: QWidget | None = None) -> QDialog:
    """Write what `query` finds to a file."""
    from ui.dialogs.export_file import ExportDialog

    return _open(ExportDialog(context, query, parent))


def print_list(context: UiContext, query: Query, parent: QWidget | None = None) -> QDialog:
    """A PDF of what `query` finds."""
    from ui.reports.dialog import ListDialog

    return _open(ListDialog(context, query, parent))


def print_situation(context: UiContext, parent: QWidget | None = None) -> QDialog:
    """A PDF of the situation."""
    from ui.reports.dialog import SituationDialog

    return _open(SituationDialog(context, parent))


def _open(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog
