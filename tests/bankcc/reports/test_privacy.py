"""A full phone number anywhere in a report stops it."""

from collections.abc import Callable
from typing import Any

import pytest

from bankcc.errors import Refused
from bankcc.reports.privacy import refuse_full_phones, texts_in
from bankcc.reports.situation import (
    Decision,
    OpenTask,
    SituationReport,
    StaffingRow,
    TaskLane,
    TimelineRow,
)

PHONE = "13800138000"


@pytest.mark.parametrize(
    "change",
    [
        {"summary": f"请拨{PHONE}"},
        {"done": (PHONE,)},
        {"staffing": (StaffingRow("组", 1, 0, (f"坐席 {PHONE}",)),)},
        {"lanes": (TaskLane("组", (OpenTask("1", "回拨 138-0013-8000", "待办"),)),)},
        {"decisions": (Decision(0, "x", "y", PHONE),)},
        {"timeline": (TimelineRow(0, "来电", "x", f"李{PHONE}"),)},
        {"head": {"compiled_by": PHONE}},
    ],
)
def test_a_full_phone_is_refused(
    situation: Callable[..., SituationReport], change: dict[str, Any]
) -> None:
    report = situation(**change)
    with pytest.raises(Refused) as refusal:
        refuse_full_phones(report, reveal=False)
    assert PHONE not in str(refusal.value)
    assert refusal.value.safe
    assert refusal.value.next_step
    refuse_full_phones(report, reveal=True)


def test_masked_ones_and_hashes_pass(situation: Callable[..., SituationReport]) -> None:
    refuse_full_phones(situation(head={"head_code": PHONE}), reveal=False)


def test_every_text_is_looked_at(situation: Callable[..., SituationReport]) -> None:
    found = set(texts_in(situation()))
    assert {
        "江州商业银行",
        "人民路支行",
        "3 号坐席",
        "补充柴油",
        "吞卡",
        "138****0013 来电升级",
    } <= found
