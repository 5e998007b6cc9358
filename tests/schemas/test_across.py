"""Every rule across fields: a row that passes it and a row that fails, with its address."""

import dataclasses
from typing import NamedTuple

import pytest

from converter.model.cells import RawValue
from converter.schemas.rules import MunicipioRules, Rules
from converter.stages.validate import validate
from converter.texts.catalogue import CATALOGUE
from converter.texts.text import Family
from tests.schemas.planilha import GOOD, RULES, at, changed, check, found, planilha

PRODUCTION = dataclasses.replace(RULES, ambiente="producao")
EXEMPT = {
    "optante_simples_nacional": "Não",
    "servico.valor_deducoes": None,
    "servico.base_calculo": None,
    "servico.valor_iss": None,
    "servico.iss_retido": "Não",
    "servico.valor_iss_retido": None,
    "servico.valor_liquido": None,
}
"""A note without the amounts that depend on the rate."""

BARUERI = MunicipioRules(
    "3505708",
    flags=dict.fromkeys(
        (
            "endereco_obrigatorio_nfse",
            "cpf_cnpj_obrigatorio_nfse",
            "codigo_cnae_obrigatorio_nfse",
            "codigo_tributario_municipio_obrigatorio_nfse",
        ),
        True,
    ),
    itens_lista_servico=frozenset({"1.07", "17.01"}),
    codigos_tributarios=frozenset({"6209-1/0000", "620910000"}),
)
CITY = dataclasses.replace(RULES, municipios={"3505708": BARUERI})
NO_DOCUMENT = dataclasses.replace(
    RULES,
    municipios={"3505708": MunicipioRules("3505708", {"cpf_cnpj_obrigatorio_nfse": False})},
)
OWN_TABLE = dataclasses.replace(
    RULES,
    municipios={
        "3505708": MunicipioRules(
            "3505708", opcoes={"natureza_operacao": {"1": "Exigível", "52": "Fora do município"}}
        )
    },
)


class Case(NamedTuple):
    """Cells changed in the good row; the code and the path where it must be told."""

    code: str
    path: str
    cells: dict[str, RawValue]
    rules: Rules = RULES


