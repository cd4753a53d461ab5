"""What the two charts show, and that they say so when there is nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, PolyLine, Rect, String

from bankcc.reports.charts import (
    SERIES,
    CallBuckets,
    CallFlow,
    axis_ticks,
    call_chart,
    flow_chart,
    top_categories,
)
from bankcc.reports.fonts import REGULAR, Fonts
from bankcc.reports.situation import HotlineFigures

WIDTH = 500.0


def strings(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def boxes(drawing: Drawing, color: str) -> list[Rect]:
    return [
        shape
        for shape in drawing.contents
        if isinstance(shape, Rect) and shape.fillColor.hexval() == color.lower().replace("#", "0x")
    ]


@given(st.integers(0, 10**9))
def test_ticks_are_whole_and_cover(highest: int) -> None:
    ticks = axis_ticks(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 6
    steps = {after - before for before, after in pairwise(ticks)}
    assert len(steps) == 1
    assert str(steps.pop()).rstrip("0") in ("1", "2", "5")


def test_four_categories_and_the_rest(hotline: HotlineFigures) -> None:
    shown = top_categories(hotline.buckets)
    assert len(shown) == 5
    assert shown[-1][0] == "其他"
    assert sum(sum(counts) for _name, counts in shown) == hotline.buckets.total
    sums = [sum(counts) for _name, counts in shown[:-1]]
    assert sums == sorted(sums, reverse=True)


def test_a_single_remaining_category_keeps_its_name() -> None:
    buckets = CallBuckets(("9:00",), tuple((name, (1,)) for name in "甲乙丙丁戊"))
    assert [name for name, _counts in top_categories(buckets)] == sorted("甲乙丙丁戊")


def test_bars_are_as_high_as_their_counts(fonts: Fonts) -> None:
    buckets = CallBuckets(("9:00", "9:15"), (("取款", (6, 3)), ("代发", (2, 1))))
    drawing = call_chart(buckets, fonts, WIDTH)
    legend, first, second = sorted(boxes(drawing, SERIES[0]), key=lambda box: -box.y)
    assert first.height == pytest.approx(2 * second.height)
    assert first.y == second.y  # the largest category stands on the axis
    assert legend.y > first.y + first.height  # the legend is above the plot
    above = [box for box in boxes(drawing, SERIES[1]) if box.x == first.x]
    assert above[0].y == pytest.approx(first.y + first.height)


def test_an_unfinished_stretch_is_pale_and_hatched(fonts: Fonts) -> None:
    categories = (("取款", (6, 3)),)
    whole = call_chart(CallBuckets(("9:00", "9:15"), categories), fonts, WIDTH)
    running = call_chart(
        CallBuckets(("9:00", "9:15"), categories, last_incomplete=True), fonts, WIDTH
    )
    assert len(boxes(whole, SERIES[0])) == len(boxes(running, SERIES[0])) + 1
    lines = [
        len([shape for shape in drawing.contents if isinstance(shape, PolyLine)])
        for drawing in (whole, running)
    ]
    assert lines[1] > lines[0] + 5


def test_lines_are_named_at_their_ends_and_do_not_collide(fonts: Fonts) -> None:
    drawing = flow_chart(CallFlow(("9:00", "9:15", "9:30"), (3, 9, 20), (1, 9, 20)), fonts, WIDTH)
    ends = [shape for shape in drawing.contents if isinstance(shape, String)][-2:]
    assert [shape.text for shape in ends] == ["来电 20", "办结 20"]
    assert ends[0].y - ends[1].y >= 9
    assert all(shape.x > 400 for shape in ends)


def test_lines_step(fonts: Fonts) -> None:
    drawing = flow_chart(CallFlow(("9:00", "9:15"), (3, 9), (0, 1)), fonts, WIDTH)
    calls = [s for s in drawing.contents if isinstance(s, PolyLine)][-2].points
    for before, after in zip(range(0, len(calls), 2), range(2, len(calls), 2), strict=False):
        assert calls[before] == calls[after] or calls[before + 1] == calls[after + 1]


def test_time_labels_do_not_overlap(fonts: Fonts) -> None:
    labels = tuple(f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 15, 30, 45))
    buckets = CallBuckets(labels, (("取款", (1,) * 96),))
    drawing = call_chart(buckets, fonts, WIDTH)
    shown = [s for s in drawing.contents if isinstance(s, String) and ":" in s.text]
    ends = [(s.x, s.x + fonts.regular.width(s.text, s.fontSize)) for s in shown]
    assert len(shown) > 8
    assert all(first[1] < second[0] for first, second in pairwise(ends))


@pytest.mark.parametrize(
    "buckets", [CallBuckets(), CallBuckets(("9:00",), (("取款", (0,)),)), CallBuckets(("9:00",))]
)
def test_no_calls(fonts: Fonts, buckets: CallBuckets) -> None:
    assert strings(call_chart(buckets, fonts, WIDTH)) == ["本时段没有来电"]
    assert strings(flow_chart(CallFlow(), fonts, WIDTH)) == ["本时段没有来电"]


def test_one_stretch(fonts: Fonts) -> None:
    drawing = flow_chart(CallFlow(("9:00",), (3,), (1,)), fonts, WIDTH)
    assert "来电 3" in strings(drawing)


def test_names_of_categories_are_texts_like_any_other(fonts: Fonts) -> None:
    buckets = CallBuckets(("9:00",), (("𠮷\u202e" + "长" * 40, (1,)), ("<b>粗</b>", (1,))))
    drawing = call_chart(buckets, fonts, WIDTH)
    shown = [shape for shape in drawing.contents if isinstance(shape, String)]
    assert {"𠮷", "<b>粗</b>"} <= {shape.text for shape in shown}
    assert [s.text for s in shown if s.fontName != REGULAR] == ["𠮷"]
    assert all(len(shape.text) <= 14 for shape in shown)
