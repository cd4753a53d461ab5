"""Loads a large library on behalf of the screen's thread, some milliseconds at a time.

Rule: classes of Qt come into being when they are first named, and two threads that name them at
once end the process. So what names Qt is never loaded beside the screen: here it is loaded in a
thread that goes on only while the screen's thread waits for it.
"""

import atexit
import importlib.util
import re
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

SLICE_S = 0.006
"""After so much of it the screen's thread goes on, at the next module that would begin."""


NATIVE_NAME = re.compile(r"\.(so|pyd|dll|dylib)(\.|$)")
BLOCK = 1 << 20


def native_parts(package: str) -> list[Path]:
    """The native libraries that `package` brings; it is not loaded by that."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return []
    home = Path(found.origin).parent
    folders = (home, home.parent / f"{package}.libs")
    files = (file for folder in folders for file in folder.rglob("*") if folder.is_dir())
    return [file for file in files if NATIVE_NAME.search(file.name)]


def read_through(file: Path) -> None:
    """Let the system have it at hand when it is loaded."""
    with (
        suppress(OSError),
        file.open("rb", buffering=0) as opened,
    ):  # it will be loaded all the same
        while opened.read(BLOCK):
            pass


class SlicedLoad:
    """`step()` again and again until it says True. `packages`: whose modules may wait for one
    another half-way; nobody else may import them meanwhile, or would wait for ever."""

    def __init__(self, load: Callable[[], object], packages: tuple[str, ...]) -> None:
        self._load, self._parts = load, tuple(f"/{name}/" for name in packages)
        self._go, self._back = threading.Semaphore(0), threading.Semaphore(0)
        self._until = 0.0
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None
        self.done = False

    def step(self) -> bool:
        """Go on for a moment; whether everything is loaded. Raises what loading raised."""
        if self._error is not None:
            raise self._error
        if self.done:
            return True
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="load", daemon=True)
            self._thread.start()
            # Python cannot take down what is loaded half: the end of the process brings the rest.
            atexit.register(self._end)
        self._go_on()
        if self._error is not None:
            raise self._error
        return self.done

    def _go_on(self) -> None:
        self._until = time.perf_counter() + SLICE_S
        self._go.release()
        self._back.acquire()

    def finish(self) -> None:
        """All of it now. Raises what loading raised."""
        while not self.step():
            pass

    def _end(self) -> None:
        while self._error is None and not self.done:
            self._go_on()

    def _run(self) -> None:
        self._go.acquire()
        sys.setprofile(self._look)
        try:
            self._load()
        except BaseException as error:  # noqa: BLE001  it is raised again where it is waited for
            self._error = error
        finally:
            sys.setprofile(None)
        self.done = self._error is None
        self._back.release()

    def _look(self, frame: FrameType, event: str, _given: object) -> None:
        """Called by Python for every call: a module that begins holds no lock but its own."""
        code = frame.f_code
        if (
            event == "call"
            and code.co_name == "<module>"
            and time.perf_counter() > self._until
            and any(part in code.co_filename.replace("\\", "/") for part in self._parts)
        ):
            self._back.release()
            self._go.acquire()
