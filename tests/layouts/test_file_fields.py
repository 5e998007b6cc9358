from pathlib import Path

import pytest

from converter.layouts.file_fields import FieldType, fields, rows

TABLE = """\
registro,nome,inicio,tamanho,tipo,obrigatorio,campo,conteudo,fonte
1,CNPJ,1,14,documento,sim,prestador.cnpj,,manual
2,Valor,1,15,valor,sim,,,manual
1,Inscrição,15,7,texto,nao,,,manual
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "envio.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_read_by_the_names_of_its_columns(table: Path) -> None:
    assert [row["nome"] for row in rows(table)] == ["CNPJ", "Valor", "Inscrição"]


def test_fields_of_a_record_keep_their_order(table: Path) -> None:
    found = fields(table)
    assert {record: [field.nome for field in own] for record, own in found.items()} == {
        "1": ["CNPJ", "Inscrição"],
        "2": ["Valor"],
    }


def test_a_field_says_where_it_stands_and_what_it_holds(table: Path) -> None:
    cnpj, inscricao = fields(table)["1"]
    assert (cnpj.inicio, cnpj.fim, cnpj.tipo) == (1, 14, FieldType.DOCUMENTO)
    assert (cnpj.campo, cnpj.obrigatorio) == ("prestador.cnpj", True)
    assert (inscricao.fim, inscricao.campo, inscricao.obrigatorio) == (21, None, False)
    assert cnpj.tipo.zeros
    assert not inscricao.tipo.zeros
