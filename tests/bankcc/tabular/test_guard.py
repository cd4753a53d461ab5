"""Files that are no tables, and workbooks built to overwhelm: one line each, nothing inflated."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bankcc.errors import UserError
from bankcc.tabular import guard
from bankcc.tabular.guard import Form, check_workbook, form_of
from bankcc.tabular.table import MAX_FILE_BYTES
from tests.bankcc.tabular.workbooks import parts, sheet_xml

Make = Callable[..., Path]


def _refusal(path: Path) -> str:
    def look() -> None:
        if form_of(path) is Form.XLSX:
            check_workbook(path)

    with pytest.raises(UserError) as refused:
        look()
    assert "\n" not in str(refused.value)
    assert refused.value.safe
    return refused.value.what


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "是空的"),
        (b"\x89PNG\r\n\x1a\n....", "图片（PNG）"),
        (b"\xff\xd8\xff\xe0 JFIF", "图片（JPEG）"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"<html><table><tr><td>1", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "XML"),
        (b"PK\x03\x04 cut off", "损坏"),
        (b"Rar!\x1a\x07", "RAR"),
    ],
)
def test_what_is_no_table_is_named_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "通讯录.xlsx"
    path.write_bytes(content)
    assert says in _refusal(path)


def test_a_file_of_200_mb_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    def opened(*_args: object, **_named: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", opened)
    assert "200 MB" in _refusal(path)
    assert MAX_FILE_BYTES < 200 * 1024 * 1024


def test_folders_pipes_and_missing_files(tmp_path: Path) -> None:
    assert "不是文件" in _refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "不是文件" in _refusal(tmp_path / "pipe")
    assert "没有" in _refusal(tmp_path / "无.csv")


def test_text_that_begins_like_a_picture_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"BM,MZ\n1,2\n")
    assert form_of(path) is Form.TEXT


def test_a_sound_workbook_passes(workbook: Make) -> None:
    check_workbook(workbook(parts(sheet_xml(""))))


def test_other_zips_are_named(workbook: Make) -> None:
    assert "Word" in _refusal(workbook({"word/document.xml": "<a/>"}))
    assert "压缩包" in _refusal(workbook({"a.txt": "1"}))


def test_a_zip_bomb_is_refused_by_its_directory(
    workbook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = parts(sheet_xml("")) | {"xl/media/a.bin": bytes(40 * 1024 * 1024)}
    path = workbook(packed)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # inflating would fail
    assert "压缩炸弹" in _refusal(path)


def test_too_much_inside_or_too_many_parts(workbook: Make) -> None:
    noise = os.urandom(1024) * 64  # repeats beyond the window of the packer's reach stay cheap
    big = parts(sheet_xml("")) | {f"xl/media/{n}": noise * 80 for n in range(11)}
    assert "50 MB" in _refusal(workbook(big))
    many = parts(sheet_xml("")) | {f"xl/{n}.xml": "<a/>" for n in range(guard.MAX_ENTRIES)}
    assert "部件" in _refusal(workbook(many))


def test_a_directory_of_a_million_entries_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "目录.xlsx"
    end = b"PK\x05\x06" + bytes(8) + (46_000_000).to_bytes(4, "little") + bytes(6)
    path.write_bytes(b"PK\x03\x04" + bytes(100) + end)
    assert "部件" in _refusal(path)


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_xml_that_declares_entities_is_refused(workbook: Make, code: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'
    path = workbook(parts(sheet_xml("")) | {"xl/sharedStrings.xml": bomb.encode(code)})
    assert "实体" in _refusal(path)


def test_a_declaration_across_two_pieces_is_seen(workbook: Make) -> None:
    padding = " " * (guard._CHUNK - 5)
    path = workbook(parts(sheet_xml("")) | {"xl/styles.xml": padding + "<!DOCTYPE a><a/>"})
    assert "实体" in _refusal(path)


def test_a_part_that_is_larger_than_promised(workbook: Make) -> None:
    path = workbook(parts(sheet_xml("")) | {"xl/theme.xml": "<a>" + "x" * 5000 + "</a>"})
    data = bytearray(path.read_bytes())
    for at in range(len(data) - 4):
        if data[at : at + 4] == (5007).to_bytes(4, "little"):
            data[at : at + 4] = (50).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert "损坏" in _refusal(path)
