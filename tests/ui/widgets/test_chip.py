"""A chip is shape + word + colour, 24 px high, as a widget and in a cell."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTableView, QWidget

from ui import theme
from ui.theme import SHAPES, Level
from ui.widgets.chip import LEVEL_ROLE, Chip, ChipDelegate, RowDelegate


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("name", theme.THEMES)
def test_shape_word_and_colour(qapp, qtbot, name: str, level: Level) -> None:
    theme.apply(qapp, name)
    chip = Chip(level, "逾期 12 分")
    qtbot.addWidget(chip)
    assert chip.text() == f"{SHAPES[level]} 逾期 12 分"
    assert chip.accessibleName() == "逾期 12 分"
    assert chip.sizeHint().height() == 24
    image = chip.grab().toImage()
    ground = image.pixelColor(image.width() // 2, 2).name().upper()
    assert ground == theme.tokens().levels[level].chip


def test_changes_colour_with_its_level(qtbot) -> None:
    chip = Chip(Level.OK, "x")
    qtbot.addWidget(chip)
    chip.set_status(Level.CRITICAL, "x")
    image = chip.grab().toImage()
    ground = image.pixelColor(image.width() // 2, 2).name().upper()
    assert ground == theme.tokens().levels[Level.CRITICAL].chip


def test_empty_is_hidden_and_never_a_window(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    loose = Chip(Level.OK, "x")
    qtbot.addWidget(loose)
    assert not loose.isVisible()
    chip = Chip(Level.OK, "")
    chip.set_status(Level.OK, "there")
    assert not chip.isVisible(), "opened as a window of its own"
    chip.setParent(host)
    host.show()
    assert chip.isVisible()
    chip.set_status(Level.OK, "")
    assert not chip.isVisible()


def painted(delegate: ChipDelegate | RowDelegate, *, selected: bool, level: str | None) -> QImage:
    model = QStandardItemModel(1, 1)
    item = QStandardItem("处理中")
    if level:
        item.setData(level, LEVEL_ROLE)
    model.setItem(0, 0, item)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 160, 30)
    option.state = QStyle.StateFlag.State_Enabled
    option.palette = QApplication.palette()
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    image = QImage(160, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def column(image: QImage, x: int) -> list[str]:
    return [image.pixelColor(x, y).name().upper() for y in range(image.height())]


def test_cell_chip_is_24_high_and_coloured() -> None:
    look = theme.tokens()
    chip = look.levels[Level.WARNING].chip
    shown = column(painted(ChipDelegate(), selected=False, level="warning"), 14)
    assert shown.count("#FFFFFF") == 30 - 24
    assert shown[4] == shown[25] == chip


def test_selected_row_keeps_bar_and_outline() -> None:
    """The info chip has the colour of a selected row: only its outline tells it from the row."""
    look = theme.tokens()
    image = painted(ChipDelegate(), selected=True, level="info")
    assert set(column(image, 1)) == {look.primary}
    assert column(image, 150)[15] == look.selected
    assert look.levels[Level.INFO].on_chip in column(image, 30)[:5]


def test_cell_without_level_is_text() -> None:
    plain = painted(ChipDelegate(), selected=False, level=None)
    assert plain == painted(RowDelegate(), selected=False, level=None)


def test_long_word_is_shortened_and_row_height_follows_scale(qapp, qtbot) -> None:
    table, model = QTableView(), QStandardItemModel(1, 1)
    qtbot.addWidget(table)
    item = QStandardItem("很长的状态" * 20)
    item.setData("warning", LEVEL_ROLE)
    model.setItem(0, 0, item)
    table.setModel(model)
    table.setItemDelegate(ChipDelegate(table))
    table.setColumnWidth(0, 120)
    table.grab()
    assert table.sizeHintForRow(0) >= 30
    theme.apply(qapp, "light", 2.0)
    assert table.sizeHintForRow(0) >= 60


def test_made_in_a_window_that_is_shown_it_has_its_margins(qapp, qtbot) -> None:
    theme.apply(qapp, "light")
    host = QWidget()
    qtbot.addWidget(host)
    with qtbot.waitExposed(host):
        host.show()
    chip = Chip(Level.CRITICAL, "有回拨到期", host)
    chip.show()
    chip.resize(chip.sizeHint())
    words = chip.fontMetrics().horizontalAdvance(chip.text())
    assert chip.contentsRect().left() == theme.px(8)
    assert chip.width() >= words + 2 * theme.px(8)
