"""Commands on records: what is printed, what is stored, what is refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bankcc import i18n
from bankcc.paths import Paths
from bankcc.session import Session
from tests.bankcc.cli.conftest import Run

LINE = re.compile(r"甲-[A-Z]-\d{4,} [0-9A-Z]{26}\n")
Journal = Callable[[Path], list[tuple[str, str]]]


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith("\n") and "Traceback" not in text


def test_add_prints_number_and_id_once_the_record_is_on_disk(run: Run, center: Path) -> None:
    added = run(center, "add", "inquiry", "phone=139 1234 5678", "category=取款", "note=取现金")
    assert (added.code, added.err) == (0, "")
    assert LINE.fullmatch(added.out)
    number, record = added.out.split()
    for key in (number, record):
        assert run(center, "show", "inquiry", key, "--format", "json").json[0]["id"] == record


def test_nothing_is_printed_when_the_disk_refuses(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Session, "execute", full)
    refused = run(center, "add", "task", "title=补充柴油")
    assert (refused.code, refused.out) == (1, "")
    assert one_line(refused.err)


def test_fields_are_parsed_from_raw_text(run: Run, center: Path) -> None:
    run(center, "add", "person", "name=李雷", "phone=１３９１２３４５６７８")
    run(center, "add", "task", "title=补柴油", "priority=特急", "assignee=李雷", "blocked=否")
    (task,) = run(center, "list", "task", "--format", "json").json
    (person,) = run(center, "list", "person", "--format", "json", "--reveal").json
    assert (task["priority"], task["blocked"], task["assignee"]) == (
        "critical", False, person["id"],
    )  # fmt: skip
    assert person["phone"] == "13912345678"


def test_set_changes_and_an_empty_value_empties(run: Run, center: Path) -> None:
    number = run(center, "add", "task", "title=补柴油", "due=2026-11-23 15:00").out.split()[0]
    changed = run(center, "set", "task", number, "title=补充柴油", "due=")
    assert changed.code == 0
    assert changed.out.startswith(number)
    (task,) = run(center, "list", "task", "--format", "json").json
    assert (task["title"], task["due"]) == ("补充柴油", None)


def test_setting_what_is_there_writes_nothing(run: Run, center: Path) -> None:
    number = run(center, "add", "task", "title=补柴油").out.split()[0]
    before = run(center, "status", "--format", "json").json["operations"]
    assert run(center, "set", "task", number, "title=补柴油").code == 0
    assert run(center, "status", "--format", "json").json["operations"] == before


def test_a_task_set_done_is_completed_as_on_the_board(run: Run, center: Path) -> None:
    number = run(center, "add", "task", "title=补柴油", "checklist=联系;加注").out.split()[0]
    refused = run(center, "set", "task", number, "status=done")
    assert refused.code == 1
    assert one_line(refused.err)
    run(center, "set", "task", number, "checklist=")
    assert run(center, "set", "task", number, "status=完成", "priority=urgent").code == 0
    (task,) = run(center, "list", "task", "--format", "json").json
    assert (task["status"], task["priority"]) == ("done", "urgent")
    assert task["done_at"] is not None
    assert run(center, "undo").code == 0
    (task,) = run(center, "list", "task", "--format", "json").json
    assert (task["status"], task["priority"], task["done_at"]) == ("todo", "normal", None)


def test_undo_and_redo_reach_over_commands(run: Run, center: Path) -> None:
    number = run(center, "add", "task", "title=补柴油").out.split()[0]
    assert run(center, "undo").out == f"已撤销：任务 · 录入 {number}。\n"
    assert run(center, "list", "task", "--format", "json").json == []
    assert run(center, "redo").code == 0
    assert len(run(center, "list", "task", "--format", "json").json) == 1
    nothing = run(center, "redo")
    assert nothing.code == 1
    assert one_line(nothing.err)


def test_json_of_a_task_is_what_is_documented(run: Run, center: Path) -> None:
    run(center, "add", "task", "title=补柴油", "due=2026-11-23 15:00", "checklist=联系;加注")
    (task,) = run(center, "list", "task", "--format", "json").json
    assert list(task) == [
        *("id", "number", "title", "group", "priority", "due", "assignee", "status", "checklist"),
        *("blocked", "blocked_reason", "source", "outcome", "done_at", "note"),
        *("created", "created_by", "changed", "changed_by", "conflicts"),
    ]
    assert task["due"] == "2026-11-23T15:00:00+08:00"
    assert task["checklist"][1] == {"key": "02", "text": "加注", "done": False}
    assert (task["status"], task["blocked"], task["conflicts"]) == ("todo", False, 0)
    assert task["created_by"] == "王敏 · 热线坐席"


def test_json_is_the_same_in_every_language(run: Run, example: Path) -> None:
    words = ("list", "inquiry", "--format", "json")
    assert run(example, *words).out == run(None, "--data-dir", example, "--lang", "en", *words).out


def test_json_of_nothing_is_an_empty_array(run: Run, center: Path) -> None:
    assert run(center, "list", "task", "--format", "json").json == []


def test_a_table_stops_at_fifty_and_says_so_json_and_csv_do_not(run: Run, example: Path) -> None:
    table = run(example, "list", "inquiry")
    assert len(table.lines) == 51
    assert "100" in table.err
    assert len(run(example, "list", "inquiry", "--format", "json").json) == 150
    assert len(run(example, "list", "inquiry", "--format", "csv").lines) > 150
    assert len(run(example, "list", "inquiry", "--limit", "3", "--format", "json").json) == 3
    assert len(run(example, "list", "inquiry", "--limit", "60").lines) == 61


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_phones_are_masked_unless_revealed_and_that_is_noted(
    run: Run, center: Path, journal: Journal, form: str
) -> None:
    run(center, "add", "person", "name=李雷", "phone=13912345678")
    masked = run(center, "list", "person", "--format", form)
    assert "139****5678" in masked.out
    assert "1234" not in masked.out
    assert journal(center) == []
    full = run(center, "list", "person", "--format", form, "--reveal").out.replace(" ", "")
    assert "13912345678" in full
    assert journal(center) == [("reveal", "list person")]


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("status=todo", 1),
        ("status=待办", 1),
        ("status=To do", 1),
        ("status!=todo", 2),
        ("assignee=李雷", 2),
        ("assignee=甲-P-0001", 2),
        ("assignee=", 1),
        ("assignee!=", 2),
        ("due>=2026-11-23 15:00", 1),
        ("due<2026-11-23 15:00", 1),
        ("number=甲-T-0002", 1),
        ("blocked=yes", 0),
    ],
)
def test_where(run: Run, center: Path, condition: str, count: int) -> None:
    run(center, "add", "person", "name=李雷")
    run(center, "add", "task", "title=一", "assignee=李雷", "due=2026-11-23 14:00")
    run(center, "add", "task", "title=二", "assignee=李雷", "due=2026-11-23 15:00", "status=doing")
    run(center, "add", "task", "title=三", "status=confirming")
    found = run(center, "list", "task", "--where", condition, "--format", "json")
    assert len(found.json) == count, found.err


def test_conditions_add_up(run: Run, example: Path) -> None:
    both = run(
        example, "list", "task", "--where", "status=todo", "--where", "group=logistics",
        "--format", "json",
    ).json  # fmt: skip
    assert both
    assert {(task["status"], task["group"]) for task in both} == {("todo", "logistics")}


@pytest.mark.parametrize(
    "words",
    [
        ("list", "taks"),
        ("list", "center"),
        ("list", "task", "--where", "colour=red"),
        ("list", "task", "--where", "status"),
        ("list", "task", "--where", "checklist=a"),
        ("list", "task", "--limit", "0"),
        ("list", "task", "--format", "xml"),
        ("list", "task", "--colour"),
        ("add", "task", "colour=red"),
        ("add", "task", "title"),
        ("add", "task", "title=a", "title=b"),
        ("set", "task", "甲-T-0001"),
        ("show", "task"),
        ("lsit",),
    ],
)
def test_wrong_usage_ends_with_2_even_without_a_center(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    wrong = run(tmp_path / "nowhere", *words)
    assert (wrong.code, wrong.out) == (2, "")
    assert one_line(wrong.err)


@pytest.mark.parametrize(
    "words",
    [
        ("list", "task", "--where", "status=nonsense"),
        ("list", "task", "--where", "assignee=谁也不是"),
        ("add", "task", "priority=nonsense", "title=一"),
        ("add", "task"),
        ("add", "person", "name=甲", "phone=12"),
        ("show", "task", "甲-T-9999"),
        ("set", "task", "甲-T-9999", "title=一"),
        ("set", "timeline", "甲-L-0001", "text=改"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_one_line(
    run: Run, center: Path, words: tuple[str, ...]
) -> None:
    if words[0] == "set":
        run(center, "add", "timeline", "text=一句话")
    failed = run(center, *words)
    assert (failed.code, failed.out) == (1, "")
    assert one_line(failed.err)


def test_two_people_of_one_name_are_listed(run: Run, center: Path) -> None:
    for phone in ("13912345678", "13812345678"):
        run(center, "add", "person", "name=朱丽", f"phone={phone}")
    refused = run(center, "add", "task", "title=一", "assignee=朱丽")
    assert refused.code == 1
    assert "甲-P-0001" in refused.err
    assert "甲-P-0002" in refused.err


def test_csv_holds_words_and_no_cell_can_run(run: Run, center: Path) -> None:
    run(center, "add", "task", 'title==HYPERLINK("http://x","y")', "status=doing")
    header, line = run(center, "list", "task", "--format", "csv").lines
    kind = i18n._("Task")
    assert kind in header.split(",")
    assert "\"'=HYPERLINK" in line
    assert "进行中" in line.split(",")


def test_the_timeline_reads_as_sentences(run: Run, center: Path) -> None:
    number = run(center, "add", "task", "title=补柴油").out.split()[0]
    run(center, "set", "task", number, "status=doing")
    for form in ("table", "csv"):
        said = run(center, "list", "timeline", "--format", form).out
        assert "补柴油 状态改为 进行中" in said
    entries = run(center, "list", "timeline", "--format", "json").json
    assert {entry["field"] for entry in entries} == {"_created", "status"}
    assert all(entry["id"] for entry in entries)


def test_show_says_every_field_and_its_history(run: Run, center: Path) -> None:
    run(center, "add", "person", "name=李雷", "phone=13912345678")
    number = run(center, "add", "task", "title=补柴油", "assignee=李雷").out.split()[0]
    run(center, "set", "task", number, "priority=urgent")
    shown = run(center, "show", "task", "补柴油", "--history").out
    assert number in shown.splitlines()[0]
    assert "李雷" in shown
    assert "任务 · 修改" in shown
    heading = next(line for line in shown.splitlines() if line.startswith("时间 "))
    assert len(set(heading.split())) == 4
    person = run(center, "show", "person", "李雷", "--history").out
    assert "12345678" not in person.replace(" ", "")


@pytest.mark.parametrize("text", ["李雷", "lilei", "ll", "13912345678", "5678"])
def test_search(run: Run, center: Path, text: str) -> None:
    run(center, "add", "person", "name=李雷", "phone=13912345678")
    (hit,) = run(center, "search", text, "--format", "json").json
    assert (hit["kind"], hit["name"], hit["phone"]) == ("person", "李雷", "139****5678")
    assert "139****5678" in run(center, "search", text).out


def test_control_characters_never_reach_the_terminal(
    run: Run, center: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bankcc.cli.output.shown", lambda *_record, **_named: "\x1b[31mred\x07\nsecond"
    )
    run(center, "add", "task", "title=一")
    said = run(center, "list", "task").out
    assert "\x1b" not in said
    assert len(said.splitlines()) == 2


def test_the_user_of_the_operation_is_who_acts(run: Run, center: Path) -> None:
    number = run(center, "add", "inquiry", "note=问营业时间").out.split()[0]
    with Session.open(Paths(center), write=False) as session:
        record = session.get("inquiry", number)
    assert (record.created_by, record["agent"]) == ("王敏 · 热线坐席", "王敏")


def test_show_lists_the_checklist(run: Run, center: Path) -> None:
    run(center, "add", "task", "title=补柴油", "checklist=联系;加注")
    shown = run(center, "show", "task", "补柴油").out.splitlines()
    assert shown.index("    ☐ 联系") + 1 == shown.index("    ☐ 加注")
