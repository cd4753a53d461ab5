"""What SQLite's index of the write-ahead file tells about commits that are no longer there.

SQLite takes the end of the log wherever it is cut or damaged, without a word; the index says
where it was.
"""

import struct
from pathlib import Path
from typing import NamedTuple

_INDEX_HEADER = 48
_INDEX_VERSION = 3_007_000
_GENERATIONS = 1 << 16
"""How far ahead a first salt, which counts up, may be and still mean a later generation."""


class Index(NamedTuple):
    """What a process that was killed leaves in shared memory about the write-ahead file, whose end
    SQLite takes wherever it is cut or damaged. After a power cut it may be old, never ahead: frames
    are synced before it names them. `generation`: first salt; `frames` committed, `moved` of them
    into the database already."""

    generation: int
    frames: int
    moved: int


def read_index(database: Path) -> Index | None:
    """The index beside `database`; None if there is none that holds together."""
    try:
        with database.with_name(database.name + "-shm").open("rb") as file:
            data = file.read(2 * _INDEX_HEADER + 4)
    except OSError:
        return None
    if (
        len(data) < 2 * _INDEX_HEADER + 4
        or data[:_INDEX_HEADER] != data[_INDEX_HEADER : 2 * _INDEX_HEADER]
    ):
        return None
    version, _unused, _change, ready = struct.unpack_from("=IIIB", data)
    if (
        version != _INDEX_VERSION
        or not ready
        or _checksum(data[:40]) != struct.unpack_from("=II", data, 40)
    ):
        return None
    (frames,) = struct.unpack_from("=I", data, 16)
    (generation,) = struct.unpack_from(">I", data, 32)
    (moved,) = struct.unpack_from("=I", data, 2 * _INDEX_HEADER)
    return Index(generation, frames, moved)


def first_bytes(path: Path) -> bytes:
    """The header of the write-ahead file; empty if there is none."""
    try:
        with path.open("rb") as file:
            return file.read(32)
    except OSError:
        return b""


def _checksum(data: bytes) -> tuple[int, int]:
    """SQLite's own, over words in the order of this processor."""
    first = second = 0
    words = struct.unpack(f"={len(data) // 4}I", data)
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second


def commits_lost(before: Index | None, after: Index | None) -> bool:
    """Whether commits that `before` knew are missing from what an opening found, `after`."""
    if before is None or after is None:
        return False
    if before.generation == after.generation and after.frames:
        return after.frames < before.frames
    if 0 < (after.generation - before.generation) % (1 << 32) < _GENERATIONS:
        return False
    return before.moved < before.frames
