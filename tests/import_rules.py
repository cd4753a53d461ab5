"""Who may import whom, as functions over source texts: `violations(modules)` lists every breach.

When adding a module directly under `bankcc/`: give it a place in `MAY_IMPORT`. When adding a
library: give it a place in `LIBRARY_HOMES` if only one part of the program should know it.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOUNDATION = {"clock", "ids", "errors", "paths", "settings", "i18n", "whole_file"}
_PLAN = FOUNDATION | {"schema", "features", "session"}
# The session and the pieces it is made of; nobody else imports the pieces.
_SESSION = {"session", "center"}
_CARRIERS = {"reports", "exchange", "backup", "tabular", "demo"}

# Part of the program -> the parts it may import besides itself. Parts of `ui` start with "ui.".
MAY_IMPORT: dict[str, set[str]] = {
    **{name: FOUNDATION for name in FOUNDATION},
    **{name: FOUNDATION for name in ("schema", "vault")},
    "database": FOUNDATION | {"wal_index"},
    "wal_index": set(),
    "log": FOUNDATION | {"schema", "vault", "database"},
    "features": FOUNDATION | {"schema", "log"},
    **dict.fromkeys(
        _SESSION, FOUNDATION | _SESSION | {"schema", "vault", "database", "log", "features"}
    ),
    **{name: _PLAN for name in _CARRIERS},
    "verb_words": FOUNDATION | {"features"},
    "cli": _PLAN | _CARRIERS | {"verb_words"},
    "__main__": {"cli"},
    "ui": _PLAN | _CARRIERS | {"verb_words"},
}
# These hold nothing but values: not even one another.
ALONE = {"clock", "ids", "errors", "paths"}

# Single exceptions, each with its reason.
PASSES = {
    # The key travels as a type that can be neither printed nor pickled.
    ("bankcc.database", "bankcc.vault.database_key"),
    # The waits after wrong passphrases are those of the window.
    ("bankcc.cli.opening", "bankcc.vault.delay"),
    ("ui.dialogs.unlock", "bankcc.vault.delay"),
    # While a passphrase is chosen, the field says how strong it is.
    ("ui.first_start.start", "bankcc.vault.passphrase"),
    # A command of the screen reads the command line's global options.
    ("ui.commands", "bankcc.cli"),
}

# What the panels are made of: each subject its own room, and none looks into another's.
SLICES = {
    *("ui.board", "ui.hotline", "ui.reports", "ui.resources", "ui.roster", "ui.situation"),
}
# What all of them are made of.
GENERAL = ("ui.records", "ui.widgets")

# Library -> the only modules (and what lies below them) that may import it.
LIBRARY_HOMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("PySide6", "shiboken6", "pyqtgraph", "pypdfium2"), ("ui",)),
    **dict.fromkeys(("sqlite3", "sqlcipher3", "pysqlite3", "apsw"), ("bankcc.database",)),
    "sqlite_utils": ("bankcc.log.migrations",),
    **dict.fromkeys(("cryptography", "pyrage"), ("bankcc.vault",)),
    "reportlab": ("bankcc.reports",),
    **dict.fromkeys(("openpyxl", "defusedxml"), ("bankcc.tabular",)),
    "click": ("bankcc.cli", "ui.commands"),
}
HEAVY = {"pyqtgraph", "pypdfium2", "reportlab", "openpyxl", "pypinyin", "sqlite_utils"}
# What runs before the first paint, or before the first line on the command line.
STARTS = ("bankcc.cli", "ui.app")
# The command line loads it for its list of commands, long before a window is wanted.
COMMANDS = "ui.commands"
# Code that is loaded when it is first wanted, so that no start waits for it: who loads, and what.
ON_DEMAND = {
    "bankcc.cli": ("bankcc.cli",),
    "ui.panels": ("ui.panels",),
    "ui.dialogs.files": ("ui",),
    "ui.frame.tools": ("ui",),
    "ui.preparing": ("ui", "bankcc.reports"),
    # The first set-up and the passphrase are asked for once in a while.
    "ui.app": ("ui",),
    "bankcc.cli.display": ("importlib.metadata",),
}

_NO_SQL = ("bankcc.features", "bankcc.cli", "bankcc.demo", "bankcc.reports", "bankcc.tabular", "ui")
_SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT\s+(OR \w+ )?INTO\b|\bUPDATE\b.+\bSET\b|\bDELETE\s+FROM\b"
    r"|\bCREATE\s+(VIRTUAL |TEMP )?(TABLE|INDEX|TRIGGER|VIEW)\b|\bPRAGMA\s+\w",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Import:
    """One import of one module. `hidden`: in a function; `typing`: for the type checker only."""

    source: str
    target: str
    line: int
    hidden: bool
    typing: bool

    @property
    def root(self) -> str:
        return self.target.partition(".")[0]

    @property
    def ours(self) -> bool:
        return self.root in ("bankcc", "ui")


def read_tree(root: Path) -> dict[str, str]:
    """Dotted module name -> source text, of everything in `bankcc` and `ui`."""
    found = {}
    for file in sorted([*(root / "bankcc").rglob("*.py"), *(root / "ui").rglob("*.py")]):
        parts = file.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = file.read_text(encoding="utf-8")
    return found


def below(module: str, place: str) -> bool:
    """Whether `module` is `place` or lies below it."""
    return module == place or module.startswith(place + ".")


def part(module: str) -> str:
    """The part of the program a module belongs to: a key of `MAY_IMPORT`."""
    top, _, rest = module.partition(".")
    return "ui" if top == "ui" else rest.partition(".")[0]


def imports_of(module: str, source: str, known: Mapping[str, object]) -> Iterator[Import]:
    """Every import of a module; `from a import b` counts as `a.b` where that is a module."""

    def walk(node: ast.AST, hidden: bool, typing: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(module, alias.name, child.lineno, hidden, typing)
            elif isinstance(child, ast.ImportFrom):
                base = "." * child.level + (child.module or "")
                for alias in child.names:
                    full = f"{base}.{alias.name}"
                    target = full if full in known else base
                    yield Import(module, target, child.lineno, hidden, typing)
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            checking = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            yield from walk(child, hidden or function, typing or checking)

    yield from walk(ast.parse(source, filename=module), False, False)


def violations(modules: Mapping[str, str]) -> list[str]:
    """Every breach of the rules in these sources, as `module:line: what is wrong`."""
    imports = [
        found for name, source in modules.items() for found in imports_of(name, source, modules)
    ]
    heavy = _reaches_heavy(imports)
    found = [
        f"{item.source}:{item.line}: {problem}"
        for item in imports
        if (
            problem := _direction(item) or _siblings(item) or _library(item) or _hidden(item, heavy)
        )
    ]
    found += [f"{start}: loads {heavy[start]} at start" for start in STARTS if start in heavy]
    found += [f"{name}: has no place in MAY_IMPORT" for name in modules if not _has_place(name)]
    for name, source in modules.items():
        found += [f"{name}:{line}: {problem}" for line, problem in _texts(name, source)]
    return list(dict.fromkeys(found)) + [f"cycle: {' -> '.join(ring)}" for ring in cycles(imports)]


def _has_place(module: str) -> bool:
    return module == "bankcc" or part(module) in MAY_IMPORT


def _direction(item: Import) -> str | None:
    """Layers: which part may import which."""
    if item.target.startswith("."):
        return "relative import"
    source, target = part(item.source), part(item.target)
    if not item.ours:
        stdlib = item.root in sys.stdlib_module_names
        return (
            f"{source} may import the standard library only"
            if (source in FOUNDATION and not stdlib)
            else None
        )
    if item.target == "bankcc":  # holds the version and nothing else
        return None
    if (item.source, item.target) in PASSES:
        return None
    if source in ALONE or (source != target and target not in MAY_IMPORT.get(source, set())):
        return f"{source or item.source} may not import {item.target}"
    return None


def _siblings(item: Import) -> str | None:
    """Records know each other by type name only; panels know neither each other nor the window."""
    for folder in ("bankcc.features", "ui.panels"):
        if item.source != folder and below(item.source, folder) and below(item.target, folder):
            return f"{folder} may not import each other: {item.target}"
    if (room := item.source.rpartition(".")[0]) in SLICES:
        other = next((slice for slice in SLICES - {room} if below(item.target, slice)), None)
        if other:
            return f"{room} may not import {other}"
    frame = ("ui.frame.main_window", "ui.panels", "ui.app")
    inner = ("ui.panels", *SLICES, *GENERAL, "ui.dialogs")
    if any(below(item.source, place) for place in inner) and any(
        below(item.target, place) and not below(item.source, place) for place in frame
    ):
        return f"{item.source.rpartition('.')[0]} may not import {item.target}"
    return None


def _library(item: Import) -> str | None:
    homes = LIBRARY_HOMES.get(item.root)
    if homes is None or any(below(item.source, home) for home in homes):
        return None
    return f"{item.root} belongs to {' and '.join(homes)}"


def _hidden(item: Import, heavy: Mapping[str, str]) -> str | None:
    """Imports inside functions: heavy libraries, and our modules that load one, and no others."""
    if not item.hidden or item.root in HEAVY or item.target in heavy:
        return None
    if item.source == COMMANDS and item.root == "ui":
        return None
    if any(below(item.target, part) for part in ON_DEMAND.get(item.source, ())):
        return None
    return f"import of {item.target} hidden in a function"


def _reaches_heavy(imports: list[Import]) -> dict[str, str]:
    """Modules that load a heavy library as soon as they are imported, and which one."""
    plain = [item for item in imports if not item.hidden and not item.typing]
    heavy = {item.source: item.root for item in plain if item.root in HEAVY}
    while True:
        more = {
            item.source: heavy[item.target]
            for item in plain
            if item.source not in heavy and item.target in heavy
        }
        if not more:
            return heavy
        heavy |= more


def _texts(module: str, source: str) -> Iterator[tuple[int, str]]:
    """SQL where there should be none, and imports by string, which no rule could follow."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            barred = any(below(module, place) for place in _NO_SQL)
            if barred and id(node) not in documentation and _SQL.search(node.value):
                yield node.lineno, "SQL does not belong here"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "__import__",
            "import_module",
            "importlib.import_module",
        ):
            yield node.lineno, "import by string"


def cycles(imports: list[Import]) -> list[list[str]]:
    """Rings of modules that import each other, hidden and typing imports included."""
    graph: dict[str, set[str]] = {}
    for item in imports:
        if item.ours and item.source != item.target:
            graph.setdefault(item.source, set()).add(item.target)
    rings: list[list[str]] = []
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> None:
        if module in path:
            rings.append([*path[path.index(module) :], module])
            return
        if module in done:
            return
        for target in sorted(graph.get(module, ())):
            visit(target, [*path, module])
        done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return rings
