"""The wallboard: the situation for everybody in the room, as plain frozen data.

Rule: no customer is named and no phone number shown. A call is its number and category, a task its
number and lane; of what people typed, known callers and everybody who is addressed as somebody
(赵女士, Mr Smith) become nobody in particular.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bankcc.errors import NotFound
from bankcc.features import attendance, incident, inquiry, person, task, timeline
from bankcc.i18n import _
from bankcc.reports.current import Late, SituationFigures, Waiting, situation_figures
from bankcc.reports.text import masked_text
from bankcc.schema.plain_text import fold_width
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session

LINES = 24
"""So many entries of the timeline fill any screen."""
CALLERS = 500
"""The names of so many callers, the latest, are looked for in what people typed."""
PERSONAL = (inquiry.NAME, person.NAME, attendance.NAME)
ABOUT = {inquiry.NAME: "category", task.NAME: "group", incident.NAME: "name"}
"""What may be said of a record beside its number, by its kind."""
SHOWN = ("decision", "notice", "task", "resource", "other")
"""Categories of entries. Calls and people are counted in the figures; the rest would drown."""
_SURNAMES = (
    "欧阳|司马|上官|诸葛|司徒|东方|独孤|慕容|皇甫|尉迟|令狐|"
    "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计"
    "伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房"
    "裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊甄曲封储靳段富巫焦巴牧山谷车侯宁仇祖武符刘景詹束龙叶幸"
    "司黎薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰雍桑桂牛寿通边扈燕冀尚农温别庄晏柴"
    "瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶"
    "空曾沙养鞠须丰巢关蒯相查后荆红游权逯盖益桓公]"
)
_MASKED = re.compile(r"[+\d-]*\*{2,}[\d-]*")
# Of an identity card, of a bank card as it is written or as it is embossed.
_PAPERS = re.compile(r"(?<!\d)(?:\d{14,18}[\dXx]|\d{4}(?: \d{4}){3}(?: \d{1,3})?)(?!\d)")
_ADDRESSED = re.compile(
    rf"(?:{_SURNAMES})[\u4e00-\u9fff]{{0,2}}(?:女士|先生|小姐|太太|阿姨|大爷|大妈|奶奶|爷爷|师傅)"
    r"|(?<![A-Za-z])(?:(?i:Mrs?|Ms)|Miss|MISS)\b\.? ?[A-Z][A-Za-z'-]*"
)
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_IS_LATIN = re.compile(f"[{_LATIN}]")
_BETWEEN = re.compile(r"[\s·・.．－-]+")
"""What may stand between the parts of a name, or not: 王 敏, Wang-Min, 阿依古丽·买买提."""
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width Latin letters; the punctuation beside them is meant to be wide."""


@dataclass(frozen=True, slots=True)
class WallLine:
    """An entry of the timeline: `at` in UTC ms, the label of its category (empty where the words
    say it), what happened."""

    at: int
    category: str
    words: str
    is_decision: bool = False


@dataclass(frozen=True, slots=True)
class WallPicture:
    """All that the wallboard shows of the situation, as of `figures.at`."""

    figures: SituationFigures
    lines: tuple[WallLine, ...] = ()


