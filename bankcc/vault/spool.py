"""Texts that the database refused, sealed into small files beside it or, where nothing can be
written there, in the folder of the person.

Rule: readable only with the key of the center that wrote them; one file per text, written whole.
Each carries a number that grows, for a copy that could not be removed may come back: the latest
counts.
"""

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from bankcc.clock import Clock
from bankcc.errors import StorageError
from bankcc.ids import Chance
from bankcc.vault import crypto, safe_file
from bankcc.vault.crypto import NotOpened, Purpose
from bankcc.vault.database_key import DatabaseKey

SUFFIX = ".sealed"
LIMIT = 256 * 1024
_FOLDER = b"folder"
_NUMBERED = b"#"
_NUMBER_BYTES = 8


class Spool:
    """Sealed texts by name. `places` in order of preference; the first that takes a text has it."""

    def __init__(
        self, key: DatabaseKey, places: tuple[Path, ...], chance: Chance, clock: Clock
    ) -> None:
        self._key, self._chance, self._clock = key, chance, clock
        self._latest = 0
        # Several centers may share a place: each has a folder of its own there.
        own = key.derive(Purpose.SPOOL, salt=_FOLDER).hex()[:16]
        self._folders = tuple(place / own for place in places)

    def put(self, name: str, text: bytes) -> Path:
        """Keep `text` under `name` (letters and digits), in place of an earlier one. Durable when
        it returns the file. Raises StorageError if no place takes it."""
        if not (name.isascii() and name.isalnum()):
            raise ValueError(name)
        # Not the time alone: the clock may be set back between two copies.
        known = [number for number, _text in self._copies(name)]
        self._latest = max(self._clock.now_ms(), self._latest + 1, *(each + 1 for each in known))
        sealed = crypto.seal(
            self._key.derive(Purpose.SPOOL),
            self._latest.to_bytes(_NUMBER_BYTES, "big") + text,
            purpose=Purpose.SPOOL,
            context=_NUMBERED + name.encode(),
            chance=self._chance,
        )
        refusal: StorageError | None = None
        for folder in self._folders:
            file = folder / f"{name}{SUFFIX}"
            try:
                safe_file.make_private_folder(folder)
                safe_file.write_bytes(file, sealed)
            except StorageError as error:
                refusal = refusal or error
                continue
            self._remove(name, but=file)
            return file
        assert refusal is not None
        raise refusal

    def found(self) -> Iterator[tuple[str, int, bytes]]:
        """Name, number and text of the latest copy of everything that is kept; what cannot be read
        is passed over. The number is the time of sealing (UTC ms), or later by a little."""
        names = [file.stem for folder in self._folders for file in _listed(folder)]
        for name in dict.fromkeys(names):
            copies = self._copies(name)
            if copies:
                yield name, *max(copies, key=itemgetter(0))

    def drop(self, name: str) -> None:
        """The text was stored. A file that cannot be removed is offered again later."""
        self._remove(name)

    def _copies(self, name: str) -> list[tuple[int, bytes]]:
        """Number and text of each copy that can be read, in order of the places."""
        files = [folder / f"{name}{SUFFIX}" for folder in self._folders]
        return [copy for copy in map(self._read, files) if copy is not None]

    def _read(self, file: Path) -> tuple[int, bytes] | None:
        try:
            sealed = safe_file.read_bytes(file, limit=LIMIT)
            if sealed is None:
                return None
            text = crypto.unseal(
                self._key.derive(Purpose.SPOOL),
                sealed,
                purpose=Purpose.SPOOL,
                context=_NUMBERED + file.stem.encode(),
            )
        except (StorageError, NotOpened):
            return None
        return int.from_bytes(text[:_NUMBER_BYTES], "big"), text[_NUMBER_BYTES:]

    def _remove(self, name: str, but: Path | None = None) -> None:
        for folder in self._folders:
            file = folder / f"{name}{SUFFIX}"
            if file != but:
                try:
                    file.unlink(missing_ok=True)
                except OSError:
                    continue  # where it could be written it can be read again, and is then dropped


def _listed(folder: Path) -> list[Path]:
    """What lies in `folder`; nothing in one that cannot be read."""
    try:
        return sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []
