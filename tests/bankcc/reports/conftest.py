"""A filled situation report of an invented bank, and ways to read a PDF back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from bankcc.reports.charts import CallBuckets, CallFlow
from bankcc.reports.document import Figure, Letterhead
from bankcc.reports.fonts import Fonts, load
from bankcc.reports.situation import (
    Decision,
    HotlineFigures,
    IncidentFacts,
    OpenTask,
    ResourceGap,
    SituationReport,
    StaffingRow,
    TaskLane,
    TimelineRow,
)

NOW = 1_795_415_520_000  # 2026-11-23 14:32 in Shanghai
HOUR = 3_600_000
LABELS = tuple(f"{12 + index // 4}:{index % 4 * 15:02d}" for index in range(11))


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return load()


@pytest.fixture(scope="session")
def letterhead() -> Callable[..., Letterhead]:
    def make(**changes: Any) -> Letterhead:
        return Letterhead(
            **{
                "bank": "江州商业银行",
                "center": "城东支行指挥中心",
                "title": "态势报告",
                "generated_ms": NOW,
                "classification": "内部",
                "issue_no": 3,
                "from_ms": NOW - 3 * HOUR,
                "to_ms": NOW,
                "compiled_by": "李敏",
                "approved_by": "王建国",
                "head_code": "3f9a-77c1",
                **changes,
            }
        )

    return make


@pytest.fixture(scope="session")
def hotline() -> HotlineFigures:
    categories = tuple(
        (name, tuple((index + number) % 4 for index in range(len(LABELS))))
        for number, name in enumerate(("恢复营业", "取款", "代发", "还款", "网银", "吞卡"))
    )
    return HotlineFigures(
        total=97,
        by_status=(("已答复", 90), ("待回拨", 7)),
        topics=(
            ("取款", 30),
            ("代发", 20),
            ("恢复营业", 25),
            ("还款", 9),
            ("网银", 8),
            ("吞卡", 1),
        ),
        buckets=CallBuckets(LABELS, categories, last_incomplete=True),
        flow=CallFlow(LABELS, tuple(range(9, 108, 9))[:11], tuple(range(8, 96, 8))),
    )


@pytest.fixture(scope="session")
def situation(
    letterhead: Callable[..., Letterhead], hotline: HotlineFigures
) -> Callable[..., SituationReport]:
    """Builds the report; keyword arguments replace its fields, those of the head go in `head`."""

    def make(head: dict[str, Any] | None = None, **changes: Any) -> SituationReport:
        filled: dict[str, Any] = {
            "summary": "配电室进水，全楼停电。客户说：“何时恢复？”目前情绪平稳。",
            "figures": (Figure("来电", "97", "较上期 +38"), Figure("到岗", "9/10")),
            "done": ("10:05 启动预案。", "发布停业公告。"),
            "problems": ("柴油只够 2 小时。",),
            "next_steps": ("15:00 前确认送电时间。",),
            "staffing": (StaffingRow("客户咨询组", 10, 9, ("3 号坐席",)),),
            "hotline": hotline,
            "lanes": (
                TaskLane(
                    "后勤安保组",
                    (OpenTask("甲-T-0003", "补充柴油", "待办", "高", "15:30", "𠮷田", True),),
                ),
            ),
            "gaps": (ResourceGap("对讲机", "12", "8", "三楼", "刘洋"),),
            "decisions": (Decision(NOW - HOUR, "启动预案，定为Ⅲ级", "王建国", "预案 3.1"),),
            "timeline": (TimelineRow(NOW - HOUR, "来电", "138****0013 来电升级", "李敏"),),
            **changes,
        }
        incident = IncidentFacts(
            "甲-I-0001",
            "城东支行停电停业",
            "设备故障",
            "Ⅲ级",
            ("营业部", "人民路支行"),
            "处置",
            NOW,
        )
        return SituationReport(letterhead(**(head or {})), incident, **filled)

    return make


@pytest.fixture(scope="session")
def text_of() -> Callable[[Path], str]:
    def read(path: Path) -> str:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)

    return read
