"""The example center once for all, and windows on copies of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bankcc.paths import Paths
from tests.ui.requirements.whole_window import (
    composing_guarded,
    copy_of,
    make_example,
    opened_window,
)
from tests.ui.small_window import appearance
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The example center, closed: only ever copied."""
    return make_example(tmp_path_factory.mktemp("example") / "center")


@pytest.fixture(scope="module")
def standing(
    qapp: QApplication, example: Paths, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all tests of a file; they must leave nothing open and change no record."""
    folder = tmp_path_factory.mktemp("standing")
    with (
        appearance(qapp, folder) as look,
        opened_window(copy_of(example, folder / "center"), look) as window,
    ):
        yield window


@pytest.fixture(autouse=True)
def look() -> None:
    """Nothing is put back between tests: a window that stands would be painted anew each time."""


@pytest.fixture
def dress(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    """Chinese, light, 100 %."""
    with appearance(qapp, tmp_path) as made:
        yield made


@pytest.fixture
def window(example: Paths, dress: Appearance, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on a copy of the example that may be changed."""
    with opened_window(copy_of(example, tmp_path / "center"), dress) as made:
        yield made


@pytest.fixture
def open_at(dress: Appearance) -> Iterator[Callable[..., MainWindow]]:
    """`open_at(paths, write=…)`: a window on any center, closed at the end."""
    with ExitStack() as stack:
        yield lambda paths, **named: stack.enter_context(opened_window(paths, dress, **named))


@pytest.fixture
def guarded(qapp: QApplication) -> Iterator[None]:
    """As the program starts: the guard of composition, and Enter presses buttons."""
    with composing_guarded(qapp):
        yield
