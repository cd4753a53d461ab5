"""The pages of the settings: the look, the center, keys, diagnostics, licences.

Rule: the look is put in force at once; what belongs to the center is one verb.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from bankcc import clock
from bankcc.errors import UserError
from bankcc.features import center
from bankcc.i18n import LANGUAGES, N_, _
from bankcc.schema.change import edit
from bankcc.session import ChangeSet
from ui import help_layout, help_topics, theme
from ui.appearance import STEP, Appearance
from ui.context import UiContext
from ui.diagnostics import Facts, as_text
from ui.dialogs.frame import ErrorLine
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel

THEMES = (
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    (theme.SYSTEM, N_("As the system")),
)
SCALES = range(100, 201, STEP)
FIELDS = ("name", "bank", "hotline", "zone", "outlets")


class Page(QWidget):
    """A page of rows: caption at the left, control at the right. `retranslate` says them again."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"settings.{name}")
        self._captions: list[tuple[PlainLabel, str, QWidget]] = []
        self.form = QFormLayout(self)
        self.form.setContentsMargins(*[theme.px(16)] * 4)
        self.form.setHorizontalSpacing(theme.px(16))
        self.form.setVerticalSpacing(theme.px(12))
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def row(self, text: str, control: QWidget) -> None:
        """Add a control with a caption (a message id)."""
        caption = PlainLabel("", self)
        caption.setBuddy(control)
        self._captions.append((caption, text, control))
        self.form.addRow(caption, control)

    def retranslate(self) -> None:
        """Captions in the language in force."""
        for caption, text, control in self._captions:
            caption.setText(_(text))
            control.setAccessibleName(_(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class LookPage(Page):
    """Language, theme, size of the text: in force at once."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("look", parent)
        self._look = look
        self.language, self.theme, self.scale = QComboBox(), QComboBox(), QComboBox()
        for name, text, box in (
            ("language", N_("Language"), self.language),
            ("theme", N_("Theme"), self.theme),
            ("scale", N_("Size of the text"), self.scale),
        ):
            box.setObjectName(f"settings.look.{name}")
            self.row(text, box)
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        for code, _name in THEMES:
            self.theme.addItem("", code)
        for percent in SCALES:
            self.scale.addItem(f"{percent} %", percent)
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        self.form.addRow(self.hint)
        self.retranslate()
        self.language.activated.connect(lambda _i: look.set_language(self.language.currentData()))
        self.theme.activated.connect(lambda _i: look.set_theme(self.theme.currentData()))
        self.scale.activated.connect(lambda _i: self._zoom(self.scale.currentData()))
        theme.hub().changed.connect(self._show)

    def retranslate(self) -> None:
        super().retranslate()
        for place, (_code, name) in enumerate(THEMES):
            self.theme.setItemText(place, _(name))
        self.hint.setText(_("In force at once and kept for this person on this laptop."))
        self._show()

    def _show(self) -> None:
        kept = self._look.settings
        for box, value in (
            (self.language, kept.language),
            (self.theme, kept.theme),
            (self.scale, kept.font_scale),
        ):
            box.setCurrentIndex(box.findData(value))

    def _zoom(self, percent: int) -> None:
        steps = (percent - self._look.settings.font_scale) // STEP
        if steps:
            self._look.zoom(steps)


class CenterPage(Page):
    """What the center is called and where it is, for all its laptops."""

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
        self._shown: dict[str, str] = {}
        self._read()
        context.bridge.changed.connect(self._changed)
        self.retranslate()

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
            words = _("For every laptop of this center; outlets are separated by commas.")
        else:
            words = _("The center is open for reading only.")
        self.hint.setText(words)
        self._look()

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


class TextPage(QWidget):
    """A page to read, made of Markdown by `write()` when it is first wanted; with buttons."""

    def __init__(
        self, name: str, label: str, write: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"settings.{name}")
        self._label, self._write = label, write
        self._filled = False
        self.text = QTextBrowser(self)
        self.text.setObjectName(f"settings.{name}.text")
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self._said: list[tuple[QPushButton, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(self.text, 1)
        column.addLayout(self.buttons)
        theme.hub().changed.connect(self.retranslate)
        self.retranslate()

    def button(self, name: str, text: str, act: Callable[[], object]) -> QPushButton:
        """Add a button (`text` a message id)."""
        made = QPushButton(_(text), self)
        made.setObjectName(f"{self.objectName()}.{name}")
        made.setAutoDefault(False)
        made.clicked.connect(lambda _checked=False: act())
        self._said.append((made, text))
        self.buttons.addWidget(made)
        self.retranslate()
        return made

    def retranslate(self) -> None:
        """Written again, in the language and the look in force."""
        self.text.setAccessibleName(_(self._label))
        if self._filled:
            self._fill()
        for made, text in self._said:
            made.setText(_(text))
            made.setAccessibleName(_(text))

    def words(self) -> str:
        """All its words, for a search."""
        if not self._filled:
            self._fill()
        return self.text.toPlainText()

    def _fill(self) -> None:
        self._filled = True
        ground = theme.tokens().surface
        self.text.setStyleSheet(f"QTextBrowser {{ background: {ground}; }}")
        help_layout.lay_out(self.text.document(), self._write())
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def showEvent(self, event: QShowEvent) -> None:
        if not self._filled:
            self._fill()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def keys_page(parent: QWidget | None = None) -> TextPage:
    """The sheet of shortcuts."""
    return TextPage("keys", N_("Shortcuts"), help_topics.shortcut_sheet, parent)


def diagnostics_page(facts: Callable[[], Facts], parent: QWidget | None = None) -> TextPage:
    """What a diagnostics package would hold, before anybody makes one."""
    return TextPage("logs", N_("Logs and diagnostics"), partial(_diagnostics, facts), parent)


def _diagnostics(facts: Callable[[], Facts]) -> str:
    why = _("For support: versions, settings and counts. No records, no names, no phone numbers.")
    lines = as_text(facts()).strip()
    return f"{why}\n\n```\n{lines}\n```\n"
