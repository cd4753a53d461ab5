"""What the one box of Ctrl+K lists: records that fit what is typed, commands that fit, and the
entry that would be written.

Rule: the first line that can be chosen is what Enter does; whoever types the last four digits of a
number or the initials of a name gets the newest call.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bankcc.features import answer_card, inquiry, person, task, timeline
from bankcc.i18n import N_, _, in_every_language
from bankcc.schema.fields import Flag
from bankcc.schema.plain_text import fold_width, pinyin_tokens
from bankcc.schema.record import Record, RecordKind
from bankcc.schema.search import phone_digits
from bankcc.session import Hit, Session
from ui.records.cell_text import cell_text, field_of

DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2
ICON_ROLE = Qt.ItemDataRole.UserRole + 3
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 4

MOST_OF_A_KIND = 6
MOST_COMMANDS = 8
MOST_DETAILS = 4
LONG_DETAIL = 24
FIRST_KINDS = (inquiry.NAME, task.NAME, person.NAME, answer_card.NAME)
COMMAND_MARKS = (">", "》", "〉", "›")
"""What the key > gives, whatever the input method makes of it."""
NOTE_WORD = N_("log")
ICONS = {
    inquiry.NAME: "phone",
    task.NAME: "checklist",
    person.NAME: "user",
    answer_card.NAME: "message-2",
    timeline.NAME: "timeline",
}

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done. `words` and `where` are translated; `also`: other names by which
    it is found, message ids; `usual`: offered before anything is typed."""

    id: str
    words: str
    act: Callable[[], object]
    key: str = ""
    icon: str = ""
    where: str = ""
    also: tuple[str, ...] = ()
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list; without `act` it is a heading. `id`: `command/app.help`,
    `inquiry/<record>`, `note`."""

    id: str
    words: str
    act: Callable[[], object] | None = None
    detail: str = ""
    key: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed, taken apart. `note` None: no entry is being written."""

    words: str
    commands_only: bool = False
    note: str | None = None


def take_apart(text: str) -> Asked:
    """`>` first: commands only. `>日志 text`: an entry for the timeline, the text as typed."""
    typed = text.lstrip()
    if fold_width(typed[:1]) not in COMMAND_MARKS:
        return Asked(fold_width(typed).strip())
    rest = typed[1:].lstrip()
    for name in in_every_language(NOTE_WORD):
        after = rest[len(name) :]
        if rest[: len(name)].lower() == name.lower() and after[:1].isspace():
            return Asked("", commands_only=True, note=after.strip())
    return Asked(fold_width(rest).strip(), commands_only=True)


# -- commands --------------------------------------------------------------------------------------


@lru_cache(maxsize=4_000)
def latin(words: str) -> tuple[str, ...]:
    """Ways to type Chinese `words` in Latin letters, from the start of each syllable on."""
    found: list[str] = []
    for place in _HAN.finditer(words):
        found += whole_latin(words[place.start() :])
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4_000)
def whole_latin(words: str) -> tuple[str, ...]:
    """Ways to type all of Chinese `words` in Latin letters."""
    return tuple(pinyin_tokens(words).split())


def fit(command: Command, words: str) -> int | None:
    """How well a command fits: 0 it is named so, 1 begins so, 2 holds every word; None: not."""
    names = (command.words, *(each for name in command.also for each in in_every_language(name)))
    ranks = [rank for name in names if (rank := _fit_name(name, words)) is not None]
    return min(ranks, default=None)


def _fit_name(name: str, words: str) -> int | None:
    folded, wanted = fold_width(name).lower().rstrip("."), fold_width(words).lower()
    tokens = latin(folded)
    whole = whole_latin(folded)
    typed = wanted.replace("'", "")
    if wanted == folded or typed in whole:
        return 0
    if folded.startswith(wanted) or any(token.startswith(typed) for token in whole):
        return 1
    starts = re.split(r"\W+", folded)
    fits = all(_holds(folded, starts, tokens, word) for word in wanted.split())
    return 2 if fits else None


def _holds(folded: str, starts: Sequence[str], tokens: Sequence[str], word: str) -> bool:
    if _HAN.search(word):
        return word in folded
    typed = word.replace("'", "")
    return any(each.startswith(typed) for each in (*starts, *tokens))


def fitting(commands: Iterable[Command], words: str) -> list[tuple[int, Command]]:
    """The commands that fit, best first, each with how well; all of them for no words."""
    if not words:
        return [(1, command) for command in commands]
    ranked = [(rank, command) for command in commands if (rank := fit(command, words)) is not None]
    return sorted(ranked, key=lambda pair: pair[0])


# -- records ---------------------------------------------------------------------------------------


