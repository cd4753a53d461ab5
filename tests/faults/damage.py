"""Ways in which a disk, a stick or a curious person damages the files of a center."""

from collections.abc import Callable
from pathlib import Path
from random import Random

PAGE = 4096


def flip_bit(content: bytearray, random: Random) -> None:
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)


def zero_page(content: bytearray, random: Random) -> None:
    start = random.randrange(0, len(content), PAGE)
    content[start : start + PAGE] = bytes(len(content[start : start + PAGE]))


def noise_page(content: bytearray, random: Random) -> None:
    start = random.randrange(0, len(content), PAGE)
    content[start : start + PAGE] = random.randbytes(len(content[start : start + PAGE]))


def swap_pages(content: bytearray, random: Random) -> None:
    first, second = (random.randrange(0, max(1, len(content) - PAGE), PAGE) for _ in range(2))
    kept = content[first : first + PAGE]
    content[first : first + PAGE] = content[second : second + PAGE]
    content[second : second + PAGE] = kept


def cut_off(content: bytearray, random: Random) -> None:
    del content[random.randrange(len(content)) :]


def cut_at_page(content: bytearray, random: Random) -> None:
    del content[random.randrange(0, len(content), PAGE) :]


def append(content: bytearray, random: Random) -> None:
    content += random.randbytes(random.randrange(1, 2 * PAGE))


def empty(content: bytearray, _random: Random) -> None:
    content.clear()


HARMS: tuple[Callable[[bytearray, Random], None], ...] = (
    flip_bit,
    flip_bit,
    flip_bit,
    zero_page,
    noise_page,
    swap_pages,
    cut_off,
    cut_at_page,
    append,
    empty,
)


def harm(path: Path, random: Random) -> str:
    """Do one harm to a file, or remove it; what was done."""
    chosen = random.randrange(len(HARMS) + 1)
    if chosen == len(HARMS) or not path.stat().st_size:
        path.unlink()
        return f"{path.name}: removed"
    content = bytearray(path.read_bytes())
    HARMS[chosen](content, random)
    path.write_bytes(content)
    return f"{path.name}: {HARMS[chosen].__name__}"
