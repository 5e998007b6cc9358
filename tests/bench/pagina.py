"""`docs/desempenho.md` and its picture, made from what was measured."""

import os
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import explicado, precisao
from tests.bench.casos import EXCEL_ROWS, FLOOR, OURS, SCRIPT, Bench
from tests.bench.dados import Month
from tests.bench.medir import Cost
from tests.schemas.semeada import seeded

VALIDATION, MANY, NOTHING_NEW, HELP = "validação", "muitos", "nada de novo", "--help"
MILLION = Month(1_000_000)
LARGEST = Month(EXCEL_ROWS, 500)
Target = tuple[str, Callable[[Bench], float], float, str]


def page(bench: Bench) -> str:
    """The whole page."""
    return "\n".join(
        (
            "# Desempenho",
            "",
            "Página gerada por `make bench`; não edite à mão. Medianas de processos inteiros, do "
            "início do Python ao último byte gravado, medidos em revezamento na mesma máquina: "
            f"{os.cpu_count()} núcleos, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}.",
            "",
            "![Tempo e memória por número de linhas](desempenho.svg)",
            "",
            "## Metas",
            "",
            *_targets(bench),
            "",
            *explicado.SHORTFALLS,
            "",
            "## Tempo e memória",
            "",
            "`conferir` faz tudo menos enviar: lê, confere, monta os pedidos e grava a planilha de "
            "resultado. O *script da tarde* (`tests/bench/tarde.py`) é o que se escreve numa tarde "
            "com pandas, openpyxl e python-stdnum. O *piso* (`tests/bench/piso.py`) só lê o mesmo "
            "arquivo com calamine (ou o módulo csv), escreve o mesmo JSON e comprime os mesmos "
            "bytes: ninguém faz menos.",
            "",
            *_table(bench),
            "",
            "## Muitos arquivos",
            "",
            *_many(bench),
            "",
            "## Só a conferência",
            "",
            *_validation(bench),
            "",
            "## Quem acha os erros",
            "",
            *_precision(),
            "",
            "## Como repetir",
            "",
            "```",
            "make bench                 # tudo; uns vinte minutos",
            "make bench ARGS=--rapido   # 1 mil e 10 mil linhas, alguns minutos, nada gravado",
            "```",
            "",
            "Os arquivos são inventados por `tests/bench/dados.py`, sempre os mesmos: 22 colunas "
            "como no modelo, acentos, um texto diferente em cada linha, um tomador a cada vinte "
            "notas. Para instruções em vez de segundos, onde o relógio varia demais:",
            "",
            "```",
            "valgrind --tool=callgrind python -m converter conferir --pasta PASTA --processos 1",
            "```",
            "",
        )
    )


def _ratio(bench: Bench, case: str, tool: str, other: str) -> float:
    return bench.middle(case, other).wall / bench.middle(case, tool).wall


def _targets(bench: Bench) -> Iterator[str]:
    yield "| Trabalho | Medida | Meta | Medido | |"
    yield "|---|---|---:|---:|---|"
    for work, measure, limit, what in _wanted():
        try:
            found = measure(bench)
        except KeyError:
            continue
        at_least = what.startswith("x ")
        good = found >= limit if at_least else found <= limit
        sign = "≥" if at_least else "≤"
        mark = "cumprida" if good else "não cumprida"
        yield f"| {work} | {what} | {sign} {limit:g} | {found:.3g} | {mark} |"


def _wanted() -> Iterator[Target]:
    """The targets of the issue, in its order."""
    for rows, script, floor, peak in (
        (1_000, 2.5, None, 200),
        (10_000, 12, 2.5, 260),
        (100_000, 15, 2.2, 800),
    ):
        case = f"{Month(rows).name}-xlsx"
        work = f"{_thousands(rows)} linhas, xlsx"
        yield (
            work,
            lambda b, c=case: _ratio(b, c, OURS, SCRIPT),
            script,
            "x mais rápido que o script",
        )
        if floor:
            yield work, lambda b, c=case: _ratio(b, c, FLOOR, OURS), floor, "vezes o piso"
        yield work, lambda b, c=case: b.middle(c, OURS).peak, peak, "MB de pico"
    case = f"{Month(100_000).name}-csv"
    yield (
        "100 mil linhas, csv",
        lambda b: _ratio(b, f"{Month(100_000).name}-csv", OURS, SCRIPT),
        6,
        "x mais rápido que o script",
    )
    yield "1 milhão de linhas, csv", _million, 11, "vezes o csv de 100 mil"
    yield (
        "1 milhão de linhas, csv",
        lambda b: b.middle(f"{MILLION.name}-csv", OURS).peak / 1024,
        3,
        "GB de pico",
    )
    yield "200 arquivos x 500 linhas", _speedup, 1.7, "x mais rápido com dois processos"
    yield HELP, lambda b: b.middle(HELP, OURS).wall * 1000, 150, "ms"
    yield "1.000 arquivos já convertidos", lambda b: b.middle(NOTHING_NEW, OURS).wall, 2, "s"


def _million(bench: Bench) -> float:
    hundred = bench.middle(f"{Month(100_000).name}-csv", OURS)
    return bench.middle(f"{MILLION.name}-csv", OURS).wall / hundred.wall


