"""The organisation on the wall: every post, masked phones, gaps marked, on A3 or A4."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from bankcc.clock import ManualClock
from bankcc.errors import Refused
from bankcc.features import attendance, person, post
from bankcc.i18n import set_language
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.reports.document import Letterhead
from bankcc.reports.org_poster import (
    OrgPoster,
    PosterGroup,
    PosterPost,
    org_poster,
    render_org_poster,
)
from bankcc.session import Session

TextOf = Callable[[Path], str]


@pytest.fixture
def session(tmp_path: Path, clock: ManualClock, chance: SeededChance):
    made, _key = Session.create(
        Paths(tmp_path / "center"),
        name="滨江",
        passphrase=None,
        demo=True,
        clock=clock,
        chance=chance,
    )
    with made:
        made.user = "王敏 · 热线坐席"
        made.execute(person.add(name="王敏", phone="13900001012"))
        made.execute(person.add(name="蒋小川", phone="0571-88881234"))
        made.execute(person.add(name="赵刚", phone="13900001034"))
        made.execute(person.add(name="沈若兰"))
        made.execute(
            post.add(title="热线坐席", group="客户咨询组", holder="王敏", duties="接听登记")
        )
        made.execute(
            post.add(title="现金调拨", group="紧急业务组", holder="蒋小川", backup_a="赵刚")
        )
        made.execute(post.add(title="备用金保管", group="紧急业务组"))
        yield made


def test_groups_posts_holders_and_backups(session: Session) -> None:
    poster = org_poster(session)
    assert [group.name for group in poster.groups] == ["客户咨询组", "紧急业务组"]
    assert poster.groups[0].posts == (
        PosterPost("热线坐席", "王敏", "139****1012", "▲ 无", "–", "接听登记"),
    )
    cash, money = poster.groups[1].posts
    assert (cash.holder, cash.phone, cash.backup_a) == (
        "蒋小川",
        "0571****1234",
        "赵刚 139****1034",
    )
    assert (money.holder, money.phone) == ("▲ 空缺", "–")
    assert poster.spare == ("赵刚 139****1034", "沈若兰")
    assert (poster.posts, poster.vacant, poster.no_backup) == (3, 1, 2)


def test_who_stands_in_is_named_with_whom_they_relieve(session: Session) -> None:
    session.execute(attendance.notify("蒋小川"))
    session.execute(post.call_up_backup("现金调拨"))
    poster = org_poster(session)
    assert poster.groups[1].posts[0].holder == "赵刚（顶 蒋小川）"
    assert poster.groups[1].posts[0].phone == "139****1034"
    assert poster.spare == ("沈若兰",)


@pytest.mark.parametrize(("paper", "size"), [("A4", (842, 595)), ("A3", (1191, 842))])
def test_it_lies_on_its_paper(
    session: Session, tmp_path: Path, text_of: TextOf, paper: str, size: tuple[int, int]
) -> None:
    path = render_org_poster(org_poster(session), tmp_path / "poster.pdf", paper=paper)
    box = pypdf.PdfReader(path).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
    text = text_of(path)
    for words in ("组织架构", "热线坐席", "蒋小川", "空缺", "无岗位人员", "示例"):
        assert words in text
    for number in ("13900001012", "057188881234"):
        assert number not in text


def test_an_empty_center_says_so(tmp_path: Path, text_of: TextOf, letterhead) -> None:
    path = render_org_poster(OrgPoster(letterhead(), ()), tmp_path / "poster.pdf")
    assert "还没有岗位" in text_of(path)


def test_a_full_phone_number_stops_it(
    letterhead: Callable[..., Letterhead], tmp_path: Path
) -> None:
    item = PosterPost("热线", "王敏", "13900001012", "–", "–", "")
    with pytest.raises(Refused):
        render_org_poster(
            OrgPoster(letterhead(), (PosterGroup("客户", (item,)),)), tmp_path / "poster.pdf"
        )
    assert not (tmp_path / "poster.pdf").exists()


def test_a_number_in_the_duties_is_masked(session: Session) -> None:
    session.execute(post.add(title="联络", group="客户咨询组", duties="拨 13700001111 报平安"))
    duties = [item.duties for group in org_poster(session).groups for item in group.posts]
    assert "拨 137****1111 报平安" in duties


def test_three_hundred_posts_run_over_pages(
    letterhead: Callable[..., Letterhead], tmp_path: Path, text_of: TextOf
) -> None:
    posts = tuple(PosterPost(f"岗{n:03d}", "王敏", "–", "–", "–", "") for n in range(300))
    poster = OrgPoster(letterhead(), (PosterGroup("客户", posts),), posts=300)
    text = text_of(render_org_poster(poster, tmp_path / "poster.pdf"))
    assert all(f"岗{n:03d}" in text for n in range(300))


def test_in_english(session: Session) -> None:
    set_language("en")
    assert org_poster(session).groups[1].posts[1].holder == "▲ vacant"
