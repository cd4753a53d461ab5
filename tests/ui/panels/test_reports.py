"""Reports by keys: two write a PDF, its number counts on, its file is found again."""

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import i18n
from bankcc.features import inquiry, person, task
from bankcc.reports.history import history
from tests.ui.small_center import log_calls, settle
from ui import theme
from ui.panels import reports
from ui.panels.reports import ReportsPanel
from ui.reports.sorts import SORTS


@pytest.fixture
def panel(context, qtbot) -> ReportsPanel:
    context.session.execute(person.add(name="王敏", phone="13912345678"))
    context.session.execute(task.add(title="查电池", group="tech"))
    log_calls(context, 3)
    settle()
    made = ReportsPanel(context)
    qtbot.addWidget(made, before_close_func=lambda panel: panel.flush())
    made.resize(1204, 640)
    made.show()
    made.start()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def opened_files(monkeypatch) -> list:
    """What the system would have been asked to show."""
    asked: list = []
    monkeypatch.setattr(reports, "open_with_system", asked.append)
    return asked


def written(panel, qtbot):
    """Press Enter and wait for the file."""
    before = len(history(panel.session))
    QTest.keyClick(panel.focusWidget() or panel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(history(panel.session)) > before, timeout=20_000)
    qtbot.waitUntil(lambda: panel._job is None, timeout=20_000)
    return history(panel.session)[0]


def text_of(path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def choose(panel, sort: str) -> None:
    panel.list.setCurrentRow([one.id for one in SORTS].index(sort))
    panel.list.setFocus()


def shown(panel, qtbot) -> None:
    qtbot.waitUntil(lambda: panel.page.page is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not panel.preview.busy, timeout=20_000)


def test_enter_writes_the_next_situation_report(panel, qtbot) -> None:
    first, second = written(panel, qtbot), written(panel, qtbot)
    assert (first.number, second.number) == (1, 2)
    assert first.path.parent == panel.options.folder
    assert first.path.name.startswith("态势报告_第1期_")
    text = text_of(first.path)
    assert "态势报告" in text
    assert "13912345678" not in text
    assert "第 3 期" in panel.options.period.text()


def test_the_result_stays_with_its_ways_to_the_file(panel, qtbot, opened_files) -> None:
    one = written(panel, qtbot)
    assert "第 1 期" in panel.result.text()
    panel.open_button.click()
    panel.folder_button.click()
    assert opened_files == [one.path, one.path.parent]
    assert panel.history.history.rows[0] == one


def test_who_approved_is_printed_and_remembered(panel, qtbot, context) -> None:
    panel.options.approved.setFocus()
    panel.options.approved.setText("张行长")
    one = written(panel, qtbot)
    assert "张行长" in text_of(one.path)
    again = ReportsPanel(context)
    qtbot.addWidget(again, before_close_func=lambda made: made.flush())
    assert again.options.approved.text() == "张行长"


@pytest.mark.parametrize("sort", [one.id for one in SORTS])
def test_every_sort_is_shown_and_written(panel, qtbot, sort) -> None:
    choose(panel, sort)
    shown(panel, qtbot)
    assert panel.page.page.pages >= 1
    assert not panel.page.page.image().isNull()
    one = written(panel, qtbot)
    assert one.report in (sort, next(s.kind for s in SORTS if s.id == sort))
    assert "13912345678" not in text_of(one.path)


def test_the_preview_follows_what_was_chosen(panel, qtbot) -> None:
    shown(panel, qtbot)
    assert panel.page.accessibleName() == "态势报告的首页"
    upright = panel.page.page.height > panel.page.page.width
    for _step in range([one.id for one in SORTS].index("board")):
        QTest.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: panel.page.name == "任务看板", timeout=20_000)
    assert upright
    assert panel.page.page.width > panel.page.page.height


def test_the_same_minute_does_not_overwrite(panel, qtbot) -> None:
    choose(panel, "person")
    first, second = written(panel, qtbot), written(panel, qtbot)
    assert first.path != second.path
    assert second.path.stem.endswith("(2)")


def test_a_folder_that_cannot_be_made_uses_no_number(panel, qtbot, context) -> None:
    context.session.paths.root.joinpath("reports").write_text("in the way")
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(context.messages.rows), timeout=20_000)
    qtbot.waitUntil(lambda: panel._job is None)
    assert history(context.session) == []
    assert panel.options.order().issue.number == 1
    assert panel.write_button.isEnabled()


