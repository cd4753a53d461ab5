"""Who is at work, and the tables that are there: each later step is one key to pass over."""

from PySide6.QtCore import Qt

from tests.ui.dialogs.set_up_keys import enter, press, to_key, to_outlets
from tests.ui.small_center import settle
from ui.first_start import set_up


def test_each_later_step_is_skipped_by_one_key(wizard, qtbot) -> None:
    to_key(wizard, qtbot)
    enter()
    enter()
    for step in ("you", "outlets", "people"):
        assert wizard.step.name == step
        press(Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert wizard.session.user == "电脑甲"
    assert set_up.left(wizard.session) == ()


def test_people_are_imported_and_counted(wizard, qtbot, tmp_path) -> None:
    to_outlets(wizard, qtbot)
    enter()
    step = wizard.step
    file = tmp_path / "people.csv"
    file.write_text("姓名,手机\n王敏,13900000001\n李雷,13900000002\n", encoding="utf-8-sig")
    opened = step._import("person", file)
    qtbot.waitUntil(lambda: opened.plan is not None, timeout=20_000)
    opened.import_rows()
    qtbot.waitUntil(lambda: opened.report is not None, timeout=20_000)
    opened.reject()
    settle()
    assert step.counts["person"].text() == "已有 2 条"
    assert wizard.focusWidget() is step.forward
