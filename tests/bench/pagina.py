"""`docs/desempenho.md` and its picture, made from what was measured."""

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench import explicado, precisao
from tests.bench.casos import (
    BOOK_ROWS,
    FLOOR,
    HUNDRED,
    JOURNAL,
    LARGEST,
    MILLION,
    OURS,
    RESULT,
    SCRIPT,
    Bench,
)
from tests.bench.dados import Month
from tests.bench.medir import Cost
from tests.schemas.semeada import seeded

VALIDATION, MANY, NOTHING_NEW, HELP = "validação", "muitos", "nada de novo", "--help"
TEN = f"{Month(10_000).name}-xlsx"
Target = tuple[str, Callable[[Bench], "Ratio"], float, str]


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
            "### Para onde vai o tempo",
            "",
            *_parts(bench),
            "",
            *explicado.SHORTFALLS,
            "",
            "## Tempo e memória",
            "",
            "`conferir` faz tudo menos enviar: lê, confere, monta os pedidos e grava a planilha de "
            "resultado. O *script da tarde* (`tests/bench/tarde.py`) é o que se escreve numa tarde "
            "com pandas, pandera, openpyxl, python-stdnum e requests. O *piso* "
            "(`tests/bench/piso.py`) só importa pandas e pandera, lê o mesmo arquivo com "
            "calamine (ou o módulo csv), confere as mesmas colunas com o mesmo esquema, escreve "
            "o mesmo JSON e comprime os mesmos bytes: com essas bibliotecas ninguém faz menos. "
            "Entre parênteses, a menor e a maior das rodadas.",
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
            "make bench                 # tudo, no máximo em 25 minutos; grava esta página",
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


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of a ratio and the least and most of it, where it was measured more than once."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        spread = "" if self.least == self.most else f" ({self.least:.3g} a {self.most:.3g})"
        return f"{self.middle:.3g}{spread}"


def _one(value: float) -> Ratio:
    return Ratio(value, value, value)


def _ratio(bench: Bench, case: str, other: str) -> Ratio:
    """How often our time goes into that of another tool, round by round."""
    costs = zip(bench.costs[case, OURS], bench.costs[case, other], strict=False)
    found = [them.wall / us.wall for us, them in costs]
    return Ratio(median(found), min(found), max(found))


def _over(bench: Bench, case: str, other: str) -> Ratio:
    """How many times another tool we take, round by round."""
    found = _ratio(bench, case, other)
    return Ratio(1 / found.middle, 1 / found.most, 1 / found.least)


def _targets(bench: Bench) -> Iterator[str]:
    yield "| Trabalho | Medida | Meta | Medido | |"
    yield "|---|---|---:|---:|---|"
    for work, measure, limit, what in _wanted():
        at_least = what.startswith("x ")
        sign = "≥" if at_least else "≤"
        try:
            found = measure(bench)
        except KeyError:
            yield f"| {work} | {what} | {sign} {limit:g} |  | não medida |"
            continue
        good = found.middle >= limit if at_least else found.middle <= limit
        mark = "cumprida" if good else "não cumprida"
        yield f"| {work} | {what} | {sign} {limit:g} | {found} | {mark} |"


def _wanted() -> Iterator[Target]:
    """The targets of the issue, in its order."""
    for rows, script, floor, peak in (
        (1_000, 2, 1.6, 150),
        (10_000, 7, 2, 200),
        (100_000, 13, 1.8, 700),
    ):
        case = f"{Month(rows).name}-xlsx"
        work = f"{_thousands(rows)} linhas, xlsx"
        yield work, partial(_ratio, case=case, other=SCRIPT), script, "x mais rápido que o script"
        yield work, partial(_over, case=case, other=FLOOR), floor, "vezes o piso"
        yield work, partial(_peak, case=case), peak, "MB de pico"
    bad = f"{Month(10_000, 1, 0.05).name}-xlsx"
    yield "10 mil linhas, 5 % com erro", partial(_times, case=bad, other=TEN), 1.3, "vezes a limpa"
    yield "10 mil linhas, 5 % com erro", partial(_peak, case=bad), 220, "MB de pico"
    for work, month, kind, peak in (
        ("1.048.575 linhas, xlsx", LARGEST, "xlsx", 2_500),
        ("1 milhão de linhas, csv", MILLION, "csv", 2_000),
    ):
        case, hundred = f"{month.name}-{kind}", f"{HUNDRED.name}-{kind}"
        yield work, partial(_times, case=case, other=hundred), 10, "vezes a de 100 mil"
        yield work, partial(_peak, case=case), peak, "MB de pico"
    yield "200 arquivos x 500 linhas", _speedup, 1.75, "x mais rápido com dois processos"
    yield HELP, lambda b: _one(b.middle(HELP, OURS).wall * 1000), 150, "ms"
    yield (
        "1.000 arquivos já convertidos",
        lambda b: _one(b.middle(NOTHING_NEW, OURS).wall),
        0.5,
        "s",
    )
    yield "resultado de 2.000 linhas, 5 lotes", lambda b: _one(b.sizes[RESULT] / 1e6), 1.2, "MB"
    yield (
        "diário, uma nota enviada e respondida",
        lambda b: _one(b.sizes[JOURNAL] / 1e3 / BOOK_ROWS),
        0.6,
        "kB",
    )


