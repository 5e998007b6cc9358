import re
import unicodedata
from collections import defaultdict

import pytest

from converter.schemas.catalogue import BY_PATH, FIELDS, Emit, Field, Kind, Requirement


def normalised(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header.casefold())
    return re.sub(r"[^0-9a-z%]", "", plain)


def headers(field: Field) -> set[str]:
    return {normalised(text) for text in (field.path, field.label, *field.synonyms)}


def test_every_path_appears_once() -> None:
    assert len(BY_PATH) == len(FIELDS)


def test_no_header_names_two_fields() -> None:
    owners = defaultdict(set)
    for field in FIELDS:
        for header in headers(field):
            owners[header].add(field.path)
    assert {header: paths for header, paths in owners.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_an_entry_says_all_a_reader_needs(field: Field) -> None:
    assert field.label
    assert field.help.endswith(".")
    assert field.example
    assert field.source
    assert (field.kind is Kind.CHOICE) == bool(field.values)
    assert bool(field.when) == (field.required is Requirement.CONDICIONAL)


def test_the_fields_of_focus_example_have_its_json_types() -> None:
    written = {path: BY_PATH[path].emit for path in ("natureza_operacao", "servico.aliquota")}
    assert set(written.values()) == {Emit.NUMERO}
    assert BY_PATH["servico.valor_servicos"].emit is Emit.NUMERO
    assert BY_PATH["servico.iss_retido"].emit is Emit.BOOLEANO
    assert BY_PATH["data_emissao"].emit is Emit.DATA_HORA
    assert BY_PATH["servico.item_lista_servico"].emit is Emit.TEXTO
    assert BY_PATH["regime_especial_tributacao"].emit is Emit.TEXTO


def test_the_sheet_focus_published_in_2015_is_understood() -> None:
    columns = [
        "data_emissao",
        "nome",
        "valor",
        "item_lista_servico",
        "aliquota_iss",
        "tax_rate",
        "iss_retido",
        "discriminacao",
        "email",
        "cpf_cnpj",
        "telefone",
        "logradouro",
        "numero",
        "complemento",
        "bairro",
        "cep",
        "nome_municipio",
        "codigo_municipio",
        "uf",
    ]
    known = set().union(*map(headers, FIELDS))
    assert [column for column in columns if normalised(column) not in known] == []
