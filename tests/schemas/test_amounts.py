"""What the arithmetic of a note compares, and what it leaves alone because it cannot know."""

from decimal import Decimal

import numpy as np
import pytest

from converter.model.cells import RawValue
from converter.schemas.rules import amounts
from tests.schemas.planilha import GOOD, at, check, found
from tests.schemas.test_rules_by_themselves import Rule, findings, row
from tests.schemas.test_rules_by_themselves import found as found_by

DEDUCTION, VALUE = "servico.valor_deducoes", "servico.valor_servicos"
ISS, ISS_RETAINED = "servico.valor_iss", "servico.valor_iss_retido"
RETAINED, RATE, NET = "servico.iss_retido", "servico.aliquota", "servico.valor_liquido"


def told(**cells: RawValue) -> list[tuple[str, int | None, str | None]]:
    return found(check({**GOOD, **{path.replace("__", "."): v for path, v in cells.items()}}))


def only(code: str, path: str) -> list[tuple[str, int | None, str | None]]:
    return [(code, 8, at(path, GOOD))]


def test_nothing_is_expected_of_the_retained_iss_where_it_is_not_retained() -> None:
    assert told(servico__iss_retido="Não", servico__valor_iss_retido="0,00",
                servico__valor_liquido="1.490,25") == []  # fmt: skip


def test_an_iss_that_nothing_tells_is_not_compared_with_what_was_retained() -> None:
    assert told(servico__aliquota=None, servico__valor_iss=None) == only(
        "iss-retido-sem-aliquota", RATE
    )


def test_an_iss_left_out_is_computed_to_check_what_was_retained() -> None:
    cells = {ISS: None, ISS_RETAINED: "40,00", NET: "1.450,25"}
    assert found(check({**GOOD, **cells})) == only("valor-iss-retido-difere", ISS_RETAINED)


@pytest.mark.parametrize("path", [DEDUCTION, ISS])
def test_an_amount_that_cannot_be_read_is_told_alone(path: str) -> None:
    assert found(check({**GOOD, path: "abc"})) == only("numero-formato", path)


def test_without_a_value_there_is_no_base_to_compare() -> None:
    cells = {VALUE: None, DEDUCTION: None}
    assert found(check({**GOOD, **cells})) == only("campo-obrigatorio-vazio", VALUE)


def test_a_net_is_compared_only_where_it_is_known_whether_the_iss_is_withheld() -> None:
    unknown = found(check({**GOOD, RETAINED: "talvez", NET: "1,00"}))
    assert "valor-liquido-difere" not in {code for code, _, _ in unknown}
    assert (*only("valor-liquido-difere", NET),) == (*told(servico__valor_liquido="1,00"),)


def test_a_net_is_not_compared_where_the_iss_withheld_can_neither_be_read_nor_worked_out() -> None:
    cells = {ISS: None, ISS_RETAINED: None, RATE: None, NET: "1,00"}
    assert "valor-liquido-difere" not in {code for code, _, _ in found(check({**GOOD, **cells}))}


HUNDRED, THREE = Decimal(100), Decimal(3)


@pytest.mark.parametrize(
    ("cells", "net"),
    [
        pytest.param(row(v__iss_retido=False), "100", id="not-withheld"),
        pytest.param(
            row(v__iss_retido=True, v__valor_iss_retido=THREE), "97", id="withheld-as-stated"
        ),
        pytest.param(row(v__iss_retido=True, v__aliquota=THREE), "97", id="withheld-as-worked-out"),
        pytest.param(
            row(v__iss_retido=True, v__valor_iss_retido=THREE, v__valor_iss=Decimal(5)),
            "97",
            id="stated-beside-another-iss",
        ),
    ],
)
def test_the_net_leaves_out_the_iss_that_is_withheld(cells: dict[str, object], net: str) -> None:
    good = {**row(v__valor_servicos=HUNDRED, v__valor_liquido=Decimal(net)), **cells}
    assert found_by(amounts.net_follows, good) == []
    for other in {"100", "97", "94"} - {net}:
        told = found_by(amounts.net_follows, {**good, NET: Decimal(other)})
        assert told == [("valor-liquido-difere", NET, 0)]


@pytest.mark.parametrize(
    ("cells", "nets"),
    [
        pytest.param(row(v__iss_retido=False), {"100"}, id="not-withheld"),
        pytest.param(row(v__iss_retido=True), {"95", "97"}, id="stated-or-worked-out"),
        pytest.param(
            row(v__iss_retido=True, v__valor_iss_retido=Decimal(4)),
            {"96", "95", "97"},
            id="as-withheld-as-stated-or-worked-out",
        ),
    ],
)
def test_the_net_may_leave_out_any_iss_the_row_tells_of(
    cells: dict[str, object], nets: set[str]
) -> None:
    # An ISS that is not the base times the rate is told at the ISS itself, and only there.
    told = row(v__valor_servicos=HUNDRED, v__aliquota=THREE, v__valor_iss=Decimal(5), **cells)
    for net in ("100", "97", "96", "95"):
        found = found_by(amounts.net_follows, {**told, NET: Decimal(net)})
        assert (found == []) is (net in nets)


def shown(rule: Rule, cells: dict[str, object]) -> object:
    (told,) = (finding for finding in findings(rule, cells) if not finding.is_empty)
    return told.details(0) if callable(told.details) else told.details


