"""The settings, with a search box on top: the look, the center, reminders, keys, Chinese input,
diagnostics, licences.

Rule: what is in force stays so when it closes; only the fields of the center need saving.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QWidget,
)

from bankcc import __version__
from bankcc.clock import local
from bankcc.features.outlet import NAME as OUTLET
from bankcc.i18n import N_, _, in_every_language
from bankcc.schema.plain_text import fold_width
from ui import diagnostics, theme
from ui.appearance import Appearance
from ui.context import UiContext
from ui.dialogs.frame import button, frame
from ui.dialogs.ime_check import ImeCheck
from ui.dialogs.settings_center import EXAMPLE, KEY, OUTLETS, CenterPage
from ui.dialogs.settings_pages import LookPage, TextPage, diagnostics_page, keys_page
from ui.dialogs.settings_reminders import RemindersPage
from ui.dialogs.settings_rooms import Rooms
from ui.dialogs.target_file import open_with_system
from ui.dialogs.writing import Produce, WritingDialog
from ui.jobs import Progress
from ui.palette.model import latin
from ui.widgets.plain_label import PlainLabel
from ui.widgets.search_line import SearchLine

SIZE = QSize(840, 560)
TABS = (
    ("look", N_("Look")),
    ("center", N_("Center")),
    ("reminders", N_("Reminders")),
    ("keys", N_("Shortcuts")),
    ("ime", N_("Input method check")),
    ("logs", N_("Logs and diagnostics")),
    ("about", N_("About and licences")),
)
ALSO = {
    "look": (N_("Language"), N_("Theme"), N_("Size of the text"), N_("Dark")),
    "reminders": (N_("Mute"), N_("Sound"), N_("Call back due")),
    "center": (
        N_("Bank"),
        N_("Time zone"),
        N_("Outlets"),
        N_("Hotline number"),
        N_("The recovery key"),
        N_("Remove the example"),
    ),
    "logs": (N_("Open the folder"), N_("Diagnostics package")),
    "ime": (N_("Language"),),
}
"""Words by which a page is found that do not stand on it in every language."""
LICENCES = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("sqlcipher3", "zlib; SQLCipher: BSD-3-Clause"),
    ("sqlite-utils", "Apache-2.0"),
    ("cryptography", "Apache-2.0 / BSD-3-Clause"),
    ("msgspec", "BSD-3-Clause"),
    ("click", "BSD-3-Clause"),
    ("reportlab", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("defusedxml", "PSF-2.0"),
    ("pyqtgraph", "MIT"),
    ("pypdfium2", "BSD-3-Clause / Apache-2.0"),
    ("pypinyin", "MIT"),
    ("tzdata", "Apache-2.0"),
)
SHIPPED = (
    ("Noto Sans SC, Noto Sans JP", "SIL OFL 1.1"),
    ("Tabler Icons 3.51.0", "MIT"),
)


class SettingsDialog(QDialog):
    """`show_page(name)`: look, center, reminders, keys, ime, logs, about."""

    def __init__(
        self, context: UiContext, look: Appearance, parent: QWidget | None = None, page: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._look = context, look
        column = frame(self, "settings", "", SIZE.width())
        room = self.screen().availableSize() * 0.95
        self.resize(QSize(theme.px(SIZE.width()), theme.px(SIZE.height())).boundedTo(room))
        self.line = SearchLine(self)
        self.line.setObjectName("settings.search")
        self.line.sought.connect(self._seek)
        self.close_button = button(self, "settings.close", "")
        self.pages = Rooms(self._makes(), self, self.close_button)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("settings.tabs")
        self.tabs.setDocumentMode(True)
        for name in self.pages:
            self.tabs.addTab(self.pages.room(name), "")
        self.said = PlainLabel("", self, role="hint", wrap=True)
        self.close_button.clicked.connect(lambda _checked=False: self.reject())
        line = QHBoxLayout()
        line.addWidget(self.said, 1)
        line.addWidget(self.close_button)
        column.addWidget(self.line)
        column.addWidget(self.tabs, 1)
        column.addLayout(line)
        self.retranslate()
        if page:
            self.show_page(page)
        self.pages.begin()

    def _makes(self) -> dict[str, Callable[[], QWidget]]:
        return {
            "look": lambda: LookPage(self._look),
            "center": self._center,
            **self._reminders(),
            "keys": keys_page,
            "ime": ImeCheck,
            "logs": self._logs,
            "about": lambda: TextPage("about", N_("About and licences"), _about),
        }

    def _center(self) -> CenterPage:
        made = CenterPage(self._context)
        made.asked.connect(self._go)
        return made

    @property
    def ime(self) -> ImeCheck:
        """The check of Chinese input."""
        made = self.pages["ime"]
        assert isinstance(made, ImeCheck)
        return made

    def show_page(self, name: str) -> None:
        """Turn to a page. Raises KeyError for an unknown one."""
        self.tabs.setCurrentWidget(self.pages.room(name))

    def page(self) -> str:
        """The page that is shown."""
        return self.pages.name_of(self.tabs.currentWidget())

    def reject(self) -> None:
        """Esc empties the search first; fields of the center that were typed in are not lost by
        it: they are asked to be saved or put back."""
        if self.line.text():
            self.line.clear()
            self.line.seek()
            return
        own = self.pages.made("center")
        if isinstance(own, CenterPage) and own.dirty and not self._warned(own):
            return
        super().reject()

    def _go(self, place: str) -> None:
        """To what is done elsewhere; the settings make room first."""
        self.line.clear()
        self.reject()
        frame = self._context.window()
        if self.isVisible() or frame is None:
            return
        if place == OUTLETS:
            frame.show_panel(OUTLET)
        elif place == EXAMPLE:
            frame.tools.remove_example()
        else:
            frame.tools.open_set_up(KEY if place == KEY else "")

    def _warned(self, own: CenterPage) -> bool:
        """Whether leaving with unsaved fields was said already; said now otherwise."""
        words = _("The fields of the center are not saved. Save them, or press Esc once more.")
        if self.said.text() == words:
            return True
        self.show_page("center")
        own.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.setText(words)
        return False

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setWindowTitle(_("Settings"))
        self.line.setPlaceholderText(_("Search the settings"))
        self.line.setAccessibleName(_("Search the settings"))
        self.tabs.setAccessibleName(_("Pages"))
        for place, (_name, text) in enumerate(self._tabs()):
            self.tabs.setTabText(place, _(text))
        self.close_button.setText(_("Close Esc"))
        self.close_button.setAccessibleName(_("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _seek(self, words: str) -> None:
        """Pages without the words stand grey; the first one with them is shown."""
        wanted = fold_width(words).lower().split()
        hits = [
            place
            for place, (name, text) in enumerate(self._tabs())
            if all(_holds(self._words(name, text), word) for word in wanted)
        ]
        for place in range(self.tabs.count()):
            self.tabs.setTabEnabled(place, place in hits or not hits)
        nothing = _("No setting fits “{text}”.").format(text=words)
        self.said.setText("" if hits else nothing)
        if hits and self.tabs.currentIndex() not in hits:
            self.tabs.setCurrentIndex(hits[0])
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tabs(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in TABS if name in self.pages]

    def _words(self, name: str, text: str) -> str:
        page = self.pages[name]
        parts = [each for more in (text, *ALSO.get(name, ())) for each in in_every_language(more)]
        parts += [label.text() for label in page.findChildren(QLabel)]
        if isinstance(page, TextPage):
            parts.append(page.words())
        return fold_width("\n".join(parts)).lower()

    def _reminders(self) -> dict[str, Callable[[], QWidget]]:
        """Where there is no alarm there is nothing to set."""
        context, alarms = self._context, self._context.alarms
        return {"reminders": lambda: RemindersPage(context, alarms)} if alarms else {}

    def _logs(self) -> TextPage:
        context = self._context
        settings = self._look.settings

        @cache
        def facts() -> diagnostics.Facts:
            return diagnostics.collect(context.session, settings, self.ime.route)

        made = diagnostics_page(facts)
        made.button("folder", N_("Open the folder"), lambda: _open_folder(context))
        make = N_("Diagnostics package")
        made.button("make", make, lambda: DiagnosticsDialog(context, facts(), self).open())
        return made


class DiagnosticsDialog(WritingDialog):
    """Writes the package; nothing of a customer is in it."""

    def __init__(self, context: UiContext, facts: diagnostics.Facts, parent: QWidget) -> None:
        now = f"{local(context.session.clock.now_ms()):%Y%m%d-%H%M}"
        title = _("Diagnostics package")
        super().__init__(context, "diagnostics", title, f"bankcc_{now}", ".zip", parent)
        why = _("Versions, settings and counts. No records, no names, no phone numbers.")
        self.body.addWidget(PlainLabel(why, self, wrap=True))
        self._facts = facts
        self.write_button.setFocus()

    def prepare(self) -> Produce:
        return self._produce

    def _produce(self, path: Path, _progress: Progress) -> str:
        diagnostics.write(self._facts, path)
        return _("The diagnostics package is written.")


def _open_folder(context: UiContext) -> None:
    paths = context.session.paths
    open_with_system(paths.logs if paths.logs.is_dir() else paths.root)


def _holds(text: str, word: str) -> bool:
    """The word itself, or the beginning of its pinyin."""
    typed = word.replace("'", "")
    if word in text:
        return True
    lines = (line for line in re.split(r"[\n·|]", text) if 0 < len(line) <= 12)
    return any(token.startswith(typed) for line in lines for token in latin(line.strip()))


def _about() -> str:
    rows = [f"| {name} {diagnostics.version_of(name)} | {terms} |" for name, terms in LICENCES]
    rows += [f"| {name} | {terms} |" for name, terms in SHIPPED]
    library, licence, made_with = _("Library"), _("Licence"), _("Made with")
    head = f"| {library} | {licence} |\n|:--|:--|"
    words = _("Command center of a bank branch in an emergency. Works without a network.")
    table = "\n".join([head, *rows])
    return f"# bankcc {__version__}\n\n{words}\n\n## {made_with}\n\n{table}\n"
