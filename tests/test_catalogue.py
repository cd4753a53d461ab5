"""Every text of the program exists in Chinese, with the same placeholders, compiled as written."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo

import catalogue

PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}]*)\}(?!\})")
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    """The catalogue as it stands in the repository."""
    return catalogue.read()


def pairs(texts: Catalog) -> list[tuple[str, str]]:
    """Message and translation, without the header."""
    return [(str(entry.id), str(entry.string)) for entry in texts if entry.id]


def different_placeholders(texts: Catalog) -> list[str]:
    """Messages whose translation names other values than the English."""
    return [
        message
        for message, translation in pairs(texts)
        if set(PLACEHOLDER.findall(message)) != set(PLACEHOLDER.findall(translation))
    ]


def test_every_message_is_translated(chinese: Catalog) -> None:
    assert catalogue.missing(chinese) == {}


def test_no_translation_is_left_behind(chinese: Catalog) -> None:
    assert catalogue.unused(chinese) == []


def test_placeholders_agree(chinese: Catalog) -> None:
    assert different_placeholders(chinese) == []


def test_placeholders_are_named(chinese: Catalog) -> None:
    names = [name for message, _ in pairs(chinese) for name in PLACEHOLDER.findall(message)]
    assert [name for name in names if not re.match(r"[a-z_][a-z0-9_]*([:!.].*)?$", name)] == []


def test_no_translation_awaits_a_look(chinese: Catalog) -> None:
    assert [entry.id for entry in chinese if entry.id and entry.fuzzy] == []


def test_the_compiled_catalogue_is_what_is_written(chinese: Catalog) -> None:
    with (catalogue.FOLDER / "zh_CN.mo").open("rb") as file:
        compiled = read_mo(file)
    fresh = io.BytesIO()
    write_mo(fresh, chinese)
    fresh.seek(0)
    assert dict(pairs(compiled)) == dict(pairs(read_mo(fresh))) == dict(pairs(chinese))


def test_sentences_are_in_chinese(chinese: Catalog) -> None:
    english = [
        message
        for message, translation in pairs(chinese)
        if message.count(" ") >= 2 and not HAN.search(translation)
    ]
    assert english == []


def test_a_planted_gap_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bankcc").mkdir()
    (tmp_path / "ui").mkdir()
    (tmp_path / "bankcc" / "a.py").write_text("_('Open')\nb = N_('Close')\n", encoding="utf-8")
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    texts = Catalog(locale="zh_CN")
    texts.add("Open", "打开")
    texts.add("Gone", "没了")
    assert list(catalogue.missing(texts)) == ["Close"]
    assert catalogue.unused(texts) == ["Gone"]


def test_a_planted_placeholder_is_found() -> None:
    texts = Catalog(locale="zh_CN")
    texts.add("Row {row}: {reason}", "第 {row} 行：{reason}")
    texts.add("Page {page}", "第 {row} 页")
    assert different_placeholders(texts) == ["Page {page}"]
