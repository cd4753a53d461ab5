"""The packed heads: small for most records, complete for all."""

from bankcc.log import heads
from bankcc.log.fold import RecordState, fold
from bankcc.schema.change import Action
from tests.properties.fold_checks import digest, repacked
from tests.properties.kinds import THING
from tests.properties.play import Play

RECORD = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def played(*changes: tuple[int, Action, dict[str, object]]) -> RecordState:
    play = Play(skew=False)
    for who, action, values in changes:
        laptop = play.laptops[who]
        play.write(laptop, THING, action, RECORD, values)
        if action == Action.CREATE:
            for receiver in play.laptops[1:]:
                play.exchange(laptop, receiver)
    return fold(THING, RECORD, play.ops())


NEW = (0, Action.CREATE, {"title": "停电", "status": "todo", "list/01": ["甲", 0], "stock": 3})


def test_a_new_record_packs_to_its_stamp_alone() -> None:
    state = played(NEW)
    assert state.created is not None
    assert len(heads.pack(state)) <= 50
    assert digest(repacked(state)) == digest(state)


def test_one_edit_costs_a_reference() -> None:
    state = played(NEW, (0, Action.EDIT, {"note": "字" * 500}))
    assert len(heads.pack(state)) <= 150
    assert digest(repacked(state)) == digest(state)


def test_everything_at_once_survives() -> None:
    state = played(
        NEW,
        (0, Action.EDIT, {"phone": "13912345678", "note": None, "list/01": None}),
        (1, Action.EDIT, {"phone": "18492083124", "list/01": ["甲", 1], "tags": ["a", "b"]}),
        (1, Action.ADD, {"stock": 2}),
        (0, Action.ADD, {"stock": -4}),
        (0, Action.EDIT, {"stock": 9}),
        (1, Action.EDIT, {"stock": 8}),
        (2, Action.DELETE, {}),
    )
    again = repacked(state)
    assert digest(again) == digest(state)
    assert {name for name, _head in again.alternatives()} == {"phone", "list/01", "stock"}
    assert again.deleted_by == "丁·员工"
    assert digest(repacked(again)) == digest(state)


def test_what_arrived_before_its_cause_waits() -> None:
    play = Play(skew=False)
    play.write(play.laptops[0], THING, Action.CREATE, RECORD, {"title": "停电"})
    play.write(play.laptops[0], THING, Action.EDIT, RECORD, {"title": "复电"})
    first, second = play.ops()
    state = fold(THING, RECORD, [second])
    state = repacked(state)
    state.apply(first)
    assert digest(state) == digest(fold(THING, RECORD, [first, second]))
    assert list(state.alternatives()) == []


def test_a_restoration_that_came_before_its_deletion_is_kept_beside_the_creation() -> None:
    play = Play(skew=False)
    laptop = play.laptops[0]
    play.write(laptop, THING, Action.CREATE, RECORD, {"title": "停电"})
    play.write(laptop, THING, Action.DELETE, RECORD, {})
    play.write(laptop, THING, Action.RESTORE, RECORD, {})
    made, deleted, restored = play.ops()
    state = repacked(fold(THING, RECORD, [made, restored]))
    state.apply(deleted)
    assert not state.hidden
    assert state.latest is not None
    assert state.latest.ref == restored.ref
