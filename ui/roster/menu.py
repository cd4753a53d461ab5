"""The menu of a row of the roster: everything that keys do, in words, with the keys."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMenu, QWidget

from bankcc.i18n import _
from ui import icons
from ui.roster.deeds import RosterDeeds
from ui.roster.posts import Place


def place_menu(deeds: RosterDeeds, place: Place, anchor: QRect, parent: QWidget) -> QMenu:
    """The menu of `place`; questions are asked beside `anchor` (on the screen)."""
    menu = QMenu(parent)
    menu.setObjectName("roster.menu")
    if place.who is not None:
        _person(menu, deeds, place)
    if place.post:
        if place.who is not None:
            menu.addSeparator()
        _post(menu, deeds, place, anchor)
    menu.addSeparator()
    words = _("Delete post") if place.post else _("Delete person")
    icons.put(menu.addAction(words, lambda: deeds.delete(place)), "trash")
    return menu


def _person(menu: QMenu, deeds: RosterDeeds, place: Place) -> None:
    assert place.who is not None
    status = place.who.turn.status
    words = _("Check out") if place.who.here else _("Check in")
    act = menu.addAction(f"{words}\tEnter", lambda: deeds.toggle_place(place))
    icons.put(act, "user-check")
    acts = (
        (_("Rests"), deeds.rest, status == "on_duty"),
        (_("Notified"), deeds.notify, status in ("", "left", "absent")),
        (_("On the way"), deeds.on_way, status in ("", "left", "absent", "notified")),
        (_("Does not come"), deeds.mark_absent, status in ("notified", "on_way")),
    )
    for label, deed, fits in acts:
        menu.addAction(label, lambda deed=deed: deed(place)).setEnabled(fits)


def _post(menu: QMenu, deeds: RosterDeeds, place: Place, anchor: QRect) -> None:
    words = _("Name a holder")
    act = menu.addAction(f"{words}\tCtrl+M", lambda: deeds.assign(place, anchor))
    icons.put(act, "user-share")
    words = _("Call up backup")
    act = menu.addAction(f"{words}\tCtrl+B", lambda: deeds.call_up(place))
    icons.put(act, "user-plus")
    act.setEnabled(any(place.backups))
    for letter, name in zip("ab", place.backups, strict=True):
        if name:
            words = _("Call up {name}").format(name=name)
            menu.addAction(words, lambda letter=letter: deeds.call_up(place, letter))
    if place.relieves:
        words = _("{holder} serves again").format(holder=place.relieves)
        icons.put(menu.addAction(words, lambda: deeds.stand_down(place)), "arrow-back-up")
