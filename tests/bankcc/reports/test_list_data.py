"""Any kind as a printed list: its declared columns, in words, with what was left out."""

from pathlib import Path

import pytest

from bankcc.features import KINDS, person, task, timeline
from bankcc.reports.current import URGENT
from bankcc.reports.list_data import list_report
from bankcc.reports.listing import render_list
from bankcc.schema.query import Condition, Query
from bankcc.session import Session


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if not kind.internal])
def test_every_kind_prints_without_a_record(center: Session, tmp_path: Path, kind: str) -> None:
    report = list_report(center, kind, Query(kind))
    assert render_list(report, tmp_path / "list.pdf").exists()


def test_a_list_is_in_words_and_masked(center: Session) -> None:
    center.execute(person.add(name="李雷", phone="13912345678", note="家里 13812345678"))
    report = list_report(center, "person", Query("person"))
    (row,) = list(report.rows)
    assert "139****5678" in row
    assert "家里 138****5678" in row
    assert row[0] == "甲-P-0001"
    assert [column.label for column in report.columns][1] == "姓名"
    assert report.total == 1


def test_the_filter_is_told_in_words(center: Session) -> None:
    center.execute(person.add(name="李雷"))
    center.execute(task.add(title="一", assignee="李雷"))
    center.execute(task.add(title="二"))
    person_id = center.get("person", "李雷").id
    where = (Condition("status", "=", "todo"), Condition("assignee", "=", person_id))
    report = list_report(center, "task", Query("task", where=where))
    assert report.filters == "状态 = 待办；负责人 = 李雷"
    assert len(list(report.rows)) == report.total == 1
    left_out = list_report(center, "task", Query("task", where=(Condition("due", "empty"),)))
    assert left_out.filters == "时限 ="


def test_derived_entries_of_the_timeline_are_sentences(center: Session) -> None:
    center.execute(timeline.note(text="开始"))
    center.execute(task.add(title="补柴油"))
    rows = list(list_report(center, "timeline", Query("timeline")).rows)
    assert any("补柴油" in cell for row in rows for cell in row)


def test_one_of_several_and_bounds_are_told_too(center: Session) -> None:
    where = (
        Condition("urgency", "in", ("urgent", "critical")),
        Condition("at", ">=", 1_795_392_000_000),
    )
    report = list_report(center, "inquiry", Query("inquiry", where=where), title="紧急来电清单")
    assert report.filters == "紧急程度 = 紧急 / 特急；来电时间 ≥ 2026-11-23 08:00"
    assert report.letterhead.title == "紧急来电清单"


def test_either_of_two_is_told_as_such(center: Session) -> None:
    where = (Condition("category", "=", "cash"),)
    report = list_report(center, "inquiry", Query("inquiry", where=where, either=URGENT))
    assert report.filters == "类别 = 取款；紧急程度 = 紧急 / 特急 或 状态 = 已转紧急"
