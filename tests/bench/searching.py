"""Search as you type: every beginning of what people look for, as each key is pressed."""

from collections.abc import Iterator
from functools import partial
from random import Random

from bankcc.session import Session
from tests.bench.calls import name, phone
from tests.bench.measure import Result, ms, seconds, share

BAR = 0.030
_WORDS = (
    "恢复营业",
    "转账",
    "未到账",
    "挂失",
    "上门",
    "征信",
    "滨江支行",
    "解放路",
    "排队",
    "口径",
)
_PINYIN = ("wang", "wm", "lij", "zhangwei", "cxy", "shan", "xie")
_DIGITS = ("0147", "1381", "13912", "159", "2024")


def keys() -> Iterator[str]:
    """Every state of the search line: 1 to 4 characters of words, names, pinyin, digits, phones."""
    random = Random(3)
    whole = [*_WORDS, *_PINYIN, *_DIGITS]
    whole += [name(random) for _at in range(15)]
    whole += [phone(random) for _at in range(6)]
    for text in whole:
        yield from (text[:end] for end in range(1, min(len(text), 4) + 1))
        yield text


def measure(session: Session, count: int) -> list[Result]:
    typed = list(dict.fromkeys(keys()))
    times = {
        text: min(seconds(partial(session.search, text)) for _at in range(3)) for text in typed
    }
    slowest = max(times, key=lambda text: times[text])
    p95 = share(list(times.values()), 95)
    return [
        Result(
            f"search as you type, {count:,} calls",
            f"p50 {ms(share(list(times.values()), 50))}, p95 {ms(p95)},"
            f" worst {ms(times[slowest])} ({slowest}), {len(typed)} texts",
            "p95 <= 30 ms",
            p95 <= BAR,
        )
    ]
