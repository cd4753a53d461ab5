"""The steps that are staged with a call, each as a chip that can be taken off again.

Rule: Delete or Backspace on a chip, or a click, takes it off; nothing of it is stored before the
call is.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from bankcc.i18n import _
from bankcc.session import Session
from ui import theme
from ui.hotline import staged_call
from ui.hotline.staged_call import Stage, StageKind
from ui.theme import SHAPES
from ui.widgets.flow_layout import FlowLayout

WIDEST = 230
"""Pixels of text at 100 %: a long title of a task is cut."""
REMOVE = "✕"


class StagedChip(QPushButton):
    """One step. `removed(kind)`, `left`: Esc."""

    removed = Signal(object)
    left = Signal()

    def __init__(self, session: Session, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setObjectName(f"hotline.staged.{stage.kind}")
        self.setProperty("small", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: self.removed.emit(stage.kind))
        self.word = staged_call.words(session, stage)
        level = staged_call.level(stage)
        cut = self.fontMetrics().elidedText(
            self.word, Qt.TextElideMode.ElideRight, theme.px(WIDEST)
        )
        self.setText(f"{SHAPES[level]} {cut}  {REMOVE}")
        self.setAccessibleName(_("{what}, not saved yet").format(what=self.word))
        self.setToolTip(
            _("{what}: saved with the call. Delete takes it off").format(what=self.word)
        )
        colours = theme.tokens().levels[level]
        self.setStyleSheet(
            f"QPushButton {{ background: {colours.chip}; color: {colours.on_chip};"
            f" border: 1px solid {colours.chip}; border-radius: {theme.px(8)}px;"
            " font-weight: bold; }"
            f"QPushButton:focus {{ border: 2px solid {theme.tokens().focus}; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.stage.kind)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class StagedChips(QWidget):
    """`removed(StageKind)`; `left`: back to the fields. Hidden while nothing is staged."""

    removed = Signal(object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.after: QWidget | None = None
        """Tab goes from here to the first chip."""
        self.setObjectName("hotline.staged")
        self._session = session
        self._stages: tuple[Stage, ...] = ()
        self.chips: dict[StageKind, StagedChip] = {}
        self._flow = FlowLayout(self, gap=theme.px(4))
        theme.hub().changed.connect(self.retranslate)
        self.retranslate()

    def show_stages(self, stages: Sequence[Stage]) -> None:
        """Show these, in this order."""
        if tuple(stages) != self._stages:
            self._stages = tuple(stages)
            self.retranslate()

    def retranslate(self) -> None:
        """Build the chips in the language and the theme in force."""
        self.setAccessibleName(_("Saved together with the call"))
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for stage in self._stages:
            chip = StagedChip(self._session, stage, self)
            chip.removed.connect(self.removed)
            chip.left.connect(self.left)
            self._flow.addWidget(chip)
            chip.show()
            self.chips[stage.kind] = chip
        stops = [stop for stop in (self.after, *self.chips.values()) if stop is not None]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)
        self.setVisible(bool(self._stages))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
