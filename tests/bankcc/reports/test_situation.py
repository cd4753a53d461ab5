"""The situation report as its reader gets it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from bankcc.errors import Refused
from bankcc.i18n import set_language
from bankcc.reports.situation import HotlineFigures, SituationReport, render_situation
from tests.bankcc.reports.conftest import HOUR, NOW

Make = Callable[..., SituationReport]
Read = Callable[[Path], str]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_its_parts_in_their_order(situation: Make, tmp_path: Path, text_of: Read) -> None:
    text = text_of(render_situation(situation(), tmp_path / "r.pdf"))
    parts = ["一、总体情况", "人员到岗", "热线", "二、已做工作", "决策", "三、问题与需求"]
    parts += ["资源缺口", "四、下步安排", "后勤安保组：未结任务 1 项", "附：本时段时间线"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_everything_filled_in_is_shown(situation: Make, tmp_path: Path, text_of: Read) -> None:
    text = squeezed(text_of(render_situation(situation(), tmp_path / "r.pdf")))
    for part in (
        "配电室进水，全楼停电。客户说：“何时恢复？”目前情绪平稳。",
        "较上期+38",
        "3号坐席",
        "热线：来电97通",
        "已答复90",
        "取款3031%",
        "10:05启动预案。",
        "启动预案，定为Ⅲ级",
        "柴油只够2小时。",
        "对讲机128三楼刘洋",
        "▲15:30逾期𠮷田",
        "138****0013来电升级",
        "营业部；人民路支行",
        "2026-11-2313:32",
    ):
        assert squeezed(part) in text, part


def test_the_five_largest_topics(situation: Make, tmp_path: Path, text_of: Read) -> None:
    text = squeezed(text_of(render_situation(situation(), tmp_path / "r.pdf")))
    table = text[text.index("主要话题") : text.index("每15分钟来电")]
    places = [table.index(topic) for topic in ("取款", "营业", "代发", "还款", "网银")]
    assert places == sorted(places)
    assert "吞卡" not in table


def test_charts_are_vectors(situation: Make, tmp_path: Path, text_of: Read) -> None:
    path = render_situation(situation(), tmp_path / "r.pdf")
    text = text_of(path)
    assert "尚未满 15 分钟" in text
    assert "办结 88" in text
    assert "其他" in text
    assert not [image for page in pypdf.PdfReader(path).pages for image in page.images]


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ((NOW - 3 * HOUR, NOW), "每15分钟来电（按类别；全时段，11:32–14:32；斜线：尚未满15分钟）"),
        ((NOW - 2 * HOUR, NOW), "（按类别；最近2小时，12:32–14:32；斜线"),
        ((NOW - 23 * HOUR, NOW), "11-2215:32–11-2314:32；斜线"),
    ],
)
def test_charts_state_their_window(
    situation: Make, hotline: HotlineFigures, tmp_path: Path, text_of: Read, window, words
) -> None:
    shown = replace(
        hotline,
        buckets=replace(hotline.buckets, window=window),
        flow=replace(hotline.flow, since_ms=NOW - 5 * HOUR),
    )
    text = squeezed(text_of(render_situation(situation(hotline=shown), tmp_path / "r.pdf")))
    assert words in text
    assert "累计来电与办结（自2026-11-2309:32起）" in text


def test_entries_that_are_left_out_are_counted(
    situation: Make, tmp_path: Path, text_of: Read
) -> None:
    text = squeezed(text_of(render_situation(situation(timeline_more=37), tmp_path / "r.pdf")))
    assert "另有37条更早的，见程序内时间线。" in text


def test_a_quiet_period(situation: Make, tmp_path: Path, text_of: Read) -> None:
    empty = situation(
        summary="", figures=(), done=(), problems=(), next_steps=(), staffing=(), lanes=(),
        gaps=(), decisions=(), timeline=(), hotline=HotlineFigures(),
    )  # fmt: skip
    text = text_of(render_situation(empty, tmp_path / "r.pdf"))
    assert text.count("本时段没有来电") == 1
    assert "每 15 分钟" not in text
    for sentence in (
        "本时段无新增。",
        "没有上报问题。",
        "无缺口",
        "尚无安排。",
        "本时段没有记录。",
    ):
        assert sentence in text


def test_a_full_phone_number_stops_it(situation: Make, tmp_path: Path, text_of: Read) -> None:
    report = situation(summary="请回拨 13800138000。")
    with pytest.raises(Refused):
        render_situation(report, tmp_path / "r.pdf")
    assert list(tmp_path.iterdir()) == []
    assert "13800138000" in text_of(render_situation(report, tmp_path / "r.pdf", reveal=True))


def test_no_phone_in_any_stream(situation: Make, tmp_path: Path) -> None:
    """Not on the page, and not in what readers do not show."""
    reader = pypdf.PdfReader(render_situation(situation(), tmp_path / "r.pdf"))
    for number in range(1, len(reader.xref[0]) + 1):
        found = reader.get_object(number)
        data = found.get_data() if isinstance(found, pypdf.generic.StreamObject) else b""
        assert b"/EmbeddedFile" not in data
        assert b"13800" not in data


def test_english(situation: Make, tmp_path: Path, text_of: Read) -> None:
    set_language("en")
    text = text_of(render_situation(situation(), tmp_path / "r.pdf"))
    for part in ("1. Overall situation", "2. Done", "3. Problems and needs", "4. Next steps"):
        assert part in text
    assert "Calls per 15 minutes" in text
    for word in ("一、", "人员到岗", "本时段"):
        assert word not in text


def test_hundreds_of_rows(situation: Make, tmp_path: Path, text_of: Read) -> None:
    report = situation()
    rows = tuple(report.timeline[0] for _ in range(400))
    path = render_situation(situation(timeline=rows), tmp_path / "r.pdf")
    assert text_of(path).count("138****0013 来电升级") == 400
    assert len(pypdf.PdfReader(path).pages) > 8
