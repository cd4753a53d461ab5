"""What happened to a record, in words: who, when, on which laptop, which fields."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QWidget

from bankcc.clock import local
from bankcc.i18n import N_, _
from bankcc.schema.change import Action
from bankcc.schema.fields import Count, Field, Link, Value
from bankcc.schema.record import RecordKind
from bankcc.session import Session

WORDS = {
    Action.CREATE: N_("entered"),
    Action.EDIT: N_("changed"),
    Action.ADD: N_("added"),
    Action.DELETE: N_("deleted"),
    Action.RESTORE: N_("brought back"),
    Action.ERASE: N_("erased"),
}


class HistoryEntry(Protocol):
    """What is asked of an entry of the session's history."""

    at: int
    user: str
    label: str
    action: str
    values: Mapping[str, Value]
    erased: bool


class RecordHistory(QListWidget):
    """Newest first; phones stay masked. Read when it is shown."""

    def __init__(self, session: Session, kind: RecordKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._kind = session, kind
        self.setObjectName("form.history")
        self.setWordWrap(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("History"))

    def show_record(self, record: str) -> None:
        """Show the operations on the record with that id; nothing for an empty id."""
        self.clear()
        if record:
            entries = self._session.history(record)
            self.addItems([entry_text(self._session, self._kind, e) for e in reversed(entries)])
            self.setCurrentRow(0)


def entry_text(session: Session, kind: RecordKind, entry: HistoryEntry) -> str:
    """One operation: “2026-11-23 14:52 王敏（甲）：改了 状态 进行中”."""
    who = f"{entry.user} ({entry.label})" if entry.label else entry.user
    if entry.erased:
        what = _("content erased")
    else:
        parts = [_part(session, kind, name, value) for name, value in entry.values.items()]
        verb = _(WORDS.get(entry.action, entry.action))
        what = " ".join(part for part in (verb, _("; ").join(parts)) if part)
    words = _("{who}: {what}").format(who=who, what=what)
    return f"{local(entry.at):%Y-%m-%d %H:%M:%S} {words}"


def _part(session: Session, kind: RecordKind, name: str, value: Value) -> str:
    base, _slash, item_key = name.partition("/")
    item = kind.by_name.get(base)
    if item is None:
        return f"{name} {value}"
    text = _tick(value) if item_key else _value_text(session, item, value)
    return _("{field}: {value}").format(field=_(item.label), value=text or _("(empty)"))


def _tick(value: Value) -> str:
    if not isinstance(value, list) or len(value) < 2:
        return ""
    return f"{'✓' if value[1] else '□'} {value[0]}"


def _value_text(session: Session, item: Field, value: Value) -> str:
    if isinstance(item, Link) and item.to and isinstance(value, str):
        return session.link_title(item.to, value) or value
    if isinstance(item, Count) and isinstance(value, int) and value < 0:
        return str(value)
    return " ".join(item.format(value).split())
