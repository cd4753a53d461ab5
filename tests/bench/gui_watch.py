"""Watches how long the screen's thread stays away from its event loop, and what kept it.

Rule: a block is the time between two moments at which a key could have been taken. Beside the wall
it has the thread's own processor time and the time it stood ready without a processor, because
other programs or other machines on the same host had it; a block is not counted against the
program when without that wait it would be below the limit.
"""

import gc
import os
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import FrameType

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtWidgets import QApplication

LIMIT = 0.050
SAMPLE_EVERY = 0.010
FRAMES = 14
_QUIET = ("wait", "_worker")
"""Where threads stand that have nothing to do."""


@dataclass(slots=True)
class Block:
    """Times in seconds. `waited`: ready to run, but others had the processors. `stacks`:
    where the thread was, as often as it was seen there; `others`: what other threads did."""

    deed: str
    event: str
    wall: float
    cpu: float
    waited: float
    collected: float
    stacks: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    @property
    def own(self) -> float:
        """The wall time that the machine's other work does not explain."""
        return self.wall - self.waited

    @property
    def counts(self) -> bool:
        """Whether it is the program's own doing."""
        return self.own > LIMIT


def _place(frame: FrameType | None, depth: int = FRAMES) -> str:
    """Where a thread is, outermost first; without reading a source file, which would take long."""
    places: list[str] = []
    while frame is not None and len(places) < depth:
        code = frame.f_code
        if "/tests/" not in code.co_filename:
            file = "/".join(code.co_filename.rsplit("/", 2)[-2:])
            places.append(f"{file}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " > ".join(reversed(places))


class WatchedApplication(QApplication):
    """Must be made before any other application. `deed`: what the person is doing, for the list."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.deed = ""
        self.blocks: list[Block] = []
        self.longest: list[float] = []
        self.watching = False
        self._depth = 0
        self._samples: list[tuple[str, list[str]]] = []
        self._schedule = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", 0)
        self._collected = self._collecting = 0.0
        self._machine = os.open("/proc/stat", 0)
        self._stolen, self._stolen_read = self._steal(), time.perf_counter()
        gc.callbacks.append(self._gc)
        signal.signal(signal.SIGALRM, self._sample)
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._at_loop)
        dispatcher.aboutToBlock.connect(self._at_loop)
        self._event = ""
        self._begin()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if not self.watching or self._depth:
            return super().notify(receiver, event)
        kind = event.type()
        name = kind.name if hasattr(kind, "name") else str(kind)
        self._event = f"{name} {type(receiver).__name__}#{receiver.objectName()}"
        self._depth += 1
        self._begin()
        signal.setitimer(signal.ITIMER_REAL, LIMIT, SAMPLE_EVERY)
        try:
            return super().notify(receiver, event)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._end()
            self._depth -= 1

    def _at_loop(self) -> None:
        """An event loop inside an event (a dialog that waits) takes keys too."""
        if self.watching and self._depth:
            self._end()
            self._begin()
            signal.setitimer(signal.ITIMER_REAL, LIMIT, SAMPLE_EVERY)

    def _begin(self) -> None:
        self._samples = []
        self._collected = 0.0
        self._waited = self._run_delay()
        if time.perf_counter() - self._stolen_read > SAMPLE_EVERY:
            self._stolen, self._stolen_read = self._steal(), time.perf_counter()
        self._cpu, self._wall = time.thread_time(), time.perf_counter()

    def _end(self) -> None:
        wall = time.perf_counter() - self._wall
        if wall <= LIMIT:
            return
        cpu = time.thread_time() - self._cpu
        waited = self._run_delay() - self._waited
        # Counted for the whole machine: no more of it than the time in which nothing was done here.
        waited += max(0.0, min(self._steal() - self._stolen, wall - cpu - waited))
        block = Block(self.deed, self._event, wall, cpu, waited, self._collected)
        for stack, others in self._samples:
            block.stacks[stack] += 1
            block.others.update(others)
        self.blocks.append(block)

    def _run_delay(self) -> float:
        return int(os.pread(self._schedule, 100, 0).split()[1]) / 1e9

    def _steal(self) -> float:
        """Seconds in which another machine on the host had a processor of this one."""
        fields = os.pread(self._machine, 200, 0).split(b"\n", 1)[0].split()
        return int(fields[8]) / os.sysconf("SC_CLK_TCK")

    def _sample(self, _signal: int, frame: FrameType | None) -> None:
        own = threading.get_ident()
        others = [
            _place(other, 6)
            for ident, other in sys._current_frames().items()
            if ident != own and other.f_code.co_name not in _QUIET
        ]
        self._samples.append((_place(frame), others))

    def _gc(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self._collected += time.perf_counter() - self._collecting


def told(blocks: list[Block]) -> str:
    """The blocks as text, the longest first, each with where it was seen most."""
    lines = []
    for block in sorted(blocks, key=lambda block: -block.own):
        own, wall, cpu = (f"{1000 * part:.0f}" for part in (block.own, block.wall, block.cpu))
        mark = "*" if block.counts else " "
        lines.append(f"{mark} {own:>5} ms (wall {wall}, cpu {cpu}) {block.deed} | {block.event}")
        if block.collected > 0.005:
            lines.append(f"      gc {1000 * block.collected:.0f} ms")
        lines += [f"      {count} x {stack}" for stack, count in block.stacks.most_common(2)]
        lines += [
            f"      beside: {count} x {stack}" for stack, count in block.others.most_common(1)
        ]
    return "\n".join(lines)
