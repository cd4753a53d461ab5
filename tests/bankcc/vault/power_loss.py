"""A disk that can lose power: records what `safe_file` asks of the system and lists every content
the folder may have afterwards. Unsynced data may be lost, cut or kept; unsynced renames undone.
"""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from bankcc import whole_file
from bankcc.vault import safe_file

CALLS = ("open", "write", "fsync", "close", "replace", "unlink")


class PowerLost(BaseException):
    """The process is gone; no code of it runs any more."""


class Fault:
    """Stands in for the module `os` inside safe_file. At call `at` it raises `error`, or, for
    a dying process (None), raises at every call from then on so that no clean-up runs either."""

    def __init__(self, at: int, error: int | None, *, half_write: bool = False) -> None:
        self.at, self.error, self.half_write = at, error, half_write
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        original = getattr(os, name)
        if name not in CALLS:
            return original

        def call(*arguments: Any) -> Any:
            self.count += 1
            if self.error is None and self.count >= self.at:
                if name == "write" and self.half_write and self.count == self.at:
                    original(arguments[0], arguments[1][: len(arguments[1]) // 2])
                if name == "close":
                    original(*arguments)  # the system closes what a dead process had open
                raise PowerLost
            if self.error is not None and self.count == self.at:
                if name == "close":
                    original(*arguments)
                raise OSError(self.error, os.strerror(self.error))
            return original(*arguments)

        return call


class NoSync:
    """`os` whose fsync does nothing for files, for folders, or for both: a planted bug."""

    def __init__(self, recorder: "Recorder", *, skip_files: bool, skip_folders: bool) -> None:
        self.recorder, self.skip = recorder, {"file": skip_files, "folder": skip_folders}

    def __getattr__(self, name: str) -> Any:
        if name != "fsync":
            return getattr(self.recorder, name)

        def fsync(handle: int) -> None:
            kind = "folder" if handle in self.recorder.folders else "file"
            if not self.skip[kind]:
                self.recorder.fsync(handle)

        return fsync


@dataclass
class Recorder:
    """Stands in for `os` inside safe_file, does the real thing and keeps the list of it."""

    steps: list[tuple[Any, ...]] = field(default_factory=list)
    files: dict[int, str] = field(default_factory=dict)
    folders: set[int] = field(default_factory=set)

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        handle = os.open(path, flags, mode)
        if Path(path).is_dir():
            self.folders.add(handle)
        else:
            self.files[handle] = Path(path).name
            self.steps.append(("create", Path(path).name))
        return handle

    def write(self, handle: int, data: Any) -> int:
        self.steps.append(("write", self.files[handle], bytes(data)))
        return os.write(handle, data)

    def fsync(self, handle: int) -> None:
        self.steps.append(("sync", None if handle in self.folders else self.files[handle]))
        os.fsync(handle)

    def close(self, handle: int) -> None:
        self.folders.discard(handle)
        os.close(handle)

    def replace(self, source: Path, target: Path) -> None:
        self.steps.append(("replace", Path(source).name, Path(target).name))
        os.replace(source, target)


@dataclass
class _Inode:
    durable: bytes = b""
    pending: bytes = b""

    def outcomes(self) -> list[bytes]:
        if not self.pending:
            return [self.durable]
        half = self.pending[: len(self.pending) // 2]
        return [self.durable, self.durable + half, self.durable + self.pending]


def states(start: dict[str, bytes], steps: list[tuple[Any, ...]]) -> Iterator[dict[str, bytes]]:
    """Every content of the folder after losing power right after `steps`, starting from `start`."""
    durable = {name: _Inode(content) for name, content in start.items()}
    seen: dict[str, _Inode] = dict(durable)
    pending: list[tuple[str, str | None, _Inode]] = []  # name that appears, name that goes, inode
    for step in steps:
        match step:
            case ("create", name):
                seen[name] = _Inode()
                pending.append((name, None, seen[name]))
            case ("write", name, data):
                seen[name].pending += data
            case ("sync", None):
                durable, pending = dict(seen), []
            case ("sync", name):
                seen[name].durable += seen[name].pending
                seen[name].pending = b""
            case ("replace", source, target):
                seen[target] = seen.pop(source)
                pending.append((target, source, seen[target]))
    for kept in product((False, True), repeat=len(pending)):
        folder = dict(durable)
        for keep, (appears, goes, inode) in zip(kept, pending, strict=True):
            if keep:
                folder.pop(goes or "", None)
                folder[appears] = inode
        names = list(folder)
        for contents in product(*(folder[name].outcomes() for name in names)):
            yield dict(zip(names, contents, strict=True))


def lay_out(folder: Path, files: dict[str, bytes]) -> None:
    """Make `folder` hold exactly `files`."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def install(monkeypatch: Any, stand_in: Any) -> None:
    """Put `stand_in` where writing a small file finds `os`."""
    for module in (safe_file, whole_file):
        monkeypatch.setattr(module, "os", stand_in)


DISK_ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)
