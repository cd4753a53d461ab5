"""What a disk may hold after the power fails: unsynced writes are kept, lost, torn or reordered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.apsw_disk import Event

SECTOR = 512
FATES = ("none", "prefix", "subset", "torn", "all")


@dataclass
class Platter:
    """One file: what is surely there, and what was written since the last sync."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            carry_out(self.durable, event)
        self.pending = []

    def after(self, fate: str, random: Random) -> bytes:
        """One content that the file may have when the power comes back."""
        content = bytearray(self.durable)
        for event in survivors(self.pending, fate, random):
            carry_out(content, event)
        return bytes(content)


def survivors(pending: Sequence[Event], fate: str, random: Random) -> Iterator[Event]:
    """Which of the unsynced writes reached the disk, and which parts of them."""
    if fate == "none":
        return
    last = random.randint(0, len(pending)) if fate == "prefix" else len(pending)
    for event in pending[:last]:
        if fate in ("subset", "torn") and random.random() < 0.5:
            continue
        if fate == "torn" and event.kind == "write" and random.random() < 0.5:
            yield from sectors(event, random)
        else:
            yield event


def sectors(event: Event, random: Random) -> Iterator[Event]:
    """Some of the sectors that a write touches."""
    start, end = event.offset, event.offset + len(event.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if random.random() < 0.5:
            part = event.data[start - event.offset : stop - event.offset]
            yield Event("write", event.file, start, part)
        start = stop


def carry_out(content: bytearray, event: Event) -> None:
    """Apply a write or a truncation."""
    if event.kind == "truncate":
        del content[event.offset :]
        return
    if len(content) < event.offset:
        content.extend(bytes(event.offset - len(content)))
    content[event.offset : event.offset + len(event.data)] = event.data


class Machine:
    """Plays recorded events up to a moment; `crash` is what is left if the power fails there."""

    def __init__(self) -> None:
        self.files: dict[str, Platter] = {}
        self.indexes: list[bytes] = []

    def play(self, event: Event) -> None:
        match event.kind:
            case "create":
                self.files[event.file] = Platter()
            case "delete":
                self.files.pop(event.file, None)
                self.indexes = []  # goes with the write-ahead file
            case "sync":
                self.files[event.file].sync()
            case "write" | "truncate":
                self.files[event.file].pending.append(event)
            case "index":
                self.indexes.append(event.data)

    def crash(self, fate: str, random: Random, folder: Path) -> None:
        """Make the files in `folder` what the disk holds now. Of shared memory nothing survives, or
        what it held at some moment before."""
        for name in ("center.db", "center.db-wal", "center.db-shm"):
            (folder / name).unlink(missing_ok=True)
        for name, platter in self.files.items():
            (folder / name).write_bytes(platter.after(fate, random))
        if self.indexes and random.random() < 0.7:
            (folder / "center.db-shm").write_bytes(random.choice(self.indexes))
