"""Blanks of a customer filled by what the API said: never a cell, never another address."""

from collections.abc import Mapping

from converter.model.cells import MappedField, MappedSheet, RawValue, SourceColumn
from converter.model.consultas import Consulta, Consulted, Lookups
from converter.registers.customer import DOCUMENTO, NOME
from converter.stages.complete import BAIRRO, CEP, CIDADE, CODIGO, LOGRADOURO, NUMERO, UF, complete

CNPJ = "52190638000136"
STREET = {
    "cep": "80045165",
    "uf": "PR",
    "nome_localidade": "Curitiba",
    "codigo_ibge": "4106902",
    "tipo_logradouro": "Rua",
    "nome_logradouro": "das Acácias",
    "nome_bairro_inicial": "Alto da XV",
}
COMPANY = {
    "razao_social": "PADARIA TRIGO DOURADO LTDA",
    "situacao_cadastral": "ativa",
    "endereco": {
        "codigo_ibge": "4106902",
        "logradouro": "Rua das Acácias",
        "numero": "999",
        "complemento": "SALA 34",
        "bairro": "Alto da XV",
        "cep": "80045165",
        "uf": "PR",
    },
}


def lookups(**changed: object) -> Lookups:
    answers = {
        Consulta("cep", "80045165"): Consulted(STREET, "22/11/2026"),
        Consulta("cnpj", CNPJ): Consulted(COMPANY | changed, "22/11/2026"),
        Consulta("cep", "99999999"): Consulted(None, "22/11/2026"),
    }
    return Lookups(frozenset({"cep", "cnpj"}), answers)


def completed(
    row: Mapping[str, RawValue], known: Lookups | None = None
) -> tuple[dict[str, RawValue], list[str], frozenset[Consulta]]:
    """What the row says afterwards, the codes told of it, and what is still to be asked."""
    fields = {
        path: MappedField(path, [value], SourceColumn(chr(65 + place), path))
        for place, (path, value) in enumerate(row.items())
    }
    sheet = MappedSheet("notas.csv", "notas", "padrao", 1, [2], fields)
    (made,), told, asked = complete([sheet], known or lookups())
    values = {path: field.values[0] for path, field in made.fields.items()}
    return values, [problem.code for problem in told], asked


def test_a_cep_gives_the_street_the_quarter_and_the_city() -> None:
    values, told, _ = completed({CEP: "80045-165", NUMERO: "999", LOGRADOURO: None})
    assert values[LOGRADOURO] == "Rua das Acácias"
    assert (values[BAIRRO], values[CODIGO], values[UF]) == ("Alto da XV", "4106902", "PR")
    assert told == ["completado-por-cep"]


def test_what_a_cell_says_stays_and_a_city_by_name_gets_no_code_beside_it() -> None:
    values, _, _ = completed({CEP: "80045165", LOGRADOURO: "R. Acácias", CIDADE: "Curitiba"})
    assert values[LOGRADOURO] == "R. Acácias"
    assert values[BAIRRO] == "Alto da XV"
    assert CODIGO not in values
    assert UF not in values


def test_a_cnpj_gives_name_and_address() -> None:
    values, told, _ = completed({DOCUMENTO: "52.190.638/0001-36", NOME: None})
    assert values[NOME] == "PADARIA TRIGO DOURADO LTDA"
    assert (values[LOGRADOURO], values[NUMERO]) == ("Rua das Acácias", "999")
    assert values[CEP] == "80045165"
    assert told == ["completado-por-cnpj"]


def test_the_address_of_a_cnpj_does_not_mix_with_another() -> None:
    row = {DOCUMENTO: CNPJ, NOME: "Padaria Trigo Dourado", CEP: "01310100"}
    values, told, asked = completed(row)
    assert LOGRADOURO not in values
    assert told == ["completar-no-envio"]
    assert asked == {Consulta("cep", "01310100")}


def test_a_name_that_differs_and_a_closed_company_are_warnings() -> None:
    known = lookups(situacao_cadastral="BAIXADA")
    row = {DOCUMENTO: CNPJ, NOME: "Padaria do Zé", CEP: "80045165"}
    assert completed(row, known)[1][:2] == ["cnpj-nome-difere", "cnpj-empresa-fechada"]
    assert "cnpj-nome-difere" not in completed(row | {NOME: "Padaria Trigo Dourado"}, known)[1]


def test_what_the_api_does_not_know_is_told_at_its_cell() -> None:
    values, told, asked = completed({CEP: "99999-999", NUMERO: "1"})
    assert told == ["consulta-sem-resultado"]
    assert LOGRADOURO not in values
    assert not asked


def test_a_customer_abroad_is_not_asked_about() -> None:
    row = {CEP: "80045165", "tomador.endereco.codigo_pais": "US"}
    assert completed(row)[1:] == ([], frozenset())


def test_nothing_is_asked_where_nobody_wanted_it() -> None:
    assert completed({CEP: "80045165"}, Lookups())[1:] == ([], frozenset())
