"""Loads the tables of readings beside other work, in steps so short that no other thread waits.

The library reads its table of phrases in one step of nearly a tenth of a second, during which
nothing else of the process runs, not even a key press. Here the same file is read entry by entry
and handed over before the library is first imported; where that is not possible it is left alone.
"""

import gc
import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_LIBRARY = "pypinyin"
_TABLE = f"{_LIBRARY}.phrases_dict"
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
    file = Path(places[0]) / "phrases_dict.json" if places else None
    if file is None or not file.is_file():
        return
    table = ModuleType(_TABLE)
    table.__dict__["phrases_dict"] = entries(file.read_text(encoding="utf-8"))
    sys.modules[_TABLE] = table


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
