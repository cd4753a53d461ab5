"""Two kinds of failure. A `UserError` is text for the person at the screen: what happened, whether
the data is safe, what to do next. Everything else is a defect and goes to the crash dialog.
"""


class UserError(Exception):
    """Something the person can understand and act on. All three texts are already translated.

    `what` happened; `safe`: whether and where the data is safe; `next_step`: what to do now.
    """

    def __init__(self, what: str, *, safe: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.next_step = next_step

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.next_step) if part)


class FieldError(UserError):
    """A value does not fit its field. `field` is the field's name (a code, not a label)."""

    def __init__(self, field: str, what: str, *, next_step: str = "") -> None:
        super().__init__(what, next_step=next_step)
        self.field = field


class NotFound(UserError):
    """No record, or no single record, answers to what was typed."""


class Refused(UserError):
    """A rule of the plan or of the record says no; nothing was written."""


class WrongPassphrase(UserError):
    """The passphrase or recovery key opens no slot."""


class Busy(UserError):
    """Another process is writing to this center."""


class StorageError(UserError):
    """The disk refused: full, read-only, damaged, gone. Nothing was acknowledged."""


class Damaged(StorageError):
    """What was read from disk fails its check (page, chain, signature, encoding)."""


class Outdated(UserError):
    """The lists were made by another version of the program; opening for writing renews them."""


class TooNew(UserError):
    """The center was written by a newer version of the program."""
