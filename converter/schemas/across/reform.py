"""The IBS/CBS group: whole, coherent, and with the arithmetic of its own."""

from collections.abc import Iterator

import numpy as np

from converter.schemas.across.amounts import differing, times
from converter.schemas.across.time import ISSUED
from converter.schemas.findings import Finding
from converter.schemas.sheet import Sheet
from converter.schemas.shown import percent, reais

CST = "servico.ibs_cbs_situacao_tributaria"
CLASS = "servico.ibs_cbs_classificacao_tributaria"
BASE = "servico.ibs_cbs_base_calculo"
TAXES = ("ibs_uf", "ibs_mun", "cbs")

TEST_YEAR = 2026
TEST_RATES = {"ibs_uf": 100_000, "ibs_mun": 0, "cbs": 900_000}
"""Millionths of a percent point: IBS 0,1 % (all of it the state's) and CBS 0,9 % in 2026."""


def group_is_whole(sheet: Sheet) -> Iterator[Finding]:
    """Who states a tax states its situation and classification too."""
    some = np.zeros(sheet.size, dtype=np.bool_)
    for path in (BASE, CST, CLASS, *(f"servico.{tax}_{part}" for tax in TAXES for part in _PARTS)):
        some |= sheet.present(path)
    for path in (CST, CLASS):
        yield Finding("ibs-cbs-incompleto", path, np.flatnonzero(some & sheet.missing(path)))


def classification_begins_with_situation(sheet: Sheet) -> Iterator[Finding]:
    """The first three digits of cClassTrib are the CST (anexo VIII da NFS-e nacional)."""
    differ = (
        sheet.present(CST)
        & sheet.present(CLASS)
        & (sheet.derive(CLASS, lambda code: code[:3]) != sheet.derive(CST, str))
    )
    yield Finding(
        "classificacao-difere-da-situacao",
        CLASS,
        np.flatnonzero(differ),
        lambda row: {"cst": str(sheet.value(CST, row))},
    )


def rates_of_the_test_year(sheet: Sheet) -> Iterator[Finding]:
    """In 2026 the rates are the same for everyone."""
    this_year = sheet.test(ISSUED, lambda moment: moment.year == TEST_YEAR)
    for tax, rate in TEST_RATES.items():
        path = f"servico.{tax}_aliquota"
        other = this_year & sheet.present(path) & (sheet.scaled(path) != rate)
        code = "ibs-cbs-aliquota-de-teste"
        yield Finding(code, path, np.flatnonzero(other), {"esperado": percent(rate)})


def taxes_follow(sheet: Sheet) -> Iterator[Finding]:
    """Each tax is the base times its rate."""
    base = sheet.scaled(BASE)
    for tax in TAXES:
        rate, path = f"servico.{tax}_aliquota", f"servico.{tax}_valor"
        millionths = sheet.scaled(rate)

        def account(row: int, millionths: np.ndarray = millionths) -> str:
            return f"{reais(int(base[row]))} × {percent(int(millionths[row]))}%"

        known = sheet.present(BASE) & sheet.present(rate)
        expected = [times(np.maximum(base, 0), millionths)]
        yield from differing(
            sheet, path, "ibs-cbs-valor", expected=expected, known=known, account=account
        )


_PARTS = ("aliquota", "valor")
