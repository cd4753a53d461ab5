"""Dates and times as branch offices write them: four forms, full-width digits, spreadsheet
serials.
"""

import re
from datetime import date, datetime, timedelta

from bankcc.schema.plain_text import fold_width

_EPOCH = datetime(1899, 12, 30)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(
    r"[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})\s*(?:[:：分]\s*(\d{1,2}))?(?:\.\d+)?\s*[分秒]?"
)
_SERIALS = range(20_000, 80_000)


def parse_moment(raw: object) -> datetime:
    """`raw` as a datetime (naive unless it names a zone). Raises ValueError when it is no date."""
    if isinstance(raw, datetime):
        return raw
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day)
    text = fold_width(str(raw)).strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in _SERIALS:
        return _EPOCH + timedelta(seconds=round(float(text) * 86_400))
    if re.search(r"(Z|[+-]\d\d:?\d\d)$", text) and "T" in text.upper():
        return datetime.fromisoformat(text)
    match = _DAY.match(text) or _COMPACT_DAY.match(text)
    if not match:
        raise ValueError(text)
    year, month, day = map(int, match.groups())
    rest = text[match.end() :].strip()
    if not rest:
        return datetime(year, month, day)
    time = _TIME.fullmatch(rest)
    if not time:
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in time.groups())
    return datetime(year, month, day, hour, minute, second)


def parse_day(raw: object) -> date:
    """The day of `raw`. Raises ValueError when it is no date."""
    return parse_moment(raw).date()
