"""What the arithmetic of a note compares, and what it leaves alone because it cannot know."""

import pytest

from converter.model.cells import RawValue
from tests.schemas.planilha import GOOD, at, check, found

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
