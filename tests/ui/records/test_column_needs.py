"""What a column needs is measured from rows in sight, and only where it can give or take."""

import pytest
from PySide6.QtGui import QFontMetrics

from bankcc.features import post
from bankcc.schema.query import Query
from ui import theme
from ui.records.column_needs import AROUND, NAME, ColumnNeeds
from ui.records.record_table import RecordTableModel

COLUMNS = ("number", "title", "holder", "call_order")


@pytest.fixture
def model(context) -> RecordTableModel:
    for title in ("组长", "滨江支行现场客户疏导岗"):
        context.session.execute(post.add(title=title))
    return RecordTableModel(context, Query(post.NAME), COLUMNS)


def test_the_longest_text_in_sight_says_what_is_needed(model) -> None:
    needs = ColumnNeeds(model)
    assert needs.look(seen=False) == []
    known = dict(zip(COLUMNS, needs.look(seen=True), strict=True))
    longest = QFontMetrics(theme.font()).horizontalAdvance("滨江支行现场客户疏导岗")
    assert known["title"] == longest + theme.px(AROUND)
    assert known["holder"] == theme.px(NAME)  # nobody yet: a name will come
    assert known["call_order"] == 0


def test_measured_again_only_when_told(model, context) -> None:
    needs = ColumnNeeds(model)
    before = needs.look(seen=True)
    context.session.execute(post.add(title="滨江支行现场客户疏导岗第二梯队"))
    assert needs.look(seen=True) == before
    model.reload()
    needs.forget()
    assert needs.look(seen=True)[1] > before[1]
