"""Taking and putting back: how many, and for what. Enter confirms, Esc gives up."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bankcc.features import resource
from bankcc.i18n import _
from ui import theme
from ui.context import UiContext
from ui.resources.rows import ResourceRow
from ui.widgets.plain_label import ElidedLabel

MOST = 1_000_000


class StockStrip(QFrame):
    """Hidden until `ask`. `left`: done or given up."""

    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resource.stock")
        self.setProperty("card", True)
        self.context = context
        self._row: ResourceRow | None = None
        self._back = False
        self.what = ElidedLabel("", self, role="section")
        self.count = QSpinBox(self)
        self.count.setObjectName("resource.stock.count")
        self.count.setRange(1, MOST)
        self.count.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.count.lineEdit().setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.note = QLineEdit(self)
        self.note.setObjectName("resource.stock.note")
        self.confirm = QPushButton(self)
        self.confirm.setObjectName("resource.stock.confirm")
        self.confirm.setProperty("kind", "primary")
        self.cancel = QPushButton(self)
        self.cancel.setObjectName("resource.stock.cancel")
        column, line = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(*[theme.px(8)] * 4)
        column.setSpacing(theme.px(4))
        line.setSpacing(theme.px(8))
        column.addWidget(self.what)
        column.addLayout(line)
        for widget in (self.count, self.note, self.confirm, self.cancel):
            line.addWidget(widget, 1 if widget is self.note else 0)
        self.confirm.clicked.connect(lambda _checked=False: self.commit())
        self.cancel.clicked.connect(lambda _checked=False: self.give_up())
        theme.hub().changed.connect(self._size)
        self._size()
        self.retranslate()
        self.hide()

    def ask(self, row: ResourceRow, *, back: bool) -> None:
        """How many of this are taken, or brought back."""
        self._row, self._back = row, back
        self.count.setValue(1)
        self.note.clear()
        self.retranslate()
        self.show()
        self.count.setFocus(Qt.FocusReason.OtherFocusReason)
        self.count.selectAll()

    def commit(self) -> None:
        """Write it; what was typed stays if it is refused."""
        row = self._row
        if row is None:
            return
        self.count.interpretText()
        count, note = self.count.value(), self.note.text().strip()
        name = row.record.text("name")
        if self._back:
            verb = resource.put_back(row.id, count=count, note=note)
            said = _("Put back {count}: {name}").format(count=count, name=name)
        else:
            verb = resource.take(row.id, count=count, note=note)
            said = _("Took {count}: {name}").format(count=count, name=name)
        if self.context.execute(verb, said=said) is not None:
            self.give_up()

    def give_up(self) -> None:
        """Back to the list."""
        self._row = None
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.cancel.hasFocus():
                self.give_up()
            else:
                self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def _size(self) -> None:
        self.count.setFixedWidth(theme.px(84))

    def retranslate(self) -> None:
        """Words in the language in force."""
        row = self._row
        name = row.record.text("name") if row else ""
        there = row.number("actual") if row else 0
        words = _("Put back: {name} ({count} there)")
        if not self._back:
            words = _("Take: {name} ({count} there)")
        self.what.setText(words.format(name=name, count=there))
        self.count.setAccessibleName(_("How many"))
        self.note.setAccessibleName(_("What for"))
        self.note.setPlaceholderText(_("What for, by whom (optional)"))
        self.confirm.setText((_("Put back") if self._back else _("Take")) + " Enter")
        self.confirm.setAccessibleName(self.confirm.text())
        self.cancel.setText(_("Cancel Esc"))
        self.cancel.setAccessibleName(_("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
