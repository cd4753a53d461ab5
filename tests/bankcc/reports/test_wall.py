"""The wallboard names no customer, whatever was typed where."""

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from bankcc.features import answer_card, attendance, incident, inquiry, person, task, timeline
from bankcc.reports.wall import Discretion, wall_picture
from bankcc.schema.change import delete
from bankcc.session import Session

PHONE = "13912345678"


def texts(value: object) -> Iterator[str]:
    """Every string inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def shown(center: Session) -> list[str]:
    return list(texts(asdict(wall_picture(center))))


@pytest.fixture
def full(center: Session) -> Session:
    """A customer's name and number wherever a person can put them."""
    run = center.execute
    run(incident.open_incident(name=f"滨江停电 赵晓燕 {PHONE}", status="active"))
    call = run(
        inquiry.log_call(caller="赵晓燕", phone=PHONE, category="cash", note="赵晓燕取款")
    ).made[0]
    run(inquiry.to_task(call.id))
    run(task.add(title=f"联系赵晓燕 {PHONE}", group="tech", due=center.clock.now_ms() - 60_000))
    run(task.block(f"联系赵晓燕 {PHONE}", reason="赵晓燕不接"))
    run(answer_card.add(topic="赵晓燕的钱", question="何时", answer="在核实"))
    run(person.add(name="钱多多", phone="13900008801"))
    run(attendance.check_in("钱多多"))
    run(timeline.note(text=f"送款给赵晓燕女士（{PHONE}），孙先生陪同", category="decision"))
    run(timeline.note(text="赵晓燕又来电", subject_kind="inquiry", subject=call.id))
    return center


def test_no_name_and_no_number_is_in_it(full: Session) -> None:
    found = shown(full)
    assert any("甲-T-0002" in text for text in found)
    for text in found:
        assert "晓燕" not in text
        assert "孙先生" not in text
        assert "钱多多" not in text
        assert not re.search(r"\d{11}", re.sub(r"[ -]", "", text)), text


def test_calls_are_number_and_category_tasks_number_and_lane(full: Session) -> None:
    picture = wall_picture(full)
    assert (picture.figures.late.number, picture.figures.late.title) == ("甲-T-0002", "技术通信")
    blocked = next(item for item in picture.figures.waiting if item.reason == "blocked")
    assert (blocked.number, blocked.title) == ("甲-T-0002", "技术通信")
    words = [line.words for line in picture.lines]
    assert "甲-R-0001 取款" in " ".join(words).replace("/转账", "")
    assert any(line.is_decision and line.words.startswith("送款给某某") for line in picture.lines)


def test_what_presses_no_more_or_is_gone_breaks_nothing(full: Session) -> None:
    full.execute(delete("task", "甲-T-0002"))
    assert wall_picture(full).lines


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("请联系赵女士。", "请联系某某。"),
        ("欧阳先生的卡", "某某的卡"),
        ("call Mr. Smith now", "call somebody now"),
        ("电话 139-1234-5678", "电话 …"),
        ("身份证11010119900307851X，卡6222020200112233445", "身份证…，卡…"),
        ("卡号 6222 0202 0011 2233 445 被吞", "卡号 … 被吞"),
        ("供电公司到场", "供电公司到场"),
    ],
)
def test_who_is_addressed_as_somebody_is_nobody(typed: str, said: str) -> None:
    assert Discretion().text(typed) == said


def test_known_callers_are_found_the_longest_name_first() -> None:
    assert Discretion(["赵小", "赵小明", "王"]).text("赵小明的王冠") == "某某的王冠"


@pytest.mark.parametrize(
    ("caller", "typed", "said"),
    [
        ("Li", "Line 2 is down, tell Li", "Line 2 is down, tell somebody"),
        ("Li", "online: LI's card", "online: somebody's card"),
        ("Li", "请回电li，Li女士在等", "请回电somebody，somebody女士在等"),
        ("Wang Min", "WANG MIN and wang  min", "somebody and somebody"),
        ("Wang Min", "Ｗａｎｇ－Ｍｉｎ，Wang-Min", "somebody，somebody"),
        ("Li.", "Line Li", "Line somebody"),
        ("Ｗａｎｇ　Ｍｉｎ", "Wang Minghua with WangMin", "Wang Minghua with somebody"),
        ("José", "JOSÉ，José2", "somebody，somebody2"),
        ("阿依古丽·买买提", "送阿依古丽 买买提", "送某某"),
        ("王 敏", "王敏的卡", "某某的卡"),
        ("A", "gate A", "gate A"),
        ("-", "a - b", "a - b"),
        (". .", "a . . b", "a . . b"),
    ],
)
def test_a_name_is_found_however_it_is_typed(caller: str, typed: str, said: str) -> None:
    assert Discretion([caller]).text(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("MR SMITH is here", "somebody is here"),
        ("请转告Mrs Smith来电", "请转告somebody来电"),
        ("Miss Jones waits", "somebody waits"),
        ("do not miss The train", "do not miss The train"),
        ("firms Are closed", "firms Are closed"),
    ],
)
def test_english_forms_of_address(typed: str, said: str) -> None:
    assert Discretion().text(typed) == said


def test_a_task_of_a_call_says_the_call(full: Session) -> None:
    discretion = Discretion.of(full)
    made = full.get("task", "甲-T-0001")
    said = discretion.title(made.text("title"), made.text("source"), full)
    assert said.startswith("甲-R-0001 ")
    assert discretion.title("联系赵晓燕", "", full) == "联系某某"
    assert discretion.title("联系赵晓燕", "gone", full) == "由来电转来"
