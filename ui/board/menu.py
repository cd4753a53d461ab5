"""The menu of a card: everything that keys and dragging do, in words, with the keys."""

from PySide6.QtWidgets import QMenu, QWidget

from bankcc.features import task
from bankcc.i18n import _
from bankcc.schema.fields import Option
from ui import icons
from ui.board.card_text import Card, columns, lanes
from ui.board.deeds import BoardDeeds
from ui.board.print import BoardPrint


def card_menu(deeds: BoardDeeds, printing: BoardPrint, card: Card, parent: QWidget) -> QMenu:
    """The menu of `card`; a reader may open it and its call."""
    menu = QMenu(parent)
    menu.setObjectName("board.card.menu")
    icons.put(
        menu.addAction(keyed(_("Open"), "Enter"), lambda: deeds.open(card.id)), "external-link"
    )
    if card.source:
        words = _("Open call {number}").format(number=card.source_number)
        icons.put(menu.addAction(words, lambda: deeds.open_source(card)), "phone-incoming")
    _copying(menu, printing, card)
    if deeds.read_only:
        return menu
    menu.addSeparator()
    _choices(menu, _("Move to"), columns(), card.column, lambda code: deeds.move(card.id, code, ""))
    _choices(menu, _("Lane"), lanes(), card.lane, lambda code: deeds.move(card.id, "", code))
    _choices(
        menu, _("Priority"), task.PRIORITIES, card.priority,
        lambda code: deeds.set_priority(card, code),
    )  # fmt: skip
    icons.put(
        menu.addAction(keyed(_("Assign"), "Ctrl+M"), lambda: deeds.assign(card)), "user-share"
    )
    words = _("May go on") if card.blocked else _("Blocked…")
    act = menu.addAction(words, lambda: deeds.unblock(card) if card.blocked else deeds.block(card))
    act.setEnabled(card.column != "done")
    icons.put(act, "flag")
    menu.addSeparator()
    icons.put(menu.addAction(keyed(_("Delete"), "Ctrl+Del"), lambda: deeds.delete(card)), "trash")
    return menu


def keyed(words: str, key: str) -> str:
    """Words with the key that does the same, as menus show it."""
    return f"{words}\t{key}"


def _copying(menu: QMenu, printing: BoardPrint, card: Card) -> None:
    """Onto the clipboard, as a table."""
    act = menu.addAction(keyed(_("Copy the card"), "Ctrl+C"), lambda: printing.copy([card.id]))
    icons.put(act, "copy")
    menu.addAction(_("Copy all that is shown"), printing.copy_shown)


def _choices(menu: QMenu, words: str, options: tuple[Option, ...], now: str, act) -> None:
    """A submenu of options, the present one ticked and at rest."""
    sub = menu.addMenu(words)
    for option in options:
        entry = sub.addAction(_(option.label), lambda code=option.code: act(code))
        entry.setCheckable(True)
        entry.setChecked(option.code == now)
        entry.setEnabled(option.code != now)
