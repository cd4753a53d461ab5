"""The head of a report: whose it is, about which incident, as of when, how far the log had come."""

from bankcc.features import KIND
from bankcc.reports.document import Letterhead
from bankcc.schema.record import Record
from bankcc.session import Session


def letterhead(session: Session, title: str, found: Record | None, **more: object) -> Letterhead:
    """The head with `title`; `found` is the incident, `more` further fields of the letterhead."""
    center = session.center
    shown = KIND["incident"].field("classification")
    bank = (found.text("bank") if found else "") or (center.text("bank") if center else "")
    values: dict[str, object] = {
        "bank": bank,
        "center": center.text("name") if center else "",
        "title": title,
        "generated_ms": session.clock.now_ms(),
        "classification": shown.format(found["classification"] if found else "internal"),
        "head_code": session.head_code(),
        "is_demo": session.is_demo,
        "is_drill": bool(found and found["is_drill"]),
        **more,
    }
    if center and center.text("zone"):
        values["zone"] = center.text("zone")
    return Letterhead(**values)  # type: ignore[arg-type]
