"""Keeps resources/i18n/zh_CN.po in step with the code: `add FILE.json`, `compile`, `missing`.

The catalogue is sorted by message, so that two people adding texts rarely touch the same line.
"""

import fcntl
import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
SOURCES = ("bankcc", "ui")


Message = str | tuple[str, str]
"""As it stands in the code; with its plural where it is said of a number."""


def messages_in_code() -> dict[Message, str]:
    """Every message of the sources, with one place where it stands."""
    found: dict[Message, str] = {}
    for source in SOURCES:
        for file, line, message, *_rest in extract_from_dir(
            ROOT / source, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            said = tuple(message) if isinstance(message, (list, tuple)) else message
            if said and all(said):
                found.setdefault(said, f"{source}/{file}:{line}")
    return found


def read(language: str = "zh_CN") -> Catalog:
    """The catalogue as it stands in the repository."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, project="bankcc", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def save(catalogue: Catalog, language: str = "zh_CN") -> None:
    """Write the readable and the compiled form."""
    catalogue.fuzzy = False
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, no_location=True, omit_header=False)
    with (FOLDER / f"{language}.mo").open("wb") as file:
        write_mo(file, catalogue)


def missing(catalogue: Catalog) -> dict[Message, str]:
    """Messages of the code that have no translation, or one without its plural."""
    return {
        message: place
        for message, place in messages_in_code().items()
        if not (found := catalogue.get(_name(message)))
        or found.id != message
        or not found.string
        or not all(found.string)
    }


def unused(catalogue: Catalog) -> list[str]:
    """Translations that no code asks for, by their singular."""
    known = messages_in_code()
    return [_name(entry.id) for entry in catalogue if entry.id and entry.id not in known]


def _name(message: Message) -> str:
    """By which the catalogue knows it."""
    return message if isinstance(message, str) else message[0]


def add(file: Path) -> None:
    """Merge translations from a JSON object of message to translation; of a message with a plural
    to an object with `plural` and `text`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        catalogue = read()
        for message, translation in json.loads(file.read_text(encoding="utf-8")).items():
            known: Message = message
            if isinstance(translation, dict):
                known, translation = (message, translation["plural"]), (translation["text"],)
            catalogue.delete(message)
            catalogue.add(known, translation)
            catalogue[message].flags.discard("fuzzy")
        save(catalogue)


def main(arguments: list[str]) -> int:
    """Run one command; see the module's docstring."""
    match arguments:
        case ["add", file]:
            add(Path(file))
        case ["compile"]:
            catalogue = read()
            for message in unused(catalogue):
                catalogue.delete(message)
            save(catalogue)
        case ["missing"]:
            lost = missing(read())
            for message, place in sorted(lost.items()):
                print(f"{place}: {message}")
            return 1 if lost else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
