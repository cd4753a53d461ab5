"""The folder that the reports of the current incident are written to.

Rule: unless another one was chosen, beside the center's data, a folder for each incident: reports
do not scatter over the machine and travel with a center that is carried on a stick.
"""

from pathlib import Path

from bankcc.reports.incidents import current_incident
from bankcc.session import Session

_NAME = "reports.folder"
FOLDER = "reports"


def folder_of(session: Session) -> Path:
    """The folder for the incident at hand; it need not exist yet."""
    found = current_incident(session, past=True)
    kept = (session.local.value(_NAME) or {}).get(found.id if found else "")
    if isinstance(kept, str) and Path(kept).is_dir():
        return Path(kept)
    usual = session.paths.root / FOLDER
    return usual / found.number if found and found.number else usual


def keep_folder(session: Session, folder: Path) -> None:
    """Write the reports of this incident there from now on."""
    found = current_incident(session, past=True)
    kept = dict(session.local.value(_NAME) or {})
    session.local.set_value(_NAME, {**kept, found.id if found else "": str(folder)})
