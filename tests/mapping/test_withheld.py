"""Whether the ISS is withheld, by its amounts or by who pays it; and the city of a row."""

import pytest

from converter.mapping import withheld
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.model.cells import RawValue
from converter.model.columns import Answers, AnswerUse, ColumnAnswer
from tests.mapping import pieces
from tests.mapping.books import BARUERI, PRESTADOR
from tests.mapping.test_readings import WHOLE, read, said, table

RETIDO, CODE = "servico.iss_retido", "servico.codigo_municipio"


def test_amounts_of_iss_withheld_say_whether_it_is() -> None:
    mapped = read(table({**WHOLE, "ISS retido": (37.5, 0, "")}))
    assert list(mapped.sheets[0].fields[RETIDO].values) == [True, False, None]
    assert RETIDO not in {one.field for one in mapped.problems}


def test_who_pays_the_iss_is_asked_and_understood() -> None:
    sheet = table({**WHOLE, "ISS por conta do": ("Tomador", "Prestador", "Tomador")})
    assert said(read(sheet))["ISS por conta do"][0] == "pergunta"
    answer = ColumnAnswer("F", "issporcontado", AnswerUse.CAMPO, RETIDO)
    mapped = read(sheet, Answers(colunas=(answer,)))
    assert list(mapped.sheets[0].fields[RETIDO].values) == ["Sim", "Não", "Sim"]


def test_substitution_is_asked_about() -> None:
    assert said(read(table({**WHOLE, "Subst. trib.?": ("S", "N", "N")})))["Subst. trib.?"][0] == (
        "pergunta"
    )


def test_the_city_a_row_names_goes_before_the_default() -> None:
    values = {CODE: BARUERI, "prestador.codigo_municipio": BARUERI}
    one = Defaults(prestadores=(PrestadorDefaults(PRESTADOR, (), values),))
    mapped = read(table({**WHOLE, "Local da prestação": ("Curitiba", "", "Osasco")}), defaults=one)
    assert list(mapped.sheets[0].fields[CODE].values) == [None, BARUERI, None]


@pytest.mark.parametrize(
    ("header", "places"),
    [
        ("Onde foi executado", ("Curitiba/PR", "Barueri/SP", "")),
        ("Prefeitura", ("Curitiba", "Barueri", "")),
        ("Obra", ("Loja Osasco", "Sol - Barueri", "")),
    ],
)
def test_cities_that_may_be_where_the_service_was_done_are_asked_about(
    header: str, places: tuple[str, ...]
) -> None:
    assert said(read(table({**WHOLE, header: places})))[header][0] == "pergunta"


AMOUNT = "servico.valor_iss_retido"


@pytest.mark.parametrize(
    ("amount", "told"),
    [(0.01, True), (0, False), ("0,00", False), ("37,50", True), (-1, False), ("", None),
     (None, None), ("a ver", None)],
)  # fmt: skip
def test_iss_is_withheld_above_nought(amount: RawValue, *, told: bool | None) -> None:
    assert withheld.withheld({AMOUNT: [amount]}) == {RETIDO: [told]}


def test_amounts_say_nothing_where_a_column_says_whether() -> None:
    assert withheld.withheld({AMOUNT: [37.5], RETIDO: ["Não"]}) == {}
    assert withheld.withheld({}) == {}


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("ISS por conta do", ("Tomador", "Prestador"), True),
        ("INSS por conta do", ("Tomador", "Prestador"), False),
        ("ISS por conta do", ("Ana", "Prestador"), False),
    ],
)
def test_a_column_says_who_pays_the_iss(
    header: str, values: tuple[str, ...], *, told: bool
) -> None:
    assert withheld.says_who_pays(pieces.sense(header, *values)) is told
