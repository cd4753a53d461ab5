"""Nothing typed hides, reorders or means anything on paper; lines break as Chinese is set."""

import ast
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bankcc.reports
from bankcc.reports.text import BOX, break_lines, has_full_mobile, masked_text, visible

CLOSING = "、。，．：；！？）》」』】〕”’…%℃,.;:!?)]}"
OPENING = "（《「『【〔“‘￥([{$"


def em(_character: str) -> float:
    """Every character as wide as the next."""
    return 1.0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>加粗</b>&amp;[[[", "<b>加粗</b>&amp;[[["),
        ("a\u202eb\u2066c\u200fd", f"a{BOX}b{BOX}c{BOX}d"),
        ("零\u200b宽\ufeff字\u200d符\u00ad", "零宽字符"),
        ("\x00\x07\x1b[31m", f"{BOX}{BOX}{BOX}[31m"),
        ("一\r\n二\r三\u2028四\x0b五\x85六", "一\n二\n三\n四\n五\n六"),
        ("制\t表", "制    表"),
        ("不\u00a0换\u2009行\u3000全角", "不 换 行\u3000全角"),
        ("e\u0301", "é"),
        ("羽\ufa1e", "羽\ufa1e"),
        ("\ue000私\U000f0000有", f"{BOX}私{BOX}有"),
        ("半\ud800个", f"半{BOX}个"),
        ("葛\U000e0100城 ☎\ufe0f", "葛城 ☎"),
        ("𬭎㛃𠮷😀", "𬭎㛃𠮷😀"),
    ],
)
def test_visible(typed: str, shown: str) -> None:
    assert visible(typed) == shown


@given(st.text(alphabet=st.characters(), max_size=60))
def test_visible_leaves_nothing_that_hides(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not [c for c in shown if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs")]
    shown.encode("utf-8")


@given(
    st.text(alphabet="客户来电停业" + CLOSING + OPENING + "ab12- /", max_size=80),
    st.integers(1, 15),
)
def test_lines_hold_all_and_fit(text: str, width: int) -> None:
    lines = break_lines(text, width, em)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)


@given(
    st.lists(
        st.sampled_from(
            ["客户说", "“何时恢复？”", "（第 2 版）", "停业。", "——", "《公告》", "5%"]
        ),
        max_size=30,
    ),
    st.integers(8, 15),
)
def test_no_line_starts_or_ends_with_the_wrong_mark(parts: list[str], width: int) -> None:
    lines = [line for line in break_lines("".join(parts), width, em) if line]
    for line, following in pairwise(lines):
        if _alternatives(line):
            assert following[0] not in CLOSING
            assert line[-1] not in OPENING


def _alternatives(line: str) -> bool:
    """Whether a line could break earlier: one of nothing but marks must break somewhere."""
    return any("\u4e00" <= character <= "\u9fff" for character in line[1:])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("他说你好吗？”然后", 6, ["他说你好", "吗？”然后"]),
        ("目前的情况（见附件）", 6, ["目前的情况", "（见附件）"]),
        ("客户反复问“何时恢复”", 6, ["客户反复问", "“何时恢复”"]),
        ("补偿费用￥500元", 5, ["补偿费用", "￥500元"]),
        ("编号甲-R-0147已关闭", 8, ["编号", "甲-R-0147", "已关闭"]),
        ("call back tomorrow", 9, ["call back", "tomorrow"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("一\n\n二", 4, ["一", "", "二"]),
        ("", 4, [""]),
        ("宽", 0.5, ["宽"]),
        ("情况如此——完", 5, ["情况如", "此——完"]),
    ],
)
def test_break_lines(text: str, width: float, lines: list[str]) -> None:
    assert break_lines(text, width, em) == lines


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "电话13800138000，请回拨",
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "０１３８００１３８０００"[1:],
        "138\u200b00138000",
        "１３８００１３８０００",
        "19912345678/13912345678",
    ],
)
def test_full_mobiles_are_seen(text: str) -> None:
    assert has_full_mobile(text)


@pytest.mark.parametrize(
    "text",
    [
        "138****8000",
        "2026-11-23 14:52",
        "6222021234567890123",
        "12800138000",
        "180 200 300 400",
        "138001380001",
        "",
    ],
)
def test_other_figures_are_not(text: str) -> None:
    assert not has_full_mobile(text)


def test_no_module_parses_markup() -> None:
    """`Paragraph` and its kin read markup. None is used here, and reportlab nowhere else."""
    forbidden = {"Paragraph", "XPreformatted", "ParaParser", "platypus", "paraparser", "eval"}
    used = {
        name
        for file in Path(bankcc.reports.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    assert "Canvas" in used
    assert not used & forbidden


def _names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        parts = (node.module or "").split(".") + [alias.name for alias in node.names]
        return set(parts)
    if isinstance(node, ast.Import):
        return {part for alias in node.names for part in alias.name.split(".")}
    if isinstance(node, ast.Name):
        return {node.id}
    return {node.attr} if isinstance(node, ast.Attribute) else set()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("电 13912345678，急", "电 139****5678，急"),
        ("+86 139-1234-5678", "139****5678"),
        ("１３９１２３４５６７８", "139****5678"),
        ("13912345678/13812345678", "139****5678/138****5678"),
        ("单号 2026112314520001", "单号 2026112314520001"),
        ("139****5678", "139****5678"),
    ],
)
def test_numbers_in_texts_are_masked(written: str, shown: str) -> None:
    assert masked_text(written) == shown
    assert not has_full_mobile(masked_text(written))
