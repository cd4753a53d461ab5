"""The import rules hold in the sources, and each rule notices a planted breach."""

from pathlib import Path

import pytest

from tests.import_rules import read_tree, violations

ROOT = Path(__file__).resolve().parent.parent


def test_the_sources_keep_the_rules() -> None:
    modules = read_tree(ROOT)
    assert "bankcc.clock" in modules
    assert "ui" in modules
    assert violations(modules) == []


# What is allowed, in one small program; every breach below is planted into it.
GOOD = {
    "bankcc": "__version__ = '0'",
    "bankcc.clock": "import time\nfrom zoneinfo import ZoneInfo",
    "bankcc.errors": "",
    "bankcc.paths": "import os",
    "bankcc.i18n": "import gettext\nfrom bankcc import paths",
    "bankcc.settings": "from bankcc import i18n, paths",
    "bankcc.schema": "",
    "bankcc.schema.fields": "from bankcc.i18n import _\nfrom bankcc.schema import query",
    "bankcc.schema.query": "SELECT = 'SELECT a FROM b'",
    "bankcc.vault": "",
    "bankcc.vault.crypto": "import cryptography\nfrom bankcc import errors",
    "bankcc.vault.database_key": "",
    "bankcc.database": "import sqlcipher3\nfrom bankcc.vault import database_key",
    "bankcc.log": "",
    "bankcc.log.store": "import msgspec\nfrom bankcc import database, vault",
    "bankcc.log.migrations": "import sqlite_utils\nfrom bankcc.log import store",
    "bankcc.features": "from bankcc.features import person, task",
    "bankcc.features.person": "from bankcc.schema.fields import Text",
    "bankcc.features.task": "'''Text: SELECT a FROM b'''\nfrom bankcc.log import store",
    "bankcc.center.desk": "from bankcc.log import store",
    "bankcc.session": "from bankcc import database, desk, features\nfrom bankcc.log import store",
    "bankcc.reports": "",
    "bankcc.reports.situation": "import reportlab\nfrom bankcc.session import Session",
    "bankcc.tabular": "def read():\n    import openpyxl",
    "bankcc.cli": """
import click
from bankcc import session, tabular
def report():
    from bankcc.reports import situation
""",
    "bankcc.__main__": "from bankcc.cli import main",
    "ui": "",
    "ui.commands": "import click\ndef open_window():\n    from ui import app",
    "ui.app": "from PySide6 import QtCore\nfrom ui.frame.main_window import MainWindow",
    "ui.frame.main_window": "from ui import panels\nfrom bankcc.session import Session",
    "ui.panels": "from ui.panels import hotline, people",
    "ui.panels.hotline": "from ui.records import calls\ndef chart():\n    import pyqtgraph",
    "ui.panels.people": "from bankcc import features, tabular",
    "ui.records": "",
    "ui.records.calls": "from PySide6.QtCore import Qt",
}
BREACHES = {
    "core imports the screen": ("bankcc.session", "import ui.app", "may not import ui.app"),
    "core imports Qt": ("bankcc.session", "from PySide6 import QtCore", "PySide6 belongs"),
    "core draws charts": ("bankcc.reports.situation", "import pyqtgraph", "pyqtgraph belongs"),
    "clock imports ours": ("bankcc.clock", "from bankcc import errors", "clock may not import"),
    "settings import a library": ("bankcc.settings", "import msgspec", "standard library only"),
    "settings import the schema": (
        "bankcc.settings",
        "from bankcc.schema import fields",
        "settings may not",
    ),
    "schema imports the log": (
        "bankcc.schema.query",
        "from bankcc.log import store",
        "schema may not",
    ),
    "schema imports the vault": (
        "bankcc.schema.query",
        "import bankcc.vault.crypto",
        "schema may not",
    ),
    "database imports the schema": (
        "bankcc.database",
        "from bankcc.schema import fields",
        "database may not",
    ),
    "database imports a cipher": ("bankcc.database", "from bankcc.vault import crypto", "may not"),
    "log imports a feature": (
        "bankcc.log.store",
        "from bankcc.features import task",
        "log may not",
    ),
    "log imports the session": ("bankcc.log.store", "import bankcc.session", "log may not"),
    "feature imports a feature": (
        "bankcc.features.task",
        "from bankcc.features.person import A",
        "each other",
    ),
    "feature imports all features": (
        "bankcc.features.task",
        "from bankcc.features import A",
        "each other",
    ),
    "feature imports the database": (
        "bankcc.features.task",
        "from bankcc import database",
        "features may not",
    ),
    "feature holds SQL": ("bankcc.features.task", "Q = f'SELECT a FROM {b}'\nb = 'c'", "SQL"),
    "feature writes SQL": ("bankcc.features.task", "Q = 'UPDATE task SET a = 1'", "SQL"),
    "session imports a report": (
        "bankcc.session",
        "import bankcc.reports.situation",
        "session may not",
    ),
    "report reads the log": (
        "bankcc.reports.situation",
        "from bankcc.log import store",
        "reports may not",
    ),
    "report goes around the session": (
        "bankcc.reports",
        "import bankcc.center.desk",
        "reports may not",
    ),
    "report imports a table": (
        "bankcc.reports.situation",
        "from bankcc import tabular",
        "reports may not",
    ),
    "table reads the database": (
        "bankcc.tabular",
        "from bankcc.database import connect",
        "tabular may not",
    ),
    "command line reads the log": (
        "bankcc.cli",
        "from bankcc.log.store import rows",
        "cli may not",
    ),
    "command line knows the screen": ("bankcc.cli", "import ui.commands", "cli may not"),
    "cipher outside the vault": (
        "bankcc.log.store",
        "from cryptography import x509",
        "cryptography belongs",
    ),
    "SQLite outside the database": ("bankcc.log.store", "import sqlite3", "sqlite3 belongs"),
    "screen imports SQLite": ("ui.records.calls", "import sqlite3", "sqlite3 belongs"),
    "screen imports SQLCipher": ("ui.records.calls", "import sqlcipher3", "sqlcipher3 belongs"),
    "screen imports sqlite-utils": (
        "ui.records.calls",
        "import sqlite_utils",
        "sqlite_utils belongs",
    ),
    "screen imports the log": ("ui.records.calls", "from bankcc.log import store", "ui may not"),
    "screen imports the database": ("ui.app", "from bankcc import database", "ui may not"),
    "screen holds SQL": ("ui.records.calls", "Q = 'SELECT a\\nFROM b'", "SQL"),
    "screen imports the command line": ("ui.app", "from bankcc import cli", "ui may not"),
    "hotline looks into the board": (
        "ui.hotline.call_list",
        "from ui.board.grid import A",
        "ui.hotline may not import ui.board",
    ),
    "panel imports a panel": ("ui.panels.hotline", "from ui.panels import people", "each other"),
    "panel imports the window": (
        "ui.panels.hotline",
        "from ui.frame.main_window import MainWindow",
        "ui.panels may not",
    ),
    "model imports a panel": (
        "ui.records.calls",
        "from ui.panels.people import A",
        "ui.records may not",
    ),
    "relative import": ("bankcc.features.task", "from . import person", "relative"),
    "hidden import": ("bankcc.session", "def a():\n    from bankcc.log import store", "hidden"),
    "hidden library": (
        "bankcc.session",
        "class A:\n    def b(self):\n        import msgspec",
        "hidden",
    ),
    "import by string": (
        "bankcc.session",
        "import importlib\nimportlib.import_module('a')",
        "by string",
    ),
    "heavy at the start": (
        "bankcc.tabular",
        "import openpyxl",
        "bankcc.cli: loads openpyxl at start",
    ),
    "heavy at the start, two steps": (
        "ui.frame.main_window",
        "from ui.panels.c import A",
        "ui.app: loads pyqtgraph at start",
    ),
    "cycle": ("bankcc.schema.query", "from bankcc.schema import fields", "cycle"),
    "cycle for types": (
        "bankcc.schema.query",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import bankcc.schema.fields",
        "cycle",
    ),
    "module without a place": ("bankcc.new", "", "no place"),
}


def test_allowed_imports_are_allowed() -> None:
    assert violations(GOOD) == []


@pytest.mark.parametrize(("module", "line", "problem"), BREACHES.values(), ids=BREACHES.keys())
def test_a_planted_breach_is_found(module: str, line: str, problem: str) -> None:
    planted = GOOD | {"ui.panels.c": "import pyqtgraph"}
    planted[module] = f"{planted.get(module, '')}\n{line}"
    found = violations(planted)
    assert any(problem in text for text in found), found


def test_a_breach_is_named_with_its_line() -> None:
    planted = GOOD | {"ui.records.calls": "from PySide6.QtCore import Qt\nimport sqlite3"}
    assert violations(planted) == ["ui.records.calls:2: sqlite3 belongs to bankcc.database"]
