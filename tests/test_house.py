"""The house rules that a machine can keep: sizes, names, where time and chance come from."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {"pyproject.toml", "README.md", "bankcc", "ui", "resources", "data", "tests", "packaging"}
# Made by running things; .gitignore keeps them out of the repository.
MADE = {"build", "dist", "__pycache__"}
FILE_LINES = 400
FUNCTION_LINES = 40

# Words that say nothing about what a file or class holds.
EMPTY_WORDS = re.compile(r"utils?\d*|helpers?|managers?|misc|common|stuff|handlers?", re.IGNORECASE)
# Put together here, so that this file does not hold them itself.
UNFINISHED = re.compile("|".join(rf"\b{word}\b" for word in ("TO" + "DO", "FIX" + "ME", "X" * 3)))
FUTURE = "from __future__ import " + "annotations"

TIME_AND_CHANCE = {
    "time.time",
    "time.time_ns",
    "time.sleep",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
    "QDateTime.currentDateTime",
    "QDateTime.currentMSecsSinceEpoch",
    "QDate.currentDate",
    "QTime.currentTime",
    "os.urandom",
    "uuid.uuid1",
    "uuid.uuid4",
}
THEIR_HOMES = {"bankcc/clock.py", "bankcc/ids.py"}


def python_files(*folders: str) -> list[Path]:
    """All sources below these folders of the repository."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def long_functions(source: str) -> Iterator[str]:
    """Functions whose body, without its docstring, is longer than the bar."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = node.body[-1].end_lineno - body[0].lineno + 1 if body else 0
            if lines > FUNCTION_LINES:
                yield f"{node.lineno}: {node.name} has {lines} lines"


def empty_names(source: str) -> Iterator[str]:
    """Classes and functions called after nothing."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            words = re.findall(r"[A-Z]?[a-z0-9]+", node.name)
            if any(EMPTY_WORDS.fullmatch(word) for word in words):
                yield f"{node.lineno}: {node.name}"


def time_and_chance(source: str) -> Iterator[str]:
    """Where a source asks the system for the time or for chance."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in TIME_AND_CHANCE:
            yield f"{node.lineno}: {ast.unparse(node.func)}"
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if {"random", "secrets"} & {name.partition(".")[0] for name in names}:
            yield f"{node.lineno}: import of {names}"


def undocumented(source: str) -> Iterator[str]:
    """A module opens with its job and its rule."""
    if ast.parse(source).body and not ast.get_docstring(ast.parse(source)):
        yield "1: no docstring"


def unfinished(source: str) -> Iterator[str]:
    """Promises to finish later, and the import that turns annotations into strings."""
    for number, line in enumerate(source.splitlines(), 1):
        if UNFINISHED.search(line) or FUTURE in line:
            yield f"{number}: {line.strip()}"


def too_long(source: str) -> Iterator[str]:
    """Files by record, not by kind, stay small."""
    if (lines := len(source.splitlines())) > FILE_LINES:
        yield f"{lines} lines"


Rule = Callable[[str], Iterator[str]]
RULES: list[tuple[Rule, tuple[str, ...]]] = [
    (too_long, ("bankcc", "ui", "tests", "packaging")),
    (unfinished, ("bankcc", "ui", "tests", "packaging")),
    (undocumented, ("bankcc", "ui", "tests", "packaging")),
    (long_functions, ("bankcc", "ui", "packaging")),
    (empty_names, ("bankcc", "ui")),
    (time_and_chance, ("bankcc", "ui")),
]
BREACHES: dict[Rule, tuple[str, ...]] = {
    too_long: ("a = 1\n" * (FILE_LINES + 1),),
    unfinished: ("a = 1  # TO" + "DO later", FUTURE),
    undocumented: ("import os",),
    long_functions: ("def a():\n    '''Why.'''\n" + "    b = 1\n" * (FUNCTION_LINES + 1),),
    empty_names: ("class TaskManager: ...", "def string_utils(): ...", "class Helper: ..."),
    time_and_chance: (
        "time.time()",
        "def a(): return datetime.now(UTC)",
        "from random import choice",
        "import secrets",
        "os.urandom(3)",
    ),
}
GOOD = '''"""Job and rule."""

def timely(clock):
    """Why."""
    return clock.now_ms()
'''


@pytest.mark.parametrize(("rule", "folders"), RULES, ids=lambda item: getattr(item, "__name__", ""))
def test_sources_keep(rule: Rule, folders: tuple[str, ...]) -> None:
    found = [
        f"{name_of(file)}:{problem}"
        for file in python_files(*folders)
        if not (rule is time_and_chance and name_of(file) in THEIR_HOMES)
        for problem in rule(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [(rule, source) for rule, sources in BREACHES.items() for source in sources],
)
def test_a_planted_breach_is_found(rule: Rule, source: str) -> None:
    assert list(rule(source))


@pytest.mark.parametrize("rule", BREACHES)
def test_good_code_passes(rule: Rule) -> None:
    assert list(rule(GOOD)) == []


WHOLE_WINDOW = "ui/requirements"


def test_top_level_is_the_house() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names - TOP - MADE == set()


def test_file_names_say_what_is_inside() -> None:
    parts = {
        (name_of(file), part)
        for file in python_files("bankcc", "ui", "tests", "packaging")
        for part in file.relative_to(ROOT).with_suffix("").parts
    }
    assert {name for name, part in parts if EMPTY_WORDS.fullmatch(part)} == set()


def test_test_folders_mirror_sources() -> None:
    """A test of one module bears its name; one of several modules lies in their folder; those of
    the requirements on the whole window have a folder of their own."""
    folders = {
        file.relative_to(ROOT / "tests").parent
        for layer in ("bankcc", "ui")
        for file in (ROOT / "tests" / layer).rglob("test_*.py")
    }
    assert {str(folder) for folder in folders if not (ROOT / folder).is_dir()} <= {WHOLE_WINDOW}


def test_folders_named_like_libraries_are_no_packages() -> None:
    """They lie on the path of `python -m`; as packages they would hide the libraries."""
    assert not list((ROOT / "packaging").glob("__init__.py"))
    assert not list((ROOT / "data").glob("__init__.py"))
    assert not list((ROOT / "tests").rglob("__init__.py"))
