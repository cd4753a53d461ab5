"""Lines that wait beside the full-text index are found like those in it; they get there in time."""

from collections.abc import Callable

import pytest

from bankcc.log import text_index
from bankcc.log.text_index import WAIT_AT_MOST
from bankcc.schema.change import create, edit
from bankcc.schema.plain_text import search_tokens
from bankcc.schema.query import Condition, Query
from bankcc.session import Session


def waiting(session: Session) -> int:
    sql = "SELECT count(*) FROM w_inquiry"
    return int(session.connection.execute(sql).fetchone()[0])


def call(session: Session, at: int) -> None:
    note = f"第{at}通，问恢复营业"
    session.execute(create("inquiry", phone=f"138{at:08d}", caller="解先生", note=note))


def numbers(session: Session, text: str) -> list[str]:
    return [hit.record.number for hit in session.search(text, kinds=["inquiry"])]


def test_lines_wait_until_there_are_many(center: Session) -> None:
    for at in range(WAIT_AT_MOST - 1):
        call(center, at)
    assert waiting(center) == WAIT_AT_MOST - 1
    before = [numbers(center, text) for text in ("第7通", "jxs", "x", "0007", "13800000")]
    call(center, WAIT_AT_MOST - 1)
    assert waiting(center) == 0
    after = [numbers(center, text) for text in ("第7通", "jxs", "x", "0007")]
    assert after[0] == before[0] == ["甲-R-0008"]
    assert after[3] == before[3] == ["甲-R-0008", "甲-R-0007"]
    assert len(before[1]) == len(before[2]) == len(before[4]) == len(after[1]) == 20


def test_a_changed_line_replaces_the_one_in_the_index(center: Session) -> None:
    center.load([create("inquiry", caller="赵女士", note="转账") for _at in range(WAIT_AT_MOST)])
    assert waiting(center) == 0
    center.execute(edit("inquiry", "甲-R-0003", note="挂失", phone="13912345678"))
    assert waiting(center) == 1
    assert numbers(center, "挂失") == numbers(center, "139123") == ["甲-R-0003"]
    assert "甲-R-0003" not in numbers(center, "转账")
    assert center.count(Query("inquiry", text="转账")) == WAIT_AT_MOST - 1


def test_the_count_is_right_after_a_rebuild(center: Session) -> None:
    for at in range(3):
        call(center, at)
    center.rebuild()
    for at in range(3, 6):
        call(center, at)
    assert center.count(Query("inquiry", text="恢复营业")) == 6


def test_people_entered_before_surnames_were_known_are_found_by_them(
    new_center: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(text_index, "LINE_VERSION", text_index.LINE_VERSION - 1)
        earlier.setattr(text_index, "_name_tokens", lambda name: f"{search_tokens(name)} dxx")
        with new_center() as session:
            session.execute(create("person", name="单雄信"))
            assert session.search("sxx") == []
            assert len(session.search("dxx")) == 1
            paths = session.paths
    with Session.open(paths) as session:
        for typed in ("sxx", "shanxiong", "dxx", "danxiong", "cxx", "单雄信"):
            assert [hit.record["name"] for hit in session.search(typed)] == ["单雄信"]


def test_a_phone_is_found_by_the_index_and_decided_by_its_column(center: Session) -> None:
    for phone in ("13800138000", "13800138001", "+8613800138000", "+85213800138000"):
        center.execute(create("inquiry", phone=phone))
    same = Query("inquiry", where=(Condition("phone", "=", "13800138000"),), order="row")
    assert [record.number for record in center.find(same)] == ["甲-R-0001", "甲-R-0003"]
    odd = same.but(where=(Condition("phone", "=", 'no "phone'),))
    assert center.find(odd) == []


def test_erased_words_leave_the_index_and_the_line_that_waited(center: Session) -> None:
    word = "qvxzwj"
    center.load([create("inquiry", note=f"第{at}通") for at in range(WAIT_AT_MOST)])
    center.load([create("inquiry", note=word), *[create("inquiry") for _at in range(WAIT_AT_MOST)]])
    assert waiting(center) == 0
    number = numbers(center, word)[0]
    blocks = "SELECT block FROM s_inquiry_data"
    assert any(word.encode() in row[0] for row in center.connection.execute(blocks))
    center.erase("inquiry", number, reason="本人要求")
    assert not any(word.encode() in row[0] for row in center.connection.execute(blocks))
    assert numbers(center, word) == []
    assert numbers(center, number) == [number]