FAIL = [
    Case(
        "dois-documentos",
        "tomador.cpf",
        {"tomador.cpf": "529.982.247-25", "servico.iss_retido": "Sim"},
    ),
    Case("tomador-sem-documento", "tomador.cnpj", {"tomador.cnpj": None}),
    Case("tomador-sem-nome", "tomador.razao_social", {"tomador.razao_social": None}),
    Case("tomador-igual-ao-prestador", "tomador.cnpj", {"tomador.cnpj": "11222333000181"}),
    Case(
        "intermediario-sem-documento",
        "intermediario.razao_social",
        {"intermediario.razao_social": "Agência Ponte Clara Ltda"},
    ),
    Case(
        "nif-e-motivo",
        "tomador.motivo_ausencia_nif",
        {"tomador.cnpj": None, "tomador.nif": "PT501234567", "tomador.motivo_ausencia_nif": "1"},
    ),
    Case("nif-e-documento", "tomador.nif", {"tomador.nif": "PT501234567"}),
    Case(
        "exterior-sem-nif",
        "tomador.nif",
        {
            "tomador.cnpj": None,
            "tomador.cpf_cnpj": None,
            "tomador.nif": None,
            "tomador.endereco.uf": "EX",
            "tomador.endereco.codigo_municipio": None,
            "tomador.endereco.cep": None,
        },
        NO_DOCUMENT,
    ),
    Case("uf-difere-do-municipio", "tomador.endereco.uf", {"tomador.endereco.uf": "SP"}),
    Case(
        "uf-difere-do-municipio",
        "tomador.endereco.codigo_municipio",
        {"tomador.endereco.codigo_municipio": "3550308"},
    ),
    Case("cep-fora-da-uf", "tomador.endereco.cep", {"tomador.endereco.cep": "01310-100"}),
    Case("data-no-futuro", "data_emissao", {"data_emissao": "22/11/2026 15:01"}),
    Case("data-no-futuro", "data_competencia", {"data_competencia": "01/12/2026"}),
    Case("competencia-antiga", "data_emissao", {"data_emissao": "31/10/2026"}),
    Case("competencia-antiga", "data_competencia", {"data_competencia": "31/10/2026"}),
    Case(
        "simples-emissor-nacional", "optante_simples_nacional", {"optante_simples_nacional": "Sim"}
    ),
    Case(
        "substituicao-incompleta",
        "serie_rps_substituido",
        {"numero_rps_substituido": "1042", "serie_rps_substituido": None},
    ),
    Case(
        "substituicao-incompleta",
        "numero_rps_substituido",
        {"numero_rps_substituido": None, "serie_rps_substituido": "A"},
    ),
    Case(
        "valor-servicos-zero",
        "servico.valor_servicos",
        dict.fromkeys(
            (
                "servico.valor_servicos",
                "servico.valor_deducoes",
                "servico.base_calculo",
                "servico.valor_iss",
                "servico.valor_iss_retido",
                "servico.valor_pis",
                "servico.valor_liquido",
            ),
            "0,00",
        ),
    ),
    Case(
        "deducoes-maiores-que-valor",
        "servico.valor_deducoes",
        {**EXEMPT, "servico.valor_deducoes": "1.500,01"},
    ),
    Case(
        "deducoes-maiores-que-valor",
        "servico.desconto_condicionado",
        {**EXEMPT, "servico.desconto_condicionado": "2.000,00"},
    ),
    Case(
        "retencoes-maiores-que-valor",
        "servico.valor_servicos",
        {**EXEMPT, "servico.desconto_condicionado": "1.000,00", "servico.valor_pis": "600,00"},
    ),
    Case("base-calculo-difere", "servico.base_calculo", {"servico.base_calculo": "1.500,00"}),
    Case("base-calculo-por-centavo", "servico.base_calculo", {"servico.base_calculo": "1.400,01"}),
    Case("base-calculo-ausente", "servico.base_calculo", {"servico.base_calculo": None}),
    Case("valor-iss-difere", "servico.valor_iss", {"servico.valor_iss": "45,00"}),
    Case("valor-iss-por-centavo", "servico.valor_iss", {"servico.valor_iss": "42,01"}),
    Case(
        "valor-iss-retido-difere",
        "servico.valor_iss_retido",
        {"servico.valor_iss_retido": "40,00", "servico.valor_liquido": "1.450,25"},
    ),
    Case(
        "valor-iss-retido-por-centavo",
        "servico.valor_iss_retido",
        {"servico.valor_iss_retido": "42,01", "servico.valor_liquido": "1.448,24"},
    ),
    Case(
        "iss-retido-contradiz-valor",
        "servico.valor_iss_retido",
        {"servico.iss_retido": "Não", "servico.valor_iss_retido": "42,00"},
    ),
    Case(
        "iss-retido-sem-aliquota",
        "servico.aliquota",
        {"servico.aliquota": None},
    ),
    Case(
        "iss-retido-pessoa-fisica",
        "servico.iss_retido",
        {"tomador.cnpj": None, "tomador.cpf": "52998224725"},
    ),
    Case("valor-liquido-difere", "servico.valor_liquido", {"servico.valor_liquido": "1.490,25"}),
    Case(
        "valor-liquido-por-centavo", "servico.valor_liquido", {"servico.valor_liquido": "1.448,26"}
    ),
    Case("aliquota-acima-do-maximo", "servico.aliquota", {**EXEMPT, "servico.aliquota": "5,01"}),
    Case("aliquota-abaixo-do-minimo", "servico.aliquota", {**EXEMPT, "servico.aliquota": "1,99"}),
    Case(
        "aliquota-baixa-no-simples",
        "servico.aliquota",
        {**EXEMPT, "servico.aliquota": "1,99", "regime_especial_tributacao": "6"},
    ),
    Case("aliquota-zero", "servico.aliquota", {**EXEMPT, "servico.aliquota": "0"}),
    Case(
        "ibs-cbs-incompleto",
        "servico.ibs_cbs_situacao_tributaria",
        {"servico.ibs_cbs_situacao_tributaria": None},
    ),
    Case(
        "classificacao-difere-da-situacao",
        "servico.ibs_cbs_classificacao_tributaria",
        {"servico.ibs_cbs_classificacao_tributaria": "200001"},
    ),
    Case(
        "ibs-cbs-aliquota-de-teste",
        "servico.cbs_aliquota",
        {"servico.cbs_aliquota": "8,8", "servico.cbs_valor": "132,00"},
    ),
    Case("ibs-cbs-valor-difere", "servico.cbs_valor", {"servico.cbs_valor": "15,00"}),
    Case("ibs-cbs-valor-por-centavo", "servico.ibs_uf_valor", {"servico.ibs_uf_valor": "1,51"}),
    Case(
        "campo-exigido-pelo-municipio", "tomador.endereco.cep", {"tomador.endereco.cep": None}, CITY
    ),
    Case("campo-exigido-pelo-municipio", "tomador.cnpj", {"tomador.cnpj": None}, CITY),
    Case("campo-exigido-pelo-municipio", "servico.codigo_cnae", {"servico.codigo_cnae": ""}, CITY),
    Case(
        "item-fora-da-lista-do-municipio",
        "servico.item_lista_servico",
        {"servico.item_lista_servico": "17.02"},
        CITY,
    ),
    Case(
        "codigo-fora-da-tabela-do-municipio",
        "servico.codigo_tributario_municipio",
        {"servico.codigo_tributario_municipio": "123"},
        CITY,
    ),
    Case(
        "opcao-fora-da-tabela-do-municipio",
        "natureza_operacao",
        {"natureza_operacao": "2"},
        OWN_TABLE,
    ),
    Case("campo-obrigatorio-vazio", "servico.discriminacao", {"servico.discriminacao": " "}),
    Case("texto-longo", "tomador.razao_social", {"tomador.razao_social": "x" * 116}),
    Case("texto-com-controle", "tomador.razao_social", {"tomador.razao_social": "Ana\x07"}),
    Case("texto-fora-da-tabela", "tomador.razao_social", {"tomador.razao_social": "Doceria 🍰"}),
    Case(
        "codigo-formato",
        "servico.codigo_indicador_operacao",
        {"servico.codigo_indicador_operacao": "1003"},
    ),
    Case("opcao-desconhecida", "regime_especial_tributacao", {"regime_especial_tributacao": "9"}),
    Case("numero-negativo", "servico.valor_pis", {"servico.valor_pis": "-9,75"}),
    Case("cnpj-digito", "prestador.cnpj", {"prestador.cnpj": "18765499000199"}, PRODUCTION),
]

