"""The last step: values in the form the prestador's município asks for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from converter.brazil import servico
from converter.model.notas import Coded
from converter.model.parsed import Parsed
from converter.schemas.catalogue import BY_PATH
from converter.schemas.columns import Column, pairs
from converter.schemas.findings import Finding
from converter.schemas.sheet import Sheet

ITEM = "servico.item_lista_servico"
RATE = "servico.aliquota"
CITY = "prestador.codigo_municipio"
KEPT = frozenset({"referencia"})
"""Virtual fields that later stages still need."""


def finish(sheet: Sheet) -> Mapping[str, Coded]:
    """Give the columns of the payload, and report items no city format can be made of."""
    _render_items(sheet)
    _render_rates(sheet)
    return {
        path: Coded(column.typed, column.codes)
        for path, column in sheet.columns.items()
        if path in KEPT or not (path in BY_PATH and BY_PATH[path].virtual)
    }


def _render_items(sheet: Sheet) -> None:
    if not sheet.has(ITEM) or not sheet.has(CITY):
        return
    column, city = sheet.columns[ITEM], sheet.columns[CITY]
    first, second, codes = pairs(column.codes, city.codes)
    answers: list[Parsed[Any]] = []
    for place, where in zip(first, second, strict=True):
        item = column.typed[place]
        formato: Any = sheet.rules.municipio(_code(city, where)).formato_item_servico
        answers.append(Parsed(None) if item is None else servico.render(item, formato))
    told = sheet.told[ITEM]
    for problem in {answer.problem for answer in answers} - {None}:
        marked = np.array([answer.problem == problem for answer in answers])
        rows = np.flatnonzero(marked[codes] & ~told)
        details = lambda row: dict(answers[codes[row]].details)  # noqa: E731 - named for the call below
        sheet.report(Finding(str(problem), ITEM, rows, details))
    typed = [answer.value for answer in answers]
    rendered = Column(ITEM, column.kind, column.sources, typed, codes, column.filled)
    if told.any():
        values = np.where(told, column.values, rendered.values).tolist()
        places = np.arange(sheet.size, dtype=np.intp)
        rendered = Column(ITEM, column.kind, column.sources, values, places, column.filled)
    sheet.columns[ITEM] = rendered


def _render_rates(sheet: Sheet) -> None:
    fractions = sheet.test(
        CITY, lambda codigo: sheet.rules.municipio(codigo).formato_aliquota == "fracao"
    )
    if not sheet.has(RATE) or not fractions.any():
        return
    column = sheet.columns[RATE]
    divided = [None if rate is None else _hundredth(rate) for rate in column.typed]
    codes = np.where(fractions, column.codes + len(divided), column.codes)
    typed = [*column.typed, *divided]
    sheet.columns[RATE] = Column(RATE, column.kind, column.sources, typed, codes, column.filled)


def _hundredth(rate: Any) -> Decimal:
    return Decimal(rate).scaleb(-2)


def _code(city: Column, place: int) -> str | None:
    value = city.typed[place]
    return value if isinstance(value, str) else None
