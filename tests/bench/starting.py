"""From nothing to a painted window, each in a process of its own: ours against a bare one of Qt."""

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from tests.bench.measure import Result, median, ms

ROUNDS = 5
RATIO, SECONDS = 2.5, 1.2
NOT_OURS = "site-packages/.*/tests?/|/idlelib/|/lib2to3/|/test/"
"""Nothing here loads them, and some are wrong on purpose."""


def measure(folder: Path, count: int) -> list[Result]:
    """`folder`: a closed center that needs no passphrase."""
    ours, bare = [], []
    for which in ("bare", "ours"):
        _start(which, folder)  # leaves the compiled modules behind, as an installation does
    for _at in range(ROUNDS):
        bare.append(_start("bare", folder))
        ours.append(_start("ours", folder))
    ratio = median(ours) / median(bare)
    return [
        Result(
            f"start to a painted window, {count:,} calls",
            f"{ms(median(ours))} = {ratio:.2f} x {ms(median(bare))}",
            f"<= {RATIO} x a bare PySide6 window, <= {SECONDS} s",
            ratio <= RATIO and median(ours) <= SECONDS,
        )
    ]


def _start(which: str, folder: Path) -> float:
    """Seconds from the start of the process to its first finished painting."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.window", which, str(folder)],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return float(done.stdout.split()[-1]) - began


def compile_ahead(folder: Path) -> None:
    """Leave the compiled modules behind, ours and all others, as an installation does."""
    places = ["bankcc", "ui", "tests", *{sysconfig.get_path(at) for at in ("stdlib", "purelib")}]
    compiling = [sys.executable, "-m", "compileall", "-q", "-x", NOT_OURS, *places]
    subprocess.run(compiling, env=environment(folder), capture_output=True, check=False)


def environment(folder: Path) -> dict[str, str]:
    """Compiled modules are kept beside the center, whatever the machine has been told."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    cache = str(folder.parent / "compiled")
    return kept | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": cache}
