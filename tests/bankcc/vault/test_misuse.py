"""Misuse of cryptography, looked for in the syntax of every source file of the program.

Rules: chance enters only in ids.py; ciphers and key derivation are named only in vault/crypto.py;
`hashlib` elsewhere may give nothing but sha256, for recognising content; MACs and signatures are
compared by crypto.equal or verified, never with == or !=.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ("bankcc", "ui", "packaging")
CHANCE = "bankcc/ids.py"
CRYPTO = "bankcc/vault/crypto.py"

CHANCE_MODULES = {"random", "secrets", "numpy.random"}
CHANCE_CALLS = {"os.urandom", "os.getrandom", "uuid.uuid1", "uuid.uuid4", "np.random"}
CHANCE_NAMES = {"urandom", "getrandom", "uuid1", "uuid4", "QRandomGenerator"}
CIPHER_MODULES = {
    "cryptography",
    "hmac",
    "nacl",
    "Crypto",
    "Cryptodome",
    "pyrage",
    "argon2",
    "bcrypt",
    "passlib",
    "gmssl",
    "ecdsa",
    "rsa",
    "crypt",
}
AUTHENTICATORS = re.compile(r"(^|_)(mac|hmac|signature|sig|auth_tag)$", re.IGNORECASE)


def misuses(source: str, place: str) -> list[str]:
    """What is wrong in one file; `place` is its path from the root, with slashes."""
    found = []
    for node in ast.walk(ast.parse(source)):
        for what in _of_node(node, place):
            found.append(f"{place}:{getattr(node, 'lineno', 0)}: {what}")
    return found


def _of_node(node: ast.AST, place: str) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            for name in names:
                yield from _of_module(name.name, place)
        case ast.ImportFrom(module=str(module), names=names):
            yield from _of_module(module, place)
            for name in names:
                yield from _of_module(f"{module}.{name.name}", place)
                if name.name in CHANCE_NAMES and place != CHANCE:
                    yield f"chance outside ids.py: {name.name}"
                if module == "hashlib" and name.name != "sha256" and place != CRYPTO:
                    yield f"hashlib.{name.name} outside vault/crypto.py"
        case ast.Attribute(value=value, attr=attr):
            dotted = f"{ast.unparse(value)}.{attr}"
            if dotted in CHANCE_CALLS and place != CHANCE:
                yield f"chance outside ids.py: {dotted}"
            if ast.unparse(value) == "hashlib" and attr != "sha256" and place != CRYPTO:
                yield f"{dotted} outside vault/crypto.py"
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            sides = [left, *comparators]
            equality = any(isinstance(op, ast.Eq | ast.NotEq) for op in ops)
            constant = any(isinstance(side, ast.Constant) for side in sides)
            if equality and not constant and any(_authenticates(side) for side in sides):
                yield "a MAC or signature compared with == or !="


def _of_module(module: str, place: str) -> Iterator[str]:
    top = module.split(".")[0]
    if (top in CHANCE_MODULES or module in CHANCE_MODULES) and place != CHANCE:
        yield f"chance outside ids.py: {module}"
    if top in CIPHER_MODULES and place != CRYPTO:
        yield f"a cipher named outside vault/crypto.py: {module}"
    if module.split(".")[-1] == "ECB":
        yield "ECB"


def _authenticates(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return bool(AUTHENTICATORS.search(name))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="hmac" | "crypto"), attr=name)):
            return name in ("digest", "sign", "ed25519", "new")
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return bool(AUTHENTICATORS.search(name))
        case ast.Subscript(value=value):
            return _authenticates(value)
    return False


def source_files() -> list[Path]:
    return sorted(path for source in SOURCES for path in (ROOT / source).rglob("*.py"))


def test_the_program_has_none() -> None:
    files = source_files()
    assert ROOT / CRYPTO in files
    assert ROOT / CHANCE in files
    found = []
    for path in files:
        place = path.relative_to(ROOT).as_posix()
        found += misuses(path.read_text(encoding="utf-8"), place)
    assert found == []


def test_the_allowed_places_are_needed() -> None:
    for place in (CHANCE, CRYPTO):
        source = (ROOT / place).read_text(encoding="utf-8")
        assert misuses(source, "bankcc/elsewhere.py")


@pytest.mark.parametrize(
    "planted",
    [
        "import random",
        "from random import randint",
        "import secrets",
        "import os\nkey = os.urandom(32)",
        "from os import urandom",
        "import uuid\nname = uuid.uuid4()",
        "from uuid import uuid4",
        "import numpy as np\nx = np.random.random()",
        "from PySide6.QtCore import QRandomGenerator",
        "from cryptography.hazmat.primitives.ciphers.aead import AESGCM",
        "import cryptography.fernet",
        "from cryptography.hazmat.primitives.ciphers.modes import ECB",
        "import hmac",
        "import pyrage",
        "import hashlib\nhashlib.pbkdf2_hmac('sha256', b'', b'', 1)",
        "import hashlib\nhashlib.md5(b'')",
        "import hashlib\nhashlib.new('sha1')",
        "from hashlib import scrypt",
        "def f():\n    import random",
        "ok = mac == other",
        "ok = a.signature != b",
        "ok = op.head_signature == stored[0]",
        "ok = row.auth_tag == tag",
        "ok = crypto.sign(k, m) == given",
        "ok = compute_mac(k, m) == given",
    ],
)
def test_planted_misuse_is_found(planted: str) -> None:
    assert misuses(planted, "bankcc/features/incident.py")


@pytest.mark.parametrize(
    "fine",
    [
        "import hashlib\nname = hashlib.sha256(b'').hexdigest()",
        "from hashlib import sha256",
        "from bankcc.vault import crypto\nok = crypto.verify(p, m, s, purpose=x)",
        "ok = op.payload_hash == stored",
        "missing = signature == b''",
        "ok = signature is None",
        "from bankcc.ids import SystemChance",
        "import os\nos.replace(a, b)",
    ],
)
def test_fair_use_is_not(fine: str) -> None:
    assert misuses(fine, "bankcc/features/incident.py") == []
