"""The key file of a center, in two copies, because losing it loses the data. A copy is replaced
whole or not at all, the second only after the first has been read back, so at every moment one
valid copy exists; reading takes the newest valid one and mends the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bankcc.errors import (
    Damaged,
    NotFound,
    Refused,
    StorageError,
    TooNew,
    UserError,
    WrongPassphrase,
)
from bankcc.i18n import _
from bankcc.ids import Chance
from bankcc.paths import Paths
from bankcc.vault import checked_file, crypto, recovery_key, safe_file
from bankcc.vault.checked_file import Body, hex_field, int_field
from bankcc.vault.crypto import HASH_BYTES, Argon2Cost, NotOpened, Purpose
from bankcc.vault.database_key import DatabaseKey, new_database_key
from bankcc.vault.slot import (
    DemoSlot,
    PassphraseSlot,
    RecoverySlot,
    Slot,
    slot_from_body,
)

FORMAT = "bankcc-keyslots"
VERSION = 1
_MOST_SLOTS = 64


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a center as last read. `generation` grows with each change.

    `notices` are translated lines for the person: a copy was mended, or could not be.
    """

    generation: int
    key_check: bytes
    slots: tuple[Slot, ...]
    notices: tuple[str, ...] = ()

    @property
    def is_demo(self) -> bool:
        """Whether this center holds invented data and opens without a passphrase."""
        return any(isinstance(slot, DemoSlot) for slot in self.slots)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the slots, in order."""
        return tuple(slot.kind for slot in self.slots)

    def open_demo(self) -> DatabaseKey:
        """The key of a demo center. Raises WrongPassphrase if this is a real one."""
        # A copy: locking overwrites the key handed out, and these slots may be opened again.
        return self._first_opened(
            [DatabaseKey(slot.key.raw) for slot in self.slots if isinstance(slot, DemoSlot)]
        )

    def open_with_passphrase(self, text: str) -> DatabaseKey:
        """The key. Takes about 0.2 s.

        Raises WrongPassphrase, or a plain UserError if nothing was typed.
        """
        return self._first_opened(
            _try_each([slot for slot in self.slots if isinstance(slot, PassphraseSlot)], text)
        )

    def open_with_recovery(self, text: str) -> DatabaseKey:
        """The key. Raises WrongPassphrase for the key of another center, a plain UserError naming
        what is wrong with the typing if it is no recovery key at all."""
        recovery_key.secret_of(text)
        return self._first_opened(
            _try_each([slot for slot in self.slots if isinstance(slot, RecoverySlot)], text)
        )

    def belongs(self, key: DatabaseKey) -> bool:
        """Whether `key` is the key of this center."""
        return crypto.equal(self.key_check, _key_check(key))

    def _first_opened(self, keys: list[DatabaseKey]) -> DatabaseKey:
        for key in keys:
            if self.belongs(key):
                return key
        raise WrongPassphrase(
            _("That does not open this center."),
            safe=_("Nothing was changed, and nothing is ever locked or deleted."),
            next_step=_(
                "Check Caps Lock and the input method and try again, or use the recovery key."
            ),
        )

    def to_bytes(self) -> bytes:
        """The file's content."""
        body = {
            "generation": self.generation,
            "key_check": self.key_check.hex(),
            "slots": [slot.to_body() for slot in self.slots],
        }
        return checked_file.encode(FORMAT, VERSION, body)


def _try_each(slots: Sequence[PassphraseSlot | RecoverySlot], text: str) -> list[DatabaseKey]:
    opened = []
    for slot in slots:
        try:
            opened.append(slot.open(text))
        except NotOpened:
            continue
    return opened


def create(
    paths: Paths,
    *,
    passphrase: str | None,
    chance: Chance,
    demo: bool = False,
    cost: Argon2Cost | None = None,
) -> tuple[DatabaseKey, str | None]:
    """Make the key of a new center and write its key file. Returns the key and the recovery key to
    show once and print; None for a demo, which has no passphrase and no recovery key.

    Raises UserError on an unfit passphrase, Refused if there is a key file already, StorageError.
    """
    if demo and passphrase is not None:
        raise ValueError("a demo has no passphrase")
    if any(path.exists() for path in paths.keyslots):
        raise Refused(
            _("There is already a center in {folder}.").format(folder=paths.root),
            safe=_("It was not changed."),
            next_step=_("Open it, or choose an empty folder."),
        )
    key = new_database_key(chance)
    made: tuple[Slot, ...]
    if demo:
        made, printed = (DemoSlot(key),), None
    else:
        printed = recovery_key.new_recovery_key(chance)
        made = (
            PassphraseSlot.make(key, passphrase or "", chance, cost or Argon2Cost()),
            RecoverySlot.make(key, printed, chance),
        )
    safe_file.make_private_folder(paths.root)
    try:
        _store(paths, Slots(1, _key_check(key), made))
    except StorageError as error:
        _withdraw(paths)
        raise StorageError(
            error.what, safe=_("No center was created."), next_step=error.next_step
        ) from error
    return key, printed


def load(paths: Paths, *, repair: bool = True) -> Slots:
    """The slots of the center; with `repair`, a lost, damaged or older copy is rewritten.

    Raises NotFound if there is no center, StorageError or Damaged if no copy can be used, TooNew.
    """
    found = [_read(path) for path in paths.keyslots]
    for outcome in found:
        if isinstance(outcome, TooNew):  # it is the newer copy, and older programs must not undo it
            raise outcome
    valid = [outcome for outcome in found if isinstance(outcome, Slots)]
    if not valid:
        raise _none_usable(paths, found)
    newest = max(valid, key=lambda slots: slots.generation)
    if not repair:
        return newest
    notices = tuple(
        _mend(path, newest)
        for path, outcome in zip(paths.keyslots, found, strict=True)
        if not isinstance(outcome, Slots) or outcome.generation < newest.generation
    )
    return replace(newest, notices=notices)


