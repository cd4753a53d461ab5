"""How much room the texts in a list take at present, so that columns can be shared out by it.

Rule: measured at the head of the list, once for each look at it: columns that follow every row
would move under the eyes.
"""

from PySide6.QtGui import QFontMetrics

from bankcc.schema.fields import Field, Link, Text, TextList
from ui import theme
from ui.records.column_memory import WIDEST
from ui.records.record_table import RecordTableModel

MEASURED = 40
"""So many rows say how much room their texts need."""
AROUND = 20
"""Pixels at 100 % on both sides of a text."""
NAME = 76
"""Pixels at 100 % that are kept for a name of another record, though shorter ones stand there."""
RIGID_WIDTH = 12
"""Up to so many characters a text is a name or a number, which is no use cut short."""


def is_free(item: Field) -> bool:
    """Whether a column may be cut short: texts longer than a name."""
    return isinstance(item, Text | TextList | Link) and item.width > RIGID_WIDTH


class ColumnNeeds:
    """`known` in pixels by column, 0 for one of no account; empty until there were rows to see."""

    def __init__(self, model: RecordTableModel) -> None:
        self._model = model
        self._stale = True
        self.known: list[int] = []

    def forget(self) -> None:
        """What stands in the list, or how it looks, has changed."""
        self._stale = True

    def look(self, *, seen: bool) -> list[int]:
        """Measure if that is due and the list is `seen`: else its rows need not be read."""
        if self._stale and seen and self._model.rowCount():
            self._stale = False
            self.known = self._measured()
        return self.known

    def _measured(self) -> list[int]:
        model, metrics = self._model, QFontMetrics(theme.font())
        rows, needs = range(min(model.rowCount(), MEASURED)), []
        for at in range(len(model.columns)):
            item = model.field(at)
            if not self._counts(item):
                needs.append(0)
                continue
            texts = [str(model.index(row, at).data() or "") for row in rows]
            widest = max(map(metrics.horizontalAdvance, texts)) + theme.px(AROUND)
            least = theme.px(NAME) if isinstance(item, Link) else 0
            needs.append(min(max(widest, least), theme.px(WIDEST)))
        return needs

    @staticmethod
    def _counts(item: Field) -> bool:
        """Times and choices come and go: their columns keep room for the longest."""
        return is_free(item) or isinstance(item, Link) or item.name == "number"
