"""The IBS/CBS group: whole, coherent, and with the arithmetic of its own."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from converter.brazil import classtrib
from converter.schemas.columns import Ints, Mask
from converter.schemas.findings import Finding, where
from converter.schemas.rules.amounts import differing, times
from converter.schemas.rules.time import ISSUED
from converter.schemas.sheet import Sheet
from converter.schemas.shown import percent, reais

CST = "servico.ibs_cbs_situacao_tributaria"
CLASS = "servico.ibs_cbs_classificacao_tributaria"
INDICATOR = "servico.codigo_indicador_operacao"
BASE = "servico.ibs_cbs_base_calculo"
TAXES = ("ibs_uf", "ibs_mun", "cbs")

TEST_YEAR = 2026
TEST_RATES = {"ibs_uf": 100_000, "ibs_mun": 0, "cbs": 900_000}
"""Millionths of a percent point: IBS 0,1 % (all of it the state's) and CBS 0,9 % in 2026."""


def group_is_whole(sheet: Sheet) -> Iterator[Finding]:
    """Who states a tax states its situation, its classification and its cIndOp too.

    All three are mandatory in the group (national DPS layout 1.01, IBSCBS; Barueri 817 to 819).
    """
    some = np.zeros(sheet.size, dtype=np.bool_)
    for path in (BASE, CST, CLASS, *(f"servico.{tax}_{part}" for tax in TAXES for part in _PARTS)):
        some |= sheet.present(path)
    for path in (CST, CLASS):
        yield where("ibs-cbs-incompleto", path, some & sheet.missing(path))
    silent = np.flatnonzero(some & sheet.missing(INDICATOR))
    if len(silent):
        yield Finding("ibs-cbs-sem-indicador", INDICATOR, silent if sheet.has(INDICATOR) else None)


def classification_begins_with_situation(sheet: Sheet) -> Iterator[Finding]:
    """The first three digits of cClassTrib are the CST (anexo VIII da NFS-e nacional)."""
    differ = (
        sheet.present(CST)
        & sheet.present(CLASS)
        & (sheet.derive(CLASS, lambda code: code[:3]) != sheet.derive(CST, str))
    )
    yield where(
        "classificacao-difere-da-situacao",
        CLASS,
        differ,
        lambda row: {"cst": str(sheet.value(CST, row))},
    )


def rates_of_the_test_year(sheet: Sheet) -> Iterator[Finding]:
    """In 2026 the rates are the same for everyone, whole or as the classification reduces them.

    LC 214/2025, arts. 343 and 346 (rates), 127 and following (reductions). A rate of zero is right
    where the CST has none; of a classification out of the table nothing is known.
    """
    this_year = sheet.test(ISSUED, lambda moment: moment.year == TEST_YEAR)
    for place, (tax, rate) in enumerate(TEST_RATES.items()):
        path = f"servico.{tax}_aliquota"
        stated = sheet.scaled(path)
        kept, known = _kept(sheet, "cbs" if tax == "cbs" else "ibs")
        right = (stated == rate) | (stated * 100 == rate * kept) | ~known & (stated <= rate)
        other = this_year & sheet.present(path) & ~right
        code = "ibs-cbs-aliquota-de-teste"
        yield where(code, path, other, partial(_expected_rate, rate, kept))
        if not place:
            strange = this_year & sheet.present(CLASS) & ~known
            yield where("classificacao-desconhecida", CLASS, strange)


def taxes_follow(sheet: Sheet) -> Iterator[Finding]:
    """Each tax is the base times its rate, less what its classification takes off."""
    base = np.maximum(sheet.scaled(BASE), 0)
    for tax in TAXES:
        rate, path = f"servico.{tax}_aliquota", f"servico.{tax}_valor"
        millionths = sheet.scaled(rate)
        kept, classed = _kept(sheet, "cbs" if tax == "cbs" else "ibs")
        reduced = millionths * kept // 100
        # A rate below the year's own is already what is left of it.
        whole = ~classed | (millionths < TEST_RATES[tax]) | (kept == 100)
        due = np.where(whole, millionths, reduced)

        def account(row: int, due: np.ndarray = due) -> str:
            return f"{reais(base[row])} × {percent(due[row])}%"

        known = sheet.present(BASE) & sheet.present(rate)
        # Of a classification not known, at least that it adds nothing to the rate.
        known &= classed | (sheet.scaled(path) >= times(base, millionths))
        yield from differing(
            sheet, path, "ibs-cbs-valor", expected=[times(base, due)], known=known, account=account
        )


def _kept(sheet: Sheet, tax: str) -> tuple[Ints, Mask]:
    """The percent of the rate a classification leaves, and whether it is known to leave it.

    Nothing is concluded from one that was told to be wrong.
    """
    which = int(tax == "cbs")
    left = sheet.derive(CLASS, lambda code: _left(str(code), which))
    known = np.array([one is not None for one in left], dtype=np.bool_) & sheet.present(CLASS)
    known |= sheet.missing(CLASS)
    return np.array([100 if one is None else one for one in left], dtype=np.int64), known


def _left(code: str, which: int) -> int | None:
    if classtrib.untaxed(code):
        return 0
    taken = classtrib.reduction(code)
    return None if taken is None else 100 - taken[which]


def _expected_rate(rate: int, kept: Ints, row: int) -> dict[str, str]:
    reduced = rate * int(kept[row]) // 100
    both = percent(rate) if reduced == rate else f"{percent(rate)}% ou {percent(reduced)}"
    return {"esperado": both}


_PARTS = ("aliquota", "valor")