def found_records(
    session: Session, words: str, show: Callable[[str, str], object]
) -> Iterator[Entry]:
    """A heading for each kind and its newest records, phones masked. Raises UserError."""
    groups: dict[str, list[tuple[int, Hit]]] = {}
    for hit in session.search(words, limit=MOST_OF_A_KIND):
        nearness = _nearness(session.kinds[hit.kind], hit.record, words)
        groups.setdefault(hit.kind, []).append((nearness, hit))
    for found in groups.values():
        found.sort(key=lambda pair: pair[0])
    for name in sorted(groups, key=lambda name: (groups[name][0][0], _place(name))):
        kind = session.kinds[name]
        yield Entry(f"kind/{name}", _(kind.plural))
        for _near, hit in groups[name]:
            yield Entry(
                f"{name}/{hit.record.id}",
                cell_text(session, hit.record, "text") if name == timeline.NAME else hit.title,
                lambda record=hit.record: show(record.kind, record.id),
                _details(session, kind, hit.record),
                hit.record.number,
                ICONS.get(name, "notes"),
            )


def _place(kind: str) -> int:
    """Calls before everything, the timeline after everything."""
    if kind == timeline.NAME:
        return len(FIRST_KINDS) + 1
    return FIRST_KINDS.index(kind) if kind in FIRST_KINDS else len(FIRST_KINDS)


def _nearness(kind: RecordKind, record: Record, words: str) -> int:
    """Those that are meant exactly stand before those that only contain what was typed."""
    digits = phone_digits(words)
    if digits:
        numbers = (record.text(item.name).removeprefix("+") for item in kind.phone_fields())
        if any(number == digits or number[-4:] == digits for number in numbers):
            return 0
    typed = words.lower()
    if record.number.lower().endswith(typed):
        return 1
    for name in kind.titles:
        value = record.text(name)
        if value and kind.by_name[name].pinyin and typed in whole_latin(value):
            return 1
    return 2


def _details(session: Session, kind: RecordKind, record: Record) -> str:
    texts = [
        " ".join(cell_text(session, record, name).split())
        for name in kind.columns
        if name not in kind.titles and not isinstance(field_of(kind, name), Flag)
    ]
    named = {record.text(name) for name in kind.titles}
    texts = [text for text in texts if text and text not in named]
    texts.sort(key=lambda text: len(text) > LONG_DETAIL)
    return " · ".join(texts[:MOST_DETAILS])


# -- the list --------------------------------------------------------------------------------------


def entries(
    session: Session,
    commands: Sequence[Command],
    text: str,
    show: Callable[[str, str], object],
    write_note: Callable[[str], object],
) -> list[Entry]:
    """The lines for what is typed, the best first. Raises UserError when the disk refuses."""
    asked = take_apart(text)
    if asked.note is not None:
        return _note(asked.note, write_note, session.can_write)
    if not asked.words:
        offered = [c for c in commands if c.usual or asked.commands_only]
        return _command_lines([(1, command) for command in offered])
    ranked = fitting(commands, asked.words)
    if asked.commands_only:
        return _command_lines(ranked)
    records = list(found_records(session, asked.words, show))
    meant = [pair for pair in ranked if pair[0] == 0]
    others = [pair for pair in ranked if pair[0] > 0][:MOST_COMMANDS]
    if not records:
        return _command_lines([*meant, *others])
    return [*_command_lines(meant), *records, *_command_lines(others)]


def _note(text: str, write: Callable[[str], object], can_write: bool) -> list[Entry]:
    if not can_write:
        return [Entry("note/refused", _("The center is open for reading only."))]
    heading = Entry("kind/note", _("Timeline"))
    if not text:
        return [heading, Entry("note/empty", _("Type what happened; Enter writes it down."))]
    words = _("Write down: {text}").format(text=text)
    return [heading, Entry("note", words, lambda: write(text), key="Enter", icon="timeline")]


def _command_lines(ranked: Sequence[tuple[int, Command]]) -> list[Entry]:
    if not ranked:
        return []
    lines = [
        Entry(f"command/{each.id}", each.words, each.act, each.where, each.key, each.icon)
        for _rank, each in ranked
    ]
    return [Entry("kind/command", _("Commands")), *lines]


class PaletteModel(QAbstractListModel):
    """The lines as Qt sees them; headings can be neither chosen nor reached by keys."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """What is listed."""
        return self._entries

    def set_entries(self, listed: Sequence[Entry]) -> None:
        """Replace all lines."""
        self.beginResetModel()
        self._entries = list(listed)
        self.endResetModel()

    def next_row(self, row: int, step: int) -> int:
        """The next line that can be chosen, `row` itself if there is none; -1 stands before all."""
        at = row + step
        while 0 <= at < len(self._entries):
            if self._entries[at].act is not None:
                return at
            at += step
        return row

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._entries[index.row()].act is None:
            return Qt.ItemFlag.NoItemFlags
        never = Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | never

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (entry.words, entry.detail, entry.key)))
            case _ if role == DETAIL_ROLE:
                return entry.detail
            case _ if role == KEY_ROLE:
                return entry.key
            case _ if role == ICON_ROLE:
                return entry.icon
            case _ if role == ENTRY_ROLE:
                return entry
        return None