def test_the_sum_shown_is_of_what_the_row_says_before_what_is_worked_out() -> None:
    said = row(
        natureza_operacao=1, v__valor_servicos=Decimal(120), v__base_calculo=HUNDRED,
        v__aliquota=THREE, v__valor_iss=Decimal(5), v__iss_retido=True, v__valor_liquido=HUNDRED,
    )  # fmt: skip
    assert shown(amounts.iss_follows, said) == {"esperado": "3,00", "conta": "100,00 × 3%"}
    assert shown(amounts.net_follows, said) == {"esperado": "115,00", "conta": "120,00 − 5,00"}
    baseless = {**said, "servico.base_calculo": None}
    assert shown(amounts.iss_follows, baseless) == {"esperado": "3,60", "conta": "120,00 × 3%"}


@pytest.mark.parametrize(
    "free",
    [
        row(natureza_operacao=3),
        row(v__exportacao=True),
        row(tributacao_rps="M"),
    ],
    ids="".join,
)
def test_each_way_of_owing_no_iss_is_enough(free: dict[str, object]) -> None:
    owing = row(natureza_operacao=1, v__valor_iss=THREE, v__iss_retido=False)
    assert found_by(amounts.untaxed_has_no_iss, owing) == []
    told = found_by(amounts.untaxed_has_no_iss, {**owing, **free})
    assert told == [("iss-em-nota-sem-imposto", ISS, 0)]


@pytest.mark.parametrize(
    ("natureza", "codes"),
    [
        (1, []), (2, []),
        (3, ["iss-em-nota-sem-imposto", "iss-retido-em-nota-sem-imposto"]),
        (4, ["iss-em-nota-sem-imposto", "iss-retido-em-nota-sem-imposto"]),
        (5, ["iss-retido-em-nota-sem-imposto"]), (6, ["iss-retido-em-nota-sem-imposto"]), (7, []),
    ],
)  # fmt: skip
def test_who_owes_no_iss_has_none_and_what_is_suspended_is_not_retained(
    natureza: int, codes: list[str]
) -> None:
    retained = row(natureza_operacao=natureza, v__valor_iss=THREE, v__iss_retido=True)
    assert [code for code, _, _ in found_by(amounts.untaxed_has_no_iss, retained)] == codes


@pytest.mark.parametrize(
    ("city", "beside", "taken"),
    [
        ("3550308", "0", True), ("3550308", "10", True),
        ("3505708", "0", False), ("3505708", "0.01", True), ("4106902", "10", False),
    ],
)  # fmt: skip
def test_a_note_of_nothing_is_for_the_cities_that_take_it(
    city: str, beside: str, taken: bool
) -> None:
    nothing = {
        VALUE: Decimal(0),
        "prestador.codigo_municipio": city,
        amounts.OUTSIDE_BASE: Decimal(beside),
    }
    assert (found_by(amounts.value_is_not_zero, nothing) == []) is taken


@pytest.mark.parametrize(
    ("retained", "amount", "told"),
    [(False, "0.01", True), (False, "0", False), (True, "0.01", False), (None, "0.01", False)],
)
def test_a_cent_withheld_contradicts_that_nothing_is(
    retained: bool | None, amount: str, told: bool
) -> None:
    cells = {RETAINED: retained, ISS_RETAINED: Decimal(amount)}
    found = found_by(amounts.retained_iss_follows, cells)
    assert (found == [("iss-retido-contradiz-valor", ISS_RETAINED, 0)]) is told


@pytest.mark.parametrize("path", amounts.WITHHELD)
def test_no_person_withholds_a_cent_of_federal_tax(path: str) -> None:
    cells = {**dict.fromkeys(amounts.WITHHELD, Decimal(0)), path: Decimal("0.01")}
    person = row(tomador__cpf="52998224725", tomador__cnpj=None)
    told = found_by(amounts.federal_is_withheld_by_a_company, {**cells, **person})
    federal = path != "servico.outras_retencoes"
    assert told == ([("retencao-federal-pessoa-fisica", path, 0)] if federal else [])


def test_half_a_cent_is_rounded_upwards_and_less_is_dropped() -> None:
    one_percent = np.array([1_000_000] * 3)
    assert amounts.times(np.array([49, 50, 149]), one_percent).tolist() == [0, 1, 1]


def test_a_product_beyond_64_bits_is_exact_or_the_largest_there_is() -> None:
    whole = np.array([100_000_000])
    assert amounts.times(np.array([10**17]), whole).tolist() == [10**17]
    half = np.array([10**11 + 5 * 10**7 - 1, 10**11 + 5 * 10**7])
    assert amounts.times(half, np.array([1, 1])).tolist() == [1000, 1001]
    assert amounts.times(np.array([10**18]), whole * 10).tolist() == [2**62]
    assert amounts.times(np.array([], dtype=np.int64), whole[:0]).tolist() == []


@pytest.mark.parametrize(
    ("iss", "code"),
    [("3", None), ("3.01", "por-centavo"), ("2.99", "por-centavo"), ("3.02", "difere")],
)
def test_a_cent_is_told_as_a_cent(iss: str, code: str | None) -> None:
    base = row(natureza_operacao=1, v__valor_servicos=HUNDRED, v__aliquota=THREE)
    told = found_by(amounts.iss_follows, {**base, ISS: Decimal(iss)})
    assert told == ([(f"valor-iss-{code}", ISS, 0)] if code else [])
