"""What is about to leave the machine, shown before it does: a table, and what has warnings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from converter.model.notas import Lote
from converter.model.problems import Problem
from converter.texts.catalogue import CATALOGUE
from converter.texts.formato import cnpj, reais, uma_linha
from converter.texts.sentences import sentence, table

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
    notas = sum(len(lote.notas) for lote in lotes)
    return sentence("envio.soma", lotes=len(lotes), notas=notas, valor=reais(_valor(lotes)))


def _lines(
    lotes: Sequence[Lote], ambiente: str, warnings: Mapping[str, Sequence[Problem]]
) -> Iterator[str]:
    where = table("envio.ambientes").get(ambiente, ambiente)
    yield sentence("envio.cabeca", onde=where, lotes=summed(lotes))
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
    yield from _table([sentence("envio.titulos").split("; "), *rows[:_MOST]])
    if len(rows) > _MOST:
        rest = [lote for own in [*groups.values()][_MOST:] for lote in own]
        yield sentence("envio.mais-linhas", n=len(rows) - _MOST, lotes=summed(rest))
    yield from _warnings(_warned(lotes, warnings))


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


def _warnings(kinds: Mapping[tuple[str, str, str], set[int]]) -> Iterator[str]:
    """Each kind of warning once, with the rows that go with it; of a whole sheet, no rows."""
    if not kinds:
        return
    yield sentence("envio.avisos")
    for (arquivo, planilha, code), numbers in [*kinds.items()][:_MOST_WARNINGS]:
        aba = planilha and sentence("envio.aba", aba=planilha)
        where = ", ".join(filter(None, (arquivo, aba, _rows(numbers))))
        yield f"  {uma_linha(where)}: {CATALOGUE[code].title}"
    if len(kinds) > _MOST_WARNINGS:
        yield sentence("envio.mais-avisos", n=len(kinds) - _MOST_WARNINGS)


def _warned(
    lotes: Sequence[Lote], warnings: Mapping[str, Sequence[Problem]]
) -> Mapping[tuple[str, str, str], set[int]]:
    """By file, sheet and code the rows that go with a warning; of a whole sheet, no rows."""
    going: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for lote in lotes:
        going[lote.arquivo].update((nota.planilha, nota.row) for nota in lote.notas)
    kinds: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for arquivo, own in going.items():
        sheets = {"", *(planilha for planilha, _ in own)}
        for each in warnings.get(arquivo, ()):
            planilha, row = each.planilha or "", each.row or 0
            if row and (planilha, row) in own:
                kinds[arquivo, planilha, each.code].add(row)
            elif not row and planilha in sheets:
                kinds[arquivo, planilha, each.code] |= set()
    return kinds


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
    return sentence("envio.uma-linha" if len(rows) == 1 else "envio.linhas", linhas=listed)


def _valor(lotes: Sequence[Lote]) -> Decimal:
    return sum((lote.valor for lote in lotes), start=Decimal(0))
