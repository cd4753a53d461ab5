"""Cells that a spreadsheet program would run as a formula get an apostrophe before them, and lose
it again when the file comes back. `unprotect(protect(text)) == text` for every text.
"""

import re

_STARTS_FORMULA = re.compile(r"[\s'\0]*[=+\-@＝＋－＠]|'*[\t\r\n\0]")


def protect(text: str) -> str:
    """`text` as it may stand in a CSV file or on the clipboard."""
    return "'" + text if _STARTS_FORMULA.match(text) else text


def unprotect(text: str) -> str:
    """Inverse of `protect`."""
    return text[1:] if text.startswith("'") and _STARTS_FORMULA.match(text[1:]) else text
