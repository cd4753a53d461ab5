"""The phone field: digits only, grouped while typing, whatever is pasted into it.

Rule: what is stored are the digits; the spaces are only shown.
"""

import re
import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from bankcc.i18n import _

MAX_DIGITS = 20
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_EXTENSION = re.compile(r"转|分机|#|ext\.?|x(?=[0-9])", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$|0?[1-9][0-9]{8,10}$)")


def dialled(text: str) -> tuple[str, str]:
    """Digits and extension in whatever was typed or pasted: full-width, separators, +86, 转."""
    plain = unicodedata.normalize("NFKC", text).strip()
    main, *rest = _EXTENSION.split(plain, maxsplit=1)
    plus = "+" if main.lstrip(" (").startswith("+") else ""
    digits = plus + re.sub(r"[^0-9]", "", main)
    if plus or digits.startswith("00") or len(digits) == 13:
        digits, stripped = _PREFIX.subn("", digits)
        if stripped and len(digits) >= 10 and not re.match(r"0|[48]00|1[3-9][0-9]{9}$", digits):
            digits = "0" + digits  # abroad the area code is written without its 0
    return digits.lstrip("+")[:MAX_DIGITS], re.sub(r"[^0-9]", "", rest[0])[:6] if rest else ""


def grouped(digits: str) -> str:
    """As people read it aloud: mobiles 3-4-4, land lines after the area code, others whole."""
    if re.match(r"1[3-9]", digits) and len(digits) <= 11:
        parts = [digits[:3], digits[3:7], digits[7:]]
    elif digits.startswith("0") and len(digits) > 4:
        # Two-digit area codes begin 01 and 02; all others have three digits after the 0.
        area = 3 if digits[1] in "12" else 4
        parts = [digits[:area], digits[area:]]
    elif re.match(r"[48]00", digits):
        parts = [digits[:3], digits[3:6], digits[6:]]
    else:
        parts = [digits]
    return " ".join(part for part in parts if part)


def is_mobile(digits: str) -> bool:
    """Whether `digits` is a complete mainland mobile number."""
    return bool(_MOBILE.fullmatch(digits))


class PhoneEdit(QLineEdit):
    """A line for a phone number. `completed(digits)` fires when typing or pasting makes a complete
    mobile number; land lines and short numbers are ended with Enter."""

    completed = Signal(str)
    digits_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.setAccessibleName(_("Phone"))
        self._digits = ""
        self._by_hand = False
        # Qt says `textEdited` first, then `textChanged`.
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self._format)

    def digits(self) -> str:
        """The number without spaces, prefix and extension."""
        return dialled(self.text())[0]

    def extension(self) -> str:
        """The extension after 转 or #, if any."""
        return dialled(self.text())[1]

    def set_digits(self, digits: str) -> None:
        """Show a number; fires `digits_changed` but never `completed`."""
        self.setText(digits)

    def _format(self, text: str) -> None:
        """Regroup, and keep the caret behind the same digit."""
        digits, extension = dialled(text)
        shown = grouped(digits)
        if _EXTENSION.search(unicodedata.normalize("NFKC", text)):
            shown = f"{shown} 转{extension}" if shown else ""
        if shown != text:
            before = len(dialled(text[: self.cursorPosition()])[0])
            at_end = self.cursorPosition() >= len(text)
            blocked = self.blockSignals(True)
            self.setText(shown)
            self.setCursorPosition(len(shown) if at_end else _behind(shown, before))
            self.blockSignals(blocked)
            self.update()
        by_hand, self._by_hand = self._by_hand, False
        if digits == self._digits:
            return
        self._digits = digits
        self.digits_changed.emit(digits)
        if by_hand and is_mobile(digits):
            self.completed.emit(digits)

    def _edited(self, _text: str) -> None:
        self._by_hand = True


def _behind(shown: str, digits: int) -> int:
    """The position in `shown` behind its `digits`-th digit."""
    if digits == 0:
        return 0
    seen = 0
    for at, character in enumerate(shown):
        seen += character.isdigit()
        if seen == digits:
            return at + 1
    return len(shown)
