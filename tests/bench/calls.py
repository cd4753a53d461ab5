"""Calls as a hotline takes them, seeded: common surnames, repeated questions, numbers, amounts."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from bankcc.features import inquiry
from bankcc.paths import Paths
from bankcc.schema.change import Verb
from bankcc.session import Session

USER = "王敏 · 热线坐席"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单解"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华慧建国玉兰桂志文平红波鑫宇浩然子涵欣怡"
_PLACES = ("滨江支行", "城东支行", "解放路网点", "人民广场网点", "高新区支行", "大学城网点")
_MATTERS = (
    "来电询问{place}停电后何时恢复营业，客户需办理定期存款转存。",
    "转账{amount}元三天未到账，收款方为他行账户，要求查询后回电。",
    "银行卡在{place}自助设备被吞，希望尽快取回，已告知携带身份证。",
    "询问停业期间贷款还款日是否顺延，担心影响征信，还款额{amount}元。",
    "代发工资{amount}元今日未入账，单位财务来电催问。",
    "存折挂失后补办，{place}暂停业务，改约其他网点。",
    "听说网点要关闭，询问存款是否安全，已按口径答复。",
    "老年客户行动不便，预约上门办理社保卡激活。",
    "反映{place}门口排队过长，要求增派人员疏导。",
)
_CATEGORIES = [option.code for option in inquiry.CALL_CATEGORIES]
_STATES = ("answered",) * 6 + ("in_progress", "callback", "escalated", "closed")
START_MS = 1_795_400_000_000


def name(random: Random) -> str:
    given = random.choice(_GIVEN) + (random.choice(_GIVEN) if random.random() < 0.7 else "")
    return random.choice(_SURNAMES) + given


def phone(random: Random) -> str:
    return random.choice(("13", "15", "17", "18", "19")) + f"{random.randrange(10**9):09d}"


def one_call(random: Random, at: int) -> Verb:
    """A call `at` places after the first."""
    matter = random.choice(_MATTERS)
    return inquiry.log_call(
        at=START_MS + at * 1_700,
        phone=phone(random),
        caller=name(random),
        category=random.choice(_CATEGORIES),
        note=matter.format(place=random.choice(_PLACES), amount=random.randrange(100, 90_000)),
        status=random.choice(_STATES),
        agent=random.choice(_AGENTS),
    )


_AGENTS = tuple(name(Random(f"agent {at}")) for at in range(12))


def many_calls(count: int, *, seed: int = 1) -> Iterator[Verb]:
    random = Random(seed)
    return (one_call(random, at) for at in range(count))


def new_center(folder: Path) -> Session:
    """An empty center that needs no passphrase, so that nothing is stretched."""
    session, _recovery = Session.create(
        Paths(folder), name="东海银行滨江支行", passphrase=None, demo=True
    )
    session.user = USER
    return session
