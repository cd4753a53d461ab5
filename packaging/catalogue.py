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
KEYWORDS = {"_": None, "N_": None}
SOURCES = ("bankcc", "ui")


def messages_in_code() -> dict[str, str]:
    """Every message of the sources, with one place where it stands."""
    found: dict[str, str] = {}
    for source in SOURCES:
        for file, line, message, *_rest in extract_from_dir(
            ROOT / source, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            if isinstance(message, str) and message:
                found.setdefault(message, f"{source}/{file}:{line}")
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


def missing(catalogue: Catalog) -> dict[str, str]:
    """Messages of the code that have no translation."""
    return {
        message: place
        for message, place in messages_in_code().items()
        if not (found := catalogue.get(message)) or not found.string
    }


def unused(catalogue: Catalog) -> list[str]:
    """Translations that no code asks for."""
    known = messages_in_code()
    return [str(entry.id) for entry in catalogue if entry.id and entry.id not in known]


def add(file: Path) -> None:
    """Merge translations from a JSON object of message to translation."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        catalogue = read()
        for message, translation in json.loads(file.read_text(encoding="utf-8")).items():
            catalogue.add(message, translation)
            catalogue[message].string = translation
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
