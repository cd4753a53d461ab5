"""The place found for one record is the place the query would give it."""

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.features import inquiry
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from ui.records.placing import order_key, place_for, position

BARE = Record("inquiry", 0, "", "", {}, 0, "", 0, "")
CALLS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.none() | st.integers(0, 3),
            "caller": st.none() | st.text("王a𠮷", max_size=2),
        }
    ),
    min_size=1,
    max_size=12,
)


def test_position() -> None:
    assert position(array("q", [5, 3, 9]), 9) == 2
    assert position(array("q", [5, 3, 9]), 4) == -1


@pytest.mark.parametrize("order", ["-at", "at", "caller", "-caller", "row", "-row", ""])
@given(calls=CALLS, data=st.data())
def test_place_is_where_sorting_puts_it(order: str, calls: list, data: st.DataObject) -> None:
    query = Query("inquiry", order=order)
    records = {row: replace(BARE, row=row, values=call) for row, call in enumerate(calls, 1)}

    def in_order(rows: set[int]) -> list[int]:
        descending = (order or inquiry.KIND.order).startswith("-")
        return sorted(
            rows, key=lambda row: order_key(inquiry.KIND, query, records[row]), reverse=descending
        )

    row = data.draw(st.sampled_from(sorted(records)))
    unsettled = data.draw(st.sets(st.sampled_from(sorted(records)))) - {row}
    settled = in_order(set(records) - unsettled - {row})
    rows = array("q", settled)
    strays = sorted(unsettled) + ([row] if data.draw(st.booleans(), "already in the list") else [])
    for other in strays:
        rows.insert(data.draw(st.integers(0, len(rows))), other)
    place = place_for(inquiry.KIND, query, rows, records[row], records.get, unsettled)
    before, after = rows[:place], rows[place:]
    seen = [*(x for x in before if x in settled), row, *(x for x in after if x in settled)]
    assert seen == in_order({*settled, row})