PASS = [
    Case("dois-documentos", "", {"tomador.cpf": None}),
    Case("tomador-sem-documento", "", {"tomador.cnpj": None}, NO_DOCUMENT),
    Case(
        "intermediario-sem-documento",
        "",
        {"intermediario.razao_social": "Ponte Clara", "intermediario.cnpj": "11444777000161"},
    ),
    Case("cep-fora-da-uf", "", {"tomador.endereco.cep": None}),
    Case("uf-difere-do-municipio", "", {"tomador.endereco.uf": None}),
    Case("data-no-futuro", "", {"data_emissao": "22/11/2026"}),
    Case("data-no-futuro", "", {"data_competencia": "30/11/2026"}),
    Case("competencia-antiga", "", {"data_emissao": "01/11/2026 00:01"}),
    Case(
        "substituicao-incompleta",
        "",
        {"numero_rps_substituido": "1042", "serie_rps_substituido": "A"},
    ),
    Case("valor-iss-difere", "", {**EXEMPT, "natureza_operacao": "3", "servico.valor_iss": "0"}),
    Case("valor-iss-difere", "", {"servico.valor_iss": None}),
    Case("valor-liquido-difere", "", {**EXEMPT, "servico.valor_liquido": "1.490,25"}),
    Case("iss-retido-sem-aliquota", "", {**EXEMPT, "servico.aliquota": None}),
    Case("aliquota-acima-do-maximo", "", {**EXEMPT, "servico.aliquota": "5"}),
    Case("aliquota-abaixo-do-minimo", "", {**EXEMPT, "servico.aliquota": "2"}),
    Case(
        "aliquota-abaixo-do-minimo",
        "",
        {**EXEMPT, "servico.aliquota": "1,5", "servico.item_lista_servico": "7.02"},
    ),
    Case("aliquota-zero", "", {**EXEMPT, "servico.aliquota": "0", "natureza_operacao": "4"}),
    Case(
        "aliquota-zero",
        "",
        {**EXEMPT, "servico.aliquota": "0", "regime_especial_tributacao": "6"},
    ),
    Case(
        "ibs-cbs-incompleto",
        "",
        {path: None for path in GOOD if "ibs" in path or "cbs" in path},
    ),
    Case("campo-exigido-pelo-municipio", "", {}, CITY),
    Case("item-fora-da-lista-do-municipio", "", {"servico.item_lista_servico": "17.01.01"}, CITY),
    Case("opcao-fora-da-tabela-do-municipio", "", {"natureza_operacao": "52"}, OWN_TABLE),
    Case("texto-longo", "", {"tomador.razao_social": "x" * 115}),
    Case(
        "codigo-formato",
        "",
        {"servico.codigo_indicador_operacao": "100301"},
    ),
]


@pytest.mark.parametrize("case", FAIL, ids=lambda case: f"{case.code} {case.path}")
def test_the_mistake_is_told_once_at_its_cell(case: Case) -> None:
    row = {**GOOD, **case.cells}
    assert found(check(row, case.rules)) == [(case.code, 8, at(case.path, row))]


