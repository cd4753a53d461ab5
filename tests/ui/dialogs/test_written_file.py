"""What was written can be opened, printed and found; a file open elsewhere is left alone."""

import errno
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from bankcc.errors import StorageError
from bankcc.ids import SeededChance
from bankcc.whole_file import write_whole
from tests.ui.small_center import opened
from ui.dialogs import print_pdf, written_file
from ui.dialogs.written_file import say_written, write_beside
from ui.jobs import Progress


@pytest.fixture
def context(qapp, tmp_path: Path, clock, chance: SeededChance):
    with opened(tmp_path / "center", clock, chance) as made:
        yield made


def produce(path: Path, _progress: Progress) -> str:
    write_whole(path, lambda file: file.write(b"new"))
    return "已写好。"


def test_a_file_open_in_another_program_stays_and_2_is_written(tmp_path, monkeypatch) -> None:
    target, replace = tmp_path / "报告.pdf", Path.replace
    target.write_bytes(b"old")

    def held(part: Path, to: Path) -> Path:
        if to == target:
            raise PermissionError(errno.EACCES, "held")
        return replace(part, to)

    monkeypatch.setattr(Path, "replace", held)
    path, said = write_beside(produce, target, Progress())
    assert path.name == "报告 (2).pdf"
    assert path.read_bytes() == b"new"
    assert target.read_bytes() == b"old"
    assert "报告 (2).pdf" in said


def test_any_other_refusal_is_one(tmp_path) -> None:
    with pytest.raises(StorageError):
        write_beside(produce, tmp_path / "none" / "r.pdf", Progress())


def test_the_message_leads_to_file_printer_and_folder(context, tmp_path, monkeypatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(written_file, "open_with_system", asked.append)
    monkeypatch.setattr(
        written_file, "print_file", lambda _context, path: asked.append(("p", path))
    )
    path = tmp_path / "r.pdf"
    say_written(context, "好了。", path)
    row = context.messages.rows[0]
    assert [button.text() for button in (row.action, *row.more)] == ["打开", "打印", "所在文件夹"]
    for button in (row.action, *row.more):
        button.click()
        assert button.accessibleName() or button is row.action
    assert asked == [path, ("p", path), tmp_path]


def test_a_table_is_not_printed_from_here(context, tmp_path) -> None:
    say_written(context, "好了。", tmp_path / "a.xlsx")
    assert [button.text() for button in context.messages.rows[0].more] == ["所在文件夹"]


def test_without_a_printer_it_is_opened(context, tmp_path, monkeypatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(print_pdf, "has_printer", lambda: False)
    monkeypatch.setattr(print_pdf, "open_with_system", asked.append)
    print_pdf.print_file(context, tmp_path / "r.pdf")
    assert asked == [tmp_path / "r.pdf"]
    assert "没有打印机" in context.messages.rows[0].message.what


def test_every_page_goes_to_the_paper(tmp_path, qapp) -> None:
    upright = QImage(100, 141, QImage.Format.Format_RGB32)
    upright.fill(0x336699)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    print_pdf.paint([upright, upright], printer)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 2


def test_pages_are_drawn_from_the_file(tmp_path, qapp) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "in.pdf"))
    for _page in range(3):
        canvas.drawString(10, 10, "x")
        canvas.showPage()
    canvas.save()
    pages = print_pdf.pages_of(tmp_path / "in.pdf", Progress())
    assert [page.height() > page.width() for page in pages] == [True] * 3
