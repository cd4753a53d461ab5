"""Every panel is explained in both languages, and the sheet of keys says what the commands say."""

import re

import pytest

from bankcc import i18n
from bankcc.paths import resources
from ui.actions import SPECS, ActionId, key_text
from ui.help import topics as help_topics
from ui.help.topics import KEYS, START, TOPICS
from ui.panels import PANELS

LANGUAGES = tuple(i18n.LANGUAGES)
HAN = re.compile(r"[\u4e00-\u9fff]")
NAMED_IN_ENGLISH = re.compile(r"客户|甲")


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    i18n.set_language(request.param)
    return request.param


@pytest.mark.parametrize("panel", [spec.id for spec in PANELS])
def test_every_panel_has_a_topic_of_its_own_or_a_neighbours(panel) -> None:
    assert help_topics.topic_of(panel).id != START


def test_a_panel_nobody_knows_gets_the_first_topic() -> None:
    assert help_topics.topic_of("nothing").id == START


@pytest.mark.parametrize("topic", [topic.id for topic in TOPICS])
def test_a_topic_has_a_text_with_its_name_on_top(language, topic) -> None:
    text = help_topics.text_of(topic)
    assert text.startswith("# ")
    assert len(text) > 100
    assert bool(HAN.search(NAMED_IN_ENGLISH.sub("", text))) == (language == "zh_CN")


def test_no_text_is_left_that_no_topic_shows() -> None:
    shown = {topic.id for topic in TOPICS} - {KEYS}
    for language in LANGUAGES:
        files = {file.stem for file in (resources() / "help" / language).glob("*.md")}
        assert files == shown


def test_both_languages_have_the_same_chapters_and_keys() -> None:
    for topic in {topic.id for topic in TOPICS} - {KEYS}:
        texts = [
            (resources() / "help" / language / f"{topic}.md").read_text(encoding="utf-8")
            for language in LANGUAGES
        ]
        chapters = [text.count("\n## ") + text.startswith("## ") for text in texts]
        assert chapters[0] == chapters[1], topic
        keys = [set(re.findall(r"\*\*((?:Ctrl|Alt|F\d)[^*]*)\*\*", text)) for text in texts]
        assert keys[0] == keys[1], topic


def test_the_sheet_has_every_key_of_every_command(language) -> None:
    sheet = help_topics.text_of(KEYS)
    for action in ActionId:
        if SPECS[action].keys:
            assert f"| {i18n._(SPECS[action].text)} | **{key_text(SPECS[action].keys)}** |" in sheet


def test_search_finds_topics_by_any_word_named_so_first(language) -> None:
    words = "恢复密钥" if language == "zh_CN" else "recovery key"
    assert help_topics.found(words)[0].id == "keys-and-copies"
    assert help_topics.found("Ctrl+D") != []
    assert help_topics.found("zzqq") == []
    assert help_topics.found("") == list(TOPICS)
    assert help_topics.found("ＣＴＲＬ＋Ｄ") == help_topics.found("ctrl+d")


@pytest.mark.parametrize("words", ["dark", "150", "深色", "字号"])
def test_size_and_colours_are_found_by_the_words_people_use(words) -> None:
    i18n.set_language("en" if words.isascii() else "zh_CN")
    assert START in [topic.id for topic in help_topics.found(words)]


def test_how_to_activate_names_the_row_the_key_and_the_fields(language) -> None:
    text = help_topics.text_of("incident")
    for words in ("Incident name", "Level", "Why this level", "Activation pending", "Agree"):
        assert i18n._(words) in text
    for words in ("Waiting for a decision", "Decided by"):
        assert i18n._(words) in text
    assert "Ctrl+Enter" in text
