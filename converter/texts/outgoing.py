"""What is about to leave the machine, shown before it does: a table, and what has warnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from converter.model.notas import Lote
from converter.model.problems import Problem
from converter.texts.catalogue import CATALOGUE
from converter.texts.formato import cnpj, contado, reais, uma_linha

_AMBIENTES = {"homologacao": "homologação", "producao": "produção"}
_HEADER = ("planilha", "prestador", "notas", "R$", "com aviso", "lotes")
_MOST = 30
"""Lines of the table; the rest is told as a sum."""
_MOST_WARNINGS = 8


def to_send(lotes: Sequence[Lote], ambiente: str, warnings: Mapping[str, Sequence[Problem]]) -> str:
    """The whole, a line for each file and issuer, and which notes go with warnings.

    `warnings` are those of each file, by its name.
    """
    return "\n".join(_lines(lotes, ambiente, warnings))


def summed(lotes: Sequence[Lote]) -> str:
    """`2 lotes, 12 notas, R$ 46.579,75`."""
    notas = contado(sum(len(lote.notas) for lote in lotes), "nota", "notas")
    return f"{contado(len(lotes), 'lote', 'lotes')}, {notas}, {reais(_valor(lotes))}"


def _lines(
    lotes: Sequence[Lote], ambiente: str, warnings: Mapping[str, Sequence[Problem]]
) -> Iterator[str]:
    yield f"Para enviar em {_AMBIENTES.get(ambiente, ambiente)}: {summed(lotes)}."
    groups: dict[tuple[str, str], list[Lote]] = defaultdict(list)
    for lote in lotes:
        groups[lote.arquivo, lote.prestador.cnpj].append(lote)
    warned = {
        arquivo: {(each.planilha or "", each.row or 0) for each in problems if each.row}
        for arquivo, problems in warnings.items()
    }
    rows = [
        _row(arquivo, issuer, own, warned.get(arquivo, set()))
        for (arquivo, issuer), own in groups.items()
    ]
    yield from _table([_HEADER, *rows[:_MOST]])
    if len(rows) > _MOST:
        rest = [lote for own in [*groups.values()][_MOST:] for lote in own]
        yield f"  e mais {contado(len(rows) - _MOST, 'linha', 'linhas')}: {summed(rest)}"
    yield from _warned(lotes, warnings)


def _row(
    arquivo: str, issuer: str, lotes: Sequence[Lote], warned: set[tuple[str, int]]
) -> tuple[str, ...]:
    notas = [nota for lote in lotes for nota in lote.notas]
    with_warning = sum((nota.planilha, nota.row) in warned for nota in notas)
    amount = reais(_valor(lotes)).removeprefix("R$ ")
    counts = (len(notas), amount, with_warning, len(lotes))
    return (uma_linha(arquivo), cnpj(issuer), *map(str, counts))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells)}".rstrip()


def _warned(lotes: Sequence[Lote], warnings: Mapping[str, Sequence[Problem]]) -> Iterator[str]:
    """Each kind of warning once, with the rows that go with it; of a whole sheet, no rows."""
    going: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for lote in lotes:
        going[lote.arquivo].update((nota.planilha, nota.row) for nota in lote.notas)
    kinds: dict[tuple[str, str, str], set[int]] = {}
    for arquivo, own in going.items():
        sheets = {planilha for planilha, _ in own}
        for each in warnings.get(arquivo, ()):
            planilha = each.planilha or ""
            if each.row and (planilha, each.row) in own:
                kinds.setdefault((arquivo, planilha, each.code), set()).add(each.row)
            elif not each.row and (not planilha or planilha in sheets):
                kinds.setdefault((arquivo, planilha, each.code), set())
    if not kinds:
        return
    yield "Vão com aviso (o texto inteiro de cada um está na aba Erros):"
    for (arquivo, planilha, code), rows in [*kinds.items()][:_MOST_WARNINGS]:
        where = ", ".join(filter(None, (arquivo, planilha and f"aba {planilha}", _rows(rows))))
        yield f"  {uma_linha(where)}: {CATALOGUE[code].title}"
    if len(kinds) > _MOST_WARNINGS:
        yield f"  e mais {contado(len(kinds) - _MOST_WARNINGS, 'aviso', 'avisos')}"


def _rows(rows: set[int]) -> str:
    """`linha 4`, `linhas 2 a 13 e 15`."""
    if not rows:
        return ""
    # Rows one after another keep their distance from their place in the list.
    runs = [
        [row for _, row in run]
        for _, run in groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0])
    ]
    told = [f"{run[0]} a {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    listed = ", ".join(told[:-1]) + " e " + told[-1] if len(told) > 1 else told[0]
    return f"{'linha' if len(rows) == 1 else 'linhas'} {listed}"


def _valor(lotes: Sequence[Lote]) -> Decimal:
    return sum((lote.valor for lote in lotes), start=Decimal(0))
