"""Settings of this laptop that are readable before a center is unlocked: language, theme, font
scale.

A plain JSON file; unknown keys are kept, an unreadable file means defaults. Everything about a
center or its people lives in the encrypted database instead.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bankcc import i18n, paths


@dataclass(slots=True)
class Settings:
    """The values in force. `save()` writes them; a failure to write is the caller's to report."""

    file: Path
    language: str = i18n.DEFAULT_LANGUAGE
    theme: str = "light"
    font_scale: int = 100
    other: dict[str, Any] = field(default_factory=dict)

    def save(self) -> None:
        """Write the file so that a crash leaves the old or the new one, never half."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        values = self.other | {name: getattr(self, name) for name in _KEYS}
        temporary = self.file.with_suffix(".tmp")
        with temporary.open("w", encoding="utf-8") as out:
            json.dump(values, out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(self.file)


_KEYS = ("language", "theme", "font_scale")


def load(file: Path | None = None) -> Settings:
    """The settings in `file` (default: the user's), with defaults for what is missing or damaged.
    """
    file = file or paths.user_folder() / "settings.json"
    found = Settings(file)
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return found
    if not isinstance(values, dict):
        return found
    for name in _KEYS:
        if isinstance(values.get(name), type(getattr(found, name))):
            setattr(found, name, values.pop(name))
    found.other = values
    try:
        found.language = i18n.normalise(found.language)
    except ValueError:
        found.language = i18n.DEFAULT_LANGUAGE
    return found
