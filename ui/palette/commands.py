"""Every command the box of Ctrl+K offers: those of the window, those of the panel that is shown,
every panel, and for every kind of record its entry, files and lists.

Rule: a command that needs another panel goes there first; what does not exist is not offered.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bankcc.i18n import N_, _
from bankcc.schema.query import Query
from ui.actions import SPECS, ActionId, key_text
from ui.context import UiContext
from ui.dialogs import files
from ui.palette.model import Command
from ui.panels import PanelSpec
from ui.theme import Level

HOMES: Mapping[ActionId, str] = {
    ActionId.ANSWER: "hotline",
    ActionId.CALLBACK: "hotline",
    ActionId.MAKE_URGENT: "hotline",
    ActionId.MAKE_TASK: "hotline",
    ActionId.ASSIGN: "task",
}
"""Where a command lives that belongs to one panel only."""
USUAL = (
    ActionId.NEW_CALL,
    ActionId.OVERDUE,
    ActionId.REPORT,
    ActionId.SETTINGS,
    ActionId.HELP,
    ActionId.LOCK,
)
SELF = (ActionId.PALETTE,)
LISTS = (
    ("export", N_("Export: {kind}"), "file-export", files.export_file),
    ("print", N_("List as PDF: {kind}"), "printer", files.print_list),
)


class Frame(Protocol):
    """What is asked of the window."""

    context: UiContext
    specs: Mapping[str, PanelSpec]
    actions_made: Mapping[ActionId, QAction]

    @property
    def panel(self) -> QWidget: ...

    def show_panel(self, name: str) -> QWidget: ...


def commands(frame: Frame) -> list[Command]:
    """All that can be done now, in words of the language in force."""
    return [*_house(frame), *_panels(frame), *_own(frame), *_kinds(frame)]


def find_action(frame: Frame, action: ActionId) -> QAction | None:
    """The command as the window or the panel that is shown has it, if it may be used now."""
    made = frame.actions_made.get(action)
    found = [made] if made else frame.panel.findChildren(QAction, str(action))
    usable = [each for each in found if each.isEnabled()]
    # One name may stand for a command of the list and of the form: who is seen is meant.
    usable.sort(key=lambda each: not _is_seen(each))
    return usable[0] if usable else None


def _is_seen(action: QAction) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()


def _house(frame: Frame) -> Iterator[Command]:
    for action, spec in SPECS.items():
        act = _act(frame, action)
        if act is None or action in SELF:
            continue
        home = _home(frame, action)
        yield Command(
            str(action),
            _(spec.text),
            act,
            key_text(spec.keys),
            spec.icon,
            _(home.label if home else spec.tip),
            also=(spec.text, *spec.also),
            usual=action in USUAL or str(action).startswith("go."),
        )


def _home(frame: Frame, action: ActionId) -> PanelSpec | None:
    """The panel a command belongs to; None for one of the window."""
    if action in frame.actions_made:
        return None
    shown = frame.panel.objectName() if find_action(frame, action) else ""
    return frame.specs.get(shown or HOMES.get(action, ""))


def _act(frame: Frame, action: ActionId) -> Callable[[], object] | None:
    if found := find_action(frame, action):
        return found.trigger
    if HOMES.get(action) in frame.specs:
        return partial(_go_and_do, frame, action)
    if action is ActionId.REPORT:
        return lambda: files.print_situation(frame.context, frame.context.window())
    return None


def _go_and_do(frame: Frame, action: ActionId) -> None:
    frame.show_panel(HOMES[action])
    if found := find_action(frame, action):
        found.trigger()
    else:
        words = _("Choose an entry of the list first, then: {command}")
        frame.context.messages.say(Level.INFO, words.format(command=_(SPECS[action].text)))


def _panels(frame: Frame) -> Iterator[Command]:
    """Panels without a key of their own."""
    for spec in frame.specs.values():
        if spec.go is None or spec.go not in frame.actions_made:
            show = partial(frame.show_panel, spec.id)
            name = f"panel.{spec.id}"
            yield Command(name, _(spec.label), show, "", spec.icon, also=(spec.label,), usual=True)


def _own(frame: Frame) -> Iterator[Command]:
    """Keys that only the panel shown has."""
    house = set(map(str, ActionId))
    name = frame.panel.objectName()
    where = _(frame.specs[name].label) if name in frame.specs else ""
    for action in frame.panel.findChildren(QAction):
        named = action.objectName() and action.objectName() not in house
        if named and action.text() and action.isEnabled() and _is_seen(action):
            key = key_text([action.shortcut().toString()])
            yield Command(action.objectName(), action.text(), action.trigger, key, "bolt", where)


def _kinds(frame: Frame) -> Iterator[Command]:
    session = frame.context.session
    # A kind may be shown by two panels: the first one is its own.
    shown_by = {name: spec for spec in reversed(list(frame.specs.values())) for name in spec.kinds}
    for spec in frame.specs.values():
        for name in (name for name in spec.kinds if shown_by[name] is spec):
            kind = session.kinds[name]
            if session.can_write:
                words = _("New: {kind}").format(kind=_(kind.label))
                yield Command(f"new.{name}", words, partial(_new, frame, spec.id), "", "plus")
            if session.can_write and kind.importable:
                words = _("Import: {kind}").format(kind=_(kind.plural))
                act = partial(_import, frame, name)
                yield Command(f"import.{name}", words, act, "", "file-import")
            if kind.importable:
                words = _("Template: {kind}").format(kind=_(kind.plural))
                act = partial(_template, frame, name)
                yield Command(f"template.{name}", words, act, "", "file-spreadsheet")
            for task, text, icon, act in LISTS:
                words = _(text).format(kind=_(kind.plural))
                yield Command(f"{task}.{name}", words, partial(_list, frame, act, name), "", icon)


def _new(frame: Frame, panel: str) -> None:
    shown = frame.show_panel(panel)
    for name in ("add_new", "new_call"):
        if act := getattr(shown, name, None):
            act()
            return


def _import(frame: Frame, kind: str) -> None:
    files.import_file(frame.context, kind, None, frame.context.window())


def _template(frame: Frame, kind: str) -> None:
    files.save_template(frame.context, kind, frame.context.window())


def _list(frame: Frame, act: Callable[..., object], kind: str) -> None:
    act(frame.context, Query(kind), frame.context.window())
