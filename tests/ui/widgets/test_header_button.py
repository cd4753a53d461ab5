"""A button of the header: its words follow the language, and a click takes no caret."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.header_button import HeaderButton


def test_its_words_follow_and_the_caret_stays(qtbot) -> None:
    window, said, pressed = QWidget(), ["Remove"], []
    qtbot.addWidget(window)
    line = QLineEdit(window)
    line.move(0, 60)
    made = HeaderButton(
        "app.x", lambda: (said[0], f"{said[0]} it", "why"), lambda: pressed.append(1), window
    )
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    line.setFocus()
    assert (made.text(), made.accessibleName(), made.toolTip()) == ("Remove", "Remove it", "why")
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert line.hasFocus()
    said[0] = "移除"
    QCoreApplication.sendEvent(made, QEvent(QEvent.Type.LanguageChange))
    assert (made.text(), made.accessibleName()) == ("移除", "移除 it")
