"""The ISS rate within the law, and the retention that depends on it."""

from collections.abc import Iterator

from converter.brazil import servico
from converter.schemas.columns import Mask
from converter.schemas.findings import Finding, where
from converter.schemas.rules.amounts import EXPORTED, RATE, RETAINED, fixed
from converter.schemas.sheet import Sheet
from converter.schemas.shown import percent

ONE_PERCENT = 10**6
"""A percent point in the scale of rates (see `columns.SCALES`)."""

SIMPLES_REGIMES = ("5", "6")
OPTANTE = "optante_simples_nacional"


def rate_is_lawful(sheet: Sheet) -> Iterator[Finding]:
    """From 2 to 5 % (LC 116/2003, art. 8 II and 8-A); Simples may have less (LC 123, art. 21).

    A fixed ISS has no rate (DL 406/1968, art. 9, §§ 1 and 3), nor has an export.
    """
    rate, known = sheet.scaled(RATE), sheet.present(RATE)
    simples = _simples(sheet)
    low = known & (rate > 0) & (rate < 2 * ONE_PERCENT)
    low &= sheet.test("servico.item_lista_servico", servico.minimum_rate_applies)
    zero = known & (rate == 0) & _taxed_here(sheet) & ~(simples & ~sheet.test(RETAINED, bool))
    zero &= ~fixed(sheet)
    for code, rows in (
        ("aliquota-acima-do-maximo", known & (rate > 5 * ONE_PERCENT)),
        ("aliquota-abaixo-do-minimo", low & ~simples),
        ("aliquota-baixa-no-simples", low & simples),
        ("aliquota-zero", zero),
    ):
        yield where(code, RATE, rows, lambda row: {"aliquota": percent(rate[row])})


def retention_has_its_rate(sheet: Sheet) -> Iterator[Finding]:
    """Without a rate the tomador retains the highest one (LC 123/2006, art. 21, § 4º, V)."""
    bare = sheet.test(RETAINED, bool) & sheet.missing(RATE)
    yield where("iss-retido-sem-aliquota", RATE, bare)


def retention_by_a_company(sheet: Sheet) -> Iterator[Finding]:
    """In most municípios only a company retains."""
    person = sheet.present("tomador.cpf") & ~sheet.present("tomador.cnpj")
    retained = sheet.test(RETAINED, bool)
    yield where("iss-retido-pessoa-fisica", RETAINED, retained & person)


def retention_has_a_retainer(sheet: Sheet) -> Iterator[Finding]:
    """Who retains is the tomador or the intermediário (LC 116/2003, art. 6, § 2): one is told."""
    nobody = sheet.test(RETAINED, bool)
    for path in sheet.columns:
        if path.startswith(("tomador.", "intermediario.")):
            nobody &= sheet.missing(path)
    yield where("iss-retido-sem-tomador", RETAINED, nobody)


def regime_is_of_simples(sheet: Sheet) -> Iterator[Finding]:
    """MEI, ME and EPP of Simples are optantes (ABRASF E188)."""
    regime = sheet.test("regime_especial_tributacao", lambda value: str(value) in SIMPLES_REGIMES)
    declared = sheet.present(OPTANTE) & ~sheet.test(OPTANTE, bool)
    yield where("regime-simples-sem-opcao", OPTANTE, regime & declared)


def apportionment_is_of_simples(sheet: Sheet) -> Iterator[Finding]:
    """How the Simples is worked out is told of ME and EPP only (national layout; Barueri 802)."""
    path = "regime_tributario_simples_nacional"
    outside = sheet.present(OPTANTE) & ~sheet.test(OPTANTE, bool)
    yield where("apuracao-sem-simples", path, outside & sheet.present(path))


def _simples(sheet: Sheet) -> Mask:
    regime = sheet.test("regime_especial_tributacao", lambda value: value in SIMPLES_REGIMES)
    return regime | sheet.test(OPTANTE, bool)


def _taxed_here(sheet: Sheet) -> Mask:
    """Rows taxed in the município by the usual table; of a city's own table nothing is known."""
    here = sheet.test("natureza_operacao", lambda natureza: natureza == 1)
    return here & ~sheet.test(EXPORTED, bool)
