"""Calls that the disk refused: sealed elsewhere as they were typed, stored when the disk is well.

Rule: what lies there stays until its call is stored; nothing is stored that nobody asked for.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from bankcc.errors import StorageError, UserError
from bankcc.i18n import _
from ui.context import UiContext
from ui.hotline.call_draft import CallDraft
from ui.theme import Level


class SpooledCalls(QObject):
    """`stored(CallDraft)`: a call that lay here is in the log now."""

    stored = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._session = context, context.session
        self._calls: dict[str, CallDraft] = {}
        self._offered = False

    def found(self, kept: Mapping[str, int]) -> list[tuple[str, dict[str, Any]]]:
        """Name and body of the calls that lie there since last time; not of those that were `kept`
        (UTC ms, by name) as they were typed later."""
        found = []
        for name, at, text in self._session.spool.found():
            if at < kept.get(name, 0):
                self._session.spool.drop(name)
                continue
            try:
                body = json.loads(text)
            except ValueError:
                continue  # of a later version; it stays where it is
            if isinstance(body, dict):
                self._calls[name] = CallDraft.of(name, body)
                found.append((name, body))
        self._offered = bool(found)  # they come back laid aside, which is said there
        return found

    def put(self, draft: CallDraft) -> Path | None:
        """Seal the call as it is typed; where it lies now, None if no place takes it."""
        if draft.is_blank:
            return None
        text = json.dumps(draft.body(), ensure_ascii=False).encode()
        try:
            file = self._session.spool.put(draft.name, text)
        except StorageError:
            return None
        self._calls[draft.name], self._offered = draft, False
        return file

    def renew(self, draft: CallDraft) -> None:
        """If it lies there as it was typed earlier, it lies there as it is typed now."""
        if draft.name in self._calls and not self.holds(draft):
            offered = self._offered
            self.put(draft)
            self._offered = offered

    def holds(self, draft: CallDraft) -> bool:
        """Whether it lies there exactly as it is typed now."""
        return self._calls.get(draft.name) == draft

    def drop(self, draft: CallDraft) -> None:
        """It is stored."""
        if self._calls.pop(draft.name, None) is not None:
            self._session.spool.drop(draft.name)

    def offer(self, is_open: Callable[[CallDraft], bool]) -> None:
        """The disk took something: what lies here may be stored now, but for the call that
        `is_open`."""
        waiting = [draft for draft in self._calls.values() if not is_open(draft)]
        if waiting and not self._offered:
            self._offered = True
            words = _("The disk is well again. Calls that lie sealed beside it: {count}")
            said = words.format(count=len(waiting))
            act = lambda: self._store(is_open)  # noqa: E731
            self._context.messages.say(Level.CRITICAL, said, action=_("Save them now"), act=act)

    def _store(self, is_open: Callable[[CallDraft], bool]) -> None:
        stored = 0
        for draft in [draft for draft in self._calls.values() if not is_open(draft)]:
            try:
                self._session.execute(draft.resolved.verb(self._session.clock.now_ms()))
            except UserError as error:
                self._context.refused(error)
                continue
            stored += 1
            self.drop(draft)
            self.stored.emit(draft)
        if stored:
            self._context.saved.saved(self._session.clock.now_ms())
            self._context.messages.say(Level.OK, _("Calls saved: {count}").format(count=stored))
