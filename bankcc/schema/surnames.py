"""Surnames that are read otherwise than their characters are mostly read.

Only those that the library of readings gets wrong: it knows the readings, but not which one a
family uses. Where families differ (覃, 查, 盖), all their readings stand here, the usual one first.
"""

_ONE = {
    "乐樂": "yue le",
    "乜": "nie",
    "么": "yao",
    "仇": "qiu",
    "佴": "nai",
    "单單": "shan",
    "卜": "bu",
    "区區": "ou",
    "召": "shao",
    "句": "gou",
    "员員贠貟": "yun",
    "尉": "wei yu",
    "折": "she",
    "曾": "zeng",
    "朴": "piao",
    "查": "zha cha",
    "洗": "xian",
    "澹": "tan",
    "炅": "gui",
    "盖蓋": "ge gai",
    "祭": "zhai",
    "种": "chong",
    "秘": "bi",
    "粘": "nian",
    "繁": "po",
    "缪繆": "miao",
    "翟": "zhai di",
    "能": "nai neng",
    "薄": "bo",
    "藏": "zang",
    "覃": "qin tan",
    "解": "xie",
    "谌諶": "chen shen",
    "费費": "fei bi",
    "逢": "pang feng",
    "郇": "xun huan",
    "都": "du",
    "重": "chong",
    "隗": "wei kui",
    "黑": "hei he",
}
_TWO = {
    "万俟": "mo qi",
    "萬俟": "mo qi",
    "单于": "chan yu",
    "單于": "chan yu",
    "子车": "zi ju",
    "尉迟": "yu chi",
    "尉遲": "yu chi",
    "澹台": "tan tai",
    "长孙": "zhang sun",
    "長孫": "zhang sun",
}
_READINGS = {char: tuple(said.split()) for chars, said in _ONE.items() for char in chars}
_COMPOUND = {name: tuple((part,) for part in said.split()) for name, said in _TWO.items()}


def surname_readings(name: str) -> tuple[tuple[str, ...], ...]:
    """How the surname at the beginning of `name` is read, for each of its characters the usual
    reading first; empty where the characters are read as everywhere."""
    compound = _COMPOUND.get(name[:2])
    if compound:
        return compound
    single = _READINGS.get(name[:1])
    return (single,) if single else ()
