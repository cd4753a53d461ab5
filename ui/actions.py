"""Every command of the program: an id, its words, its keys, its icon. Menus, buttons, the palette
and the tests look them up here.

Rule: one modifier and one key, nothing an input method of China uses, no key twice (`key_faults`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from bankcc.i18n import N_, _
from ui import icons

# Taken by input methods, screenshot keys and window managers on the machines of Chinese banks.
RESERVED_KEYS = frozenset(
    {
        "Ctrl+Shift+F",
        "Ctrl+Space",
        "Shift+Space",
        "Alt+Space",
        "Meta+Space",
        "Ctrl+.",
        "Ctrl+;",
        "Ctrl+`",
        "Ctrl+,",
        "F4",
        "Alt+F4",
        "Ctrl+5",
        "Ctrl+Alt+B",
        "Alt+A",
        "Ctrl+Alt+A",
        "Ctrl+Alt+Del",
    }
)


class ActionId(StrEnum):
    """The commands. The value is the object name of the action."""

    NEW_CALL = "call.new"
    ANSWER = "call.answer"
    CALLBACK = "call.callback"
    MAKE_URGENT = "call.urgent"
    MAKE_TASK = "call.task"
    URGENCY_NORMAL = "call.urgency_normal"
    URGENCY_URGENT = "call.urgency_urgent"
    URGENCY_CRITICAL = "call.urgency_critical"
    NEXT_PARKED = "call.next_parked"
    NEW = "record.new"
    SAVE = "record.save"
    SAVE_NEXT = "record.save_next"
    ASSIGN = "record.assign"
    DELETE = "record.delete"
    UNDO = "edit.undo"
    REDO = "edit.redo"
    FIND = "panel.filter"
    PALETTE = "app.palette"
    DETAIL = "panel.detail"
    REFRESH = "panel.refresh"
    OVERDUE = "app.overdue"
    POSTPONE = "alarm.postpone"
    MUTE = "alarm.mute"
    IMPORT = "file.import"
    EXPORT = "file.export"
    REPORT = "report.situation"
    REPORT_LIST = "report.list"
    LOCK = "app.lock"
    HELP = "app.help"
    SETTINGS = "app.settings"
    SET_UP = "app.set_up"
    REMOVE_EXAMPLE = "app.remove_example"
    SECOND_COPY = "app.second_copy"
    WALLBOARD = "app.wallboard"
    THEME = "app.theme"
    LANGUAGE = "app.language"
    ZOOM_IN = "app.zoom_in"
    ZOOM_OUT = "app.zoom_out"
    ZOOM_RESET = "app.zoom_reset"
    QUIT = "app.quit"
    GO_SITUATION = "go.situation"
    GO_HOTLINE = "go.hotline"
    GO_URGENT = "go.urgent"
    GO_TASKS = "go.task"
    GO_NOTIFY = "go.notify"
    GO_PEOPLE = "go.person"
    GO_NEWS = "go.announcement"
    GO_RESOURCES = "go.resource"
    GO_REPORTS = "go.report"
    GO_INCIDENT = "go.incident"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """`text`, `tip` and `also` are message ids; `keys` portable key texts, the first one is shown;
    `also`: other words by which Ctrl+K finds it, in either language."""

    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    also: tuple[str, ...] = ()


SPECS: Mapping[ActionId, ActionSpec] = {
    ActionId.NEW_CALL: ActionSpec(N_("New call"), ("F2",), "phone-plus"),
    ActionId.ANSWER: ActionSpec(N_("Answer card"), ("Ctrl+D",), "message-2"),
    ActionId.CALLBACK: ActionSpec(N_("Call back"), ("Ctrl+B",), "phone-outgoing"),
    ActionId.MAKE_URGENT: ActionSpec(N_("Make urgent"), ("Ctrl+E",), "urgent"),
    ActionId.MAKE_TASK: ActionSpec(N_("Make a task"), ("Ctrl+T",), "checklist"),
    ActionId.URGENCY_NORMAL: ActionSpec(N_("Urgency: normal"), ("Ctrl+1",), "flag"),
    ActionId.URGENCY_URGENT: ActionSpec(N_("Urgency: urgent"), ("Ctrl+2",), "alert-triangle"),
    ActionId.URGENCY_CRITICAL: ActionSpec(N_("Urgency: critical"), ("Ctrl+3",), "alert-octagon"),
    ActionId.NEXT_PARKED: ActionSpec(
        N_("Next parked call"), ("Ctrl+Tab", "Alt+Down"), "phone-incoming"
    ),
    ActionId.NEW: ActionSpec(N_("New"), ("Ctrl+N",), "plus"),
    ActionId.SAVE: ActionSpec(N_("Save"), ("Ctrl+S",), "device-floppy"),
    ActionId.SAVE_NEXT: ActionSpec(
        N_("Save, next"), ("Ctrl+Return", "Ctrl+Enter"), "check", N_("Save and begin the next one")
    ),
    ActionId.ASSIGN: ActionSpec(N_("Assign"), ("Ctrl+M",), "user-share"),
    ActionId.DELETE: ActionSpec(N_("Delete"), ("Ctrl+Del",), "trash"),
    ActionId.UNDO: ActionSpec(N_("Undo"), ("Ctrl+Z",), "arrow-back-up"),
    ActionId.REDO: ActionSpec(N_("Redo"), ("Ctrl+Y",), "arrow-forward-up"),
    ActionId.FIND: ActionSpec(N_("Filter"), ("Ctrl+F",), "filter"),
    ActionId.PALETTE: ActionSpec(N_("Search everything"), ("Ctrl+K",), "search"),
    ActionId.DETAIL: ActionSpec(N_("Details"), ("Ctrl+I",), "layout-sidebar-right"),
    ActionId.REFRESH: ActionSpec(N_("Refresh"), ("F5",), "refresh"),
    ActionId.OVERDUE: ActionSpec(N_("Most overdue"), ("F8",), "calendar-due"),
    ActionId.POSTPONE: ActionSpec(N_("Remind of the call back in 5 min"), (), "clock"),
    ActionId.MUTE: ActionSpec(N_("Mute the alarm for 10 min / sound again"), (), "bell"),
    ActionId.IMPORT: ActionSpec(N_("Import…"), (), "file-import"),
    ActionId.EXPORT: ActionSpec(N_("Export…"), (), "file-export"),
    ActionId.REPORT: ActionSpec(N_("Situation report"), ("Ctrl+P",), "file-type-pdf"),
    ActionId.REPORT_LIST: ActionSpec(N_("Print list"), (), "printer"),
    ActionId.LOCK: ActionSpec(N_("Lock"), ("Ctrl+L",), "lock"),
    ActionId.HELP: ActionSpec(N_("Help"), ("F1",), "help"),
    ActionId.SETTINGS: ActionSpec(N_("Settings"), (), "settings"),
    ActionId.SET_UP: ActionSpec(
        N_("Set-up"), (), "building-bank", N_("Bank, outlets, tables, recovery key")
    ),
    ActionId.REMOVE_EXAMPLE: ActionSpec(N_("Remove the example"), (), "trash"),
    ActionId.SECOND_COPY: ActionSpec(N_("Second copy"), (), "usb"),
    ActionId.WALLBOARD: ActionSpec(
        N_("Wallboard"),
        ("F11",),
        "layout-dashboard",
        N_("The situation or the tasks over a whole screen, read only"),
    ),
    ActionId.THEME: ActionSpec(N_("Light / dark"), (), "contrast"),
    ActionId.LANGUAGE: ActionSpec(
        N_("Language"),
        (),
        "language",
        N_("Chinese or English, at once"),
        (N_("English"), N_("Chinese"), N_("Switch the language")),
    ),
    ActionId.ZOOM_IN: ActionSpec(
        N_("Larger text"), ("Ctrl+=",), "zoom-in", "", (N_("Size of the text"), "125 %", "150 %")
    ),
    ActionId.ZOOM_OUT: ActionSpec(
        N_("Smaller text"), ("Ctrl+-",), "zoom-out", "", (N_("Size of the text"),)
    ),
    ActionId.ZOOM_RESET: ActionSpec(
        N_("Normal text size"), ("Ctrl+0",), "typography", "", (N_("Size of the text"), "100 %")
    ),
    ActionId.QUIT: ActionSpec(N_("Quit"), ("Ctrl+Q",), "logout"),
    ActionId.GO_SITUATION: ActionSpec(N_("Situation"), ("Alt+1",), "layout-dashboard"),
    ActionId.GO_HOTLINE: ActionSpec(N_("Hotline"), ("Alt+2",), "headset"),
    ActionId.GO_URGENT: ActionSpec(N_("Urgent business"), ("Alt+3",), "urgent"),
    ActionId.GO_TASKS: ActionSpec(N_("Tasks"), ("Alt+4",), "layout-kanban"),
    ActionId.GO_NOTIFY: ActionSpec(N_("Notify"), ("Alt+5",), "bell-ringing"),
    ActionId.GO_PEOPLE: ActionSpec(N_("People"), ("Alt+6",), "users"),
    ActionId.GO_NEWS: ActionSpec(N_("Notices"), ("Alt+7",), "speakerphone"),
    ActionId.GO_RESOURCES: ActionSpec(N_("Resources"), ("Alt+8",), "package"),
    ActionId.GO_REPORTS: ActionSpec(N_("Reports"), ("Alt+9",), "file-report"),
    ActionId.GO_INCIDENT: ActionSpec(N_("Activation"), ("Alt+0",), "power"),
}


def key_text(keys: Iterable[str]) -> str:
    """The key to show on buttons and in tooltips: `Ctrl+Enter`, or nothing."""
    first = next(iter(keys), "")
    return first.replace("Return", "Enter")


def text_of(action: ActionId) -> str:
    """The words of a command in the language in force."""
    return _(SPECS[action].text)


def label_of(action: ActionId) -> str:
    """Words and key, for a button: `保存并下一个 Ctrl+Enter`."""
    return f"{text_of(action)} {key_text(SPECS[action].keys)}".strip()


def tip_of(action: ActionId) -> str:
    """The tooltip: longer words where there are any, and the key."""
    spec = SPECS[action]
    key = key_text(spec.keys)
    words = _(spec.tip or spec.text)
    return f"{words} ({key})" if key else words


def create(
    action: ActionId,
    parent: QWidget,
    handler: Callable[[], object] | None = None,
    *,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QAction:
    """The QAction of a command, added to `parent` so that its keys work there."""
    spec = SPECS[action]
    made = QAction(parent)
    made.setObjectName(str(action))
    made.setShortcuts([QKeySequence(key) for key in spec.keys])
    made.setShortcutContext(context)
    made.setAutoRepeat(False)
    if spec.icon:
        icons.put(made, spec.icon)
    if handler is not None:
        # `triggered` hands over a bool that no handler wants.
        made.triggered.connect(lambda _checked=False: handler())
    parent.addAction(made)
    retranslate([made])
    return made


def retranslate(actions: Iterable[QAction]) -> None:
    """Put the words of the language in force on actions made by `create`."""
    known = {str(action): action for action in ActionId}
    for made in actions:
        action = known.get(made.objectName())
        if action is not None:
            made.setText(text_of(action))
            made.setToolTip(tip_of(action))


def key_faults(keys: Iterable[tuple[str, str]]) -> list[str]:
    """What is wrong with `(owner, key text)` pairs: reserved, chord, bare letter, used twice."""
    faults = []
    owners: dict[str, str] = {}
    reserved = {_portable(key) for key in RESERVED_KEYS}
    for owner, key in keys:
        sequence = QKeySequence(key)
        text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        if sequence.count() != 1:
            faults.append(f"{owner}: {key!r} is not one stroke")
            continue
        if text in reserved:
            faults.append(f"{owner}: {text} is taken by input methods or the system")
        if len(text) == 1:
            faults.append(f"{owner}: {text} needs a modifier")
        if owners.setdefault(text, owner) != owner:
            faults.append(f"{owner}: {text} is already {owners[text]}")
    return faults


def _portable(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
