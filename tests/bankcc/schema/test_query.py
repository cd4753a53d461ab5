"""Questions become SQL with parameters; names come only from the declaration."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.errors import Refused
from bankcc.schema.query import Condition, Query, count_rows, select_rows
from tests.properties.kinds import THING

ROWS = [(n, f"甲{n % 3}", n % 4 * 10 if n % 5 else None, int(n % 7 == 0)) for n in range(1, 60)]


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        f"CREATE TABLE {THING.table} (row INTEGER PRIMARY KEY, title, stock, hidden, tags, created)"
    )
    connection.executemany(
        f'INSERT INTO {THING.table} VALUES (?, ?, ?, ?, \'["a%b", "c"]\', row % 9)'.replace(
            "row % 9", "?1 % 9"
        ),
        ROWS,
    )
    yield connection
    connection.close()


def rows(connection: sqlite3.Connection, query: Query) -> list[int]:
    sql, parameters = select_rows(THING, query)
    return [row[0] for row in connection.execute(sql, parameters)]


OPERATORS = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a is not None and a != b,
    "<": lambda a, b: a is not None and a < b,
    "<=": lambda a, b: a is not None and a <= b,
    ">": lambda a, b: a is not None and a > b,
    ">=": lambda a, b: a is not None and a >= b,
}


@given(st.sampled_from(sorted(OPERATORS)), st.integers(-5, 40), st.booleans())
def test_comparisons(table: sqlite3.Connection, operator: str, value: int, hidden: bool) -> None:
    query = Query("thing", (Condition("stock", operator, value),), order="row", hidden=hidden)  # type: ignore[arg-type]
    wanted = [
        row for row, _t, stock, gone in ROWS if OPERATORS[operator](stock, value) and hidden >= gone
    ]
    assert rows(table, query) == wanted
    sql, parameters = count_rows(THING, query)
    assert table.execute(sql, parameters).fetchone()[0] == len(wanted)


@given(
    st.integers(1, 12), st.sampled_from(["title", "-title", "created", "-created", "row", "-row"])
)
def test_pages_by_key_meet_every_row_once(table: sqlite3.Connection, size: int, order: str) -> None:
    """A page begins where the last one ended, whatever equal values lie there."""
    query = Query("thing", order=order, limit=size)
    name = order.removeprefix("-")
    seen: list[int] = []
    after = None
    while True:
        sql, parameters = select_rows(THING, query, f"row, {name}", after)
        page = table.execute(sql, parameters).fetchall()
        if not page:
            break
        seen += [row for row, _value in page]
        after = page[-1][1], page[-1][0]
    assert seen == rows(table, query.but(limit=None))
    assert sorted(seen) == [row for row, _t, _s, gone in ROWS if not gone]


def test_nothing_and_something(table: sqlite3.Connection) -> None:
    empty = rows(table, Query("thing", (Condition("stock", "empty"),)))
    filled = rows(table, Query("thing", (Condition("stock", "filled"),)))
    assert sorted(empty + filled) == sorted(rows(table, Query("thing")))
    assert empty == rows(table, Query("thing", (Condition("stock", "=", None),)))
    assert filled == rows(table, Query("thing", (Condition("stock", "!=", None),)))
    assert rows(
        table, Query("thing", (Condition("title", "in", ("甲1", "甲2")),), order="row")
    ) == [row for row, title, _s, gone in ROWS if title in ("甲1", "甲2") and not gone]


def test_one_of_several_conditions_is_enough_but_the_others_stay(table: sqlite3.Connection) -> None:
    either = (Condition("title", "=", "甲1"), Condition("stock", ">=", 20))
    wanted = [row for row, title, stock, gone in ROWS if title == "甲1" or (stock or 0) >= 20]
    kept = [row for row in wanted if not ROWS[row - 1][3]]
    assert rows(table, Query("thing", either=either, order="row")) == kept
    less = (Condition("stock", "<", 30),)
    assert rows(table, Query("thing", less, either=either, order="row")) == [
        row for row in kept if (stock := ROWS[row - 1][2]) is not None and stock < 30
    ]


def test_a_list_holds_a_text_literally(table: sqlite3.Connection) -> None:
    everything = rows(table, Query("thing"))
    assert rows(table, Query("thing", (Condition("tags", "=", "a%b"),))) == everything
    for text in ("a_b", "%", "a", "c\\"):
        assert rows(table, Query("thing", (Condition("tags", "=", text),))) == []


@pytest.mark.parametrize("name", ["title; DROP TABLE v_thing", 'x" OR 1 --', "row, hidden", ""])
def test_names_that_are_not_declared_are_refused(name: str) -> None:
    with pytest.raises(Refused):
        select_rows(THING, Query("thing", (Condition(name, "=", 1),)))
    if name:
        with pytest.raises(Refused):
            select_rows(THING, Query("thing", order=name))
    with pytest.raises(Refused):
        select_rows(THING, Query("thing", (Condition("title", "LIKE", "x"),)))  # type: ignore[arg-type]


@given(st.text())
def test_values_never_stand_in_the_sql(value: str) -> None:
    query = Query("thing", (Condition("title", "=", value),), text=value)
    other = Query("thing", (Condition("title", "=", "y"),), text=value)
    sql, parameters = select_rows(THING, query)
    assert sql == select_rows(THING, other)[0]
    assert value in parameters
    assert sql.count("?") == len(parameters)
