"""Writes the empty table of a kind, to be filled in and imported."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from bankcc.i18n import _, ngettext
from bankcc.tabular.template import columns, file_name, headings, write_template
from ui.context import UiContext
from ui.dialogs.writing import Produce, WritingDialog
from ui.jobs import Progress
from ui.widgets.plain_label import PlainLabel


class TemplateDialog(WritingDialog):
    """Says which columns it has; Enter writes."""

    def __init__(self, context: UiContext, kind: str, parent: QWidget | None = None) -> None:
        self.kind = context.session.kind(kind)
        title = _("Save template: {kind}").format(kind=_(self.kind.plural))
        super().__init__(context, "template", title, file_name(self.kind), ".xlsx", parent)
        names = _(", ").join(headings(self.kind))
        count = len(columns(self.kind))
        words = ngettext("{count} column: {names}", "{count} columns: {names}", count)
        words = words.format(count=count, names=names)
        self.body.addWidget(PlainLabel(words, self, wrap=True))
        hint = _("The sample line in it is left out by the import.")
        self.body.addWidget(PlainLabel(hint, self, role="hint", wrap=True))
        self.write_button.setFocus()

    def prepare(self) -> Produce:
        return self._produce

    def _produce(self, path: Path, _progress: Progress) -> str:
        write_template(self.kind, path)
        return _("The template is written.")
