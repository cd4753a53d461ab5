"""What the one box finds: nearest first, masked, commands by initials; triggers in any width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc import i18n
from bankcc.features import inquiry, person, task, timeline
from bankcc.schema.change import create
from tests.ui.small_center import log_calls
from ui.palette import model as palette
from ui.palette.model import Command, Entry, PaletteModel, entries, fit, take_apart


def command(words: str, **more) -> Command:
    return Command(words, words, lambda: None, **more)


COMMANDS = [
    command("启动"),
    command("启动通知"),
    command("导出：热线来电", also=("Export…",)),
    command("任务看板", usual=True),
    command("预案"),
]


def listed(context, text: str, commands=()) -> list[Entry]:
    shown: list[tuple[str, str]] = []
    return entries(
        context.session, commands, text, lambda *given: shown.append(given), lambda _text: None
    )


def chosen(found: list[Entry]) -> list[str]:
    return [entry.id for entry in found if entry.act is not None]


# -- what is typed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [">", "》", "＞", "〉"])
def test_commands_only_whatever_the_input_method_makes_of_the_key(mark) -> None:
    assert take_apart(f" {mark} 导出") == palette.Asked("导出", commands_only=True)


@pytest.mark.parametrize("typed", [">日志 A，B", "》日志　A，B", "＞log A，B", "> LOG A，B"])
def test_an_entry_keeps_its_punctuation(typed) -> None:
    assert take_apart(typed).note == "A，B"


def test_a_word_that_only_begins_like_it_is_a_command() -> None:
    assert take_apart(">日志导出").note is None
    assert take_apart(">日志").note is None
    assert take_apart(">日志 ").note == ""


def test_full_width_digits_are_digits() -> None:
    assert take_apart("８０００").words == "8000"


@given(st.text())
def test_anything_can_be_typed(text) -> None:
    asked = take_apart(text)
    assert asked.note is None or asked.commands_only


# -- commands --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "rank"),
    [
        ("预案", 0),
        ("ya", 0),
        ("yuan", 0),  # 预 is yu, 案 is an
        ("yu'an", 0),
        ("y", 1),
        ("案", 2),
        ("a", 2),
        ("uan", None),
        ("n", None),
        ("zz", None),
    ],
)
def test_letters_fit_at_the_start_of_syllables(typed, rank) -> None:
    assert fit(COMMANDS[4], typed) == rank


def test_the_other_language_finds_a_command_too() -> None:
    assert fit(COMMANDS[2], "export") == 0
    assert fit(COMMANDS[2], "exp") == 1
    assert fit(COMMANDS[2], "xport") is None


def test_the_best_fit_stands_first() -> None:
    assert [c.words for _rank, c in palette.fitting(COMMANDS, "启动")] == ["启动", "启动通知"]
    assert [c.words for _rank, c in palette.fitting(COMMANDS, "qdtz")] == ["启动通知"]


def test_nothing_typed_offers_the_usual_ones(context) -> None:
    assert chosen(listed(context, "", COMMANDS)) == ["command/任务看板"]
    assert len(chosen(listed(context, ">", COMMANDS))) == len(COMMANDS)


def test_a_command_that_is_named_so_stands_before_records(context) -> None:
    context.session.execute(create(person.NAME, name="姚安"))
    found = chosen(listed(context, "ya", COMMANDS))
    assert found[0] == "command/预案"
    assert found[1].startswith("person/")
    assert not any(each.startswith("person/") for each in chosen(listed(context, ">ya", COMMANDS)))


# -- records ---------------------------------------------------------------------------------------


def test_four_digits_find_the_newest_call_first_masked(context) -> None:
    calls = log_calls(context, 3)
    again = context.session.execute(inquiry.log_call(phone="13900000001", caller="李四")).made[0]
    found = listed(context, "0001")
    assert found[0].act is None
    assert chosen(found)[:2] == [f"inquiry/{again.id}", f"inquiry/{calls[1]}"]
    assert "13900000001" not in " ".join(entry.words + entry.detail for entry in found)
    assert "139****0001" in found[1].detail


def test_four_digits_are_a_telephone_before_they_are_a_number(context) -> None:
    session = context.session
    phone = session.execute(inquiry.log_call(phone="13800000002", caller="甲")).made[0]
    session.execute(inquiry.log_call(phone="13811112222", caller="乙"))  # number 0002
    assert chosen(listed(context, "0002"))[0] == f"inquiry/{phone.id}"


def test_initials_find_a_caller_whole_name_first(context) -> None:
    session = context.session
    meant = session.execute(inquiry.log_call(phone="13800000001", caller="张小明")).made[0]
    session.execute(inquiry.log_call(phone="13800000002", caller="张小明亮"))
    assert chosen(listed(context, "zxm"))[0] == f"inquiry/{meant.id}"


def test_a_person_who_is_called_so_stands_before_calls_that_mention_her(context) -> None:
    made = context.session.execute(create(person.NAME, name="王敏")).made[0]
    log_calls(context, 2)  # taken by 王敏
    found = chosen(listed(context, "wm"))
    assert found[0] == f"person/{made.id}"
    assert sum(each.startswith("inquiry/") for each in found) == 2


def test_kinds_have_headings_and_the_timeline_comes_last(context) -> None:
    session = context.session
    session.execute(timeline.note(text="发电机到场"))
    session.execute(task.add(title="发电机加油"))
    session.execute(inquiry.log_call(phone="0", note="发电机太吵"))
    found = listed(context, "发电机")
    headings = [entry.id for entry in found if entry.act is None]
    assert headings == ["kind/inquiry", "kind/task", "kind/timeline"]
    assert found[-1].words == "发电机到场"


def test_choosing_a_record_shows_it(context) -> None:
    call = log_calls(context, 1)[0]
    shown: list[tuple[str, str]] = []
    found = entries(
        context.session, (), "0000", lambda *given: shown.append(given), lambda _text: None
    )
    found[1].act()
    assert shown == [("inquiry", call)]


# -- the entry of the timeline ---------------------------------------------------------------------


def test_an_entry_is_offered_as_it_will_be_written(context) -> None:
    written: list[str] = []
    found = entries(context.session, COMMANDS, ">日志 门口排队，约 30 人", print, written.append)
    assert len(chosen(found)) == 1
    assert "门口排队，约 30 人" in found[1].words
    found[1].act()
    assert written == ["门口排队，约 30 人"]


def test_an_empty_entry_cannot_be_written(context) -> None:
    assert chosen(listed(context, ">日志 ")) == []


# -- the model -------------------------------------------------------------------------------------


def test_model(qtmodeltester, qapp) -> None:
    model = PaletteModel()
    model.set_entries(
        [Entry("kind/x", "标题"), Entry("x/1", "一", lambda: None, "详情", "甲-R-0001", "phone")]
    )
    qtmodeltester.check(model)
    index = model.index(1)
    assert index.data(palette.DETAIL_ROLE) == "详情"
    assert index.data(palette.KEY_ROLE) == "甲-R-0001"
    assert index.data(palette.ICON_ROLE) == "phone"
    assert "甲-R-0001" in index.data(palette.Qt.ItemDataRole.AccessibleTextRole)


def test_headings_are_stepped_over(qapp) -> None:
    model = PaletteModel()
    heading, line = Entry("kind/x", "x"), Entry("x/1", "x", lambda: None)
    model.set_entries([heading, line, heading, line])
    assert model.next_row(-1, 1) == 1
    assert model.next_row(1, 1) == 3
    assert model.next_row(3, 1) == 3
    assert model.next_row(3, -1) == 1
    assert model.next_row(1, -1) == 1
    assert not model.flags(model.index(0)) & palette.Qt.ItemFlag.ItemIsEnabled
    model.set_entries([heading])
    assert model.next_row(-1, 1) == -1


def test_words_follow_the_language(context) -> None:
    log_calls(context, 1)
    i18n.set_language("en")
    assert listed(context, "0000")[0].words == "Calls"
