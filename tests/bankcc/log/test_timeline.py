"""Entries that follow from operations."""

from bankcc.log import timeline
from bankcc.schema.change import Action
from tests.properties.kinds import KINDS, MATE, THING
from tests.properties.play import Play

RECORD = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def test_creation_and_tracked_fields_are_entries() -> None:
    play = Play(skew=False)
    laptop = play.laptops[0]
    made = play.write(laptop, THING, Action.CREATE, RECORD, {"title": "停电", "status": "todo"})
    moved = play.write(
        laptop, THING, Action.EDIT, RECORD, {"status": "done", "note": "x", "flag": None}
    )
    counted = play.write(laptop, THING, Action.ADD, RECORD, {"stock": 3})
    assert timeline.derived(KINDS, made) == [(timeline.CREATED, "乙-X-0001")]
    assert timeline.derived(KINDS, moved) == [("flag", ""), ("status", "done")]
    assert timeline.derived(KINDS, counted) == []


def test_what_is_not_announced_erased_or_unknown_makes_none() -> None:
    play = Play(skew=False)
    quiet = play.write(play.laptops[0], MATE, Action.CREATE, RECORD, {"name": "曾小贤"})
    loud = play.write(play.laptops[0], THING, Action.CREATE, RECORD, {"title": "停电"})
    assert timeline.derived(KINDS, quiet) == []
    assert timeline.derived(KINDS, loud._replace(body=None)) == []
    assert timeline.derived({}, loud) == []


def test_rows_depend_on_their_operation_alone() -> None:
    play = Play(skew=False)
    laptop = play.laptops[0]
    ops = [play.write(laptop, THING, Action.CREATE, RECORD, {"title": "停电"})]
    ops += [
        play.write(laptop, THING, Action.EDIT, RECORD, {"status": code})
        for code in ("doing", "done")
    ]
    rows = [dict(zip(timeline.COLUMNS, row, strict=True)) for row in timeline.rows(KINDS, ops)]
    assert sorted(timeline.rows(KINDS, ops[::-1])) == sorted(timeline.rows(KINDS, ops))
    assert len({row["id"] for row in rows}) == 3
    assert [row["value"] for row in rows] == ["乙-X-0001", "doing", "done"]
    assert all(row["subject"] == RECORD and row["subject_kind"] == "thing" for row in rows)
    assert all(row["number"] == "" and row["hidden"] == 0 for row in rows)
