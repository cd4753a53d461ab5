"""The save state is always visible, and a failure says where the text is."""

from datetime import datetime

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from bankcc.clock import to_ms
from ui.frame.saved_chip import SavedChip
from ui.theme import Level


def test_states(qtbot) -> None:
    chip = SavedChip()
    qtbot.addWidget(chip)
    assert chip.objectName() == "app.saved_chip"
    chip.saving()
    assert (chip.level, chip.word) == (Level.NEUTRAL, "保存中…")
    chip.saved(to_ms(datetime(2026, 11, 23, 14, 52, 7)))
    assert (chip.level, chip.word) == (Level.OK, "已保存 14:52:07")
    chip.failed("磁盘只读，已改存到 spool")
    assert chip.text() == "▲ 保存失败：磁盘只读，已改存到 spool"
    assert chip.toolTip() == chip.accessibleName() == "保存失败：磁盘只读，已改存到 spool"
    i18n.set_language("en")
    QApplication.sendEvent(chip, QEvent(QEvent.Type.LanguageChange))
    assert chip.word.startswith("Not saved: ")
