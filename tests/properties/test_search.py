"""Search finds what was typed, wherever the newest lines lie, and nothing across a stop."""

import re
import unicodedata
from collections.abc import Iterator
from random import Random

import pytest

from bankcc.schema.change import create, edit
from bankcc.schema.plain_text import clean
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.properties.centers import open_center

HAN = "停电网点业务办理曾单解警报复通知北京上海临时柜台机房备用𠮷髙欧阳"
LATIN = "abcdefgxyzPANEL0123456789"
WIDE = "ＡＢｘｙ１２３"
STOPS = "，。：；、（）-·/,.;!"
Places = dict[str, str]


def random_title(rng: Random) -> str:
    parts = []
    for _ in range(rng.randint(1, 6)):
        letters = rng.choice((HAN, HAN, HAN, LATIN, WIDE))
        parts.append("".join(rng.choice(letters) for _ in range(rng.randint(1, 6))))
        parts.append(rng.choice(("", "", " ", rng.choice(STOPS))))
    return clean("".join(parts), one_line=True).strip(STOPS) or "停"


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, Places]]:
    """Enough records that most are in the index; the newest wait beside it; some were changed."""
    rng = Random(7)
    with open_center(tmp_path_factory.mktemp("search") / "center") as session:
        session.load(create("mate", name=random_title(rng)) for _ in range(260))
        for record in session.find(Query("mate"))[:20]:
            session.execute(edit("mate", record.id, name=random_title(rng)))
        for _ in range(20):
            session.execute(create("mate", name=random_title(rng)))
        yield session, {r.id: str(r["name"]) for r in session.find(Query("mate"))}


def found(session: Session, text: str) -> set[str]:
    return {hit.record.id for hit in session.search(text, kinds=["mate"], limit=1_000)}


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def pieces(title: str) -> list[str]:
    """What somebody may type of a title: 1 to 4 characters of it, or how a Latin word begins."""
    typed = []
    for run in re.findall(rf"[{HAN}]+", title):
        typed += [run[at : at + n] for n in (1, 2, 3, 4) for at in range(len(run) - n + 1)]
    for word in re.findall(r"[a-z0-9]+", plain(title)):
        typed += [word, word[:1], word[: len(word) // 2 + 1]]
    return typed


def test_every_piece_is_found(center: tuple[Session, Places]) -> None:
    session, titles = center
    for record, title in [*titles.items()][::3] + [*titles.items()][-20:]:
        for typed in pieces(title):
            assert record in found(session, typed), (title, typed)


def test_whole_titles_are_found_however_wide_or_large(center: tuple[Session, Places]) -> None:
    session, titles = center
    for record, title in titles.items():
        for typed in (title, plain(title), title.upper(), title.replace(" ", "　")):
            assert record in found(session, typed), (title, typed)


def test_what_is_found_contains_it(center: tuple[Session, Places]) -> None:
    """A run of Chinese characters is found only where it stands without a stop in it."""
    session, titles = center
    rng = Random(3)
    for _ in range(150):
        typed = "".join(rng.choice(HAN) for _ in range(rng.randint(1, 3)))
        holding = {
            record
            for record, title in titles.items()
            if plain(typed) in re.sub(r"\s", "", plain(title))
        }
        assert found(session, typed) == holding, typed


def test_waiting_lines_and_the_index_answer_alike(center: tuple[Session, Places]) -> None:
    session, titles = center
    rng = Random(5)
    typed = [random_title(rng)[: rng.randint(1, 5)] for _ in range(150)]
    typed += [piece for title in list(titles.values())[:15] for piece in pieces(title)]
    before = [found(session, text) for text in typed]
    session.rebuild()
    assert [found(session, text) for text in typed] == before
    assert any(before)


def test_numbers_are_found(center: tuple[Session, Places]) -> None:
    session, _titles = center
    for record in session.find(Query("mate"))[::10]:
        for typed in (record.number, record.number.lower(), record.number.rpartition("-")[2]):
            assert record.id in found(session, typed), typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("曾小贤", text) for text in ("zxx", "cxx", "zengxiaoxian", "cengxiaoxian", "zx")),
        *(("单田芳", text) for text in ("stf", "dtf", "shantianfang", "dantian")),
        *(("解晓东", text) for text in ("jxd", "xxd", "xiexiaodong")),
        *(("𠮷野", text) for text in ("𠮷", "𠮷野")),
        *(("张𬭎", text) for text in ("张𬭎", "𬭎")),
        *(("Ｐanel１", text) for text in ("panel1", "PANEL", "ｐａｎｅｌ")),
        *(("José Müller", text) for text in ("jose", "José", "muller", "MÜL")),
    ],
)
def test_names_by_letters(tmp_path_factory: pytest.TempPathFactory, name: str, typed: str) -> None:
    with open_center(tmp_path_factory.mktemp("name") / "center") as session:
        session.execute(create("mate", name=name))
        session.execute(create("mate", name="王二"))
        for _ in range(2):
            assert [hit.title for hit in session.search(typed)] == [name]
            session._opened.database.writer.execute("BEGIN IMMEDIATE")
            session._views.index.tidy(session._opened.database.writer, list(session.kinds.values()))
            session._opened.database.writer.execute("COMMIT")


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        *(
            (text, True)
            for text in ("13912345678", "139 1234 5678", "1391234", "5678", "+8613912345678")
        ),
        *((text, True) for text in ("１３９１２３４５６７８", "139-1234-5678", "13912")),
        *((text, False) for text in ("4567", "2345678", "13912345679", "5679")),
    ],
)
def test_phones(tmp_path_factory: pytest.TempPathFactory, typed: str, hit: bool) -> None:
    with open_center(tmp_path_factory.mktemp("phone") / "center") as session:
        session.execute(create("thing", title="停电", phone="13912345678"))
        session.execute(create("thing", title="4 5 6 7", phone="18492083124"))
        assert [r.title for r in session.search(typed)] == (["停电"] if hit else [])
