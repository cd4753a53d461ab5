"""The two stacks of undo and redo. What a reversal does is in tests/properties."""

from bankcc.log import undo
from bankcc.log.undo import REDO, UNDO, Step, follow, stacks
from bankcc.schema.change import create, edit
from bankcc.session import Session


def names(steps: list[Step]) -> list[str]:
    return [step.verb for step in steps]


def test_verbs_can_be_undone_the_last_one_first() -> None:
    back, forth = stacks([Step(1, "a", 0), Step(3, "b", 0)])
    assert names(back) == ["a", "b"]
    assert forth == []


def test_undo_and_redo_move_a_step_and_keep_its_name() -> None:
    history = [Step(1, "a", 0), Step(2, "b", 0), Step(3, UNDO, 2)]
    back, forth = stacks(history)
    assert (names(back), names(forth)) == (["a"], ["b"])
    back, forth = stacks([*history, Step(4, UNDO, 1), Step(5, REDO, 4)])
    assert (names(back), names(forth)) == (["a"], ["b"])
    assert back[-1].first == 5


def test_a_new_verb_ends_what_could_be_redone() -> None:
    back, forth = stacks([Step(1, "a", 0), Step(2, UNDO, 1), Step(3, "b", 0)])
    assert (names(back), names(forth)) == (["b"], [])


def test_the_stack_has_an_end() -> None:
    back: list[Step] = []
    for n in range(3 * undo._DEPTH):
        back, _forth = follow(back, [], Step(n, "a", 0))
    assert undo._DEPTH <= len(back) <= 2 * undo._DEPTH + 1
    assert back[-1].first == 3 * undo._DEPTH - 1


def test_an_erasure_stands_in_the_way_of_no_earlier_step(center: Session) -> None:
    kept = center.execute(create("person", name="留下的人")).made[0].id
    center.execute(edit("person", kept, note="改过"))
    gone = center.execute(create("person", name="要删的人")).made[0].id
    center.erase("person", gone, reason="本人要求")
    assert center.can_undo() == "person.edit"
    center.undo()
    assert center.get("person", kept)["note"] is None
    assert center.can_redo() == "person.edit"
    center.redo()
    assert center.get("person", kept)["note"] == "改过"
