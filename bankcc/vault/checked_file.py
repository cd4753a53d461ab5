"""A small JSON file that knows when it is damaged: format, version, suite, body and a checksum over
the body. The checksum finds damage, not malice; what must resist malice is sealed inside the body.
"""

import json
from pathlib import Path
from typing import Any, TypeAlias

from bankcc.errors import Damaged, TooNew
from bankcc.i18n import _
from bankcc.vault import crypto, safe_file

Body: TypeAlias = dict[str, Any]

SIZE_LIMIT = 64 * 1024


def canonical(value: object) -> bytes:
    """The one byte form of a JSON value: sorted keys, no blanks, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def encode(format_name: str, version: int, body: Body) -> bytes:
    """The file's bytes, indented so that a person can look at it."""
    envelope = {"format": format_name, "version": version, "suite": crypto.SUITE, "body": body}
    envelope["sha256"] = crypto.sha256(canonical(envelope)).hex()
    return json.dumps(envelope, indent=1, ensure_ascii=False).encode() + b"\n"


def read(path: Path, format_name: str, version: int) -> Body | None:
    """The body of the file at `path`; None if there is no file.

    Raises Damaged if it fails its check, TooNew if a newer program wrote it, StorageError if it
    cannot be read.
    """
    data = safe_file.read_bytes(path, limit=SIZE_LIMIT)
    return None if data is None else decode(data, path, format_name, version)


def decode(data: bytes, path: Path, format_name: str, version: int) -> Body:
    """The body in `data`; `path` is for the messages. Raises Damaged or TooNew."""
    try:
        envelope = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(envelope, dict):
        raise damaged(path)
    expected = envelope.pop("sha256", None)
    if expected != crypto.sha256(canonical(envelope)).hex():
        raise damaged(path)
    if envelope.get("format") != format_name or not isinstance(envelope.get("version"), int):
        raise damaged(path)
    if envelope["version"] > version or envelope.get("suite") != crypto.SUITE:
        raise TooNew(
            _("{path} was written by a newer version of the program.").format(path=path),
            safe=_("It was not changed."),
            next_step=_("Install the newer version and open the center with it."),
        )
    body = envelope.get("body")
    if not isinstance(body, dict):
        raise damaged(path)
    return body


def damaged(path: Path) -> Damaged:
    """The error for a file that fails its check."""
    return Damaged(
        _("{path} is damaged.").format(path=path),
        safe=_("It was not changed; the data itself lies in another file."),
        next_step=_("Put the right file back from a backup or the second medium."),
    )


def hex_field(body: Body, name: str, length: int) -> bytes:
    """The bytes in hexadecimal field `name`. Raises ValueError unless there are exactly
    `length`."""
    value = body[name]
    if not isinstance(value, str) or len(found := bytes.fromhex(value)) != length:
        raise ValueError(name)
    return found


def int_field(body: Body, name: str) -> int:
    """The whole number in field `name`. Raises ValueError on anything else."""
    value = body[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(name)
    return value


def text_field(body: Body, name: str) -> str:
    """The text in field `name`. Raises ValueError on anything else."""
    value = body[name]
    if not isinstance(value, str):
        raise ValueError(name)
    return value
