"""A simulated shift: whole deeds and stray keys on whatever panel is in front, by a seeded chance,
and what it left in memory.

Rule: the same seed presses the same keys. What a person could not do without leaving the program
(its end, the lock, the system's file dialogs) is not among them.
"""

import ctypes
import gc
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

import psutil
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bankcc.clock import ManualClock
from tests.e2e.operator_keys import OperatorKeys

Key, Modifier = Qt.Key, Qt.KeyboardModifier
HOURS = 8
PANELS = "1246890"
INITIALS = ("wm", "lj", "zw", "chy", "ghf", "lmx", "xx")
WORDS = ("w", "zh", "0147", "138", "atm", "zzqq", "cash", "1")
WAYS = ("r", "l", "rl", "du", "u", "d", "rr")
TYPED = "aw1 0.,>/+-'\"%\\;9xl"
STRAY = (
    *(Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Escape, Key.Key_Space, Key.Key_Delete),
    *(Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End),
    *(Key.Key_PageUp, Key.Key_PageDown, Key.Key_Backspace, Key.Key_F2, Key.Key_F5, Key.Key_F8),
)
WITH_CONTROL = tuple(getattr(Key, f"Key_{letter}") for letter in "NFKDBETSIMZYCVXA0123")
SETTLE_EVERY = 25


@dataclass(frozen=True, slots=True)
class Held:
    """What the program holds: bytes of memory, and how many of each."""

    bytes: int
    python: int
    widgets: int
    objects: int
    timers: int
    listeners: int

    def grown(self, before: "Held") -> dict[str, int]:
        """What is more than before, by name."""
        return {
            name: getattr(self, name) - getattr(before, name)
            for name in ("bytes", "python", "widgets", "objects", "timers", "listeners")
        }


def _give_back_freed() -> None:
    """To the system, so that what is measured is what is in use. Elsewhere than with glibc freed
    pages are counted too."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None:
        trim(0)


class Shift:
    """`work(count)` presses the keys of so many operations; the clock goes on between them."""

    def __init__(self, person: OperatorKeys, clock: ManualClock, *, seed: int, total: int) -> None:
        self.person, self.clock = person, clock
        self.random = Random(seed)
        self.step = HOURS * 3600 / total
        self.done: Counter[str] = Counter()

    def work(self, count: int) -> None:
        """Do `count` operations."""
        for at in range(count):
            name, deed = self._choose()
            self.done[name] += 1
            deed()
            self.clock.advance(seconds=self.step)
            self.person.settle(40) if at % SETTLE_EVERY == 0 else self.person.pause(2)
            if name != "stray" or self.random.random() < 0.3:
                self.person.home()
        self.person.home()

    def held(self) -> Held:
        """What is held once everything under way has ended."""
        person = self.person
        person.home()
        person.go("2")
        person.settle(600)
        for _round in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect()
            person.pause(20)
        _give_back_freed()
        window = person.window
        children = [*window.findChildren(QObject), *QApplication.instance().findChildren(QObject)]
        return Held(
            psutil.Process().memory_info().rss,
            len(gc.get_objects()) + gc.get_freeze_count(),
            len(QApplication.allWidgets()),
            len(children),
            sum(isinstance(child, QTimer) for child in children),
            len(window.session._listeners),
        )

    def _choose(self) -> tuple[str, Callable[[], object]]:
        deeds = self._deeds()
        names, weights = list(deeds), [weight for weight, _deed in deeds.values()]
        name = self.random.choices(names, weights)[0]
        return name, deeds[name][1]

    def _deeds(self) -> dict[str, tuple[int, Callable[[], object]]]:
        person, random = self.person, self.random
        few, word = random.randrange(4), random.choice(WORDS)
        panel, digit = random.choice(PANELS), random.choice("123456789")
        phone = f"13{random.randrange(10**9):09d}"
        return {
            "call": (12, partial(person.log_call, phone, digit, random.choice(("", "atm ate it")))),
            "search": (8, partial(person.search, word, down=few, enter=random.random() < 0.5)),
            "go": (14, partial(person.go, panel)),
            "filter": (8, partial(person.narrow, random.choice("2468"), word)),
            "card": (10, partial(person.move_card, few, random.choice(WAYS))),
            "open card": (4, partial(person.open_card, few)),
            "check in": (8, partial(person.check_in, random.choice(INITIALS))),
            "note": (6, partial(person.note, "queue of thirty at the door")),
            "situation": (4, partial(person.open_situation_card, few)),
            "resources": (5, partial(person.check_resources, 1 + few)),
            "undo": (6, person.undo),
            "redo": (3, person.redo),
            "overdue": (3, person.overdue),
            "help": (2, person.help),
            "settings": (1, person.settings),
            "report": (1, person.report),
            "print": (1, person.print_situation),
            "theme": (1, partial(person.command, "light")),
            "language": (1, partial(person.command, "language")),
            "zoom": (1, partial(person.control, random.choice((Key.Key_Equal, Key.Key_0)))),
            "stray": (18, self._stray),
        }

    def _stray(self) -> None:
        """Keys without a plan, as when a sleeve lies on the keyboard."""
        for _each in range(self.random.randint(1, 6)):
            match self.random.randrange(3):
                case 0:
                    self.person.press(self.random.choice(TYPED))
                case 1:
                    self.person.press(self.random.choice(STRAY))
                case _:
                    self.person.control(self.random.choice(WITH_CONTROL))


def kinds_of_widgets(widgets: list[QWidget]) -> Counter[str]:
    """How many widgets of each class there are, to say which are too many."""
    return Counter(type(widget).__name__ for widget in widgets)
