"""A person's hour at the window over a big center, and every time the screen's thread stayed away
from its event loop for longer than 50 ms. Run as `python -m tests.bench.gui_blocks FOLDER`.

Rule: the center lies there closed; the process is fresh, so that what is loaded first is counted.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial as p
from pathlib import Path
from random import Random

from PySide6.QtTest import QTest

from bankcc import demo, settings
from bankcc.clock import ManualClock
from bankcc.paths import Paths
from bankcc.session import Session
from tests.bench.calls import START_MS, USER, many_calls
from tests.bench.gui_watch import LIMIT, Block, WatchedApplication, told
from tests.bench.measure import Result, ms
from tests.bench.starting import environment
from tests.e2e.operator_keys import OperatorKeys

BEAT_MS = 25
ROUNDS = 6
LETTERS = "wzljcxyst"
WORDS = ("wm", "lij", "0147", "1381", "zhangwei", "cxy", "2024")
PANELS = "1246890"
TABLES = (
    ("resource", "应急物资清单.csv"),
    ("person", "应急通讯录.xlsx"),
    ("inquiry", "热线来电登记.csv"),
)
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def measure(center: Path, count: int) -> list[Result]:
    """The hour in the center that `prepare` made, in a process of its own."""
    file = center.parent / "blocks.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.gui_blocks", str(center), "--json", str(file)],
        env=environment(center),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    found = json.loads(file.read_text())
    blocks = found["blocks"]
    counted = [block for block in blocks if block["counts"]]
    deeds = Counter(block["deed"] for block in counted).most_common(5)
    where = "; ".join(f"{deed} {times}" for deed, times in deeds)
    longest = max((block["wall"] - block["waited"] for block in counted), default=0.0)
    return [
        Result(
            f"a person's hour, {found['deeds']} deeds, {count:,} calls",
            f"{len(counted)} blocks over {LIMIT * 1000:.0f} ms, longest {ms(longest)}"
            f" ({len(blocks)} by the wall, with what other programs took) {where}".rstrip(),
            "0",
            not counted,
        )
    ]


def prepare(folder: Path, count: int) -> None:
    """The example center with `count` calls more, closed."""
    clock = ManualClock(ms=START_MS + 60_000 * 60 * 24)
    demo.create(Paths(folder), clock=clock)
    with Session.open(Paths(folder), clock=clock) as session:
        session.user = USER
        session.load(many_calls(count))


def hour(person: OperatorKeys, clock: ManualClock, tables: Path) -> Iterator[None]:
    """Everything a person does, one deed after the other; the clock goes on between them."""
    random = Random(5)
    for panel in PANELS:
        person.go(panel)
        person.settle(400)
        yield
    for at in range(ROUNDS):
        for deed in _round(person, random, at, tables):
            deed()
            person.settle(300)
            clock.advance(seconds=45)
            person.home()
            yield


def _round(person: OperatorKeys, random: Random, at: int, tables: Path) -> list[Callable[[], None]]:
    phone = f"13{random.randrange(10**9):09d}"
    kind, table = TABLES[at % len(TABLES)]
    letter, word = LETTERS[at % len(LETTERS)], WORDS[at % len(WORDS)]
    return [
        p(person.log_call, phone, str(1 + at % 9), "atm swallowed the card"),
        p(person.log_call, phone, "3"),
        p(person.search, letter),
        p(person.search, word, enter=True),
        p(person.search, word, down=3, enter=True),
        *[p(person.go, panel) for panel in PANELS],
        p(person.narrow, "2", letter),
        p(person.narrow, "2", "0147"),
        p(person.narrow, "4", "w"),
        p(person.narrow, "6", letter),
        p(person.narrow, "8", "ups"),
        p(person.move_card, at % 3, "rl"),
        p(person.move_card, 1, "du"),
        p(person.open_card, at % 3),
        p(person.check_in, ("wm", "lj", "chy", "ghf")[at % 4]),
        p(person.note, "police at the door, queue of 30"),
        p(person.open_situation_card, at % 5),
        p(person.check_resources, 2),
        p(person.report),
        p(person.print_situation),
        p(person.undo),
        p(person.redo),
        p(person.overdue),
        p(person.help),
        p(person.settings),
        p(person.bring_in, kind, tables / table),
        p(person.export, ("dcld", "dcry", "dcrw")[at % 3]),
        p(person.command, "light"),
        p(person.command, "language"),
        p(person.go, PANELS[at % len(PANELS)]),
        p(person.command, "language"),
        p(person.command, "larger text"),
        p(person.command, "normal text"),
    ]


def spend(folder: Path, app: WatchedApplication) -> int:
    """The hour in the center at `folder`; how many deeds were done. It begins when the window
    stands there: how long that takes is a row of its own."""
    from ui import app as program
    from ui.appearance import Appearance
    from ui.frame.main_window import MainWindow
    from ui.preparing import Preparation, keep_all

    clock = ManualClock(ms=START_MS + 60_000 * 60 * 24)
    program.make_application()
    keep_all()
    look = Appearance(app, settings.load(folder.parent / "settings.json"))
    look.start()
    session = Session.open(Paths(folder), clock=clock, holder=program.HOLDER)
    session.user = USER
    window = MainWindow(session, look)
    window.crashes.install()
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowExposed(window)
    app.deed, app.watching = "start", True
    Preparation(window).start()
    person = OperatorKeys(window, beat=BEAT_MS, told=lambda deed: setattr(app, "deed", deed))
    person.settle(1_500)
    tables = shutil.copytree(SAMPLES, folder.parent / "tables", dirs_exist_ok=True)
    done = sum(1 for _deed in hour(person, clock, tables))
    app.watching = False
    window.close()
    return done


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gui_blocks", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, help="make the center there first")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.records:
        prepare(given.folder, given.records)
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = WatchedApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        done = spend(given.folder, app)
    blocks = app.blocks
    print(told(blocks))
    counted = sum(1 for block in blocks if block.counts)
    print(f"{done} deeds; over {LIMIT * 1000:.0f} ms: {counted} ({len(blocks)} by the wall)")
    if given.json:
        found = {"deeds": done, "blocks": [_plain(block) for block in blocks]}
        given.json.write_text(json.dumps(found, ensure_ascii=False))


def _plain(block: Block) -> dict[str, object]:
    plain = {name: getattr(block, name) for name in ("deed", "event", "wall", "cpu", "waited")}
    stacks = {"stacks": dict(block.stacks), "others": dict(block.others)}
    return plain | stacks | {"collected": block.collected, "counts": block.counts}


if __name__ == "__main__":
    main()
