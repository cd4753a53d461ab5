"""The declarations hang together: letters, names, columns, links, synonyms."""

import pytest

from bankcc.features import KIND, KINDS, new
from bankcc.i18n import LANGUAGES, set_language
from bankcc.schema.fields import Choice, Link, Moment, Phone, TextList
from bankcc.schema.record import RecordKind
from bankcc.schema.shared_choices import group_of
from tests.bankcc.features.fake_desk import FakeDesk

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)

FIELDS = {
    "person": "name phone phone2 email group department post note",
    "inquiry": "phone caller category note status",
    "task": "title group priority due assignee status",
    "resource": "category name required actual place keeper checked_on state",
}


def choices() -> list[tuple[RecordKind, Choice]]:
    return [(kind, item) for kind in KINDS for item in kind.fields if isinstance(item, Choice)]


def test_letters_and_names_are_one_of_a_kind() -> None:
    assert len({kind.letter for kind in KINDS}) == len(KINDS) == len(KIND)


def test_the_kinds_people_name_are_there() -> None:
    named = "incident person post attendance task inquiry answer-card resource timeline"
    assert set(named.split()) <= {kind.name for kind in KINDS if not kind.internal}


@pytest.mark.parametrize(("kind", "names"), FIELDS.items())
def test_field_names_that_the_command_line_promises(kind: str, names: str) -> None:
    assert set(names.split()) <= set(KIND[kind].by_name)


@every_kind
def test_names_in_a_declaration_are_fields(kind: RecordKind) -> None:
    system = {"created", "number", "hidden", "row"}
    used = {*kind.titles, *kind.columns, *kind.unique, kind.order.removeprefix("-")}
    used |= {name for index in kind.indexes for name in index}
    assert used - system <= set(kind.by_name)
    assert len(kind.by_name) == len(kind.fields)


@every_kind
def test_links_lead_to_kinds(kind: RecordKind) -> None:
    assert {item.to for item in kind.fields if isinstance(item, Link)} <= set(KIND)


@every_kind
def test_what_is_offered_is_a_kind(kind: RecordKind) -> None:
    offered = {item.offers for item in kind.fields if isinstance(item, TextList) and item.offers}
    assert offered <= set(KIND)


@every_kind
def test_a_title_is_neither_a_number_to_call_nor_an_id(kind: RecordKind) -> None:
    assert not [n for n in kind.titles if isinstance(kind.by_name[n], Phone | Link | Moment)]


@every_kind
def test_every_telephone_number_is_personal(kind: RecordKind) -> None:
    if not kind.internal:
        assert all(item.personal and item.critical for item in kind.phone_fields())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_an_option_finds_that_option(language: str) -> None:
    set_language(language)
    for kind, item in choices():
        for option in item.options:
            for name in (option.code, item.format(option.code), *option.also):
                assert item.parse(name) == option.code, (kind.name, item.name, name)


def test_labels_of_a_choice_differ() -> None:
    for kind, item in choices():
        labels = [item.format(option.code) for option in item.options]
        assert len(set(labels)) == len(labels), (kind.name, item.name)


def test_defaults_are_stored_values() -> None:
    for kind in KINDS:
        for item in kind.fields:
            if item.default is not None:
                assert item.parse(item.default) == item.default, (kind.name, item.name)


def test_call_categories_stand_in_key_order() -> None:
    words = ["营业时间", "取款", "转账", "代发工资", "挂失", "贷款", "投诉", "传言", "其他"]
    item = KIND["inquiry"].field("category")
    codes = [item.parse(word) for word in words]
    assert codes == [item.parse(str(key)) for key in range(1, 10)]
    assert len(set(codes)) == 9


def test_of_concurrent_task_states_the_one_that_needs_most_attention_shows() -> None:
    item = KIND["task"].field("status")
    order = sorted(("done", "doing", "todo", "confirming"), key=item.attention, reverse=True)
    assert order == ["todo", "doing", "confirming", "done"]


@pytest.mark.parametrize(
    ("texts", "group"),
    [
        (("应急服务领导小组", "组长"), "leadership"),
        (("应急服务指挥中心", "通信员"), "command"),
        (("应急服务工作小组", "客户咨询坐席"), "customer"),
        (("应急服务工作小组", "上门服务专员"), "urgent"),
        (("应急服务工作小组", "新闻发言人"), "publicity"),
        (("应急服务工作小组", "技术通信专员"), "tech"),
        (("应急服务工作小组", "后勤安保专员"), "logistics"),
        (("合唱团", "男高音"), ""),
    ],
)
def test_groups_are_read_from_free_text(texts: tuple[str, ...], group: str) -> None:
    assert group_of(*texts) == group


def test_new_uses_the_verb_of_the_kind(desk: FakeDesk) -> None:
    desk.do(new("inquiry", phone="139 0000 0001"))
    assert desk.only("inquiry")["at"] == desk.now_ms()
    desk.do(new("person", name="王敏"))
    desk.do(new("attendance", person="王敏", status="在岗"))
    assert desk.only("attendance")["name"] == "王敏"
    desk.do(new("resource", name="UPS", actual=2))
    desk.do(new("check", resource="UPS", result="故障", found="1"))
    assert (desk.only("resource")["state"], desk.only("resource")["actual"]) == ("broken", 1)
    desk.do(new("timeline", text="开会"))
    assert desk.only("timeline")["author"] == desk.user
    desk.do(new("incident", name="停电"))
    assert desk.only("incident")["started"] == desk.now_ms()


def test_new_without_what_is_needed_leaves_the_word_to_the_record(desk: FakeDesk) -> None:
    for kind in ("incident", "timeline", "attendance", "check", "task"):
        with pytest.raises(Exception, match="is needed"):
            desk.do(new(kind))
