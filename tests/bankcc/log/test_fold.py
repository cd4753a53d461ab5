"""The fold by hand: the cases people will ask about. Everything else is in tests/properties."""

from bankcc.log.fold import RecordState, fold
from bankcc.log.op import Op
from bankcc.schema.change import Action
from tests.properties.kinds import KINDS, THING
from tests.properties.play import Laptop, Play

RECORD = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def write(play: Play, who: int, action: Action, values: dict[str, object] | None = None) -> Op:
    return play.write(play.laptops[who], THING, action, RECORD, values or {})


def share(play: Play) -> None:
    """Everybody knows everything."""
    for sender in play.laptops:
        for receiver in play.laptops:
            play.exchange(sender, receiver)


def started(**values: object) -> Play:
    play = Play(skew=False)
    write(play, 0, Action.CREATE, {"title": "停电", "status": "todo", **values})
    share(play)
    return play


def state(play: Play) -> RecordState:
    return fold(THING, RECORD, play.ops())


def shown(play: Play, name: str) -> object:
    return state(play).shown(THING.by_name[name])


def test_a_later_edit_replaces_what_it_saw_although_its_clock_is_wrong() -> None:
    play = started()
    play.laptops[1].clock.ms = 0  # 1970
    write(play, 1, Action.EDIT, {"title": "复电"})
    assert shown(play, "title") == "复电"
    assert list(state(play).alternatives()) == []


def test_two_edits_at_once_are_both_kept() -> None:
    play = started()
    write(play, 0, Action.EDIT, {"phone": "13912345678"})
    write(play, 1, Action.EDIT, {"phone": "18492083124"})
    both = {shown(play, "phone")} | {head.value for _name, head in state(play).alternatives()}
    assert both == {"13912345678", "18492083124"}
    share(play)
    write(play, 2, Action.EDIT, {"phone": "13912345678"})
    assert list(state(play).alternatives()) == []


def test_the_same_value_twice_is_no_conflict() -> None:
    play = started()
    for who in (0, 1):
        write(play, who, Action.EDIT, {"phone": "13912345678"})
    assert list(state(play).alternatives()) == []


def test_the_state_that_needs_most_attention_is_shown() -> None:
    play = started()
    write(play, 1, Action.EDIT, {"status": "doing"})
    write(play, 0, Action.EDIT, {"status": "done"})
    play.laptops[0].clock.advance(hours=3)
    assert shown(play, "status") == "doing"
    assert [head.value for _name, head in state(play).alternatives()] == ["done"]


def test_different_ticks_do_not_meet() -> None:
    play = started(**{"list/01": ["甲", 0], "list/02": ["乙", 0]})
    write(play, 0, Action.EDIT, {"list/01": ["甲", 1]})
    write(play, 1, Action.EDIT, {"list/02": ["乙", 1]})
    assert shown(play, "list") == [["01", "甲", 1], ["02", "乙", 1]]
    assert list(state(play).alternatives()) == []


def test_a_removed_item_is_gone_and_an_empty_list_is_nothing() -> None:
    play = started(**{"list/01": ["甲", 0]})
    write(play, 0, Action.EDIT, {"list/01": None})
    assert shown(play, "list") is None


def test_additions_of_two_laptops_add_up() -> None:
    play = started(stock=10)
    write(play, 0, Action.ADD, {"stock": 5})
    write(play, 1, Action.ADD, {"stock": -12})
    assert shown(play, "stock") == 3
    write(play, 1, Action.ADD, {"stock": -5})
    assert shown(play, "stock") == -2


def test_a_stocktake_counts_what_it_saw_and_no_more() -> None:
    play = started(stock=10)
    write(play, 0, Action.ADD, {"stock": 5})
    share(play)
    write(play, 1, Action.ADD, {"stock": 1})
    write(play, 0, Action.EDIT, {"stock": 14})
    assert shown(play, "stock") == 15


def test_of_two_stocktakes_the_shown_one_adds_what_it_did_not_see() -> None:
    play = started(stock=10)
    write(play, 0, Action.ADD, {"stock": 4})
    write(play, 0, Action.EDIT, {"stock": 30})
    play.laptops[1].clock.advance(hours=1)
    write(play, 1, Action.EDIT, {"stock": 40})
    assert shown(play, "stock") == 44
    assert [head.value for _name, head in state(play).alternatives()] == [30]


def test_a_deletion_that_saw_everything_hides() -> None:
    play = started()
    write(play, 1, Action.DELETE)
    assert state(play).hidden
    assert state(play).deleted_by == ""
    share(play)
    write(play, 2, Action.RESTORE)
    assert not state(play).hidden


def test_an_edit_beside_a_deletion_brings_the_record_back_marked() -> None:
    play = started()
    play.laptops[1].clock.advance(hours=5)
    write(play, 1, Action.DELETE)
    write(play, 0, Action.EDIT, {"note": "还在用"})
    assert not state(play).hidden
    assert state(play).deleted_by == "丙·员工"


def test_an_addition_beside_a_deletion_counts_as_an_edit() -> None:
    play = started(stock=1)
    write(play, 1, Action.DELETE)
    write(play, 0, Action.ADD, {"stock": 1})
    assert not state(play).hidden


def test_two_deletions_that_each_missed_an_edit_do_not_hide() -> None:
    play = started()
    write(play, 0, Action.EDIT, {"note": "甲写的"})
    write(play, 1, Action.EDIT, {"phone": "13912345678"})
    for who in (0, 1):
        write(play, who, Action.DELETE)
    assert not state(play).hidden


def test_a_record_whose_creation_is_not_here_yet_is_hidden() -> None:
    play = started()
    write(play, 1, Action.EDIT, {"note": "先到"})
    late = fold(THING, RECORD, play.ops()[1:])
    assert late.hidden
    late.apply(play.ops()[0])
    assert not late.hidden
    assert late.shown(THING.by_name["note"]) == "先到"


def test_values_and_fields_of_a_newer_version_do_no_harm() -> None:
    play = started()
    write(play, 1, Action.EDIT, {"status": "from the future"})
    assert shown(play, "status") == "from the future"
    laptop: Laptop = play.laptops[1]
    op = play.write(laptop, THING, Action.EDIT, RECORD, {"title": "复电"})
    assert op.body is not None
    strange = op._replace(body=op.body.__class__("乙", {"unknown": "x", "title": "复电"}))
    folded = fold(THING, RECORD, [*play.ops()[:-1], strange])
    assert folded.shown(THING.by_name["title"]) == "复电"
    assert list(folded.alternatives()) == []


def test_kinds_of_the_tests_cover_what_the_fold_treats_in_its_own_way() -> None:
    assert {type(item).__name__ for kind in KINDS.values() for item in kind.fields} >= {
        *("Text", "Phone", "Choice", "Count", "Checklist", "TextList", "Moment", "Flag"),
    }
