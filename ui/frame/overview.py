"""What the frame says about the center as a whole: the incident in force, the last change."""

from bankcc.features import incident
from bankcc.i18n import _
from bankcc.reports.incidents import current_incident
from bankcc.schema.fields import Choice
from bankcc.schema.record import status_level
from bankcc.session import ChangeSet, Session
from ui.frame.incident_banner import IncidentBanner
from ui.theme import Level

APP = "bankcc"
MOST_NAMED = 4


def window_title(session: Session) -> str:
    """The center's name and the program's."""
    center = session.center
    return " – ".join(filter(None, [center.text("name") if center else "", APP]))


def show_incident(session: Session, banner: IncidentBanner) -> None:
    """Put the incident in force on the banner."""
    record = current_incident(session)
    if record is None:
        banner.set_none()
        return
    since = record["activated"] or record["started"]
    level = incident.KIND.field("level")
    option = level.option(record["level"]) if isinstance(level, Choice) else None
    # Without a level the state is said: the chip is never empty.
    shown = "level" if option else "status"
    rank = status_level(incident.KIND, record, shown) or Level.NEUTRAL
    banner.set_incident(
        record.text("name"),
        record.number,
        session.display(record, shown),
        Level(rank),
        since if isinstance(since, int) else None,
        drill=bool(record["is_drill"]),
    )


def change_words(session: Session, changes: ChangeSet) -> str:
    """The numbers of the records that changed, a few of them."""
    records = sorted(pair for pair in changes.records if pair[0] != "timeline" and pair[1])
    numbers = [session.number_of(kind, record) for kind, record in records[:MOST_NAMED]]
    if len(records) > MOST_NAMED:
        numbers.append("…")
    return _(", ").join(filter(None, numbers))
