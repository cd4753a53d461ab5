"""A panel that is made in several steps, so that keys are taken between them.

Rule: made by whoever wants to show it, it is whole at once; only what makes panels ready ahead
begins one with `at_once=False` and goes on with `making`.
"""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from bankcc.i18n import language
from ui.context import UiContext


def steps(panel: QWidget) -> Iterator[None]:
    """What is still to be done for a panel; nothing for one of another sort."""
    return panel.making if isinstance(panel, PanelInSteps) else iter(())


def finish(panel: QWidget) -> None:
    """All of it now."""
    for _step in steps(panel):
        pass


class PanelInSteps(QWidget):
    """Its maker writes `_make`: a step to each `yield`, the longest a quarter of what a person
    would feel. Until `making` is used up the panel is neither shown nor asked for anything."""

    def __init__(
        self, context: UiContext, parent: QWidget | None = None, *, at_once: bool = True
    ) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.making, self._whole = self._all(), False
        if at_once:
            finish(self)

    def _make(self) -> Iterator[None]:
        raise NotImplementedError

    def retranslate(self) -> None:
        """Words in the language in force."""
        raise NotImplementedError

    def _all(self) -> Iterator[None]:
        began = language()
        yield from self._make()
        self._whole = True
        if language() != began:  # the first parts still speak the other one
            QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LanguageChange))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._whole:
            self.retranslate()
        super().changeEvent(event)
