"""What F1 shows: topics as Markdown in both languages, and the sheet of shortcuts made from the
commands themselves.

Rule: every panel has a topic; a panel without one of its own shares that of its neighbour.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bankcc.i18n import N_, _, language
from bankcc.paths import resources
from bankcc.schema.plain_text import fold_width
from ui.actions import SPECS, ActionId, key_text
from ui.board.keys import KEYS as BOARD_KEYS

START = "start"
KEYS = "keys"
SET_UP = "set-up"


@dataclass(frozen=True, slots=True)
class Topic:
    """`label` is a message id; the text lies in `resources/help/<language>/<id>.md`."""

    id: str
    label: str


TOPICS = (
    Topic(START, N_("First five minutes")),
    Topic("situation", N_("Situation")),
    Topic("hotline", N_("Hotline")),
    Topic("task", N_("Tasks")),
    Topic("person", N_("People")),
    Topic("resource", N_("Resources")),
    Topic("report", N_("Reports")),
    Topic("answer-card", N_("Answer cards")),
    Topic("timeline", N_("Timeline")),
    Topic("incident", N_("Activation")),
    Topic("outlet", N_("Outlets and set-up")),
    Topic(SET_UP, N_("Set-up, step by step")),
    Topic("files", N_("Files in and out")),
    Topic("keys-and-copies", N_("Copies and the recovery key")),
    Topic("typing", N_("Search and Chinese input")),
    Topic(KEYS, N_("Shortcuts")),
)
BY_ID: Mapping[str, Topic] = {topic.id: topic for topic in TOPICS}

SHARED: Mapping[str, str] = {
    "post": "person",
    "attendance": "person",
    "check": "resource",
    "inquiry": "hotline",
}
"""Panels that are explained with another one."""

GROUPS: tuple[tuple[str, tuple[ActionId, ...]], ...] = (
    (
        N_("Calls"),
        (
            ActionId.NEW_CALL,
            ActionId.SAVE_NEXT,
            ActionId.ANSWER,
            ActionId.CALLBACK,
            ActionId.MAKE_URGENT,
            ActionId.MAKE_TASK,
            ActionId.URGENCY_NORMAL,
            ActionId.URGENCY_URGENT,
            ActionId.URGENCY_CRITICAL,
            ActionId.NEXT_PARKED,
        ),
    ),
    (
        N_("Records"),
        (
            ActionId.NEW,
            ActionId.SAVE,
            ActionId.ASSIGN,
            ActionId.DELETE,
            ActionId.UNDO,
            ActionId.REDO,
            ActionId.FIND,
            ActionId.DETAIL,
        ),
    ),
    (N_("Panels"), tuple(action for action in ActionId if action.startswith("go."))),
)
ESCAPE = (N_("Close, or park the call"), "Esc")


def topic_of(panel: str) -> Topic:
    """The topic of a panel; the first one for a panel that has none."""
    return BY_ID.get(SHARED.get(panel, panel), BY_ID[START])


def text_of(topic: str) -> str:
    """The Markdown of a topic in the language in force. Raises KeyError for an unknown one."""
    label = _(BY_ID[topic].label)
    if topic == KEYS:
        return shortcut_sheet()
    file = resources() / "help" / language() / f"{topic}.md"
    return f"# {label}\n\n{file.read_text(encoding='utf-8')}"


def key_rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (words, key), in the language in force."""
    named = {action for _name, group in GROUPS for action in group}
    rest = tuple(action for action in ActionId if action not in named)
    rows = [
        (_(name), [(_(SPECS[a].text), key_text(SPECS[a].keys)) for a in group if SPECS[a].keys])
        for name, group in (*GROUPS, (N_("Everywhere"), rest))
    ]
    rows[0][1].append((_(ESCAPE[0]), ESCAPE[1]))
    rows.append((_("Task board"), [(_(words), key) for _name, words, key in BOARD_KEYS]))
    return rows


def shortcut_sheet() -> str:
    """All keys as Markdown tables."""
    title, command, key_word = _("Shortcuts"), _("Command"), _("Key")
    parts = [f"# {title}", _("Every command is also found with Ctrl+K.")]
    for name, rows in key_rows():
        lines = [f"| {words} | **{key}** |" for words, key in rows]
        head = [f"| {command} | {key_word} |", "|:--|:--|"]
        parts.append("\n".join([f"## {name}\n", *head, *lines]))
    return "\n\n".join(parts) + "\n"


def found(words: str) -> list[Topic]:
    """The topics whose text or name holds every word, those named so first; all for no words."""
    wanted = fold_width(words).lower().split()
    hits = []
    for topic in TOPICS:
        name, text = fold_width(_(topic.label)).lower(), fold_width(text_of(topic.id)).lower()
        if all(word in text for word in wanted):
            hits.append((not all(word in name for word in wanted), topic))
    return [topic for _rank, topic in sorted(hits, key=lambda hit: hit[0])]
