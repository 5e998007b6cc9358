"""By which tests a value, and then a whole column, is judged before its header is believed."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from converter.brazil.headers import fold
from converter.mapping import looks, tables, value_kinds
from converter.mapping.header import HeaderCell
from converter.mapping.profile import Holds, Profile
from converter.mapping.vocabulary import Says, vocabulary
from converter.model.cells import Percent, RawValue, SourceColumn

Test = Callable[[RawValue], bool]


@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        (value_kinds.is_cnpj, "11.222.333/0001-81", "11.222.333/0001-82"),
        (value_kinds.is_cnpj, 11222333000181, "11144477735"),
        (value_kinds.is_cpf, "111.444.777-35", "111.444.777-36"),
        (value_kinds.is_cpf, 11144477735, "11222333000181"),
        (value_kinds.is_document, "111.444.777-35", "11144477700"),
        (value_kinds.is_email, "a@exemplo.com.br", "a@"),
        (value_kinds.is_day, "19/03/2026", "31/02/2026"),
        (value_kinds.is_day, date(2026, 3, 19), "rua 12 3456"),
        (value_kinds.is_month, "mar/2026", "13/2026"),
        (value_kinds.is_amount, "R$ 1.234,56", "1.234,56 por mês"),
        (value_kinds.has_cents, "1.234,56", "1234"),
        (value_kinds.has_cents, 10.5, 10.0),
        (value_kinds.is_percent, "5%", "5"),
        (value_kinds.is_percent, 0.05, 5),
        (value_kinds.is_yes_no, "Não", "1"),
        (value_kinds.is_uf, "SP", "XX"),
        (value_kinds.is_cep, "01310-100", "19032026"),
        (value_kinds.is_phone, "(41) 3256-8060", "3256-8060"),
        (value_kinds.is_item, "01.07", "99.99"),
        (value_kinds.is_city, "Barueri", "3505708"),
        (value_kinds.is_words, "Suporte técnico", "março"),
        (value_kinds.is_name, "Ana Prado", "Lote 123456"),
        (value_kinds.is_code, "PED-1001", "um texto comprido demais para código"),
        (value_kinds.looks_document, "1,11445E+13", "12345"),
        (value_kinds.looks_day, 46_000, 460),
        (value_kinds.looks_day, "31/02/2026", "2026"),
    ],
)
def test_a_kind_tells_its_values_from_those_that_only_look_so(
    test: Test, yes: RawValue, no: RawValue
) -> None:
    assert test(yes)
    assert not test(no)


def test_a_truth_is_no_number() -> None:
    assert not value_kinds.is_number(True)
    assert not value_kinds.is_number(Percent(0.05))
    assert not value_kinds.is_code(True)


@pytest.mark.parametrize(
    ("values", "path", "holds"),
    [
        (["11.222.333/0001-81", "11.444.777/0001-61"], "tomador.cnpj", Holds.BEM),
        (["Ana Prado", "João Lima"], "tomador.cnpj", Holds.NAO),
        ([150.0, 90.5], "servico.valor_servicos", Holds.BEM),
        (["Ana Prado", "João Lima"], "servico.valor_servicos", Holds.NAO),
        (["19/03/2026", "20/03/2026"], "data_emissao", Holds.BEM),
        (["a@exemplo.com.br"], "tomador.email", Holds.BEM),
        (["Ana Prado", "João Lima"], "tomador.razao_social", Holds.BEM),
        ([1500.0, 2300.0], "servico.aliquota", Holds.NAO),
    ],
)
def test_a_column_can_be_a_field_only_where_its_values_can(
    values: Sequence[RawValue], path: str, holds: Holds
) -> None:
    assert Profile(values).holds(path) is holds


def test_a_column_of_blanks_says_nothing() -> None:
    column = Profile([None, "", " ", "-"])
    assert column.blank
    assert looks.guesses(column) == ()


def test_a_column_is_known_by_most_of_its_values_and_not_by_each() -> None:
    column = Profile(["a@exemplo.com.br", "b@exemplo.com.br", "c@exemplo.com.br", "ligar antes"])
    assert column.share(value_kinds.is_email) == pytest.approx(0.75)
    assert column.most(value_kinds.is_email)
    assert not Profile(["a@exemplo.com.br", "?", "ligar"]).most(value_kinds.is_email)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        (["111.444.777-35", "529.982.247-25"], "tomador.cpf_cnpj"),
        (["a@exemplo.com.br", "b@exemplo.com.br"], "tomador.email"),
        ([Percent(0.05), Percent(0.02)], "servico.aliquota"),
        (["19/03/2026", "20/03/2026"], "data_emissao"),
        (["R$ 150,00", "R$ 90,50"], "servico.valor_servicos"),
        (["Ana Prado", "João Lima"], "tomador.razao_social"),
    ],
)
def test_a_nameless_column_is_offered_what_its_values_can_be(
    values: Sequence[RawValue], path: str
) -> None:
    assert path in looks.guesses(Profile(values))


def cells(*headers: str) -> list[HeaderCell]:
    return [
        HeaderCell(index, SourceColumn(chr(65 + index), text), fold(text))
        for index, text in enumerate(headers)
        if text
    ]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (("Cliente", "Jan/2026", "Fev/2026"), (1, 2)),
        (("Cliente", "março", "abril"), (1, 2)),
        (("Cliente", "Jan/2026"), ()),
        (("Cliente", "Valor de março", "Valor de abril"), ()),
    ],
)
def test_amounts_by_month_are_seen_where_there_are_two(
    headers: tuple[str, ...], found: tuple[int, ...]
) -> None:
    assert tables.months(cells(*headers)) == found


def test_words_are_read_without_accents_plurals_and_noise() -> None:
    known = vocabulary()
    assert known.canonical("Nº das Notas") == known.canonical("numero nota")
    assert known.canonical("DataEmissão") == known.canonical("data de emissão")
    ideas, parties, unknown = known.ideas(known.canonical("CNPJ do tomador xyzk"))
    assert (parties, unknown) == (("tomador",), frozenset({"xyzk"}))
    assert known.ends(ideas - {"xyzk"})["cnpj"] >= Says.SOZINHO
