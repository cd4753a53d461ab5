"""Every text of the program exists in Chinese, with the same placeholders, compiled as written."""

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo

import catalogue

PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}]*)\}(?!\})")
NEVER_ONE = {
    "At most {count} records are deleted at once; nothing was deleted.",
    "Only the first {count} rows were copied; export the list for all of them",
    "fits {count} records; change them in the program",
    "{count} versions",
    "{field}: {count} versions",
}
"""Said of several only, or of a number that is fixed."""
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    """The catalogue as it stands in the repository."""
    return catalogue.read()


def pairs(texts: Catalog) -> list[tuple[str, str]]:
    """Message and translation, without the header; a message with a plural is two of them."""
    return [
        (message, entry.string if isinstance(entry.string, str) else entry.string[0])
        for entry in texts
        if entry.id
        for message in ([entry.id] if isinstance(entry.id, str) else entry.id)
    ]


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


def test_a_planted_plural_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("bankcc", "ui"):
        (tmp_path / folder).mkdir()
    code = "ngettext('{count} cat', '{count} cats', n)\nngettext('1 dog', '{count} dogs', n)\n"
    (tmp_path / "ui" / "a.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    texts = Catalog(locale="zh_CN")
    texts.add("{count} cat", "{count} 只猫")
    texts.add(("1 dog", "{count} dogs"), ("{count} 只狗",))
    assert list(catalogue.missing(texts)) == [("{count} cat", "{count} cats")]
    texts.delete("{count} cat")
    texts.add(("{count} cat", "{count} cats"), ("",))
    assert list(catalogue.missing(texts)) == [("{count} cat", "{count} cats")]
    (tmp_path / "ui" / "a.py").write_text("", encoding="utf-8")
    assert sorted(catalogue.unused(texts)) == ["1 dog", "{count} cat"]


def test_a_plural_is_added_and_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    (tmp_path / "new.json").write_text(
        '{"{count} cat": {"plural": "{count} cats", "text": "{count} 只猫"}, "Open": "打开"}',
        encoding="utf-8",
    )
    for _twice in range(2):
        catalogue.add(tmp_path / "new.json")
    with (tmp_path / "zh_CN.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.ngettext("{count} cat", "{count} cats", 1) == "{count} 只猫"
    assert compiled.ngettext("{count} cat", "{count} cats", 7) == "{count} 只猫"
    assert compiled.gettext("Open") == "打开"


def test_no_count_is_followed_by_a_plural_alone(chinese: Catalog) -> None:
    """“1 entries”: a number before a word in the plural asks for `ngettext`."""
    plural = re.compile(r"\{count\} ([a-z]+ )?[a-z]+(?<!ss)(?<!thi)s\b")
    lonely = [
        entry.id for entry in chinese if isinstance(entry.id, str) and plural.search(entry.id)
    ]
    assert sorted(set(lonely) - NEVER_ONE) == []


def test_a_planted_placeholder_is_found() -> None:
    texts = Catalog(locale="zh_CN")
    texts.add("Row {row}: {reason}", "第 {row} 行：{reason}")
    texts.add("Page {page}", "第 {row} 页")
    assert different_placeholders(texts) == ["Page {page}"]
