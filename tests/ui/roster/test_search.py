"""Who is meant: never a guess between two, a staff number beats everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.roster.posts import Place, Roster, Someone, Turn, names_of
from ui.roster.search import MOST, NO_FIT, Found, RosterFilter, Show, fit, picks, seek


def someone(name: str, staff_no: str = "", number: str = "", **turn: object) -> Someone:
    initials, readings = names_of(name)
    numbers = (number,) if number else ()
    return Someone(
        name + staff_no, name, initials, readings, staff_no, "组", "岗", "", numbers, Turn(**turn)
    )


def roster(*people: Someone) -> Roster:
    return Roster(people=people)


MIN = someone("王敏", "BJ1012", "13900001012")
MENG = someone("吴萌", "BJ1013")
MZ = someone("王明珠", "BJ1014")
LIU = someone("刘静", "BJ1011")
ALL = roster(MIN, MENG, MZ, LIU)


def names(found: Found) -> list[str]:
    return [person.name for person in found.people]


@pytest.mark.parametrize(
    ("typed", "certain"),
    [
        ("lj", "刘静"),
        ("LJ", "刘静"),
        ("ｌｊ", "刘静"),
        ("liujing", "刘静"),
        ("liu", "刘静"),
        ("刘静", "刘静"),
        ("静", "刘静"),
        ("bj1014", "王明珠"),
        ("1012", "王敏"),
        ("wmz", "王明珠"),
    ],
)
def test_who_is_meant(typed: str, certain: str) -> None:
    assert seek(ALL, typed).certain.name == certain


@pytest.mark.parametrize("typed", ["wm", "w", "wan", "王"])
def test_of_several_none_is_guessed(typed: str) -> None:
    found = seek(ALL, typed)
    assert found.certain is None
    assert len(found.people) >= 2


@pytest.mark.parametrize("typed", ["", " ", "xyz", "ang", "999"])
def test_nobody_is_meant(typed: str) -> None:
    assert seek(ALL, typed) == Found()


def test_the_whole_initials_stand_before_a_beginning() -> None:
    assert names(seek(roster(MZ, MIN), "wm")) == ["王敏", "王明珠"]
    assert seek(roster(MZ, MIN), "wm").certain is MIN


def test_a_rare_reading_of_the_name_is_found_but_makes_no_certainty() -> None:
    often, rare = someone("曹伟"), someone("曾伟")
    found = seek(roster(rare, often), "cw")
    assert names(found) == ["曹伟", "曾伟"]
    assert found.certain is None


def test_a_surname_is_no_rare_reading() -> None:
    found = seek(roster(someone("曾伟"), someone("曹伟"), someone("仇英")), "qy")
    assert found.certain is not None
    assert (found.certain.name, found.certain.initials) == ("仇英", "QY")


def test_at_the_door_only_a_whole_staff_number_counts() -> None:
    assert seek(ALL, "lj", staff_numbers_only=True) == Found()
    assert seek(ALL, "bj101", staff_numbers_only=True) == Found()
    assert seek(ALL, "bj1011", staff_numbers_only=True).certain is LIU


def test_a_digit_chooses_unless_it_belongs_to_a_number() -> None:
    found = seek(ALL, "wm")
    assert picks(ALL, found, "wm", "2") is found.people[1]
    assert picks(ALL, found, "wm", "9") is None
    assert picks(ALL, found, "wm", "0") is None
    named = roster(*ALL.people, someone("白静"), someone("白俊"))
    both = seek(named, "bj")
    assert len(both.people) == 2
    assert picks(named, both, "bj", "1") is None  # goes on: BJ1…
    assert picks(named, both, "bj", "2") is both.people[1]
    assert picks(ALL, seek(ALL, "101"), "101", "2") is None
    assert picks(ALL, found, "", "1") is None


LETTERS = st.text(alphabet="abjlmwz019王刘敏静", min_size=1, max_size=4)


@given(LETTERS)
def test_certain_means_that_nobody_fits_as_well(typed: str) -> None:
    found = seek(ALL, typed)
    assert len(found.people) <= MOST
    wanted = typed.lower()
    ranks = sorted(fit(person, wanted) for person in ALL.people)
    if found.certain is not None:
        assert ranks[0] < NO_FIT
        assert ranks[0] < ranks[1]
        assert found.people[0] is found.certain
    else:
        assert ranks[0] == NO_FIT or ranks[0] == ranks[1]


def test_quick_filters() -> None:
    here = someone("王敏", status="on_duty", shift="day")
    absent, awaited, spare = (
        someone("李强", status="absent"),
        someone("刘倩", status="on_way"),
        someone("赵刚"),
    )
    places = {
        "filled": Place("甲", "一", here, post="1", backups=("刘倩", "")),
        "absent": Place("甲", "二", absent, post="2", relieves="某"),
        "vacant": Place("乙", "三", None, post="3"),
        "awaited": Place("乙", "", awaited),
        "spare": Place("乙", "", spare),
    }

    def shown(show: Show, group: str = "", *words: str) -> set[str]:
        wanted = RosterFilter(show, group, words)
        return {name for name, place in places.items() if wanted.passes(place)}

    assert shown(Show.HERE) == {"filled"}
    assert shown(Show.MISSING) == {"absent", "vacant", "awaited"}
    assert shown(Show.BACKUPS) == {"absent", "awaited", "spare"}
    assert shown(Show.SHIFT) == {"filled"}
    assert shown(Show.NO_BACKUP) == {"absent", "vacant"}
    assert shown(Show.ALL, "乙") == {"vacant", "awaited", "spare"}
    assert shown(Show.ALL, "", "zg") == {"spare"}
    assert shown(Show.ALL, "", "刘倩", "甲") == {"filled"}
    assert not RosterFilter(group="甲").narrows


def test_the_end_of_a_phone_number_finds_its_row() -> None:
    place = Place("甲", "一", MIN, post="1")
    assert place.meets(["1012"])
    assert place.meets(["13900001012"])
    assert not place.meets(["99"])
