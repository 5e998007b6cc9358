"""The arithmetic of a note, in exact cents: base, ISS, what is withheld, what is left.

Source: ABRASF annotations (base = valor - deduções - desconto incondicionado; líquido = valor -
retenções - descontos; retained ISS only). Half a cent rounds up.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from converter.schemas.columns import Ints, Mask
from converter.schemas.findings import Finding, where
from converter.schemas.sheet import CITY, Sheet
from converter.schemas.shown import percent, reais

VALUE = "servico.valor_servicos"
DEDUCTION = "servico.valor_deducoes"
UNCONDITIONAL = "servico.desconto_incondicionado"
CONDITIONAL = "servico.desconto_condicionado"
BASE = "servico.base_calculo"
RATE = "servico.aliquota"
ISS = "servico.valor_iss"
RETAINED = "servico.iss_retido"
ISS_RETAINED = "servico.valor_iss_retido"
NET = "servico.valor_liquido"
PIS = "servico.valor_pis"
COFINS = "servico.valor_cofins"
HOW_WITHHELD = "servico.tipo_retencao_pis_cofins"
WITHHELD = (
    *(PIS, COFINS, "servico.valor_inss", "servico.valor_ir", "servico.valor_csll"),
    "servico.outras_retencoes",
)

EXPORTED = "servico.exportacao"
FIXED_REGIMES = ("2", "3")
UNTAXED_LETTERS = frozenset("ABMNRSP")
"""São Paulo's letters of what is exempt, immune or exported."""

_SAFE = 2**62 // 10**8
"""Cents above which a product with a rate would not fit 64 bits."""

OUTSIDE_BASE = "servico.valor_nao_incluso_base_calculo"
SAO_PAULO, BARUERI = "3550308", "3505708"


def value_is_not_zero(sheet: Sheet) -> Iterator[Finding]:
    """A note of R$ 0,00 is refused, but where the city takes it.

    São Paulo does (error 303: zero or more); Barueri where a value outside the base stands beside
    it (error 255); ABRASF does not (E18).
    """
    zero = sheet.present(VALUE) & (sheet.scaled(VALUE) == 0)
    taken = sheet.test(CITY, lambda codigo: codigo == SAO_PAULO)
    taken |= sheet.test(CITY, lambda codigo: codigo == BARUERI) & (sheet.scaled(OUTSIDE_BASE) > 0)
    zero &= ~taken
    yield where("valor-servicos-zero", VALUE, zero)


def reductions_fit_the_value(sheet: Sheet) -> Iterator[Finding]:
    """No deduction or discount is above the value, nor both (E175), nor all taken off (E176)."""
    value, known = sheet.scaled(VALUE), sheet.present(VALUE)
    alone = np.zeros(sheet.size, dtype=np.bool_)
    for path in (DEDUCTION, UNCONDITIONAL, CONDITIONAL):
        above = known & (sheet.scaled(path) > value)
        alone |= above
        yield where(
            "deducoes-maiores-que-valor", path, above, lambda row: {"total": reais(value[row])}
        )
    reduced = _sum(sheet, _REDUCERS)
    yield where(
        "deducoes-e-desconto-maiores-que-valor",
        DEDUCTION,
        known & ~alone & (reduced > value),
        lambda row: {"soma": reais(reduced[row]), "total": reais(value[row])},
    )
    taken = _withheld(sheet) + _sum(sheet, (ISS_RETAINED, UNCONDITIONAL, CONDITIONAL))
    yield where(
        "retencoes-maiores-que-valor",
        VALUE,
        known & ~alone & (taken > value),
        lambda row: {"soma": reais(taken[row]), "total": reais(value[row])},
    )


def base_follows(sheet: Sheet) -> Iterator[Finding]:
    """The base is the value less deductions, and must be there when there are any."""
    expected, known = _expected_base(sheet)
    yield from differing(
        sheet,
        BASE,
        "base-calculo",
        expected=[expected],
        known=known,
        account=lambda row: _account(sheet, (VALUE, _REDUCERS), row),
    )
    silent = known & sheet.missing(BASE) & (expected < sheet.scaled(VALUE))
    yield where(
        "base-calculo-ausente", BASE, silent, lambda row: {"esperado": reais(expected[row])}
    )


def iss_follows(sheet: Sheet) -> Iterator[Finding]:
    """The ISS is the base times the rate; a base already told wrong is not told twice.

    A fixed or estimated ISS is no product of the note's base (DL 406/1968, art. 9, §§ 1 and 3;
    estimativa is set for a period), so nothing is expected of it.
    """
    computed, known = _computed_iss(sheet)
    excused = ((sheet.scaled(ISS) == 0) & ~taxed(sheet)) | fixed(sheet)
    yield from differing(
        sheet,
        ISS,
        "valor-iss",
        expected=computed,
        known=known & ~excused,
        account=lambda row: _account(sheet, (BASE, RATE), row),
    )