def test_another_folder_is_kept(panel, qtbot, tmp_path, monkeypatch) -> None:
    chosen = tmp_path / "共享"
    chosen.mkdir()
    monkeypatch.setattr(panel.options, "ask_folder", lambda: str(chosen))
    panel.options.folder_button.click()
    assert written(panel, qtbot).path.parent == chosen


def test_a_list_leaves_as_a_workbook_into_the_same_folder(panel, qtbot) -> None:
    choose(panel, "person")
    written(panel, qtbot)
    panel.xlsx_button.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "export")
    assert dialog.target.path().parent == panel.options.folder
    with qtbot.waitSignal(dialog.written, timeout=20_000):
        dialog.write()
    path = history(panel.session)[0].path
    assert path.suffix == ".xlsx"
    book = openpyxl.load_workbook(path)
    assert "王敏" in [cell.value for cell in next(iter(book))[2]]
    book.close()
    dialog.close()


def test_only_lists_offer_tables_and_only_the_board_a_sheet(panel) -> None:
    assert panel.xlsx_button.isHidden()
    choose(panel, "board")
    assert panel.xlsx_button.isVisible()
    assert panel.options.paper.isVisible()
    assert panel.options.compiled.isHidden()


def test_a_laptop_without_the_drawing_library_writes_all_the_same(
    panel, qtbot, monkeypatch
) -> None:
    def missing(*_given):
        raise ImportError("pypdfium2")

    shown(panel, qtbot)
    monkeypatch.setattr(reports, "first_page", missing)
    panel.refresh()
    qtbot.waitUntil(lambda: "无法显示" in panel.page.words)
    assert written(panel, qtbot).path.exists()


def test_a_gone_file_opens_its_folder(panel, qtbot, monkeypatch) -> None:
    one = written(panel, qtbot)
    one.path.unlink()
    panel.refresh()
    panel.history.view.setFocus()
    with qtbot.waitSignal(panel.history.wanted) as asked:
        QTest.keyClick(panel.history.view, Qt.Key.Key_Return)
    assert asked.args == [one.path.parent]


def test_everything_that_takes_the_focus_has_a_name(panel) -> None:
    nameless = [
        widget
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_language_and_size_change_live_and_nothing_is_cut(panel, qtbot, qapp, language) -> None:
    written(panel, qtbot)
    i18n.set_language(language)
    theme.apply(qapp, "dark", 1.5)
    for widget in (panel, *panel.findChildren(QWidget)):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    settle()
    assert panel.title.text() == ("报告" if language == "zh_CN" else "Reports")
    assert panel.minimumSizeHint().width() <= 1204
    assert panel.minimumSizeHint().height() <= 620
    for button in (panel.write_button, panel.open_button, panel.folder_button):
        assert button.width() >= button.sizeHint().width()


def test_a_few_lines_are_copied_for_a_short_message(panel, qtbot) -> None:
    QApplication.clipboard().clear()
    QTest.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "未结来电 3" in QApplication.clipboard().text())
    assert "13912345678" not in QApplication.clipboard().text()
    choose(panel, "person")
    assert not panel.copy_button.isVisible()


def test_the_list_of_the_day_holds_the_day(panel, qtbot, clock) -> None:
    clock.advance(hours=24)
    choose(panel, "calls-today")
    one = written(panel, qtbot)
    assert one.report == "calls-today"
    assert "来电日报" in text_of(one.path)
    assert "共 0" in text_of(one.path) or "0 条" in text_of(one.path)


def test_nothing_since_the_last_report_is_said(panel, qtbot, clock) -> None:
    written(panel, qtbot)
    clock.advance(minutes=5)
    panel.refresh()
    assert "无新增" in panel.options.period.text()
    panel.session.execute(task.add(title="送水"))
    panel.refresh()
    assert "无新增" not in panel.options.period.text()


def test_calls_alone_are_something_new(panel, qtbot, clock) -> None:
    assert "无新增" not in panel.options.period.text(), "nothing was reported before"
    written(panel, qtbot)
    clock.advance(minutes=5)
    panel.session.execute(inquiry.log_call(note="问"))
    panel.refresh()
    assert "无新增" not in panel.options.period.text()
