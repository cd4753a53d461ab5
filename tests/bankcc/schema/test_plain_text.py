"""Text as it is stored and as it is searched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.schema import plain_text
from bankcc.schema.plain_text import BREAK, clean, fold_width, pinyin_tokens, search_tokens

HAN = st.text(alphabet="停电网点业务办理曾单解𠮷髙", min_size=1, max_size=6)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for one_line in (True, False):
        once = clean(text, one_line=one_line)
        assert clean(once, one_line=one_line) == once
        assert once == once.strip()
        once.encode()  # no half characters


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs"]), max_size=30))
def test_controls_do_not_survive(text: str) -> None:
    one_line = clean(text, one_line=True)
    assert "\n" not in one_line
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in one_line)
    assert not set("\u202e\u2066\u200b\ufeff") & set(one_line)


def test_accents_are_put_together_and_line_ends_are_one() -> None:
    assert clean("e\u0301\r\n甲\r乙") == "é\n甲\n乙"


@given(st.text())
def test_full_width_is_plain_once(text: str) -> None:
    assert fold_width(fold_width(text)) == fold_width(text)


@given(st.text())
def test_tokens_of_tokens_are_the_same(text: str) -> None:
    tokens = search_tokens(text).split(" ")
    assert "" not in tokens or tokens == [""]
    assert BREAK not in (tokens[0], tokens[-1])


@given(HAN, HAN)
def test_a_stop_stands_between(left: str, right: str) -> None:
    assert search_tokens(f"{left}，{right}") == f"{' '.join(left)} {BREAK} {' '.join(right)}"
    assert search_tokens(f"{left} {right}") == " ".join(left + right)
    assert search_tokens(f"，{left}！") == " ".join(left)


@given(HAN)
def test_what_is_typed_follows_itself_in_the_index(text: str) -> None:
    ((tokens, beginning),) = plain_text.search_words(text)
    assert tokens == search_tokens(text)
    assert not beginning


def test_the_last_latin_word_may_go_on() -> None:
    assert plain_text.search_words("停电 Pan") == [("停 电", False), ("pan", True)]
    assert plain_text.search_words("  ，  ") == []


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("曾小贤", {"zxx", "cxx", "zengxiaoxian", "cengxiaoxian"}),
        ("单田芳", {"stf", "dtf", "ctf", "shantianfang"}),
        ("解晓东", {"xxd", "jxd", "xiexiaodong"}),
        ("Panel", set()),
    ],
)
def test_pinyin(name: str, ways: set[str]) -> None:
    assert ways <= set(pinyin_tokens(name).split())


@pytest.mark.parametrize("name", ["曾单解重", "单雄信", "盖乐都", "曾单解曾单解曾单解"])
def test_many_readings_stay_few(name: str) -> None:
    assert len(pinyin_tokens(name).split()) <= 2 * 12


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("单雄信", "sxx shanxiongxin"),
        ("仇英", "qy qiuying"),
        ("区寄", "oj ouji"),
        ("朴树", "ps piaoshu"),
        ("翟天", "zt zhaitian"),
        ("卜良", "bl buliang"),
        ("尉迟恭", "ycg yuchigong"),
        ("尉凤英", "wfy weifengying"),
        ("万俟明", "mqm moqiming"),
        ("万明", "wm wanming"),
        ("澹台明", "ttm tantaiming"),
    ],
)
def test_a_surname_is_read_as_its_family_reads_it(name: str, first: str) -> None:
    assert pinyin_tokens(name).startswith(f"{first} ")


def test_a_character_in_a_given_name_is_read_as_everywhere() -> None:
    assert pinyin_tokens("王乐").split()[:2] == ["wl", "wangle"]


def test_every_reading_of_one_character_is_found_however_many_the_others_have() -> None:
    assert {
        *("shandoulejie", "chandoulejie", "dandoulejie", "shandulejie", "shandouyuejie"),
        *("shandoulexie", "sdlj", "cdlj", "ddlj", "sdyj", "sdlx"),
    } <= set(pinyin_tokens("单都乐解").split())