def retained_iss_follows(sheet: Sheet) -> Iterator[Finding]:
    """What is retained is the ISS itself, and nothing when it is not retained."""
    retained = sheet.test(RETAINED, bool)
    free = sheet.present(RETAINED) & ~retained
    contradiction = free & (sheet.scaled(ISS_RETAINED) > 0)
    yield where("iss-retido-contradiz-valor", ISS_RETAINED, contradiction)
    candidates, known = _iss(sheet)
    yield from differing(
        sheet,
        ISS_RETAINED,
        "valor-iss-retido",
        expected=candidates,
        known=retained & known,
        account=lambda row: reais(candidates[0][row]),
    )


def net_follows(sheet: Sheet) -> Iterator[Finding]:
    """The net is the value less what is withheld and discounted; ISS only when retained."""
    candidates, iss_known = _iss(sheet)
    retained = sheet.test(RETAINED, bool)
    stated = sheet.present(ISS_RETAINED)
    gross = sheet.scaled(VALUE) - _withheld(sheet) - _sum(sheet, (UNCONDITIONAL, CONDITIONAL))
    nothing = np.zeros(sheet.size, dtype=np.int64)
    known = (
        sheet.present(VALUE)
        & sheet.present(RETAINED)
        & (~retained | stated | iss_known)
        & ~sheet.unread(*WITHHELD, UNCONDITIONAL, CONDITIONAL, ISS_RETAINED)
    )
    first = np.where(stated, sheet.scaled(ISS_RETAINED), np.where(retained, candidates[0], nothing))
    others = [np.where(retained & iss_known, candidate, nothing) for candidate in candidates]
    others = [np.where(retained & ~iss_known, first, other) for other in others]
    expected = [gross - part for part in (first, *others)]
    yield from differing(
        sheet,
        NET,
        "valor-liquido",
        expected=expected,
        known=known,
        account=lambda row: _net_account(sheet, int(first[row]), row),
    )


def untaxed_has_no_iss(sheet: Sheet) -> Iterator[Finding]:
    """What is exempt, immune or exported owes no ISS, and only what is owed can be retained.

    LC 116/2003, art. 2, I (exports); CF art. 150, VI (immunity); ABRASF E329 and São Paulo 321 let
    only taxed services be retained, and so not those suspended either.
    """
    free, suspended = _free(sheet), _nature(sheet, (5, 6))
    retained = sheet.test(RETAINED, bool)
    owed = free & sheet.present(ISS) & (sheet.scaled(ISS) > 0)
    yield where("iss-em-nota-sem-imposto", ISS, owed)
    wrong = (free | suspended) & retained
    yield where("iss-retido-em-nota-sem-imposto", RETAINED, wrong)


def times(base: Ints, millionths: Ints) -> Ints:
    """Multiply cents by a rate in millionths of a percent point, half a cent upwards."""
    if base.max(initial=0) > _SAFE:
        exact = (base.astype(object) * millionths + 5 * 10**7) // 10**8
        return np.minimum(exact, 2**62).astype(np.int64)
    product: Ints = (base * millionths + 5 * 10**7) // 10**8
    return product


def differing(
    sheet: Sheet,
    path: str,
    code: str,
    *,
    expected: Sequence[Ints],
    known: Mask,
    account: Callable[[int], str],
) -> Iterator[Finding]:
    """Compare stated cents with every acceptable result; the first is the one shown."""
    stated = sheet.scaled(path)
    gap = np.minimum.reduce([np.abs(stated - candidate) for candidate in expected])
    compared = known & sheet.present(path) & (expected[0] >= 0)
    cents = int(sheet.rules.tolerance * 100)

    def details(row: int) -> dict[str, str]:
        return {"esperado": reais(expected[0][row]), "conta": account(row)}

    yield where(f"{code}-por-centavo", path, compared & (gap > 0) & (gap <= cents), details)
    yield where(f"{code}-difere", path, compared & (gap > cents), details)


_REDUCERS = (DEDUCTION, UNCONDITIONAL)


def _account(sheet: Sheet, parts: tuple[str, str | tuple[str, ...]], row: int) -> str:
    """Write the sum or product as on paper: `1.500,00 − 100,00`, `1.400,00 × 3%`."""
    head, rest = parts
    cents = int(sheet.scaled(head)[row])
    if head == BASE and not sheet.present(BASE)[row]:
        cents = int(_expected_base(sheet)[0][row])
    if isinstance(rest, str):
        return f"{reais(cents)} × {percent(sheet.scaled(rest)[row])}%"
    return _less(cents, [int(sheet.scaled(path)[row]) for path in rest])


