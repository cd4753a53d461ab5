"""What support needs and customers need not fear: versions, settings, counts, the screen.

Rule: no record, no name, no number of seven or more digits.
"""

import json
import platform
import sys
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

import bankcc
from bankcc.errors import StorageError
from bankcc.i18n import _
from bankcc.session import Session
from bankcc.settings import Settings
from ui.feedback import redact
from ui.ime import Route

LIBRARIES = (
    "PySide6-Essentials",
    "sqlcipher3",
    "sqlite-utils",
    "cryptography",
    "msgspec",
    "click",
    "reportlab",
    "openpyxl",
    "defusedxml",
    "pyqtgraph",
    "pypdfium2",
    "pypinyin",
    "tzdata",
)
Facts = Mapping[str, Mapping[str, object]]


def version_of(library: str) -> str:
    """The installed version; empty where it is not installed."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def collect(session: Session, settings: Settings, route: Route) -> Facts:
    """The facts by group, each a few plain values."""
    status = session.status()
    screens = {
        f"screen {number}": f"{screen.size().width()}x{screen.size().height()}"
        f" at {screen.devicePixelRatio():.2f}"
        for number, screen in enumerate(QGuiApplication.screens(), start=1)
    }
    return {
        "program": {
            "bankcc": bankcc.__version__,
            "python": platform.python_version(),
            "qt": qVersion(),
            "system": platform.platform(),
            "machine": platform.machine(),
            "platform plug-in": QGuiApplication.platformName(),
            "frozen": bool(getattr(sys, "frozen", False)),
        },
        "libraries": {name: version_of(name) for name in LIBRARIES},
        "settings": {
            "language": settings.language,
            "theme": settings.theme,
            "font scale": settings.font_scale,
        },
        "input method": {"route": route.name, "chinese": route.chinese},
        "screens": screens,
        "center": {
            "example": session.is_demo,
            "can write": session.can_write,
            "operations": status.operations,
            "logs": status.logs,
            "conflicts": status.conflicts,
            "unsigned": status.unsigned,
            "size in MiB": round(status.size / 2**20, 1),
        },
        "records": dict(status.counts),
    }


def as_text(facts: Facts) -> str:
    """The facts as people read them, long numbers and home folders removed."""
    lines = []
    for group, values in facts.items():
        lines += [f"[{group}]", *(f"{name}: {value}" for name, value in values.items()), ""]
    return redact("\n".join(lines))


def write(facts: Facts, path: Path) -> None:
    """A zip with the facts twice: for people and for programs. Raises StorageError."""
    data = redact(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("diagnostics.txt", as_text(facts))
            bundle.writestr("diagnostics.json", data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            _("{path} could not be written ({reason}).").format(path=path.name, reason=reason),
            safe=_("Your data is not affected."),
            next_step=_("Choose another folder."),
        ) from error
