"""Loads the tables of readings beside other work, in steps so short that no other thread waits.

The library reads its tables in one step of nearly a tenth of a second, during which nothing
else of the process runs, not even a key press. Here the same files are read entry by entry and
handed over before the library is first imported; where that is not possible it is left alone.
"""

import gc
import json
import re
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_LIBRARY = "pypinyin"
_TABLES: Mapping[str, Callable[[str], object]] = {"phrases_dict": str, "pinyin_dict": int}
"""Each is a file, a module and a variable of the same name; the key of an entry becomes that."""
_GAP = re.compile(r"[\s,:{]*")


def load() -> None:
    """Load the library; nothing if it is loaded already."""
    if _LIBRARY in sys.modules:
        return
    searching = gc.isenabled()
    gc.disable()  # a hundred thousand small lists come, and none of them goes
    try:
        _hand_over()
        import pypinyin  # noqa: F401  loading is what is wanted
    finally:
        if searching:
            gc.enable()


def _hand_over() -> None:
    spec = find_spec(_LIBRARY)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        return
    for name, key in _TABLES.items():
        file = Path(places[0]) / f"{name}.json"
        if file.is_file():
            read = entries(file.read_text(encoding="utf-8"))
            table = ModuleType(f"{_LIBRARY}.{name}")
            table.__dict__[name] = {key(word): reading for word, reading in read.items()}
            sys.modules[table.__name__] = table


def entries(text: str) -> dict[str, object]:
    """The object that the JSON `text` is, read one entry after the other."""
    decode = json.JSONDecoder().raw_decode
    found: dict[str, object] = {}
    at = _end_of_gap(text, 0)
    while text[at] != "}":
        key, at = decode(text, at)
        found[key], at = decode(text, _end_of_gap(text, at))
        at = _end_of_gap(text, at)
    return found


def _end_of_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at
