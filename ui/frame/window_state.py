"""Where the window stood and which panel it showed, for the next start; local to this laptop."""

import logging

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from bankcc.errors import UserError
from bankcc.session import Session

STATE = "window"
FIRST_SIZE = (1280, 720)
_log = logging.getLogger(__name__)


def restore(session: Session, window: QWidget) -> str:
    """Put the window where it was; the panel that it showed, empty for none. Qt brings a window
    back that stood on a screen which is gone."""
    kept = session.local.value(STATE, {})
    window.resize(*FIRST_SIZE)
    if geometry := kept.get("geometry"):
        window.restoreGeometry(QByteArray(geometry))
    return str(kept.get("panel", ""))


def keep(session: Session, window: QWidget, panel: str) -> None:
    """Remember it. A disk that refuses must not keep the window from closing."""
    if not session.can_write:
        return
    try:
        state = {"geometry": bytes(window.saveGeometry().data()), "panel": panel}
        session.local.set_value(STATE, state)
    except UserError:
        _log.info("the place of the window could not be kept")
