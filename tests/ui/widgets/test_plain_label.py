"""Markup is shown as typed, and a narrow label shortens instead of cutting."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.widgets.plain_label import ElidedLabel, PlainLabel


def test_markup_stays_text(qtbot) -> None:
    label = PlainLabel("<b>张</b>")
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.RichText)
    assert label.textFormat() == Qt.TextFormat.PlainText
    rich = QLabel("<b>张</b>")
    qtbot.addWidget(rich)
    assert label.sizeHint().width() > rich.sizeHint().width()


def test_elided_label_gives_way_and_keeps_the_text(qtbot) -> None:
    label = ElidedLabel("滨江支行临时停业 · EV-20261123-01")
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < label.sizeHint().width() / 2
    assert label.toolTip() == label.text()
    assert label.textFormat() == Qt.TextFormat.PlainText
    label.resize(80, 20)
    narrow = label.grab().toImage()
    label.setText("滨江支行")
    assert label.grab().toImage() != narrow
