"""Pages of the settings: the look, keys, diagnostics, licences. The look is in force at once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import LANGUAGES, N_, _
from ui import theme
from ui.appearance import STEP, Appearance
from ui.diagnostics import Facts, as_text
from ui.help import layout as help_layout
from ui.help import topics as help_topics
from ui.widgets.plain_label import PlainLabel

THEMES = (
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    (theme.SYSTEM, N_("As the system")),
)
SCALES = range(100, 201, STEP)


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
        help_layout.show_text(self.text, self._write())
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
