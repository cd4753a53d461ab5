"""Every verb that the product writes has a word."""

import re
from pathlib import Path

import pytest

from bankcc import features, i18n
from bankcc.verb_words import WORDS, in_words

SOURCES = Path(features.__file__).parent
NAMED = re.compile(rf'"((?:{"|".join(features.KIND)})\.[a-z_]+)"')


def test_no_verb_of_the_product_is_without_a_word() -> None:
    found = {
        name
        for file in SOURCES.glob("*.py")
        for name in NAMED.findall(file.read_text(encoding="utf-8"))
    }
    assert "task.move" in found
    assert [name for name in sorted(found) if in_words(name) == name] == []


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("inquiry.edit", "来电 · 修改"),
        ("undo", "撤销"),
        ("person.grow", "person.grow"),
        ("ghost.edit", "ghost.edit"),
        ("", ""),
    ],
)
def test_a_verb_in_words(verb: str, said: str) -> None:
    assert in_words(verb) == said


def test_words_are_translated() -> None:
    i18n.set_language("zh_CN")
    assert [word for word in WORDS.values() if i18n._(word) == word] == []
