"""What is left of setting up a center, kept beside its log until it is done or passed over.

Rule: written when the center is made, so that a start that was cut short goes on where it ended.
"""

import logging

from bankcc.errors import UserError
from bankcc.session import Session

KEY, OUTLETS, PEOPLE = "key", "outlets", "people"
STEPS = (KEY, OUTLETS, PEOPLE)
_NAME = "set_up"
_log = logging.getLogger(__name__)


def begin(session: Session) -> None:
    """A center was made here: every step is to be done."""
    _keep(session, STEPS)


def left(session: Session) -> tuple[str, ...]:
    """The steps that are neither done nor passed over, in order."""
    kept = session.local.value(_NAME, ())
    return tuple(step for step in STEPS if step in kept)


def finish(session: Session, step: str) -> None:
    """A step is done, or somebody chose to do without."""
    before = left(session)
    if step in before:
        _keep(session, tuple(name for name in before if name != step))


def _keep(session: Session, steps: tuple[str, ...]) -> None:
    if not session.can_write:
        return
    try:
        session.local.set_value(_NAME, list(steps))
    except UserError:
        # The center stands; at worst a step is asked again, or must be looked for.
        _log.info("the state of the set-up could not be kept")
