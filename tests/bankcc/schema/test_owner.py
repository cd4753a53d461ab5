"""What is mine, however my name was typed, and what is everybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.schema.owner import concerns, is_anybodys, is_mine, name_of

USER = "王敏 · 热线坐席"


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ("王敏 · 热线坐席", "王敏"),
        ("王敏·热线坐席", "王敏"),
        ("陈 刚", "陈 刚"),
        ("阿依古丽·买买提 · 坐席", "阿依古丽·买买提"),
        ("Wang Min · agent · night", "Wang Min"),
        ("王敏（大） · 坐席", "王敏（大）"),
        (" · 坐席", "· 坐席"),
        ("", ""),
    ],
)
def test_the_name_stands_before_the_post(user: str, name: str) -> None:
    assert name_of(user) == name


@pytest.mark.parametrize(
    ("owner", "user"),
    [
        ("王敏", USER),
        (" 王　敏 ", USER),
        ("王敏 · 坐席", USER),
        ("王敏·坐席", USER),
        ("王敏（坐席）", USER),
        ("王敏(热线 坐席)", USER),
        ("王敏【白班】", USER),
        ("王敏 热线坐席", USER),
        ("王敏、刘倩", USER),
        ("刘倩/王敏（坐席）", USER),
        ("王敏", "王敏（大） · 坐席"),
        ("WANG MIN", "Wang Min · agent"),
        ("Ｗａｎｇ　Ｍｉｎ", "wang min"),
        ("wangmin", "Wang-Min · agent"),
        ("阿依古丽·买买提", "阿依古丽 买买提 · 坐席"),
    ],
)
def test_mine_however_it_is_written(owner: str, user: str) -> None:
    assert is_mine(owner, user)
    assert concerns(owner, user)
    assert not is_anybodys(owner)


@pytest.mark.parametrize(
    "owner", ["刘倩", "王敏儿", "小王敏", "热线坐席", "刘倩 · 王敏", "刘倩（王敏）", "Wang Min"]
)
def test_not_mine(owner: str) -> None:
    assert not concerns(owner, USER)


@pytest.mark.parametrize(
    "owner",
    ["", "　 ", "客户咨询", "热线组", " 热线 组", "customer", "CUSTOMER  ENQUIRIES", "Ｃustomer"],
)
def test_a_groups_and_nobodys_are_everybodys(owner: str) -> None:
    assert is_anybodys(owner)
    assert concerns(owner, USER)
    assert not is_mine(owner, USER)


@pytest.mark.parametrize("user", ["", "  "])
def test_nobody_at_work_owns_nothing(user: str) -> None:
    assert not is_mine("王敏", user)
    assert not is_mine("", user)


_NAMES = st.text("王敏刘倩Aa Ｂb", min_size=1, max_size=8).filter(str.strip)


@given(_NAMES, st.sampled_from(["{}", " {} ", "{} · 坐席", "{}（坐席）", "{}、刘强东"]))
def test_what_i_sign_with_is_mine(name: str, written: str) -> None:
    user = f"{name} · 坐席"
    assert is_mine(written.format(name), user)
    assert is_mine(written.format(name).upper(), user)