def _net_account(sheet: Sheet, retained: int, row: int) -> str:
    amounts = (*_each_withheld(sheet), *map(sheet.scaled, (UNCONDITIONAL, CONDITIONAL)))
    taken = [int(amount[row]) for amount in amounts]
    return _less(int(sheet.scaled(VALUE)[row]), [*taken, retained])


def _less(cents: int, taken: Sequence[int]) -> str:
    return reais(cents) + "".join(f" − {reais(part)}" for part in taken if part)


def _expected_base(sheet: Sheet) -> tuple[Ints, Mask]:
    expected = sheet.scaled(VALUE) - _sum(sheet, _REDUCERS)
    known = sheet.present(VALUE) & ~sheet.unread(*_REDUCERS) & (expected >= 0)
    return expected, known


def _computed_iss(sheet: Sheet) -> tuple[list[Ints], Mask]:
    """The ISS of the stated base and of the computed one, and where both can be known."""
    base, base_known = _expected_base(sheet)
    stated = np.where(sheet.present(BASE), sheet.scaled(BASE), base)
    rate = sheet.scaled(RATE)
    known = sheet.present(RATE) & base_known & ~sheet.unread(BASE)
    return [times(np.maximum(stated, 0), rate), times(np.maximum(base, 0), rate)], known


def _iss(sheet: Sheet) -> tuple[list[Ints], Mask]:
    """The ISS as stated, else as computed; what is computed stays an acceptable second."""
    computed, known = _computed_iss(sheet)
    stated, present = sheet.scaled(ISS), sheet.present(ISS)
    first = np.where(present, stated, computed[0])
    others = [np.where(known, candidate, first) for candidate in computed]
    return [first, *others], (present | known) & ~sheet.unread(ISS)


def taxed(sheet: Sheet) -> Mask:
    """Rows where the ISS is due in the prestador's city in the usual way: not in Simples either."""
    exported = sheet.test(EXPORTED, bool)
    return _nature(sheet, (1,)) & ~exported & ~sheet.test("optante_simples_nacional", bool)


def fixed(sheet: Sheet) -> Mask:
    """Rows whose prestador pays a fixed ISS: estimativa, sociedade de profissionais."""
    return sheet.test("regime_especial_tributacao", lambda regime: str(regime) in FIXED_REGIMES)


def _free(sheet: Sheet) -> Mask:
    """Rows that owe no ISS at all: exempt, immune, exported."""
    letter = sheet.test("tributacao_rps", lambda letra: letra in UNTAXED_LETTERS)
    return _nature(sheet, (3, 4)) | sheet.test(EXPORTED, bool) | letter


def _nature(sheet: Sheet, which: tuple[int, ...]) -> Mask:
    """Rows of these naturezas by the usual table; of a city's own table nothing is known."""
    return sheet.test("natureza_operacao", lambda natureza: natureza in which)


def federal_is_withheld_by_a_company(sheet: Sheet) -> Iterator[Finding]:
    """Only companies withhold federal taxes.

    Lei 10.833/2003, art. 30 (PIS, COFINS, CSLL), RIR/2018, art. 714 (IRRF), Lei 8.212/1991,
    art. 31 (INSS); ABRASF E241.
    """
    person = sheet.present("tomador.cpf") & ~sheet.present("tomador.cnpj")
    for path, kept in zip(WITHHELD[:-1], _each_withheld(sheet), strict=False):
        yield where("retencao-federal-pessoa-fisica", path, person & (kept > 0))


def _withheld(sheet: Sheet) -> Ints:
    return sum(_each_withheld(sheet), np.zeros(sheet.size, dtype=np.int64))


def _each_withheld(sheet: Sheet) -> list[Ints]:
    """What the tomador keeps back; PIS and COFINS may be told without being withheld."""
    kept = {
        PIS: ~sheet.test(HOW_WITHHELD, lambda how: str(how) in {"2", "4"}),
        COFINS: ~sheet.test(HOW_WITHHELD, lambda how: str(how) in {"2", "3"}),
    }
    every = np.ones(sheet.size, dtype=np.bool_)
    return [np.where(kept.get(path, every), sheet.scaled(path), 0) for path in WITHHELD]


def _sum(sheet: Sheet, paths: tuple[str, ...]) -> Ints:
    return sum(map(sheet.scaled, paths), np.zeros(sheet.size, dtype=np.int64))
