"""Reading: search, paging, links, masking, history in words."""

import pytest

from bankcc import features
from bankcc.center.reading import Reading
from bankcc.errors import NotFound, Refused
from bankcc.schema.change import create, delete, edit
from bankcc.schema.query import Condition, Query
from bankcc.session import Session


@pytest.fixture
def calls(center: Session) -> Session:
    """Twelve calls, a person with a polyphone name, a post, a task."""
    for at in range(12):
        center.execute(
            features.new(
                "inquiry",
                phone=f"1380013{at:04d}",
                category=str(at % 3 + 1),
                caller="赵女士" if at % 2 else "解先生",
                note=f"第{at}通，问恢复营业",
                at=1_795_400_000_000 + at * 60_000,
            )
        )
    center.execute(create("person", name="单艳强", phone="+86 139 2815 9013"))
    center.execute(create("post", title="客户咨询坐席", group="customer", holder="单艳强"))
    return center


def numbers(session: Session, text: str) -> list[str]:
    return [hit.record.number for hit in session.search(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0007", ["甲-R-0008", "甲-R-0007"]),  # last four of a phone, and a number
        ("13800130007", ["甲-R-0008"]),
        ("1380013 0007", ["甲-R-0008"]),
        ("１３８００１３０００７", ["甲-R-0008"]),
        ("+86 138-0013-0007", ["甲-R-0008"]),
        ("第7通", ["甲-R-0008"]),
        ("通问", []),  # a phrase does not match across punctuation
        ("syq", ["甲-P-0001"]),  # 单 reads shan
        ("shanyan", ["甲-P-0001"]),
        ("dan", ["甲-P-0001"]),  # … and dan
        ("hanyan", []),  # pinyin matches at syllable starts only
        ("9013", ["甲-P-0001"]),
        ("没有这样的内容", []),
        ("“”", []),
        ("\"*' OR 1=1 --", []),
    ],
)
def test_search_finds_what_people_type(calls: Session, text: str, found: list[str]) -> None:
    assert numbers(calls, text) == found


def test_search_forgets_what_was_deleted_or_rewritten(calls: Session) -> None:
    calls.execute(edit("inquiry", "甲-R-0008", note="另一件事"))
    assert numbers(calls, "第7通") == []
    assert numbers(calls, "另一件") == ["甲-R-0008"]
    calls.execute(delete("inquiry", "甲-R-0008"))
    assert numbers(calls, "另一件") == []


def test_lists_are_filtered_ordered_and_counted(calls: Session) -> None:
    cash = Query("inquiry", where=(Condition("category", "=", "cash"),))
    assert calls.count(cash) == 4
    found = calls.find(cash.but(order="at"))
    assert [record.number for record in found] == [f"甲-R-{n:04d}" for n in (2, 5, 8, 11)]
    both = cash.but(text="赵女士")
    assert [record.number for record in calls.find(both)] == ["甲-R-0008", "甲-R-0002"]
    some = Condition("number", "in", ("甲-R-0001", "甲-R-0003"))
    assert calls.count(Query("inquiry", where=(some,))) == 2
    assert calls.count(Query("inquiry", where=(Condition("callback_due", "filled"),))) == 0
    assert calls.count(Query("inquiry", where=(Condition("callback_due", "empty"),))) == 12


def test_pages_by_key_cover_everything_once(calls: Session) -> None:
    ids = calls.ids(Query("inquiry"))
    assert len(ids) == 12
    page = calls.rows("inquiry", [*list(ids[3:6]), 99999])
    assert [record.number if record else "" for record in page] == [
        "甲-R-0009",
        "甲-R-0008",
        "甲-R-0007",
        "",
    ]


def test_an_unknown_field_or_kind_is_refused_not_run(calls: Session) -> None:
    with pytest.raises(Refused):
        calls.find(Query("inquiry", where=(Condition("1=1; --", "=", 1),)))
    with pytest.raises(Refused):
        calls.find(Query("inquiry", order="at; DROP TABLE op"))
    with pytest.raises(Refused):
        calls.find(Query("sqlite_master"))


def test_links_show_titles_that_follow_a_change(calls: Session) -> None:
    post = calls.get("post", "客户咨询坐席")
    assert calls.display(post, "holder") == "单艳强"
    calls.execute(edit("person", "单艳强", name="单艳"))
    assert calls.display(post, "holder") == "单艳"


def test_phones_are_masked_unless_revealed(calls: Session) -> None:
    record = calls.get("inquiry", "甲-R-0008")
    assert calls.display(record, "phone") == "138****0007"
    assert calls.display(record, "phone", reveal=True) == "138 0013 0007"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("请回 13855556666 张", "请回 138****6666 张"),
        ("请回138 5555 6666或0571-88887777", "请回138****6666或0571****7777"),
        ("１３８５５５５６６６６", "138****6666"),
        ("+86 138-5555-6666。", "138****6666。"),
        ("尾号1234，20000元，2026-11-23 14:52", "尾号1234，20000元，2026-11-23 14:52"),
        ("订单 20261123145200138555", "订单 20261123145200138555"),
    ],
)
def test_numbers_dictated_into_a_note_are_masked_too(
    calls: Session, typed: str, shown: str
) -> None:
    calls.execute(edit("inquiry", "甲-R-0008", note=typed, caller=typed[:20]))
    record = calls.get("inquiry", "甲-R-0008")
    assert calls.display(record, "note") == shown
    assert calls.display(record, "note", reveal=True) == typed
    assert "5555" not in calls.search("甲-R-0008")[0].title or "5555" in shown


def test_an_ambiguous_name_lists_the_candidates(calls: Session) -> None:
    calls.execute(create("person", name="朱丽", phone="17393363387"))
    calls.execute(create("person", name="朱丽", phone="13672326865"))
    with pytest.raises(NotFound, match=r"甲-P-0002.*甲-P-0003"):
        calls.get("person", "朱丽")
    with pytest.raises(NotFound):
        calls.execute(create("post", title="组长", group="command", holder="朱丽"))


def test_history_tells_who_set_what(calls: Session) -> None:
    record = calls.get("inquiry", "甲-R-0001")
    calls.user = "刘倩 · 组长"
    calls.execute(edit("inquiry", record.number, status="answered"))
    last = calls.history(record.id)[-1]
    assert (last.user, last.verb, dict(last.values), last.label) == (
        "刘倩 · 组长",
        "inquiry.edit",
        {"status": "answered"},
        "甲",
    )


def test_many_deleted_ones_do_not_hide_an_older_one(center: Session) -> None:
    first = features.new("inquiry", caller="旧来电", note="停电")
    center.load([first, *[create("inquiry", note="停电") for _at in range(300)]])
    found = center.find(Query("inquiry", order="row"))
    center.load([delete("inquiry", record.id) for record in found[1:]])
    assert [hit.record.number for hit in center.search("停电", limit=3)] == ["甲-R-0001"]


def test_a_title_read_before_a_change_is_not_kept(
    calls: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = calls.get("person", "单艳强").id
    connection = Reading.connection

    class Slow:
        """A reading connection whose answer comes just before a change is told."""

        def execute(self, *given: object) -> object:
            rows = calls._database.reader().execute(*given).fetchone()
            with monkeypatch.context() as patch:
                patch.setattr(Reading, "connection", connection)
                calls.execute(edit("person", person, name="单雄信"))
            return type("Rows", (), {"fetchone": lambda _self: rows})()

    with monkeypatch.context() as patch:
        patch.setattr(Reading, "connection", property(lambda _self: Slow()))
        assert calls.link_title("person", person) == "单艳强"
    assert calls.link_title("person", person) == "单雄信"
