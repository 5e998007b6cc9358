"""Measures everything and writes `docs/desempenho.md`: `make bench`.

    python -m tests.bench [--rapido] [--so-imprimir] [--da-ultima] [--minutos N] [--pasta PASTA]

What the targets are about comes first; when the minutes are over, what still runs is ended, what
is left is told as not measured, and the page is written all the same. `--rapido` measures 1 k and
10 k rows only and writes nothing; `--da-ultima` measures nothing and writes the pages of the last
measurement again. Generated files and what was measured are kept in PASTA (by default `.bench/`)
for the next time.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.bench import pagina
from tests.bench.casos import (
    HUNDRED,
    OURS,
    ROOT,
    Bench,
    Case,
    beside,
    clean,
    left_behind,
    many,
    planilote,
    quick,
    whole,
)
from tests.bench.dados import Month

MINUTES = 25
FOR_THE_REST = 180
"""Seconds of these that are for `speed_*.py`."""
Step = tuple[str, Callable[[], None]]


def main() -> int:
    """Measure, print, write; 1 where something could not be measured or a limit was passed."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rapido", action="store_true", help="só 1 mil e 10 mil linhas")
    parser.add_argument("--so-imprimir", action="store_true", help="não escreve docs/")
    parser.add_argument("--pasta", type=Path, default=ROOT / ".bench", help="dos arquivos gerados")
    parser.add_argument("--da-ultima", action="store_true", help="refaz as páginas sem medir")
    parser.add_argument("--minutos", type=float, default=MINUTES, help="quanto pode levar")
    chosen = parser.parse_args()
    folder: Path = chosen.pasta.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    bench = Bench(folder, ends=begin + chosen.minutos * 60 - FOR_THE_REST)
    missed = []
    if chosen.da_ultima:
        bench.recall()
    else:
        missed = list(_missed(bench, _quickly(bench) if chosen.rapido else _wholly(bench)))
    page = pagina.page(bench)
    print(page)
    if not (chosen.rapido or chosen.so_imprimir):
        (ROOT / "docs" / "desempenho.md").write_text(page, encoding="utf-8")
        pagina.plot(bench, ROOT / "docs" / "desempenho.svg")
    if not chosen.da_ultima:
        missed += _limits(begin + chosen.minutos * 60 - time.monotonic())
    for one in missed:
        _tell(f"FALTOU {one}")
    return 1 if missed else 0


def _quickly(bench: Bench) -> Iterator[Step]:
    yield from _cases(bench, quick())
    yield "etapas", partial(_stages, bench, Month(10_000))
    yield "validação", partial(_validation, bench, 10_000)
    yield "muitos arquivos", partial(_many, bench, 40, 100)
    yield "nada de novo", partial(_nothing_new, bench, 100)
    yield "--help", partial(_help, bench)
    yield "o que fica para trás", partial(left_behind, bench)


def _wholly(bench: Bench) -> Iterator[Step]:
    yield "--help", partial(_help, bench)
    yield "o que fica para trás", partial(left_behind, bench)
    yield "nada de novo", partial(_nothing_new, bench, 1_000)
    yield "muitos arquivos", partial(_many, bench, 200, 500)
    yield from _cases(bench, whole())
    yield "etapas", partial(_stages, bench, HUNDRED)
    yield "validação", partial(_validation, bench, 100_000)
    yield from _cases(bench, beside())


def _cases(bench: Bench, cases: tuple[Case, ...]) -> Iterator[Step]:
    for case in cases:
        yield f"{case.name} x {case.runs}: {', '.join(case.tools)}", partial(bench.run, case)


def _missed(bench: Bench, steps: Iterator[Step]) -> Iterator[str]:
    """Take each step; what could not be measured, and why."""
    for name, step in steps:
        _tell(name)
        try:
            # Files are made before anything is measured, and to make them takes time too.
            bench.left()
            step()
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            # Whatever goes wrong with one, the others are measured and told.
            yield f"{name}: {error}"
        bench.remember()


def _stages(bench: Bench, month: Month) -> None:
    source = bench.source(Case(month, "xlsx", 1))
    clean(source.parent.parent)
    told = bench.said("tests.bench.etapas", source.parent.parent)
    bench.parts[f"{source.parent.parent.name} {OURS}"] = json.loads(told.splitlines()[-1])


def _validation(bench: Bench, rows: int) -> None:
    source = bench.source(Case(Month(rows, 1, 0.05), "csv", 3, ()))
    for _ in range(3):
        for tool in ("planilote", "frictionless"):
            command = [sys.executable, "-m", "tests.bench.validacao", tool, str(source)]
            bench.count(pagina.VALIDATION, tool, bench.measure(command, source.parent.parent))


def _many(bench: Bench, files: int, rows: int) -> None:
    work = many(bench.folder, files, rows, "xlsx")
    for _ in range(3):
        for count in (1, 2):
            command = planilote("conferir", "--processos", str(count))
            bench.command(pagina.MANY, str(count), 1, command, work)


def _nothing_new(bench: Bench, files: int) -> None:
    work = many(bench.folder, files, 5, "csv")
    clean(work)
    bench.measure(planilote("converter"), work)
    for _ in range(5):
        bench.count(pagina.NOTHING_NEW, OURS, bench.measure(planilote("converter"), work))


def _help(bench: Bench) -> None:
    command = [sys.executable, "-m", "converter", "--help"]
    bench.command(pagina.HELP, OURS, 9, command, bench.folder)


def _limits(seconds: float) -> list[str]:
    """Run what has a limit of its own; what passed it."""
    files = sorted(map(str, (ROOT / "tests" / "bench").glob("speed_*.py")))
    command = [sys.executable, "-m", "pytest", "-n", "0", "-s", *files]
    try:
        subprocess.run(command, cwd=ROOT, check=True, timeout=max(seconds, 60))
    except subprocess.SubprocessError as error:
        return [f"speed_*.py: {error}"]
    return []


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