def _speedup(bench: Bench) -> float:
    return bench.middle(MANY, "1").wall / bench.middle(MANY, "2").wall


def _table(bench: Bench) -> Iterator[str]:
    yield (
        "| Arquivo | planilote, s | s de CPU | MB | script, s | MB | mais rápido | piso, s "
        "| vezes o piso |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for case in dict.fromkeys(case for case, _ in bench.costs):
        if not case.startswith("notas-"):
            continue
        ours = bench.middle(case, OURS)
        cells = [_described(case), f"{ours.wall:.2f}", f"{ours.cpu:.2f}", f"{ours.peak:.0f}"]
        script, floor = _maybe(bench, case, SCRIPT), _maybe(bench, case, FLOOR)
        cells += (
            [f"{script.wall:.1f}", f"{script.peak:.0f}", f"{script.wall / ours.wall:.1f} x"]
            if script
            else ["", "", ""]
        )
        cells += [f"{floor.wall:.2f}", f"{ours.wall / floor.wall:.1f}"] if floor else ["", ""]
        yield f"| {' | '.join(cells)} |"


def _maybe(bench: Bench, case: str, tool: str) -> Cost | None:
    return bench.middle(case, tool) if (case, tool) in bench.costs else None


def _described(case: str) -> str:
    _, rows, prestadores, bad, _, kind = case.split("-")
    said = f"{_thousands(int(rows))} linhas, {kind}"
    said += f", {prestadores} prestadores" if prestadores != "1" else ""
    return said + (f", {bad} % com erro" if bad != "0" else "")


def _thousands(rows: int) -> str:
    return (
        f"{rows // 1000} mil"
        if rows % 1000 == 0 and rows < 10**6
        else f"{rows:_}".replace("_", ".")
    )


def _many(bench: Bench) -> Iterator[str]:
    one, two = bench.middle(MANY, "1"), bench.middle(MANY, "2")
    again = bench.middle(NOTHING_NEW, OURS)
    yield f"- 200 arquivos de 500 linhas, xlsx: {one.wall:.1f} s com um processo"
    yield f"  ({one.peak:.0f} MB), {two.wall:.1f} s com dois: {one.wall / two.wall:.2f} x."
    yield f"- 1.000 arquivos já convertidos, nada de novo: {again.wall:.2f} s."
    yield f"- `planilote --help`: {bench.middle(HELP, OURS).wall * 1000:.0f} ms."


def _validation(bench: Bench) -> Iterator[str]:
    ours, other = bench.middle(VALIDATION, "planilote"), bench.middle(VALIDATION, "frictionless")
    yield "Um csv lido e conferido, sem escrever nada, 5 % das linhas com erro. O frictionless"
    yield "confere 5 das 22 colunas, só pela forma; o planilote, todas, e umas contra as outras."
    yield ""
    yield "| | s | s de CPU | MB |"
    yield "|---|---:|---:|---:|"
    for name, cost in (("planilote", ours), ("frictionless", other)):
        yield f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} |"


def _precision() -> Iterator[str]:
    sheet = seeded()
    yield f"{len(sheet.mistakes)} erros semeados em {len(sheet.rows)} linhas"
    yield "(`python -m tests.bench.precisao`); vale o que foi dito na célula certa."
    yield ""
    yield "| | achados | perdidos | sem lugar | inventados |"
    yield "|---|---:|---:|---:|---:|"
    for score in precisao.scores(sheet):
        yield (
            f"| {score.tool} | {score.found} | {score.missed} | {score.without_address} "
            f"| {score.invented} |"
        )


def plot(bench: Bench, path: Path) -> None:
    """Time and memory over rows, as SVG; the same numbers draw the same picture."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "planilote", "font.size": 10, "axes.grid": True})
    from matplotlib import pyplot as plt

    figure, (time, memory) = plt.subplots(1, 2, figsize=(10, 4))
    lines = (
        (OURS, "xlsx", "planilote, xlsx", "#1f6fb2", "-"),
        (OURS, "csv", "planilote, csv", "#1f6fb2", "--"),
        (SCRIPT, "xlsx", "script da tarde, xlsx", "#c0504d", "-"),
        (SCRIPT, "csv", "script da tarde, csv", "#c0504d", "--"),
        (FLOOR, "xlsx", "piso, xlsx", "#7f7f7f", "-"),
    )
    for tool, kind, label, color, style in lines:
        sizes = [
            r for r in (1_000, 10_000, 100_000) if (f"{Month(r).name}-{kind}", tool) in bench.costs
        ]
        costs = [bench.middle(f"{Month(r).name}-{kind}", tool) for r in sizes]
        drawn = {"label": label, "color": color, "linestyle": style, "marker": "o"}
        time.plot(sizes, [cost.wall for cost in costs], **drawn)
        if tool != FLOOR:
            memory.plot(sizes, [cost.peak for cost in costs], **drawn)
    time.set(xscale="log", yscale="log", xlabel="linhas", ylabel="segundos", title="Tempo")
    memory.set(xscale="log", yscale="log", xlabel="linhas", ylabel="MB de pico", title="Memória")
    time.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