def change_passphrase(
    paths: Paths, key: DatabaseKey, new: str, *, chance: Chance, cost: Argon2Cost | None = None
) -> Slots:
    """Replace the passphrase; `key` is the opened key, however it was opened. Other slots stay.

    Raises UserError on an unfit passphrase, Refused on a demo, StorageError; after StorageError the
    new passphrase or else the old one opens the center, and the recovery key as before.
    """
    return _renew(paths, key, lambda: PassphraseSlot.make(key, new, chance, cost or Argon2Cost()))


def renew_recovery(paths: Paths, key: DatabaseKey, *, chance: Chance) -> str:
    """Replace the recovery key; the new one, to show once and print. The earlier one opens nothing
    any more. Raises Refused on a demo, StorageError; then one of the two opens the center.
    """
    printed = recovery_key.new_recovery_key(chance)
    _renew(paths, key, lambda: RecoverySlot.make(key, printed, chance))
    return printed


def _renew(paths: Paths, key: DatabaseKey, make: Callable[[], Slot]) -> Slots:
    """Put the slot that `make` gives in the place of the others of its kind."""
    slots = load(paths)
    if not slots.belongs(key):
        raise ValueError("this key does not belong to this center")
    if slots.is_demo:
        raise Refused(
            _("A demo has no passphrase."),
            safe=_("Nothing was changed."),
            next_step=_("Create a center of your own for real data."),
        )
    fresh = make()
    kept = tuple(slot for slot in slots.slots if slot.kind != fresh.kind)
    first = isinstance(fresh, PassphraseSlot)
    ordered = (fresh, *kept) if first else (*kept, fresh)
    changed = Slots(slots.generation + 1, slots.key_check, ordered)
    try:
        _store(paths, changed)
    except StorageError as error:
        raise StorageError(
            error.what,
            safe=_(
                "Nothing is lost: the new one (passphrase or recovery key) opens, or else the old"
                " one."
            ),
            next_step=error.next_step,
        ) from error
    return changed


def _store(paths: Paths, slots: Slots) -> None:
    """Write both copies, first the one whose loss would matter less. Raises StorageError."""
    data = slots.to_bytes()
    first, second = sorted(paths.keyslots, key=lambda path: isinstance(_read(path), Slots))
    safe_file.write_bytes(first, data)
    if safe_file.read_bytes(first, limit=checked_file.SIZE_LIMIT) != data:
        raise StorageError(
            _("The disk did not keep what was written to {path}.").format(path=first),
            next_step=_("Copy the center to another disk."),
        )
    safe_file.write_bytes(second, data)


def _withdraw(paths: Paths) -> None:
    """Take back the key file of a center that did not come to be. Nothing was encrypted with it
    yet."""
    for path in paths.keyslots:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise safe_file.write_refused(error, path) from error


def _read(path: Path) -> Slots | UserError | None:
    """The slots in one copy; None if there is none; the error if it cannot be used."""
    try:
        body = checked_file.read(path, FORMAT, VERSION)
        return None if body is None else _from_body(body, path)
    except (StorageError, TooNew) as error:
        return error


def _from_body(body: Body, path: Path) -> Slots:
    try:
        bodies = body["slots"]
        if not isinstance(bodies, list) or not 1 <= len(bodies) <= _MOST_SLOTS:
            raise ValueError("slots")
        slots = Slots(
            int_field(body, "generation"),
            hex_field(body, "key_check", HASH_BYTES),
            tuple(slot_from_body(slot) for slot in bodies),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise checked_file.damaged(path) from error
    if slots.is_demo and len(slots.slots) != 1:
        # Beside a slot that anyone opens, the other slots would protect nothing.
        raise checked_file.damaged(path)
    return slots


def _none_usable(paths: Paths, found: list[Slots | UserError | None]) -> UserError:
    errors = [outcome for outcome in found if isinstance(outcome, UserError)]
    if not errors and not paths.database.exists():
        return NotFound(
            _("There is no center in {folder}.").format(folder=paths.root),
            next_step=_("Create one, or choose another folder."),
        )
    safe = _("The data is untouched, but without its key file nobody can open it.")
    next_step = _(
        "Copy {name} from the second medium or a backup into {folder}, then open it again."
    ).format(name=paths.keyslots[0].name, folder=paths.root)
    if not errors:
        what = _("Both copies of the key file are gone from {folder}.").format(folder=paths.root)
        return StorageError(what, safe=safe, next_step=next_step)
    what = _("The key file cannot be used: {reason}").format(reason=errors[0].what)
    kind = Damaged if all(isinstance(error, Damaged) for error in errors) else StorageError
    return kind(what, safe=safe, next_step=next_step)


def _mend(path: Path, newest: Slots) -> str:
    """Rewrite one copy; the line to tell the person. A center opens even if this fails."""
    try:
        safe_file.write_bytes(path, newest.to_bytes())
    except StorageError as error:
        return _("One copy of the key file could not be mended: {reason}").format(reason=error.what)
    return _("One copy of the key file was missing, old or damaged and has been mended.")


def _key_check(key: DatabaseKey) -> bytes:
    """A value that tells keys apart and reveals nothing of them."""
    return key.derive(Purpose.KEY_CHECK)
