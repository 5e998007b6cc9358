"""Files made of XML elements, written by their table and read back, and a city's codes."""

from pathlib import Path

import pytest

from converter.layouts.codes import load as load_codes
from converter.layouts.elements import XmlError, load, parse

TABLE = """\
registro,nome,tipo,tamanho,obrigatorio,campo,conteudo,fonte
Rps,Id/Numero,numero,15,sim,,número,manual
Rps,Id/Serie,codigo,5,nao,,série,manual
Rps,Valor,valor,15,sim,servico.valor_servicos,valor,manual
"""
CODES = """\
codigo,registro,nome,campo,mensagem,correcao,etapa,tipo
E10,,Id/Numero,,Número repetido,Use outro,2,erro
E11,,Valor,,Valor alto,,,alerta
E12,,,tomador.cnpj,Documento errado,,,erro
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "tabela.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_elements_stand_in_the_order_of_the_table_and_blank_ones_are_left_out(table: Path) -> None:
    tree = load(table)["Rps"]
    written = tree.render({"Valor": "1,00", "Id/Serie": "", "Id/Numero": "7"}, 0)
    assert written == "<Id>\n  <Numero>7</Numero>\n</Id>\n<Valor>1,00</Valor>\n"


def test_text_is_escaped(table: Path) -> None:
    assert "<Valor>a &lt; b &amp; c</Valor>" in load(table)["Rps"].render({"Valor": "a < b & c"}, 0)


@pytest.mark.parametrize("content", [b"", b"<a>", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"])
def test_what_is_no_xml_to_be_trusted_is_refused(content: bytes) -> None:
    with pytest.raises(XmlError):
        parse(content)


def test_a_code_speaks_of_the_field_the_api_knows(tmp_path: Path) -> None:
    path = tmp_path / "erros.csv"
    path.write_text(CODES, encoding="utf-8")
    codes = load_codes(path, campos={"Valor": "servico.valor_servicos"})
    assert codes["E11"].campo == "servico.valor_servicos"
    assert codes["E11"].alerta
    assert not codes["E10"].alerta
    assert codes["E10"].correcao == "Use outro"
    assert codes["E12"].at(cpf=True, ordem=3).campo == "tomador.cpf"
    assert codes["E12"].at(cpf=False).campo == "tomador.cnpj"