class Discretion:
    """Takes customers out of texts; made anew for each look, so that new callers are known."""

    def __init__(self, callers: Iterable[str] = ()) -> None:
        folded = {_BETWEEN.sub(" ", fold_width(name)).strip() for name in callers}
        # The longest first: 赵小明 before 赵小.
        names = sorted(folded, key=lambda name: (-len(name), name))
        known = "|".join(_pattern(name) for name in names if len(name) > 1)
        self._names = re.compile(known, re.IGNORECASE) if known else None

    @classmethod
    def of(cls, session: Session) -> "Discretion":
        """Knows the latest callers."""
        named = Query(
            inquiry.NAME, where=(Condition("caller", "filled"),), order="-at", limit=CALLERS
        )
        return cls(record.text("caller") for record in session.find(named))

    def text(self, text: str) -> str:
        """`text` on one line, without names of customers and numbers of phones and papers."""
        papers = _PAPERS.sub("…", " ".join(text.translate(_NARROW).split()))
        # Not even masked: the last digits beside a time are enough for a neighbour.
        shown = _MASKED.sub("…", masked_text(papers))
        if self._names is not None:
            shown = self._names.sub(_nobody, shown)
        return _ADDRESSED.sub(_nobody, shown)

    def title(self, title: str, source: str, session: Session) -> str:
        """What a task is about; of one that came from the call `source`, that call."""
        if not source:
            return self.text(title)
        return " ".join(filter(None, _about(session, inquiry.NAME, source))) or _("from a call")


def _pattern(name: str) -> str:
    """Finds a name however it is typed; one in Latin letters is a word of its own."""
    words = f"(?:{_BETWEEN.pattern})?".join(map(re.escape, name.split()))
    before = f"(?<![{_LATIN}])" if _IS_LATIN.match(name) else ""
    after = f"(?![{_LATIN}])" if _IS_LATIN.match(name[-1]) else ""
    return f"{before}{words}{after}"


def _nobody(name: re.Match[str]) -> str:
    """Stands in a sentence of the name's own language, whatever language the program speaks."""
    return "somebody" if _IS_LATIN.match(name[0]) else "某某"


def wall_picture(session: Session) -> WallPicture:
    """Read everything once, now. May take long: ask beside the screen."""
    figures, discretion = situation_figures(session), Discretion.of(session)
    shown = replace(
        figures,
        late=_late(session, figures.late),
        waiting=tuple(_waiting(session, discretion, item) for item in figures.waiting),
        incident=figures.incident
        and replace(figures.incident, name=discretion.text(figures.incident.name)),
        cards=replace(figures.cards, next_topic=discretion.text(figures.cards.next_topic)),
    )
    chosen = Condition("category", "in", SHOWN)
    entries = session.find(Query(timeline.NAME, where=(chosen,), order="-at", limit=LINES))
    return WallPicture(shown, tuple(_line(session, discretion, entry) for entry in entries))


def _late(session: Session, late: Late) -> Late:
    if late.kind != task.NAME:
        return late  # of a call the category is said already
    return replace(late, title=_about(session, task.NAME, late.record)[1])


def _waiting(session: Session, discretion: Discretion, item: Waiting) -> Waiting:
    if item.kind == task.NAME:
        return replace(item, title=_about(session, task.NAME, item.record)[1])
    return replace(item, title=discretion.text(item.title))


def _about(session: Session, kind: str, record: str) -> tuple[str, str]:
    """Number of a record, and what may be said of it."""
    if not record or kind not in session.kinds:
        return "", ""
    try:
        found = session.get(kind, record)
    except NotFound:
        return "", ""
    return found.number, session.display(found, ABOUT[kind]) if kind in ABOUT else ""


def _line(session: Session, discretion: Discretion, entry: Record) -> WallLine:
    at = entry["at"]
    return WallLine(
        at=at if isinstance(at, int) else entry.created,
        # A number says of what kind it is.
        category=session.display(entry, "category") if entry["text"] is not None else "",
        words=_words(session, discretion, entry),
        is_decision=entry.text("category") == "decision",
    )


def _words(session: Session, discretion: Discretion, entry: Record) -> str:
    kind = entry.text("subject_kind")
    number, about = _about(session, kind, entry.text("subject"))
    about = discretion.text(about)
    declared = session.kinds.get(kind)
    if entry["text"] is None and declared is not None:
        # Neither a title nor the name behind a link: those may be a customer's.
        return timeline.describe(declared, entry.text("field"), entry["value"], number, about)
    if kind in PERSONAL:
        return f"{number} {about}".strip() or _("noted; the words stand in the timeline")
    return discretion.text(entry.text("text"))