@pytest.mark.parametrize("case", PASS, ids=lambda case: f"{case.code} {list(case.cells)[-1:]}")
def test_what_the_rule_allows_is_not_told(case: Case) -> None:
    assert found(check({**GOOD, **case.cells}, case.rules)) == []


def test_every_code_of_these_texts_is_shown_to_fail() -> None:
    elsewhere = {
        "coluna-exigida-pelo-municipio",
        "coluna-obrigatoria-ausente",
        "coluna-recomendada-ausente",
        "municipio-nome-difere-do-codigo",
        "numero-nao-inteiro",
        "prestador-sem-municipio",
        "valor-fora-do-contrato",
    }
    of_other_rows = {"linha-repetida", "referencia-repetida", "linha-alterada"}
    of_one_field = {
        "campo-obrigatorio-vazio", "campo-exigido-pelo-municipio", "texto-longo",
        "texto-com-controle", "texto-fora-da-tabela", "codigo-formato", "opcao-desconhecida",
        "numero-negativo", "numero-nao-inteiro", "valor-fora-do-contrato",
        "coluna-exigida-pelo-municipio", "coluna-obrigatoria-ausente", "coluna-recomendada-ausente",
    }  # fmt: skip
    of_rows = {text.code for text in CATALOGUE.values() if text.family is Family.LINHA}
    mine = (of_rows - of_other_rows) | of_one_field
    assert mine - {case.code for case in FAIL} == elsewhere


def test_recommended_columns_are_told_once_per_sheet() -> None:
    row = {path: GOOD[path] for path in GOOD if path != "optante_simples_nacional"}
    typed = validate(planilha([row] * 3), RULES)
    assert found(typed) == [("coluna-recomendada-ausente", None, None)]
    assert typed.rejected == frozenset()


def test_a_column_the_city_asks_for_is_told_once_per_sheet() -> None:
    row = {path: GOOD[path] for path in GOOD if path != "tomador.endereco.logradouro"}
    typed = validate(planilha([row] * 3), CITY)
    (told,) = (p for p in typed.problems if p.field == "tomador.endereco.logradouro")
    assert (told.code, told.row) == ("coluna-exigida-pelo-municipio", None)
    assert told.details["municipio"] == "Barueri"
    assert typed.rejected == {7, 8, 9}


def test_a_prestador_nobody_told_the_city_of_is_told_by_its_cnpj() -> None:
    sheet = planilha([GOOD, {**GOOD, "prestador.cnpj": None}])
    city = sheet.fields["prestador.codigo_municipio"]
    nowhere = dataclasses.replace(city, column=None, values=(None, None))
    fields = {**sheet.fields, "prestador.codigo_municipio": nowhere}
    first, second = validate(dataclasses.replace(sheet, fields=fields), RULES).problems
    assert (first.code, first.row) == ("prestador-sem-municipio", 7)
    assert first.details["cnpj"] == "11.222.333/0001-81"
    assert (second.code, second.row) == ("campo-obrigatorio-vazio", 8)


def test_a_prestador_of_simples_is_told_once_with_its_count() -> None:
    rows = [changed(optante_simples_nacional="Sim")] * 40
    rows += [changed(optante_simples_nacional="Sim", prestador__cnpj="11444777000161")] * 2
    first, second = validate(planilha(rows), RULES).problems
    assert (first.row, first.details["linhas"]) == (7, "40 linhas")
    assert (second.row, second.details["linhas"]) == (47, "2 linhas")


def test_a_wrong_base_is_not_told_again_at_the_iss() -> None:
    row = changed(servico__base_calculo="1.450,00", servico__valor_iss="43,50")
    row |= {"servico.valor_iss_retido": "43,50", "servico.valor_liquido": "1.446,75"}
    assert [code for code, _, _ in found(check(row))] == ["base-calculo-difere"]


def test_half_a_cent_rounds_up() -> None:
    row = {**GOOD, **EXEMPT, "servico.valor_servicos": "0,50", "servico.valor_pis": None}
    row |= {"servico.valor_iss": "0,02", "servico.aliquota": "3"}
    row |= {path: None for path in GOOD if "ibs" in path or "cbs" in path}
    assert found(check(row)) == []


def test_an_amount_near_the_largest_is_still_exact() -> None:
    row = {**GOOD, **EXEMPT, "servico.valor_servicos": "9.999.999.999.999,99"}
    row |= {"servico.valor_iss": "300.000.000.000,00", "servico.valor_pis": None}
    row |= {path: None for path in GOOD if "ibs" in path or "cbs" in path}
    assert found(check(row)) == []
