"""What is drawn follows the numbers; nothing can be dragged; colours follow the theme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from bankcc import i18n
from bankcc.reports.charts import SERIES
from bankcc.reports.figures import CallBuckets, CallFlow
from tests.ui.panels.hotline_keys import language_change
from ui import theme
from ui.situation.charts import CallsChart, FlowChart, apart, load, outlines

LABELS = tuple(f"{12 + at // 4}:{at % 4 * 15:02d}" for at in range(12))
BUCKETS = CallBuckets(
    LABELS,
    tuple((f"类别{kind}", tuple((at + kind) % 5 for at in range(12))) for kind in range(7)),
    last_incomplete=True,
)
FLOW = CallFlow(LABELS, tuple(range(10, 130, 10)), tuple(range(8, 104, 8)))


@pytest.fixture(scope="module", autouse=True)
def _library() -> None:
    load()


@pytest.fixture
def calls(qtbot) -> CallsChart:
    made = CallsChart("test.calls")
    qtbot.addWidget(made)
    made.resize(640, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.show_buckets(BUCKETS)
    made.prepare()
    return made


@pytest.fixture
def flow(qtbot) -> FlowChart:
    made = FlowChart("test.flow")
    qtbot.addWidget(made)
    made.resize(640, 220)
    with qtbot.waitExposed(made):
        made.show()
    made.show_flow(FLOW)
    made.prepare()
    return made


def bars(chart: CallsChart) -> list:
    return chart.canvas._drawn


def test_four_categories_and_the_rest_stand_on_each_other(calls) -> None:
    assert len(bars(calls)) == 5
    assert [entry.colour for entry in calls.legend.entries] == list(SERIES)
    tops: dict[float, int] = {}
    for bar in bars(calls):
        for x, low, height in zip(bar.opts["x"], bar.opts["y0"], bar.opts["height"], strict=True):
            assert low == tops.get(x, 0), "a bar begins where the one below it ends"
            tops[x] = low + height
    sums = [sum(column) for column in zip(*(c for _n, c in BUCKETS.categories), strict=True)]
    assert [tops[at + 0.5] for at in range(12)] == sums


def test_the_quarter_that_still_runs_is_hatched(calls) -> None:
    for bar in bars(calls):
        styles = dict(zip(bar.opts["x"], bar.opts["brushes"], strict=True))
        for x, brush in styles.items():
            wanted = Qt.BrushStyle.BDiagPattern if x == 11.5 else Qt.BrushStyle.SolidPattern
            assert brush.style() == wanted


def test_the_axis_counts_in_whole_numbers_from_zero(calls, flow) -> None:
    for chart in (calls, flow):
        ticks = [value for value, _text in chart.canvas.left._tickLevels[0]]
        assert ticks[0] == 0
        assert all(isinstance(value, int) for value in ticks)
        assert chart.canvas.box.viewRange()[1][0] == 0


def test_nothing_can_be_dragged_or_zoomed(calls) -> None:
    assert calls.canvas.box.state["mouseEnabled"] == [False, False]
    assert calls.canvas.box.menu is None
    assert not calls.canvas.view.isInteractive()


def test_the_table_and_the_sentence_hold_the_same_numbers(calls, flow) -> None:
    assert calls.model.rowCount() == 12
    last = calls.model.rows[-1]
    assert last[-1] == sum(last[1:-1]) == sum(c[-1] for _n, c in BUCKETS.categories)
    assert f"{last[-1]} 通" in calls.accessibleDescription()
    assert flow.model.rows[-1] == ["14:45", 120, 96, 24]
    assert "未结 24 通" in flow.accessibleDescription()


def test_lines_are_named_at_their_ends_and_differ_in_stroke(flow) -> None:
    curves = [item for item in flow.canvas._drawn if hasattr(item, "opts")]
    assert {curve.opts["pen"].style() for curve in curves} == {
        Qt.PenStyle.SolidLine,
        Qt.PenStyle.DashLine,
    }
    words = [end.toPlainText() for end in flow._ends]
    assert "120" in words[0]
    assert "96" in words[1]
    (_low, right), _y = flow.canvas.box.viewRange()
    assert right > len(LABELS) - 1, "there is room for the words"


def test_the_theme_is_followed(calls, flow, qapp) -> None:
    before = calls.grab().toImage()
    theme.apply(qapp, "dark")
    assert calls.canvas.view.backgroundBrush().color().name().upper() == theme.tokens().surface
    assert outlines()[0] != SERIES[0]
    assert calls.grab().toImage() != before
    assert len(bars(calls)) == 5
    assert len(flow._ends) == 2


def test_the_language_is_followed(calls) -> None:
    i18n.set_language("en")
    language_change(calls)
    assert calls.title.text() == "Calls per 15 minutes by category"
    assert calls.toggle.text() == "Table"
    assert calls.canvas.view.accessibleName() == calls.title.text()


@pytest.mark.parametrize("size", [(640, 300), (200, 120), (90, 100)])
def test_no_numbers_and_no_room_are_drawn_without_complaint(calls, flow, size) -> None:
    calls.show_buckets(CallBuckets())
    flow.show_flow(CallFlow())
    for chart in (calls, flow):
        chart.resize(*size)
        chart.grab()
    calls.show_buckets(BUCKETS)
    flow.show_flow(FLOW)
    for chart in (calls, flow):
        chart.grab()


@given(
    st.floats(0, 1000),
    st.floats(0, 1000),
    st.floats(1, 400),
)
def test_words_at_the_ends_do_not_cover_each_other(one: float, other: float, line: float) -> None:
    upper, lower = max(one, other), min(one, other)
    high, low = apart(upper, lower, line, 1000)
    assert high - low >= line - 1e-6
    assert high <= 1000 - line / 2 + 1e-6
    assert low >= line / 2 - 1e-6
