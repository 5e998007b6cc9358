"""Rows, claims and files of tests, as row history meets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from converter.journal.rows import Claim
from converter.model.filerun import Content
from converter.model.notas import Prestador
from converter.model.origem import Origem
from converter.model.outcome import LoteState
from converter.model.rows import ComposedSheet, RowKey

UM = Prestador("45782190000184", "4521873", "3505708")
DOIS = Prestador("30814471000102", "0098124", "3547304")
TOMADOR, OUTRO = "52190638000136", "19883745000255"


def key(
    dia: str = "2026-09-05",
    documento: str = TOMADOR,
    valor: str = "100.00",
    texto: str = "Suporte",
) -> RowKey:
    return RowKey(documento, dia, "0107", valor, texto, "")


def sheet(
    *keys: RowKey,
    prestador: Sequence[Prestador | None] | None = None,
    identity: Sequence[str] | None = None,
    planilha: str = "Notas",
) -> ComposedSheet:
    """Rows from Excel row 2 on; `identity` is `id2`, `id3`… where none is given."""
    rows = range(2, 2 + len(keys))
    return ComposedSheet(
        planilha=planilha,
        rows=rows,
        prestador=list(prestador or [UM] * len(keys)),
        identity=list(identity or [f"id{row}" for row in rows]),
        repeats=[None] * len(keys),
        occurrence=[1] * len(keys),
        key=list(keys),
        tomador=["Padaria"] * len(keys),
        valor=[Decimal(one.valor or 0) for one in keys],
        objects=[f'{{"n":{row}}}' for row in rows],
    )


def content(
    *sheets: ComposedSheet,
    arquivo: str = "a.csv",
    rejected: Sequence[int] = (),
    origins: Mapping[int, Origem] | None = None,
) -> Content:
    """A file of these sheets; `rejected` and `origins` are of rows of the first."""
    name = sheets[0].planilha
    return Content(
        arquivo=arquivo,
        sha256=f"sha de {arquivo}",
        rows=tuple(one.without_objects() for one in sheets),
        rejected=frozenset((name, row) for row in rejected),
        origins={(name, row): origem for row, origem in (origins or {}).items()},
    )


def claim(
    identity: str = "id2",
    *,
    ref: str = "pl1",
    arquivo: str = "a.csv",
    row: int = 2,
    state: LoteState = LoteState.GERADO,
) -> Claim:
    return Claim(identity, ref, arquivo, "Notas", row, 1, TOMADOR, Decimal(100), state)
