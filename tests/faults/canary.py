"""A process that types names and numbers into a real center by every way in, then waits; and the
search for them in the files it leaves behind.
"""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

from bankcc.errors import UserError
from bankcc.features import inquiry
from bankcc.paths import Paths
from bankcc.schema.change import create, edit
from bankcc.session import Session
from bankcc.tabular import load

PASSPHRASE = "鸲鹆栖庭前七二九"
NAMES = ("皇甫嬿婉", "闾丘鹓雏", "令狐翀霄", "南宫昶昉", "澹台璎珞")
PHONES = ("13955517301", "13955517302", "13955517303", "13955517304", "02788517305")
NOTE = "卡号尾号捌叁柒陆被吞"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def canaries(*secrets: str) -> dict[bytes, str]:
    """The bytes to look for and what they say: names, numbers as stored, shown and cut, words."""
    phones = [form for phone in PHONES for form in (phone, f"{phone[:3]} {phone[3:7]} {phone[7:]}")]
    texts = (*NAMES, *phones, *(phone[-8:] for phone in PHONES), NOTE, PASSPHRASE, *secrets)
    return {text.encode(encoding): text for text in texts for encoding in ENCODINGS}


def found_in(folder: Path, wanted: dict[bytes, str]) -> Iterator[str]:
    """Files below `folder` that hold a canary in the clear, in name or content."""
    for path in folder.rglob("*"):
        content = str(path.relative_to(folder)).encode()
        if path.is_file():
            content += path.read_bytes()
        for text in sorted({text for needle, text in wanted.items() if needle in content}):
            yield f"{path.relative_to(folder)}: {text}"


def type_all(folder: Path, table: Path) -> None:
    """Every way in: verbs, an edit, undo, a refused verb, drafts, journal, import, search."""
    session, recovery = Session.create(Paths(folder), name="示例", passphrase=PASSPHRASE)
    session.user = f"{NAMES[0]} · 热线坐席"
    call = session.execute(inquiry.log_call(phone=PHONES[0], caller=NAMES[1], note=NOTE)).made[0]
    session.execute(edit("inquiry", call.id, phone=PHONES[1], caller=NAMES[2]))
    session.undo()
    session.execute(create("person", name=NAMES[3], phone=PHONES[2]))
    session.local.save_draft("inquiry", {"phone": PHONES[3], "caller": NAMES[4], "note": NOTE})
    session.local.note(NAMES[0], "reveal", f"{NAMES[1]} {PHONES[0]}")
    load.apply(load.read_plan(table, session.kinds["person"], session), session)
    try:
        session.execute(edit("person", NAMES[0] + NAMES[1], phone=PHONES[4]))
    except UserError:
        logging.getLogger("bankcc").warning("refused")
    assert session.search(NAMES[3])
    assert session.search(PHONES[0])
    session.rebuild()
    sys.stdout.write(f"{recovery}\n")
    sys.stdout.flush()
    if sys.stdin.readline() == "close\n":
        session.close()
        sys.stdout.write("closed\n")


if __name__ == "__main__":
    type_all(Path(sys.argv[1]), Path(sys.argv[2]))
