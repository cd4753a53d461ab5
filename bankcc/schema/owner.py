"""Whose something is: the name in “王敏 · 热线坐席”, and whether a text names that person, a group
or nobody.

Rule: names are typed by people and brought in by files, so they are never compared as they stand;
this is the one place that says what is mine. Rather one reminder too many than none at all.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from bankcc.i18n import in_every_language
from bankcc.schema.plain_text import fold_width
from bankcc.schema.shared_choices import GROUPS

_DOTS = "·・･•"
# A dot between blanks parts name and post; a bare one may stand inside a name (阿依古丽·买买提).
_POST = re.compile(rf"\s[{_DOTS}]|[{_DOTS}]\s")
_BARE_DOT = re.compile(f"[{_DOTS}]")
_BRACKETS = re.compile(r"[(\[【〔].*")
_SEVERAL = re.compile(r"[、,;/|&]")
_LEFT_OUT = re.compile(rf"[\s{_DOTS}.'’_-]+")


def name_of(user: str) -> str:
    """The name in “王敏 · 热线坐席”, as it is written; all of it where no post follows."""
    found = _POST.search(user) or _BARE_DOT.search(user)
    return (user[: found.start()].strip() if found else "") or user.strip()


def mine(owners: Iterable[object], user: str) -> tuple[str, ...]:
    """Of the `owners` that occur, the ways in which `user` is written; never empty."""
    found = {owner for owner in owners if isinstance(owner, str) and is_mine(owner, user)}
    return tuple(sorted(found | {name_of(user)}))


def is_mine(owner: str, user: str) -> bool:
    """Whether `owner`, one name or several, with or without posts, is who signed in as `user`
    (“王敏 · 热线坐席”): width, case and blanks do not count."""
    name = name_of(user)
    me = {_folded(user), _folded(name), _folded(_BRACKETS.sub("", fold_width(name)))} - {""}
    return bool(me & _names_in(owner))


def is_anybodys(owner: str) -> bool:
    """Whether it was given to nobody, or to a group under any of its names."""
    return not _folded(owner) or _folded(owner) in _groups()


def concerns(owner: str, user: str) -> bool:
    """Whether `user` is to look after it: it is theirs, a group's, or nobody's."""
    return is_anybodys(owner) or is_mine(owner, user)


@lru_cache(maxsize=4_096)
def _names_in(owner: str) -> frozenset[str]:
    """Every person that `owner` may mean, as names are compared."""
    found: set[str] = set()
    for text in (owner, *_SEVERAL.split(fold_width(owner))):
        name = name_of(text)
        found |= {_folded(text), _folded(name), _folded(_BRACKETS.sub("", fold_width(name)))}
    return frozenset(found - {""})


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    return _LEFT_OUT.sub("", fold_width(text).casefold())


@cache
def _groups() -> frozenset[str]:
    names = {word for option in GROUPS for word in (option.code, *option.also)}
    names |= {word for one in GROUPS for word in in_every_language(one.label)}
    return frozenset(map(_folded, names))
