"""Each rule between fields, asked of typed rows alone: a good row, and the row it is there for."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from converter.schemas.findings import Finding
from converter.schemas.rules import (
    MunicipioRules,
    Rules,
    amounts,
    city,
    people,
    place,
    rate,
    reform,
)
from converter.schemas.rules import time as days
from converter.schemas.sheet import Sheet
from tests.schemas.planilha import NOW

Rule = Callable[[Sheet], Iterator[Finding]]
Row = Mapping[str, Any]

BARUERI = MunicipioRules(
    "3505708",
    {"endereco_obrigatorio_nfse": True, "codigo_cnae_obrigatorio_nfse": True},
    itens_lista_servico=frozenset({"01.07"}),
    codigos_tributarios=frozenset({"620910000"}),
)
CURITIBA = MunicipioRules("4106902", {"cpf_cnpj_obrigatorio_nfse": True})
HERE = {"prestador.codigo_municipio": "3505708"}


def row(**cells: object) -> Row:
    """`tomador__cpf` is `tomador.cpf`, `v__valor_pis` is `servico.valor_pis`."""
    return {name.replace("v__", "servico.").replace("__", "."): cells[name] for name in cells}


def findings(rule: Rule, *rows: Row) -> Iterator[Finding]:
    frame = pd.DataFrame([{**dict.fromkeys(rows[-1]), **one} for one in rows], dtype=object)
    return rule(
        Sheet.of_frame(
            frame, Rules(now=NOW, municipios={one.codigo: one for one in (BARUERI, CURITIBA)})
        )
    )


def found(rule: Rule, *rows: Row) -> list[tuple[str, str, int]]:
    return [
        (finding.code, finding.path, place)
        for finding in findings(rule, *rows)
        for place in (() if finding.rows is None else finding.rows.tolist())
    ]


money = Decimal


TAXED = row(
    natureza_operacao=1, v__valor_servicos=money("100"), v__base_calculo=money("100"),
    v__aliquota=money("3"), v__valor_iss=money("3"), v__iss_retido=False,
)  # fmt: skip
ADDRESS = row(
    tomador__endereco__codigo_municipio="4106902", tomador__endereco__uf="PR",
    tomador__endereco__cep="80045165",
)  # fmt: skip
TOMADOR = row(tomador__cnpj="12345678000195", tomador__razao_social="Padaria", tomador__cpf=None)
REFORM = {
    "data_emissao": datetime(2026, 11, 19, 12, 0, tzinfo=NOW.tzinfo),
    **row(
        v__ibs_cbs_situacao_tributaria="000", v__ibs_cbs_classificacao_tributaria="000001",
        v__codigo_indicador_operacao="030101", v__ibs_cbs_base_calculo=money("1500"),
        v__cbs_aliquota=money("0.9"), v__cbs_valor=money("13.50"),
    ),
}  # fmt: skip
DATED = {**HERE, "data_emissao": datetime(2026, 11, 19, 12, 0, tzinfo=NOW.tzinfo)}
RETAINED = {**TAXED, **row(v__iss_retido=True, v__valor_iss_retido=money("3"))}

CASES: list[tuple[Rule, Row, Mapping[str, object], str, str]] = [
    (amounts.value_is_not_zero, TAXED, row(v__valor_servicos=money("0")),
     "valor-servicos-zero", "servico.valor_servicos"),
    (amounts.reductions_fit_the_value, TAXED, row(v__valor_deducoes=money("100.01")),
     "deducoes-maiores-que-valor", "servico.valor_deducoes"),
    (amounts.base_follows, TAXED, row(v__base_calculo=money("99.90")),
     "base-calculo-difere", "servico.base_calculo"),
    (amounts.iss_follows, TAXED, row(v__valor_iss=money("3.50")),
     "valor-iss-difere", "servico.valor_iss"),
    (amounts.retained_iss_follows, RETAINED, row(v__valor_iss_retido=money("2.50")),
     "valor-iss-retido-difere", "servico.valor_iss_retido"),
    (amounts.net_follows, {**RETAINED, "servico.valor_liquido": money("97")},
     row(v__valor_liquido=money("100")), "valor-liquido-difere", "servico.valor_liquido"),
    (rate.rate_is_lawful, TAXED, row(v__aliquota=money("5.01")),
     "aliquota-acima-do-maximo", "servico.aliquota"),
    (rate.rate_is_lawful, {**TAXED, "servico.item_lista_servico": "0107"},
     row(v__aliquota=money("1.99")), "aliquota-abaixo-do-minimo", "servico.aliquota"),
    (rate.retention_has_its_rate, RETAINED, row(v__aliquota=None),
     "iss-retido-sem-aliquota", "servico.aliquota"),
    (rate.retention_has_a_retainer, {**RETAINED, **TOMADOR},
     row(tomador__cnpj=None, tomador__razao_social=None),
     "iss-retido-sem-tomador", "servico.iss_retido"),
    (people.one_document_each, TOMADOR, row(tomador__cpf="11144477735"),
     "dois-documentos", "tomador.cpf"),
    (people.tomador_has_document, {**TOMADOR, **HERE}, row(tomador__cnpj=None),
     "tomador-sem-documento", "tomador.cnpj"),
    (people.tomador_is_somebody, TOMADOR, row(tomador__razao_social="Idem"),
     "nome-de-ninguem", "tomador.razao_social"),
    (people.tomador_is_somebody, TOMADOR, row(tomador__razao_social="0"),
     "nome-de-ninguem", "tomador.razao_social"),
    (people.service_is_told, {"servico.discriminacao": "Aula"},
     row(servico__discriminacao='"'), "descricao-de-nada", "servico.discriminacao"),
    (people.tomador_has_name, TOMADOR, row(tomador__razao_social=None),
     "tomador-sem-nome", "tomador.razao_social"),
    (people.tomador_is_someone_else, {**TOMADOR, "prestador.cnpj": "11222333000181"},
     row(tomador__cnpj="11222333000181"), "tomador-igual-ao-prestador", "tomador.cnpj"),
    (place.state_of_city, {**ADDRESS, "tomador.endereco.cep": None},
     row(tomador__endereco__uf="SP"), "uf-difere-do-municipio", "tomador.endereco.uf"),
    (place.state_of_cep, ADDRESS, row(tomador__endereco__cep="01310100"),
     "cep-fora-da-uf", "tomador.endereco.cep"),
    (city.listed_by_the_city, {**HERE, "servico.item_lista_servico": "0107"},
     row(v__item_lista_servico="0802"),
     "item-fora-da-lista-do-municipio", "servico.item_lista_servico"),
    (city.listed_by_the_city, {**HERE, "servico.codigo_tributario_municipio": "6209-1/0000"},
     row(v__codigo_tributario_municipio="1"),
     "codigo-fora-da-tabela-do-municipio", "servico.codigo_tributario_municipio"),
    (city.required_by_the_city, {**HERE, "servico.codigo_cnae": "6209100", **ADDRESS, **row(
        tomador__endereco__logradouro="Rua", tomador__endereco__numero="1",
        tomador__endereco__bairro="Centro")},
     row(v__codigo_cnae=None), "campo-exigido-pelo-municipio", "servico.codigo_cnae"),
    (days.not_in_the_future, DATED,
     {"data_emissao": datetime(2026, 11, 23, 9, 0, tzinfo=NOW.tzinfo)},
     "data-no-futuro", "data_emissao"),
    (days.competence_is_recent, DATED,
     {"data_emissao": datetime(2026, 10, 31, 9, 0, tzinfo=NOW.tzinfo)},
     "competencia-antiga", "data_emissao"),
    (days.competence_is_not_after_the_note, {**DATED, "data_competencia": date(2026, 11, 1)},
     {"data_competencia": date(2026, 11, 20)},
     "competencia-depois-da-emissao", "data_competencia"),
    (reform.group_is_whole, REFORM, row(v__ibs_cbs_situacao_tributaria=None),
     "ibs-cbs-incompleto", "servico.ibs_cbs_situacao_tributaria"),
    (reform.classification_begins_with_situation, REFORM,
     row(v__ibs_cbs_situacao_tributaria="200"),
     "classificacao-difere-da-situacao", "servico.ibs_cbs_classificacao_tributaria"),
    (reform.rates_of_the_test_year, REFORM, row(v__cbs_aliquota=money("1")),
     "ibs-cbs-aliquota-de-teste", "servico.cbs_aliquota"),
    (reform.taxes_follow, REFORM, row(v__cbs_valor=money("15")),
     "ibs-cbs-valor-difere", "servico.cbs_valor"),
]  # fmt: skip


def test_a_name_left_blank_where_most_are_filled_was_forgotten() -> None:
    nameless = {**TOMADOR, **row(tomador__razao_social=None)}
    of_a_few = found(people.tomador_has_name, TOMADOR, TOMADOR, nameless)
    assert of_a_few == [("nome-em-branco", "tomador.razao_social", 2)]
    of_most = found(people.tomador_has_name, nameless, nameless, TOMADOR)
    assert {code for code, _, _ in of_most} == {"tomador-sem-nome"}


@pytest.mark.parametrize(
    ("rule", "good", "wrong", "code", "path"), CASES, ids=[f"{case[3]}" for case in CASES]
)
def test_a_rule_tells_the_row_it_is_there_for_and_no_other(
    rule: Rule, good: Row, wrong: Mapping[str, object], code: str, path: str
) -> None:
    bad = {**good, **wrong}
    assert (code, path, 1) in found(rule, good, bad)
    assert found(rule, {**dict.fromkeys(bad), **good}) == []


@pytest.mark.parametrize(
    "simples", [row(optante_simples_nacional=True), row(regime_especial_tributacao="6")]
)
def test_each_way_of_being_of_simples_lets_the_rate_be_low(simples: Row) -> None:
    low = {**TAXED, **row(v__item_lista_servico="0107", v__aliquota=money("1.99"))}
    of_none = found(rate.rate_is_lawful, low)
    assert of_none == [("aliquota-abaixo-do-minimo", "servico.aliquota", 0)]
    of_simples = found(rate.rate_is_lawful, {**low, **simples})
    assert of_simples == [("aliquota-baixa-no-simples", "servico.aliquota", 0)]


def test_what_simples_must_issue_elsewhere_is_said_once_per_prestador_with_how_many() -> None:
    optante = {**DATED, **row(optante_simples_nacional=True)}
    rows = [{**optante, "prestador.cnpj": cnpj} for cnpj in ("a", "b", "b")]
    (told,) = findings(days.simples_issues_nationally, *rows)
    assert told.rows is not None
    assert callable(told.details)
    assert [(place, told.details(place)["linhas"]) for place in told.rows.tolist()] == [
        (0, "1 linha"), (1, "2 linhas"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("uf", "city", "wrong"),
    [
        ("EX", "9999999", False), ("PR", "9999999", True), ("EX", "4106902", True),
        ("PR", None, True), (None, "4106902", True), ("EX", None, False), (None, None, False),
    ],
)  # fmt: skip
def test_another_country_goes_with_no_state_and_no_city_of_brazil(
    uf: str | None, city: str | None, wrong: bool
) -> None:
    address = row(
        tomador__endereco__codigo_pais="249",
        tomador__endereco__uf=uf,
        tomador__endereco__codigo_municipio=city,
    )
    assert bool(found(place.country_of_address, address)) is wrong


@pytest.mark.parametrize(
    ("document", "told"), [("cnpj", False), ("cpf", False), ("nif", False), (None, True)]
)
def test_a_city_that_wants_a_document_takes_whichever_the_customer_has(
    document: str | None, told: bool
) -> None:
    none = dict.fromkeys(["tomador.cnpj", "tomador.cpf", "tomador.nif"])
    there = {"prestador.codigo_municipio": CURITIBA.codigo}
    customer = {**there, **none, **({f"tomador.{document}": "1"} if document else {})}
    asked = found(city.required_by_the_city, {**customer, "tomador.cnpj": "1"}, customer)
    documents = [each for each in asked if each[1] == "tomador.cnpj"]
    wanted = ("campo-exigido-pelo-municipio", "tomador.cnpj", 1)
    assert documents == ([wanted] if told else [])


@pytest.mark.parametrize(
    ("code", "rates", "shown"),
    [
        ("000001", {"0.9"}, "0,9"),
        # Left 40 % of IBS and CBS, all of the CBS, and nothing where the CST has no rate.
        ("200029", {"0.9", "0.36"}, "0,9% ou 0,36"),
        ("410004", {"0.9", "0"}, "0,9% ou 0"),
    ],
)
def test_the_rate_of_the_test_year_is_whole_or_as_the_classification_leaves_it(
    code: str, rates: set[str], shown: str
) -> None:
    for stated in ("0.9", "0.36", "0", "0.1"):
        said = {**REFORM, **row(
            v__ibs_cbs_classificacao_tributaria=code, v__cbs_aliquota=money(stated)
        )}  # fmt: skip
        told = [one for one in findings(reform.rates_of_the_test_year, said) if not one.is_empty]
        assert ([one.path for one in told] == []) is (stated in rates)
        for one in told:
            assert callable(one.details)
            assert one.details(0) == {"esperado": shown}


@pytest.mark.parametrize(("near", "told"), [(3, False), (4, True)])
def test_a_date_years_from_all_the_others_is_one_among_five(near: int, told: bool) -> None:
    of_now = {"data_emissao": datetime(2026, 11, 19, tzinfo=NOW.tzinfo)}
    of_then = {"data_emissao": datetime(2016, 11, 19, tzinfo=NOW.tzinfo)}
    rows = [of_then, *[of_now] * near]
    distant = [("data-distante", "data_emissao", 0)]
    assert found(days.issued_near_its_neighbours, *rows) == (distant if told else [])
