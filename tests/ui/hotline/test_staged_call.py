"""Steps of a call: what excludes what, what a time means, what comes back from disk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.clock import local
from bankcc.errors import FieldError
from tests.ui.small_center import opened
from ui.hotline import staged_call
from ui.hotline.staged_call import (
    EXCLUDES,
    Stage,
    StageKind,
    promised,
    read,
    when,
    with_stage,
    without,
)

NOW = 1_795_413_600_000  # 2026-11-23 14:00
MINUTE = 60_000
DAY = 24 * 60 * MINUTE

kinds = st.sampled_from(StageKind)


@pytest.fixture
def context(qapp, tmp_path, clock, chance):
    with opened(tmp_path / "center", clock, chance) as made:
        yield made


anything = st.none() | st.integers() | st.text() | st.lists(st.text(), max_size=2)


@given(st.lists(kinds))
def test_one_of_each_kind_the_last_one_last_and_no_two_that_exclude_each_other(added) -> None:
    stages: tuple[Stage, ...] = ()
    for kind in added:
        stages = with_stage(stages, Stage(kind))
        held = [stage.kind for stage in stages]
        assert held[-1] == kind
        assert len(held) == len(set(held))
        assert not [one for one in held if EXCLUDES.get(one) in held]
    for kind in added:
        stages = without(stages, kind)
    assert stages == ()


@given(st.lists(st.dictionaries(st.text() | st.just("kind"), anything | kinds)) | anything)
def test_what_another_version_wrote_is_read_as_far_as_it_goes(kept) -> None:
    for stage in read(kept):
        assert isinstance(stage.due, int)
        assert isinstance(stage.text, str)


@given(st.builds(Stage, kind=kinds, record=st.text(), text=st.text(), due=st.integers(0, 2**50)))
def test_a_stage_comes_back_from_disk(stage: Stage) -> None:
    assert read([stage.body()]) == (stage,)


@pytest.mark.parametrize(("digit", "minutes"), [("1", 15), ("2", 30), ("3", 60), ("３", 60)])
def test_a_digit_is_minutes(digit: str, minutes: int) -> None:
    assert promised(digit, NOW) == NOW + minutes * MINUTE


@given(st.integers(0, 23), st.integers(0, 59), st.integers(NOW, NOW + 3 * DAY))
def test_four_digits_are_the_next_such_time(hour: int, minute: int, now: int) -> None:
    due = promised(f"{hour:02}{minute:02}", now)
    assert (local(due).hour, local(due).minute) == (hour, minute)
    assert 0 < due - now <= DAY


@pytest.mark.parametrize("text", ["15:30", "1530", "１５３０", "15：30", " 15 30 "])
def test_ways_to_write_a_time(text: str) -> None:
    assert f"{local(promised(text, NOW)):%m-%d %H:%M}" == "11-23 15:30"


@pytest.mark.parametrize("text", ["", "0", "4", "15", "2460", "2500", "99999", "三"])
def test_what_is_no_time_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(FieldError) as caught:
        promised(text, NOW)
    assert "1530" in caught.value.next_step


def test_another_day_is_said() -> None:
    assert when(NOW + MINUTE, NOW) == "14:01"
    assert when(NOW + DAY, NOW) == "11-24 14:00"


@pytest.mark.parametrize("kind", StageKind)
def test_every_step_has_a_verb_words_and_a_way_into_a_new_call(kind, context) -> None:
    stage = Stage(kind, record="X", text="王敏", due=NOW, version=1)
    assert stage.verb("X").name.startswith("inquiry.")
    assert staged_call.words(context.session, stage)
    assert staged_call.entry_values([stage])
