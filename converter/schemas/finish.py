"""The last step: values in the form the prestador's município asks for."""

from decimal import Decimal

import numpy as np
import pandas as pd

from converter.brazil import servico
from converter.model.parsed import Parsed
from converter.schemas.catalogue import BY_PATH
from converter.schemas.columns import apart, column, pairs
from converter.schemas.findings import Finding
from converter.schemas.rules.amounts import RATE
from converter.schemas.rules.city import ITEM
from converter.schemas.sheet import CITY, Sheet

KEPT = frozenset({"referencia"})
"""Virtual fields that later stages still need."""


def finish(sheet: Sheet) -> pd.DataFrame:
    """Give the columns of the payload, and report items no city format can be made of."""
    if sheet.has(ITEM) and sheet.has(CITY):
        _render_items(sheet)
    if sheet.has(RATE) and sheet.has(CITY):
        _render_rates(sheet)
    virtual = {field.path for field in BY_PATH.values() if field.virtual}
    return sheet.frame([path for path in sheet.columns if path not in virtual - KEPT])


def _render_items(sheet: Sheet) -> None:
    items, cities = apart(sheet.columns[ITEM]), apart(sheet.columns[CITY])
    first, second, codes = pairs(items[1] + 1, cities[1] + 1)
    answers: list[Parsed[str]] = []
    for item, city in zip(first, second, strict=True):
        codigo = str(cities[0][city - 1]) if city else None
        formato = sheet.rules.municipio(codigo).formato_item_servico
        answers.append(servico.render(items[0][item - 1], formato) if item else Parsed(None))
    told = sheet.told[ITEM]
    for problem in {answer.problem for answer in answers} - {None}:
        marked = np.array([answer.problem == problem for answer in answers])
        rows = np.flatnonzero(marked[codes] & ~told)
        details = lambda row: dict(answers[codes[row]].details)  # noqa: E731 - named for the call below
        sheet.report(Finding(str(problem), ITEM, rows, details))
    typed = [answer.value for answer in answers]
    # What was complained of is sent as typed, where it is sent at all.
    as_typed = np.where(items[1] < 0, -1, len(typed) + items[1])
    places = np.where(told, as_typed, codes)
    rendered = column([*typed, *items[0]], places)
    sheet.put(ITEM, rendered, sheet.shown[ITEM], told, sheet.sources(ITEM))


def _render_rates(sheet: Sheet) -> None:
    fractions = sheet.test(
        CITY, lambda codigo: sheet.rules.municipio(codigo).formato_aliquota == "fracao"
    )
    if not fractions.any():
        return
    rates, codes = apart(sheet.columns[RATE])
    places = np.where(fractions & (codes >= 0), codes + len(rates), codes)
    divided = [Decimal(rate).scaleb(-2) for rate in rates]
    rendered = column([*rates, *divided], places)
    sheet.put(RATE, rendered, sheet.shown[RATE], sheet.told[RATE], sheet.sources(RATE))
