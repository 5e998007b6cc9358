"""Every rule across fields: a row that passes it and a row that fails, with its address."""

import dataclasses

import pytest

from converter.stages.validate import validate
from converter.texts.catalogue import CATALOGUE, Family
from tests.schemas.casos_across import CITY, EXEMPT, Case
from tests.schemas.casos_certos import PASS
from tests.schemas.casos_errados import FAIL
from tests.schemas.planilha import GOOD, RULES, at, changed, check, found, planilha


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
        "tomador-sem-nome",
        "valor-fora-do-contrato",
    }
    of_other_rows = {"linha-repetida", "referencia-repetida", "linha-alterada"}
    of_other_rows |= {"tomador-do-cadastro", "pergunta-sem-resposta", "linha-que-nao-vai"}
    of_other_rows |= {
        code for code in CATALOGUE if code.startswith(("cadastro-", "leiaute-", "prefeitura-"))
    }
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
