"""Breaks the modules that must not be wrong, a little at a time, and says what no test noticed.

A mutant is one operator turned, one number off by one, one condition negated or one call left out.
They are drawn with a fixed seed, so many of each target, and each is held against the tests of its
target in a copy of the repository: nothing here is touched.

Usage: python scripts/mutacao.py [ALVO ...] [--cada N] [--minimo PERCENT] [--semente N ...]
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE, _LEAST = 4, 60
"""A mutant may take so many times what the tests take without one, and so many seconds at least."""


class Target(NamedTuple):
    """What one module became: files of `converter/`, and the tests that hold them."""

    files: Sequence[str]
    tests: Sequence[str]


TARGETS: dict[str, Target] = {
    "dates": Target(
        ("brazil/dates.py", "brazil/date_words.py"),
        (
            "tests/brazil/test_dates.py",
            "tests/brazil/test_dates_at_their_edges.py",
            "tests/brazil/test_written_dates.py",
            "tests/brazil/test_doctests.py",
        ),
    ),
    "numerals": Target(("brazil/numerals.py",), ("tests/brazil",)),
    "deliver": Target(
        ("focus/deliver.py", "focus/judge.py"),
        (
            "tests/focus/test_deliver.py",
            "tests/stages/test_submit.py",
            "tests/faults/test_matriz.py",
        ),
    ),
    "respostas": Target(
        ("focus/respostas.py",), ("tests/focus/test_respostas.py", "tests/stages/test_respond.py")
    ),
    "history": Target(
        ("history",), ("tests/history", "tests/test_mudancas.py", "tests/test_corrigir_de_novo.py")
    ),
    "claims": Target(
        ("journal/claims.py", "journal/packing.py", "journal/rows.py"),
        ("tests/journal", "tests/history"),
    ),
    "match": Target(("mapping/match.py",), ("tests/mapping", "tests/casos/test_mapeamento.py")),
    "rows": Target(
        ("mapping/rows.py", "mapping/notes.py", "mapping/fields.py"),
        ("tests/mapping", "tests/stages/test_map.py", "tests/casos"),
    ),
    "amounts": Target(
        ("schemas/rules/amounts.py",), ("tests/schemas", "tests/casos/test_inteiro.py")
    ),
    "rules": Target(("schemas/rules",), ("tests/schemas", "tests/casos/test_inteiro.py")),
    "group": Target(("stages/group.py",), ("tests/stages/test_group.py", "tests/test_mudancas.py")),
    "respond": Target(
        ("stages/respond.py", "focus/matching.py"),
        ("tests/focus/test_matching.py", "tests/stages/test_respond.py"),
    ),
    "source": Target(("workbook/source.py", "workbook/dialect.py"), ("tests/workbook",)),
}
_TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one thing changed: where, what, and the whole text of it."""

    path: str
    line: int
    change: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.change}"


def mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text."""
    for number, place in enumerate(_places(ast.parse(text))):
        for variant in range(len(_changes(place))):
            tree = ast.parse(text)
            node = _places(tree)[number]
            change = _changes(node)[variant]
            line = getattr(node, "lineno", 0)
            _apply(node, change)
            yield Mutant(path, line, change, ast.unparse(ast.fix_missing_locations(tree)))


def _places(tree: ast.AST) -> list[ast.AST]:
    """Every node that can be changed; what is written of types is no logic."""
    types = [
        written
        for node in ast.walk(tree)
        for written in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(written, ast.AST)
    ]
    apart = {id(node) for written in types for node in ast.walk(written)}
    return [node for node in ast.walk(tree) if id(node) not in apart and _changes(node)]


def _changes(node: ast.AST) -> list[str]:
    """What can be changed in a node, in words."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:
        turned = _TURNED[type(node.ops[0])]
        return [f"{type(node.ops[0]).__name__} -> {turned.__name__}"]
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _TURNED:
        return [f"{type(node.op).__name__} -> {_TURNED[type(node.op)].__name__}"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ["not dropped"]
    simple = {
        "condition always false": isinstance(node, ast.If | ast.IfExp | ast.While),
        "number + 1": isinstance(node, ast.Constant) and type(node.value) is int,
        "call dropped": isinstance(node, ast.Expr) and isinstance(node.value, ast.Call),
    }
    return [change for change, possible in simple.items() if possible]


def _apply(node: ast.AST, change: str) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = _TURNED[type(node.ops[0])]()  # type: ignore[call-overload]  # of its kind
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        node.op = _TURNED[type(node.op)]()  # type: ignore[assignment]  # of its kind
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.Constant(value=False)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1
    elif isinstance(node, ast.Expr):
        node.value = ast.Constant(value=None)
    else:
        raise TypeError(change)


def _drawn(target: Target, each: int, seeds: Sequence[int]) -> list[Mutant]:
    """The mutants of a target that these seeds draw, each once."""
    paths = [ROOT / "converter" / name for name in target.files]
    files = [
        file
        for path in paths
        for file in ([path] if path.is_file() else sorted(path.glob("[!_]*.py")))
    ]
    found = [
        mutant
        for file in files
        for mutant in mutants(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]
    drawn: dict[int, Mutant] = {}
    for seed in seeds:
        dice = random.Random(seed)  # noqa: S311 - the same draw for everybody
        drawn.update((id(one), one) for one in dice.sample(found, min(each, len(found))))
    return list(drawn.values())


def _passes(copy: Path, tests: Sequence[str], timeout: float | None) -> bool:
    """Whether these tests pass in a copy; they do not where they take longer than `timeout`."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not longo"]
    try:
        ran = subprocess.run(
            [*command, "-p", "no:cacheprovider", *tests],
            cwd=copy,
            # So that the commands which tests start are the copy's too.
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return ran.returncode == 0


def _unseen(copy: Path, name: str, target: Target, drawn: Sequence[Mutant]) -> list[Mutant]:
    """Those of the mutants that no test notices; one with which the tests never end is noticed."""
    began = time.monotonic()
    if not _passes(copy, target.tests, None):
        sys.exit(f"{name}: os testes falham sem mudança nenhuma.")
    timeout = max(_LEAST, _PATIENCE * (time.monotonic() - began))
    unseen = []
    for mutant in drawn:
        path = copy / mutant.path
        whole = path.read_text(encoding="utf-8")
        path.write_text(mutant.text, encoding="utf-8")
        if _passes(copy, target.tests, timeout):
            print(f"ninguém viu: {mutant}", flush=True)
            unseen.append(mutant)
        path.write_text(whole, encoding="utf-8")
    return unseen


def main() -> None:
    """Draw, break, count; ends with 1 below the minimum."""
    parser = argparse.ArgumentParser(prog="make mutacao")
    parser.add_argument("alvos", nargs="*", help=f"só estes: {', '.join(TARGETS)}")
    parser.add_argument("--cada", type=int, default=10, help="quantas mudanças por alvo")
    parser.add_argument(
        "--semente", type=int, nargs="+", default=[1], help="um sorteio por semente"
    )
    parser.add_argument(
        "--minimo", type=int, default=90, help="quantas por cento têm de ser vistas"
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.alvos) - TARGETS.keys():
        parser.error(f"não há {', '.join(sorted(unknown))}")
    total = seen = 0
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "planilote"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "saida", "diario")
        shutil.copytree(ROOT, copy, ignore=ignored)
        for name in chosen.alvos or TARGETS:
            drawn = _drawn(TARGETS[name], chosen.cada, chosen.semente)
            noticed = len(drawn) - len(_unseen(copy, name, TARGETS[name], drawn))
            total, seen = total + len(drawn), seen + noticed
            print(f"{name}: {noticed} de {len(drawn)}", flush=True)
    share = 100 * seen / total if total else 100.0
    print(f"{seen} de {total} mudanças foram vistas ({share:.0f} %).")
    sys.exit(share < chosen.minimo)


if __name__ == "__main__":
    main()
