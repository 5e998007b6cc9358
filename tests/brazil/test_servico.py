from datetime import date, datetime

import pytest

from converter.brazil import data_files, servico

IN_FORCE = """
    1.01-09 2.01-01 3.02-05 4.01-23 5.01-09 6.01-06 7.01-13 7.16-22 8.01-02 9.01-03 10.01-10
    11.01-05 12.01-17 13.02-05 14.01-14 15.01-18 16.01-02 17.01-06 17.08-25 18.01-01 19.01-01
    20.01-03 21.01-01 22.01-01 23.01-01 24.01-01 25.01-05
"""


def in_force():
    for span in IN_FORCE.split():
        item, subs = span.split(".")
        first, last = map(int, subs.split("-"))
        yield from (f"{int(item):02}{sub:02}" for sub in range(first, last + 1))
    yield from (f"{item}01" for item in range(26, 41))


def test_the_list_is_the_law_in_force():
    assert {codigo for codigo, _ in data_files.rows("servicos")} == set(in_force())
    assert len(data_files.rows("servicos")) == 200


@pytest.mark.parametrize("added", ["0109", "0606", "1414", "1602", "1725", "2505", "1105"])
def test_what_later_laws_added_is_there(added):
    assert servico.parse(added).value == added


@pytest.mark.parametrize("vetoed", ["3.01", "7.14", "7.15", "13.01", "17.07"])
def test_what_the_president_vetoed_is_not(vetoed):
    assert servico.parse(vetoed).problem == "servico-inexistente"


@pytest.mark.parametrize(
    ("cell", "value", "warning"),
    [
        ("1.07", "0107", None),
        ("01.07", "0107", None),
        ("0107", "0107", None),
        ("1,07", "0107", None),
        (1.07, "0107", None),
        (14.12, "1412", None),
        ("107", "0107", "servico-zero-reposto"),
        (107.0, "0107", "servico-zero-reposto"),
        ("10701.0", "010701", "servico-zero-reposto"),
        (1412, "1412", None),
        ("01.07.01", "010701", None),
        ("010701", "010701", None),
        ("10701", "010701", "servico-zero-reposto"),
        (10701.0, "010701", "servico-zero-reposto"),
        ("4.10", "0410", None),
        ("1.07 - Suporte técnico em informática", "0107", None),
        ("01.07 Suporte técnico", "0107", None),
        ("01.07.: Suporte", "0107", None),
        ("990401", "990401", "servico-fora-da-lista"),
        ("99.04.01", "990401", "servico-fora-da-lista"),
    ],
)
def test_every_way_to_write_an_item_has_one_canonical_form(cell, value, warning):
    parsed = servico.parse(cell)
    assert (parsed.value, parsed.problem, parsed.warning) == (value, None, warning)


@pytest.mark.parametrize(
    ("cell", "readings"),
    [
        (4.1, "04.01 ou 04.10"),
        ("4.1", "04.01 ou 04.10"),
        (7.2, "07.02 ou 07.20"),
        (1.1, "01.01"),
        (1.9, "01.09"),
    ],
)
def test_a_single_decimal_is_never_guessed(cell, readings):
    parsed = servico.parse(cell)
    assert parsed.problem == "servico-incompleto"
    assert parsed.details == (("leituras", readings),)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1.10", "servico-inexistente"),
        (2.5, "servico-inexistente"),
        ("41.01", "servico-inexistente"),
        ("9904", "servico-inexistente"),
        ("item 7", "servico-formato"),
        ("7", "servico-formato"),
        (7.0, "servico-formato"),
        (1.075, "servico-formato"),
        ("1234567", "servico-formato"),
        ("1.07 a 1.09", "servico-formato"),
        ("1.07\n1.08", "servico-formato"),
        (-1.07, "codigo-numero"),
        (100.5, "codigo-numero"),
        (date(2026, 7, 1), "servico-data"),
        (datetime(2026, 7, 1, 10), "servico-data"),
        (None, "celula-vazia"),
    ],
)
def test_a_bad_code_says_why(cell, problem):
    assert servico.parse(cell).problem == problem


def test_a_short_free_code_keeps_its_point():
    assert servico.parse("14.0", "livre").value == "14.0"


@pytest.mark.parametrize("cell", ["100503216", 100503216.0])
def test_a_city_with_codes_of_its_own_gets_them_as_typed(cell):
    assert servico.parse(cell, "livre").value == "100503216"


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("7" * 21, "servico-tamanho"),
        ("ação", "servico-formato"),
        ("12\t34", "servico-formato"),
        (1.07, "codigo-numero"),
        (date(2026, 7, 1), "servico-data"),
    ],
)
def test_a_free_code_is_still_a_code(cell, problem):
    assert servico.parse(cell, "livre").problem == problem


@pytest.mark.parametrize(
    ("canonical", "formato", "written"),
    [
        ("0107", "iiss", "0107"),
        ("010701", "iiss", "0107"),
        ("0107", "ii.ss", "01.07"),
        ("010701", "ii.ss", "01.07"),
        ("010701", "iissdd", "010701"),
        ("100503216", "livre", "100503216"),
    ],
)
def test_each_city_gets_the_form_it_takes(canonical, formato, written):
    assert servico.render(canonical, formato).value == written


def test_the_unfolding_of_an_item_is_never_guessed():
    parsed = servico.render("0107", "iissdd")
    assert parsed.problem == "servico-sem-desdobro"
    assert parsed.details == (("item", "01.07"),)


@pytest.mark.parametrize(
    ("item", "applies"),
    [
        ("0107", True), ("010701", True), ("0702", False), ("070201", False), ("0705", False),
        ("1601", False), ("1602", True), ("100503216", False), ("", False),
    ],
)  # fmt: skip
def test_two_per_cent_is_the_least_but_for_three_items(item, applies):
    assert servico.minimum_rate_applies(item) is applies
