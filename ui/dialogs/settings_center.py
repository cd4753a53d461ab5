"""The settings of the center: what it is called and where it is, its outlets, its keys.

Rule: what is typed is one verb; everything else leads to the place where it is done.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from bankcc import clock
from bankcc.errors import UserError
from bankcc.features import center, outlet
from bankcc.i18n import N_, _
from bankcc.schema.change import edit
from bankcc.schema.query import Query
from bankcc.session import ChangeSet
from ui import theme
from ui.context import UiContext
from ui.dialogs.frame import ErrorLine
from ui.dialogs.settings_pages import Page
from ui.theme import Level
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel

FIELDS = ("name", "bank", "hotline", "zone")
OUTLETS, SET_UP, KEY, EXAMPLE = "outlets", "set_up", "key", "example"
WAYS = (
    (SET_UP, N_("Set-up…")),
    (KEY, N_("New recovery key…")),
    (EXAMPLE, N_("Remove the example")),
)


class CenterPage(Page):
    """What the center is called and where it is, for all its laptops. `asked(str)`: one of the
    places that it leads to."""

    asked = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("center", parent)
        self._context, self._session = context, context.session
        self.lines: dict[str, QLineEdit] = {}
        for name in FIELDS:
            line = self.lines[name] = QLineEdit(self)
            line.setObjectName(f"settings.center.{name}")
            line.setReadOnly(not self._session.can_write)
            line.textEdited.connect(lambda _text: self._look())
            self.row(center.KIND.field(name).label, line)
        self.label = QLineEdit(self._session.label, self)
        self.label.setObjectName("settings.center.label")
        self.label.setReadOnly(True)
        self.row(N_("Short name of this laptop"), self.label)
        self._add_outlets()
        self.error = ErrorLine(self)
        self.save_button = QPushButton(self)
        self.save_button.setObjectName("settings.center.save")
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.hint, 1)
        buttons.addWidget(self.save_button)
        self.form.addRow(self.error)
        self.form.addRow(buttons)
        self._add_ways()
        self._shown: dict[str, str] = {}
        self._read()
        context.bridge.changed.connect(self._changed)
        self.retranslate()

    def _add_outlets(self) -> None:
        """How many there are, and the way to them; a list that was typed as one text stays to be
        read."""
        self.outlets = PlainLabel("", self, wrap=True)
        self.outlet_button = QPushButton(self)
        self.outlet_button.setObjectName("settings.center.outlets")
        self.outlet_button.clicked.connect(lambda _checked=False: self.asked.emit(OUTLETS))
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.outlets, 1)
        row.addWidget(self.outlet_button)
        self.row(outlet.KIND.plural, line)

    def _add_ways(self) -> None:
        """What belongs to the center and is done elsewhere."""
        self.ways: dict[str, QPushButton] = {}
        line = FlowLayout(gap=theme.px(8))
        for name, _text in WAYS:
            made = self.ways[name] = QPushButton(self)
            made.setObjectName(f"settings.center.{name}")
            made.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
            made.setVisible(self._session.can_write and (name != KEY or not self._session.is_demo))
            line.addWidget(made)
        if not (self._session.is_demo and self._session.can_write):
            self.ways[EXAMPLE].hide()
        self.form.addRow(line)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self._typed())

    def save(self) -> bool:
        """Write what was changed; False if it was refused, which is said above the button."""
        values, record = self._typed(), self._session.center
        self.error.say("")
        if not values or record is None or not self._session.can_write:
            return True
        try:
            _check_zone(values.get("zone", ""))
            self._session.execute(edit(center.NAME, record.id, **values))
        except UserError as error:
            self.error.say_error(error)
            return False
        self._context.saved.saved(self._session.clock.now_ms())
        self._context.messages.say(Level.OK, _("The settings of the center are saved"))
        self._read()
        return True

    def retranslate(self) -> None:
        super().retranslate()
        self.save_button.setText(_("Save"))
        self.save_button.setAccessibleName(_("Save the settings of the center"))
        if self._session.can_write:
            words = _("For every laptop of this center.")
        else:
            words = _("The center is open for reading only.")
        self.hint.setText(words)
        self.outlet_button.setText(_("Open the list"))
        self.outlet_button.setAccessibleName(_("Open the list of outlets"))
        for name, text in WAYS:
            self.ways[name].setText(_(text))
            self.ways[name].setAccessibleName(_(text))
        self._show_outlets()
        self._look()

    def _show_outlets(self) -> None:
        record, count = self._session.center, self._session.count(Query(outlet.NAME))
        parts = [_("{count} stored").format(count=count)]
        if earlier := self._session.display(record, "outlets") if record else "":
            parts.append(_("named earlier: {names}").format(names=earlier))
        self.outlets.setText("; ".join(parts))

    def _typed(self) -> dict[str, str]:
        typed = {name: line.text().strip() for name, line in self.lines.items()}
        return {name: text for name, text in typed.items() if text != self._shown.get(name, "")}

    def _read(self) -> None:
        record = self._session.center
        for name, line in self.lines.items():
            text = self._session.display(record, name, reveal=True) if record else ""
            self._shown[name] = text
            line.setText(text)
        self._look()

    def _look(self) -> None:
        self.save_button.setEnabled(self.dirty and self._session.can_write)

    def _changed(self, changes: ChangeSet) -> None:
        if outlet.NAME in changes.kinds:
            self._show_outlets()
        if center.NAME in changes.kinds and not self.dirty:
            self._read()


def _check_zone(name: str) -> None:
    """Times would not be shown in a zone nobody knows. Raises UserError."""
    if not name:
        return
    try:
        clock.zone(name)
    except (KeyError, ValueError, OSError) as error:
        raise UserError(
            _("There is no time zone “{name}”.").format(name=name),
            safe=_("Nothing was written."),
            next_step=_("Write it as Asia/Shanghai."),
        ) from error
