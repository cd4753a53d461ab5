"""A library that is loaded bit by bit is whole at the end, and says what was wrong with it."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ui import sliced_load
from ui.sliced_load import SlicedLoad

PARTS = 6
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of modules that each take longer than a slice, and name who loaded them."""
    folder = tmp_path / "slow_library"
    folder.mkdir()
    names = [f"part{at}" for at in range(PARTS)]
    (folder / "__init__.py").write_text("".join(f"from . import {name}\n" for name in names))
    for name in names:
        text = "import threading, time\nend = time.perf_counter() + 0.002\n"
        text += "while time.perf_counter() < end: pass\nthread = threading.current_thread().name\n"
        (folder / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sliced_load, "SLICE_S", 0.001)
    yield folder
    for name in [name for name in sys.modules if name.startswith("slow_library")]:
        del sys.modules[name]


def whole() -> object:
    import slow_library

    return slow_library


def loading(load: Callable[[], object] = whole) -> SlicedLoad:
    return SlicedLoad(load, ("slow_library",))


def test_it_comes_in_several_steps_and_is_whole() -> None:
    load, steps = loading(), 1
    while not load.step():
        assert "slow_library" in sys.modules
        steps += 1
    assert steps >= PARTS
    assert all(hasattr(whole(), f"part{at}") for at in range(PARTS))
    assert load.step()


def test_between_two_steps_nothing_of_it_runs() -> None:
    load = loading()
    load.step()
    before = set(sys.modules)
    time.sleep(0.02)
    assert set(sys.modules) == before
    load.finish()
    assert load.done


def test_what_is_left_comes_at_once() -> None:
    load = loading()
    load.step()
    load.finish()
    assert whole().part5.thread == "load"
    assert not any(thread.name == "load" for thread in threading.enumerate())


def test_what_is_wrong_is_raised_in_every_step(library: Path) -> None:
    (library / "part3.py").write_text("import nothing_of_that_name\n")
    load = loading()
    with pytest.raises(ModuleNotFoundError, match="nothing_of_that_name"):
        load.finish()
    with pytest.raises(ModuleNotFoundError):
        load.step()


def test_what_is_loaded_half_when_the_process_ends_is_loaded_whole(tmp_path: Path) -> None:
    text = """
        from ui import sliced_load
        sliced_load.SLICE_S = 0
        def whole():
            import slow_library
            print("whole")
        assert not sliced_load.SlicedLoad(whole, ("slow_library",)).step()
        print("end")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(text)],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["end", "whole"]


def test_native_parts_are_found_without_loading_their_package(library: Path) -> None:
    (library / "core").mkdir()
    parts = [library / "core" / "a.cpython-311.so", library.parent / "slow_library.libs" / "b.so.3"]
    for part in parts:
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(b"x" * 3_000_000)
        sliced_load.read_through(part)
    assert sorted(sliced_load.native_parts("slow_library")) == sorted(parts)
    assert "slow_library" not in sys.modules
    assert sliced_load.native_parts("no_library_of_this_name") == []
    sliced_load.read_through(library / "gone.so")
