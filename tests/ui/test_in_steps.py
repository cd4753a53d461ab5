"""A panel made step by step is the same panel; whoever wants it in the middle gets the whole."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from bankcc import i18n, settings
from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.small_center import USER, settle
from ui import in_steps
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow
from ui.in_steps import PanelInSteps
from ui.panels import PANELS
from ui.panels.hotline import HotlinePanel

STEPPED = ("situation", "hotline", "task", "person", "resource", "report", "incident")
FIRST = "outlet"


@pytest.fixture
def look(qapp: QApplication, tmp_path) -> Iterator[Appearance]:
    made = Appearance(qapp, settings.load(tmp_path / "settings.json"))
    made.start()
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def window(look, tmp_path, clock, chance) -> Iterator[MainWindow]:
    session, _key = Session.create(
        Paths(tmp_path / "center"), name="滨江", passphrase=None, demo=True, clock=clock,
        chance=chance,
    )  # fmt: skip
    session.user = USER
    made = MainWindow(session, look, first=FIRST)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def words(widget: QWidget, *, seen: bool = False) -> set[str]:
    """All that is written on it, or all that is seen of that."""
    found = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return {each.text() for each in found if each.isVisible() or not seen}


@pytest.mark.parametrize("name", STEPPED)
def test_what_is_begun_is_whole_when_it_is_wanted(window, name) -> None:
    steps = window.panel_steps(name)
    next(steps)
    assert window.stack.count() == 1, "nobody sees half a panel"
    shown = window.show_panel(name)
    assert window.panel is shown
    assert list(steps) == []
    assert window.make_panel(name) is shown
    assert next(in_steps.steps(shown), None) is None


@pytest.mark.parametrize("name", STEPPED)
def test_no_step_is_the_whole(window, name) -> None:
    assert len(list(window.panel_steps(name))) > 1
    assert list(window.panel_steps(name)) == []


@pytest.mark.parametrize("name", STEPPED)
def test_a_panel_speaks_one_language(window, look, qtbot, name) -> None:
    spec = next(spec for spec in PANELS if spec.id == name)
    chinese = words(spec.make(window.context, window))
    steps = window.panel_steps(name)
    next(steps)
    next(steps)
    look.set_language("en")
    assert i18n.language() == "en"
    foreign = chinese - words(spec.make(window.context, window))
    assert foreign
    for _step in steps:
        pass
    made = window.show_panel(name)
    qtbot.waitUntil(lambda: not foreign & words(made, seen=True))


def test_a_panel_that_failed_half_way_is_begun_anew(window, monkeypatch) -> None:
    def broken(*_given: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(HotlinePanel, "_lay_out", broken)
        with pytest.raises(OSError, match="Input"):
            list(window.panel_steps("hotline"))
    shown = window.show_panel("hotline")
    assert shown.isVisible()
    assert window.panel is shown


def test_a_window_with_half_a_panel_closes(window, qtbot) -> None:
    for name in STEPPED:
        next(window.panel_steps(name))
    window.close()
    settle()
    qtbot.wait(300)
    assert not window.jobs.running


def test_steps_are_made_in_their_order(look, context) -> None:
    done: list[object] = []

    class Small(PanelInSteps):
        def _make(self) -> Iterator[None]:
            done.append(1)
            yield
            done.append(2)

        def retranslate(self) -> None:
            done.append("told")

    Small(context)
    assert done == [1, 2]
    done.clear()
    begun = Small(context, at_once=False)
    assert done == []
    next(begun.making)
    assert done == [1]
    in_steps.finish(begun)
    assert done == [1, 2]
    done.clear()
    begun = Small(context, at_once=False)
    next(begun.making)
    look.set_language("en")
    in_steps.finish(begun)
    assert done[-1] == "told", "its first part was made in another language"
