"""Who this laptop is: a device id, a short label (甲) and an Ed25519 key that signs heads of its
log. The private key lies in `device.json` only under a key derived from the database key.
"""

import unicodedata
from dataclasses import dataclass, field

from bankcc import ids
from bankcc.errors import Damaged, FieldError, Refused
from bankcc.i18n import _
from bankcc.ids import Chance
from bankcc.paths import Paths
from bankcc.vault import checked_file, crypto, safe_file
from bankcc.vault.checked_file import Body, canonical, hex_field, int_field, text_field
from bankcc.vault.crypto import HASH_BYTES, KEY_BYTES, NONCE_BYTES, NotOpened, Purpose
from bankcc.vault.database_key import DatabaseKey

FORMAT = "bankcc-device"
VERSION = 1
FIRST_LABEL = "甲"
LABEL_LIMIT = 4
_ID_BYTES, _ID_CHARS = 10, 16
_SEALED_BYTES = NONCE_BYTES + KEY_BYTES + 16


@dataclass(frozen=True, slots=True)
class Device:
    """One laptop in one epoch. A restored or rebuilt center starts a new device or a new epoch, so
    that no log is ever continued from an old point."""

    device_id: str
    label: str
    epoch: int
    public_key: bytes
    _seed: bytes = field(repr=False, compare=False)

    @property
    def log_id(self) -> str:
        """The log this device writes: device id and epoch."""
        return f"{self.device_id}.{self.epoch}"

    def sign_head(self, log_id: str, seq: int, op_hash: bytes) -> bytes:
        """64-byte signature that the log's operation `seq` has this hash, and so all before it
        theirs."""
        return crypto.sign(self._seed, _head(log_id, seq, op_hash), purpose=Purpose.HEAD)


def verify_head(public_key: bytes, log_id: str, seq: int, op_hash: bytes, signature: bytes) -> bool:
    """Whether the holder of `public_key` signed this head. False on anything malformed."""
    try:
        message = _head(log_id, seq, op_hash)
    except (ValueError, OverflowError):
        return False
    return crypto.verify(public_key, message, signature, purpose=Purpose.HEAD)


def _head(log_id: str, seq: int, op_hash: bytes) -> bytes:
    """Log id, seq in 8 bytes, hash: the last two have fixed lengths, so no two heads share a form.

    Raises ValueError or OverflowError on what is no head.
    """
    if len(op_hash) != HASH_BYTES:
        raise ValueError("an operation's hash has 32 bytes")
    return log_id.encode() + seq.to_bytes(8) + op_hash


def clean_label(text: str) -> str:
    """`text` as a device label. Raises FieldError unless it is 1 to 4 letters or digits: it stands
    at the front of numbers that are read aloud (甲-0147)."""
    label = unicodedata.normalize("NFKC", text).strip()
    if not 1 <= len(label) <= LABEL_LIMIT or not label.isalnum():
        raise FieldError(
            "device_label",
            _("A device label is 1 to {limit} letters, digits or Chinese characters.").format(
                limit=LABEL_LIMIT
            ),
            next_step=_("Choose a short one such as 甲, 乙 or A1."),
        )
    return label


def create_device(
    paths: Paths,
    database_key: DatabaseKey,
    *,
    label: str,
    chance: Chance,
    epoch: int = 1,
    replace: bool = False,
) -> Device:
    """Make this laptop's key and write `device.json`. With `replace`, a lost or damaged one is
    succeeded by a new device with a new id, whose log starts afresh.

    Raises FieldError on the label, Refused if there is a device already, StorageError.
    """
    chosen = clean_label(label)
    if not replace and paths.device.exists():
        raise Refused(
            _("This center already has a device file."),
            safe=_("It was not changed."),
            next_step=_("Open the center as it is."),
        )
    device_id = ids.base32(int.from_bytes(chance.random_bytes(_ID_BYTES)), _ID_CHARS)
    seed = chance.random_bytes(KEY_BYTES)
    device = Device(device_id, chosen, epoch, crypto.public_key(seed), seed)
    _write(paths, database_key, device, chance)
    return device


def start_epoch(
    paths: Paths, database_key: DatabaseKey, device: Device, *, chance: Chance
) -> Device:
    """The same device, same label and key, writing a new log from now on. Raises StorageError."""
    later = Device(
        device.device_id, device.label, device.epoch + 1, device.public_key, device._seed
    )
    _write(paths, database_key, later, chance)
    return later


def load_device(paths: Paths, database_key: DatabaseKey) -> Device:
    """Who this laptop is. Raises Damaged if `device.json` is gone, damaged, or of another center;
    then the data is whole, and `create_device(replace=True)` lets work go on under a new log."""
    try:
        body = checked_file.read(paths.device, FORMAT, VERSION)
    except Damaged as error:
        raise _unusable(_("The device file is damaged.")) from error
    if body is None:
        raise _unusable(_("The device file is gone."))
    try:
        return _from_body(body, database_key)
    except NotOpened as error:
        raise _unusable(_("The device file belongs to another center or was changed.")) from error
    except (KeyError, ValueError, TypeError) as error:
        raise _unusable(_("The device file is damaged.")) from error


def _write(paths: Paths, database_key: DatabaseKey, device: Device, chance: Chance) -> None:
    clear = _clear_fields(device.device_id, device.label, device.epoch, device.public_key)
    sealed = crypto.seal(
        database_key.derive(Purpose.DEVICE_KEY),
        device._seed,
        purpose=Purpose.DEVICE_KEY,
        context=canonical(clear),
        chance=chance,
    )
    body = clear | {"sealed": sealed.hex()}
    safe_file.write_bytes(paths.device, checked_file.encode(FORMAT, VERSION, body))


def _from_body(body: Body, database_key: DatabaseKey) -> Device:
    """Raises KeyError, ValueError, TypeError if malformed, NotOpened if changed or of another
    key."""
    device_id, label = text_field(body, "device_id"), text_field(body, "label")
    epoch, public = int_field(body, "epoch"), hex_field(body, "public_key", KEY_BYTES)
    seed = crypto.unseal(
        database_key.derive(Purpose.DEVICE_KEY),
        hex_field(body, "sealed", _SEALED_BYTES),
        purpose=Purpose.DEVICE_KEY,
        context=canonical(_clear_fields(device_id, label, epoch, public)),
    )
    if crypto.public_key(seed) != public:
        raise ValueError("public_key")
    return Device(device_id, label, epoch, public, seed)


def _clear_fields(device_id: str, label: str, epoch: int, public: bytes) -> Body:
    return {
        "device_id": device_id,
        "label": label,
        "epoch": epoch,
        "public_key": public.hex(),
    }


def _unusable(what: str) -> Damaged:
    return Damaged(
        what,
        safe=_("The data is whole; only the key that signs this laptop's log is missing."),
        next_step=_(
            "Put device.json back from a backup, or continue as a new device with a log of its own."
        ),
    )
