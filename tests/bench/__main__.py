"""Measures everything and writes `docs/desempenho.md`.

    python -m tests.bench [--rapido] [--so-imprimir] [--da-ultima] [--pasta PASTA]

`--rapido` measures 1 k and 10 k rows only and writes nothing; `--da-ultima` measures nothing and
writes the pages of the last whole measurement again. Generated files and what was measured are
kept in PASTA (by default `.bench/`) for the next time.
"""

import argparse
import sys
import time
from pathlib import Path

from tests.bench import pagina
from tests.bench.casos import (
    ENVIRON,
    OURS,
    ROOT,
    Bench,
    Case,
    clean,
    huge,
    left_behind,
    many,
    planilote,
    quick,
    whole,
)
from tests.bench.dados import Month
from tests.bench.medir import measure


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rapido", action="store_true", help="só 1 mil e 10 mil linhas")
    parser.add_argument("--so-imprimir", action="store_true", help="não escreve docs/")
    parser.add_argument("--pasta", type=Path, default=ROOT / ".bench", help="dos arquivos gerados")
    parser.add_argument("--da-ultima", action="store_true", help="refaz as páginas sem medir")
    chosen = parser.parse_args()
    folder: Path = chosen.pasta.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder)
    if chosen.da_ultima:
        bench.recall()
    else:
        _measure(bench, chosen)
    page = pagina.page(bench)
    print(page)
    if not (chosen.rapido or chosen.so_imprimir):
        (ROOT / "docs" / "desempenho.md").write_text(page, encoding="utf-8")
        pagina.plot(bench, ROOT / "docs" / "desempenho.svg")


def _measure(bench: Bench, chosen: argparse.Namespace) -> None:
    for case in quick() if chosen.rapido else (*whole(), *huge(xlsx=True)):
        _tell(f"{case.name} x {case.runs}")
        bench.run(case)
    _validation(bench, 10_000 if chosen.rapido else 100_000)
    _many(bench, *((40, 100) if chosen.rapido else (200, 500)))
    _nothing_new(bench, 100 if chosen.rapido else 1_000)
    _help(bench)
    _tell("o que fica para trás")
    left_behind(bench)
    if not chosen.rapido:
        bench.remember()


def _validation(bench: Bench, rows: int) -> None:
    case = Case(Month(rows, 1, 0.05), "csv", 3, ())
    source = bench.source(case)
    for _ in range(3):
        for tool in ("planilote", "frictionless"):
            _tell(f"validação com {tool}")
            command = [sys.executable, "-m", "tests.bench.validacao", tool, str(source)]
            cost = measure(command, source.parent.parent, ENVIRON)
            bench.costs.setdefault((pagina.VALIDATION, tool), []).append(cost)


def _many(bench: Bench, files: int, rows: int) -> None:
    work = many(bench.folder, files, rows, "xlsx")
    for _ in range(3):
        for count in (1, 2):
            _tell(f"{files} arquivos com {count} processo(s)")
            command = planilote("conferir", "--processos", str(count))
            bench.command(pagina.MANY, str(count), 1, command, work)


def _nothing_new(bench: Bench, files: int) -> None:
    work = many(bench.folder, files, 5, "csv")
    clean(work)
    _tell(f"{files} arquivos pela primeira vez")
    measure(planilote("converter"), work, ENVIRON)
    for _ in range(5):
        _tell("e de novo")
        cost = measure(planilote("converter"), work, ENVIRON)
        bench.costs.setdefault((pagina.NOTHING_NEW, OURS), []).append(cost)


def _help(bench: Bench) -> None:
    command = [sys.executable, "-m", "converter", "--help"]
    bench.command(pagina.HELP, OURS, 9, command, bench.folder)


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
