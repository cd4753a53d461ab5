"""Where everything of one center lies on disk. One folder is one center; nothing is written
elsewhere except the settings file and, while the folder refuses it, a sealed text in the person's
folder. A `Paths` is a value: it creates nothing by itself.
"""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

APP = "bankcc"
PORTABLE_FLAG = "portable.flag"


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one center below `root`."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "center.db"

    @property
    def keyslots(self) -> tuple[Path, Path]:
        """Two copies of the same file: losing both loses the data."""
        return self.root / "keyslots.json", self.root / "keyslots.copy.json"

    @property
    def device(self) -> Path:
        return self.root / "device.json"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def spool(self) -> Path:
        """Encrypted texts that could not be saved because the database refused."""
        return self.root / "spool"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    def exists(self) -> bool:
        """Whether there is a center here."""
        return self.database.exists() or any(path.exists() for path in self.keyslots)


def application_root() -> Path:
    """The folder that holds `bankcc` and `ui`."""
    return Path(__file__).resolve().parent.parent


@cache
def _shipped(folder: str) -> Path:
    """`folder` of the repository; an installed wheel carries it inside the package."""
    installed = Path(__file__).resolve().parent / "_shipped" / folder
    return installed if installed.is_dir() else application_root() / folder


def resources() -> Path:
    """What the program shows: fonts, icons, catalogues, help."""
    return _shipped("resources")


def shipped_data() -> Path:
    """What ships as data: synonyms, rules, templates, the demo scenario."""
    return _shipped("data")


def user_folder() -> Path:
    """The per-user folder of the program; beside the program when it is carried on a stick."""
    program = Path(sys.executable).resolve().parent
    for place in (program, application_root()):
        if (place / PORTABLE_FLAG).exists():
            return place / "bankcc-data"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / APP


def default_center() -> Path:
    """The center opened when no `--data-dir` is given."""
    return user_folder() / "center"


def demo_center() -> Path:
    """Where `demo` writes when no `--data-dir` is given; never the real center."""
    return user_folder() / "demo"
