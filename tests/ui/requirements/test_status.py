"""A status is a shape, a word and a colour, wherever it is shown: nobody needs the colour."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView

from bankcc import i18n
from bankcc.features import KINDS
from bankcc.schema.fields import Choice, Option
from tests.ui.requirements.whole_window import name_of, sights
from ui import theme
from ui.frame.main_window import MainWindow
from ui.theme import SHAPES, Level
from ui.widgets.chip import LEVEL_ROLE, Chip, ChipDelegate


def options() -> list[tuple[str, Option]]:
    return [
        (f"{kind.name}.{item.name}", option)
        for kind in KINDS
        for item in kind.fields
        if isinstance(item, Choice)
        for option in item.options
        if option.level
    ]


@pytest.mark.parametrize(("field", "option"), options(), ids=lambda value: str(value)[:40])
def test_every_level_that_is_declared_exists_and_has_words(field, option) -> None:
    assert Level(option.level) in SHAPES
    words = i18n.in_every_language(option.label)
    assert len(words) == 2, f"{field}: {option.code} is the same in both languages"


def test_within_a_field_no_two_states_are_told_apart_by_colour_alone() -> None:
    for kind in KINDS:
        for item in kind.fields:
            if isinstance(item, Choice):
                labels = [option.label for option in item.options]
                assert len(labels) == len(set(labels)), f"{kind.name}.{item.name}"


def chips(window: MainWindow) -> Iterator[Chip]:
    yield from (chip for chip in window.findChildren(Chip) if chip.isVisible())


def cells(window: MainWindow) -> Iterator[tuple[QAbstractItemView, QModelIndex]]:
    """Cells in sight that have a level."""
    for view in window.findChildren(QTableView):
        if view.isVisible() and view.model() is not None:
            for row in range(min(8, view.model().rowCount())):
                for column in range(view.horizontalHeader().count()):
                    index = view.model().index(row, column)
                    if index.data(LEVEL_ROLE) is not None:
                        yield view, index


def drawn(view: QAbstractItemView, index: QModelIndex) -> QImage:
    """A cell by the delegate of its view, without any colour."""
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = QRect(0, 0, 160, 30)
    image = QImage(QSize(160, 30), QImage.Format.Format_RGB32)
    image.fill(theme.tokens().surface)
    painter = QPainter(image)
    view.itemDelegateForIndex(index).paint(painter, option, index)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def test_wherever_a_status_is_seen_it_has_shape_and_word(standing) -> None:
    met, faults = set(), []
    for sight in sights(standing):
        for chip in chips(standing):
            met.add(chip.level)
            shape, _space, word = chip.text().partition(" ")
            if shape != SHAPES[chip.level] or not word.strip():
                faults.append(f"{sight}: {name_of(chip)} says {chip.text()!r}")
        for view, index in cells(standing):
            level, delegate = Level(index.data(LEVEL_ROLE)), view.itemDelegateForIndex(index)
            met.add(level)
            if index.data() and not isinstance(delegate, ChipDelegate):
                faults.append(f"{sight}: {name_of(view)} paints no shape")
    assert not faults, "\n".join(faults)
    assert met >= {Level.CRITICAL, Level.WARNING, Level.INFO, Level.OK}


def test_without_colour_two_levels_look_different(standing) -> None:
    """The same word at two levels, drawn in grey."""
    standing.show_panel("hotline")
    view = standing.panel.calls.list.view
    found = {}
    for _view, index in cells(standing):
        if _view is view:
            found.setdefault(Level(index.data(LEVEL_ROLE)), drawn(view, index))
    pictures = list(found.values())
    assert len(pictures) > 1
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[at + 1 :])