def _peak(bench: Bench, case: str) -> Ratio:
    return _one(bench.middle(case, OURS).peak)


def _times(bench: Bench, case: str, other: str) -> Ratio:
    """How many times another case of ours one takes."""
    return _one(bench.middle(case, OURS).wall / bench.middle(other, OURS).wall)


def _speedup(bench: Bench) -> Ratio:
    found = [
        one.wall / two.wall
        for one, two in zip(bench.costs[MANY, "1"], bench.costs[MANY, "2"], strict=True)
    ]
    return Ratio(median(found), min(found), max(found))


def _parts(bench: Bench) -> Iterator[str]:
    """The stages beside the floor's parts, for each case whose stages were measured."""
    for name in [name for name in bench.parts if name.endswith(OURS)]:
        case = name.removesuffix(f" {OURS}")
        ours, floor = bench.parts[name], bench.parts.get(f"{case} {FLOOR}", {})
        yield f"{_described(case)}, segundos de CPU de cada etapa, uma vez:"
        yield ""
        yield "| etapa | planilote | piso |"
        yield "|---|---:|---:|"
        for part in dict.fromkeys((*ours, *floor)):
            cells = (f"{one[part]:.2f}" if part in one else "" for one in (ours, floor))
            yield f"| {part} | {' | '.join(cells)} |"


def _table(bench: Bench) -> Iterator[str]:
    yield (
        "| Arquivo | planilote, s | s de CPU | MB | script, s | MB | mais rápido | piso, s "
        "| s de CPU | vezes o piso | em CPU |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for case in dict.fromkeys(case for case, _ in bench.costs):
        if not case.startswith("notas-") or (case, OURS) not in bench.costs:
            continue
        ours = bench.middle(case, OURS)
        cells = [_described(case), f"{ours.wall:.2f}", f"{ours.cpu:.2f}", f"{ours.peak:.0f}"]
        script, floor = _maybe(bench, case, SCRIPT), _maybe(bench, case, FLOOR)
        cells += (
            [f"{script.wall:.1f}", f"{script.peak:.0f}", f"{script.wall / ours.wall:.1f} x"]
            if script
            else ["", "", ""]
        )
        cells += (
            [
                f"{floor.wall:.2f}",
                f"{floor.cpu:.2f}",
                f"{ours.wall / floor.wall:.1f}",
                f"{ours.cpu / floor.cpu:.1f}",
            ]
            if floor
            else ["", "", "", ""]
        )
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
    one, two = _maybe(bench, MANY, "1"), _maybe(bench, MANY, "2")
    if one and two:
        yield f"- 200 arquivos de 500 linhas, xlsx: {one.wall:.1f} s com um processo"
        yield f"  ({one.peak:.0f} MB), {two.wall:.1f} s com dois: {one.wall / two.wall:.2f} x."
    again, shown = _maybe(bench, NOTHING_NEW, OURS), _maybe(bench, HELP, OURS)
    if again:
        yield f"- 1.000 arquivos já convertidos, nada de novo: {again.wall:.2f} s."
    if shown:
        yield f"- `planilote --help`: {shown.wall * 1000:.0f} ms."


def _validation(bench: Bench) -> Iterator[str]:
    yield "Um csv lido e conferido, sem escrever nada, 5 % das linhas com erro. O frictionless"
    yield "confere 5 das 22 colunas, só pela forma; o planilote, todas, e umas contra as outras."
    yield ""
    yield "| | s | s de CPU | MB |"
    yield "|---|---:|---:|---:|"
    for name in ("planilote", "frictionless"):
        cost = _maybe(bench, VALIDATION, name)
        if cost:
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
