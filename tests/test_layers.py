"""Dependencies point one way; docs/arquitetura.md says it in words."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "converter"

# Who may import what of our own. A room may always import itself.
# cli -> pipeline -> runtime, stages -> ROOMS -> journal, workbook, texts, brazil -> model
BASE = {"model", "brazil", "texts", "errors"}
ROOMS = {"mapping", "registers", "schemas", "history", "focus", "sheets", "reading", "layouts"}
ALLOWED = {
    "model": set(),
    "crash": set(),
    "disk": {"crash"},
    "facts": set(),
    "texts": {"model"},
    "errors": {"texts"},
    "brazil": {"model"},
    "workbook": {"model"},
    "journal": {"model", "errors", "crash", "disk"},
    "settings": {"errors", "focus", "texts"},
    "terminal": {*BASE, "settings", "setup"},
    "layouts": {"model", "brazil"},
    "simulator": {"model", "brazil", "layouts"},
    "reading": {"model", "texts"},
    "schemas": BASE,
    "mapping": {"model", "brazil", "errors", "schemas"},
    "registers": {*BASE, "schemas", "mapping"},
    "setup": {*BASE, "disk", "settings", "registers", "focus"},
    "focus": {*BASE, "layouts", "journal", "crash"},
    "sheets": {*BASE, "workbook"},
    "history": {*BASE, "journal", "schemas"},
    "stages": {*BASE, *ROOMS, "journal", "workbook", "disk"},
    "runtime": {*BASE, *ROOMS, "stages", "journal", "workbook", "disk", "settings", "simulator"},
    "pipeline": {*BASE, "runtime", "stages", "history", "settings"},
    "library": {*BASE, "pipeline", "runtime", "stages", "history", "schemas", "settings"},
    "watching": {*BASE, "pipeline", "runtime", "reading", "journal", "settings"},
    "page": {
        *BASE,
        "pipeline",
        "runtime",
        "reading",
        "schemas",
        "sheets",
        "disk",
        "settings",
        "history",
        "registers",
        "watching",
    },
    "cli": {*BASE, "pipeline", "runtime", "settings", "setup", "terminal", "watching", "page"},
    "__main__": {"cli"},
    "__init__": {*BASE, "library", "schemas"},
}
# A number the package says of itself, which every room may show.
VERSION = "__version__"
# How our own data files are read, which every room may do.
FACTS = "facts"
# Outside libraries with one door each.
DOORS = {
    "requests": {"focus"},
    "urllib3": {"focus"},
    "filelock": {"journal"},
    "sqlite3": {"journal", "simulator"},
    "flask": {"simulator", "page"},
    "waitress": {"simulator", "page"},
    "pandera": {"schemas"},
    "pandas": {"library", "schemas", "model", "stages"},
    "python_calamine": {"reading"},
    "watchfiles": {"watching"},
    "click": {"cli", "terminal"},
    "rich": {"terminal"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def said(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """What a module imports, and the bare names it calls."""
    imported, called = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            imported |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(node.func.id)
    return frozenset(imported), frozenset(called)


def imports(path: Path) -> frozenset[str]:
    return said(path)[0]


def module(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_a_room_imports_only_what_stands_below_it() -> None:
    for path in MODULES:
        own = room(path)
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("converter.")}
        assert ours - {own, VERSION, FACTS} <= ALLOWED[own], module(path)


def test_no_stage_imports_another() -> None:
    stages = sorted((PACKAGE / "stages").glob("*.py"))
    assert stages
    for path in stages:
        others = [name for name in imports(path) if name.startswith("converter.stages.")]
        assert not others, module(path)


def test_an_outside_library_has_one_door() -> None:
    for path in MODULES:
        outside = {name.split(".")[0] for name in imports(path)} & DOORS.keys()
        own = room(path)
        assert own == "cli" or all(own in DOORS[library] for library in outside), module(path)


def test_a_module_stays_readable_in_one_sitting() -> None:
    ours = [path for room in ("tests", "scripts") for path in (ROOT / room).rglob("*.py")]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES + ours}
    assert not {str(path): lines for path, lines in lengths.items() if lines > 400}


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        _, called = said(path)
        assert room(path) == "cli" or not called & {"print", "exit"}, module(path)


def test_no_module_needs_one_that_needs_it() -> None:
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    needed = {
        name: {
            part
            for imported in imports(path)
            for part in (imported, imported.rpartition(".")[0])
            if part in names and part != name
        }
        for name, path in names.items()
    }
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
