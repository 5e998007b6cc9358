"""ABRASF 2.02: valid against the official schema, and read whatever way cities wrap it."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemas
from hypothesis import given, settings
from lxml import etree

from converter.layouts import by_slug
from converter.layouts.abrasf import document
from converter.layouts.abrasf.tables import RPS
from converter.layouts.base import AnswerError, LayoutError
from tests.layouts import amostras
from tests.layouts.test_write import SLOW

LAYOUT = by_slug("abrasf-2.02")
LOTES = amostras.random_lotes("abrasf-2.02")


@cache
def schema() -> etree.XMLSchema:
    (folder,) = schemas.__path__
    return etree.XMLSchema(etree.parse(str(Path(folder) / "NFSe" / "ABRASF" / "nfse_v2_02.xsd")))


def valid(content: bytes) -> bool:
    schema().assertValid(etree.fromstring(content))
    return True


@given(LOTES)
@settings(SLOW, max_examples=60)
def test_what_is_written_is_valid(lote: dict[str, Any]) -> None:
    assert valid(LAYOUT.write(lote, amostras.NUMBERING).content)


@pytest.mark.longo
@given(LOTES)
@settings(SLOW, max_examples=1000)
def test_a_thousand_lotes_and_their_answers_are_valid(lote: dict[str, Any]) -> None:
    content = LAYOUT.write(lote, amostras.NUMBERING).content
    assert valid(content)
    assert valid(LAYOUT.answer(content, (), amostras.city()).content)
    read = document.read(content)
    cancelled = [note.values | {"Rps/Status": "2"} for note in read.notes]
    assert valid(document.write(read.lote, cancelled))


def test_every_element_of_the_table_is_written_and_valid() -> None:
    made = amostras.changed(
        "abrasf-2.02",
        numero_rps_substituido="12",
        serie_rps_substituido="B",
        natureza_operacao=5,
        numero_processo="0001234-56",
        regime_especial_tributacao=6,
        incentivador_cultural=True,
        codigo_obra="123",
        art="456",
        codigo_municipio_incidencia="4106902",
        servico__codigo_cnae="6319400",
        servico__codigo_pais_ext="0249",
        servico__iss_retido=True,
        tomador__telefone="4133334444",
        intermediario=None,
        **{
            f"servico__{name}": "1.00"
            for name in (
                "valor_deducoes", "valor_pis", "valor_cofins", "valor_inss", "valor_ir",
                "valor_csll", "outras_retencoes", "valor_iss", "desconto_incondicionado",
                "desconto_condicionado",
            )
        },
    )  # fmt: skip
    intermediary = {
        "cnpj": amostras.full_cnpj("112223330001"),
        "inscricao_municipal": "77",
        "razao_social": "Casa do Meio Ltda",
    }
    person = {"cpf": amostras.full_cpf("529982247")}
    foreign = {"razao_social": "Lisbon Lda", "endereco": {"uf": "EX", "codigo_pais": "Portugal"}}
    made["lista_nfse"][0]["intermediario"] = intermediary
    here = made["lista_nfse"][0]["tomador"]
    here["inscricao_municipal"] = "998"
    here["endereco"] |= {"codigo_municipio": amostras.FRANCA, "uf": "SP"}
    made["lista_nfse"].append(
        amostras.nota(amostras.FRANCA) | {"tomador": person, "intermediario": intermediary | person}
    )
    del made["lista_nfse"][2]["intermediario"]["cnpj"]
    made["lista_nfse"].append(amostras.nota(amostras.FRANCA) | {"tomador": foreign})
    content = LAYOUT.write(made, amostras.NUMBERING).content
    assert valid(content)
    written = {field.nome for record in LAYOUT.describe(content) for field in record.campos}
    assert {field.nome for field in RPS.fields} <= written


@pytest.mark.parametrize(
    ("typed", "item"),
    [("0107", "01.07"), ("107", "01.07"), ("1.07", "01.07"), ("010701", "01.07"), ("9.99", "9.99")],
)
def test_the_item_of_the_list_is_written_as_cities_read_it(typed: str, item: str) -> None:
    made = amostras.changed("abrasf-2.02", servico__item_lista_servico=typed)
    content = LAYOUT.write(made, amostras.NUMBERING).content
    assert f"<ItemListaServico>{item}</ItemListaServico>".encode() in content


@pytest.mark.parametrize(
    ("natureza", "exigibilidade", "incidencia"),
    [(1, "1", "3516200"), (2, "1", "4106902"), (3, "3", ""), (4, "5", ""), (5, "6", "3516200")],
)
def test_the_nature_of_the_operation_decides_where_iss_is_owed(
    natureza: int, exigibilidade: str, incidencia: str
) -> None:
    made = amostras.changed(
        "abrasf-2.02", natureza_operacao=natureza, servico__codigo_municipio="4106902"
    )
    content = LAYOUT.write(made, amostras.NUMBERING).content
    values = {field.nome: field.valor for field in LAYOUT.describe(content)[2].campos}
    assert values["Servico/ExigibilidadeISS"] == exigibilidade
    assert values.get("Servico/MunicipioIncidencia", "") == incidencia


@pytest.mark.parametrize(
    ("fields", "campo"),
    [
        ({"codigo_obra": "12"}, "art"),
        ({"intermediario": {"cpf": "52998224725"}}, "intermediario.razao_social"),
        ({"intermediario": {"razao_social": "Ana"}}, "intermediario.cnpj"),
        ({"numero_rps_substituido": "3"}, "serie_rps_substituido"),
        ({"tomador__endereco__uf": "P"}, "tomador.endereco.uf"),
        ({"servico__item_lista_servico": "100503216"}, "servico.item_lista_servico"),
    ],
)
def test_what_the_schema_would_refuse_is_told_at_its_field(
    fields: dict[str, Any], campo: str
) -> None:
    with pytest.raises(LayoutError) as caught:
        LAYOUT.write(amostras.changed("abrasf-2.02", **fields), amostras.NUMBERING)
    assert [error.campo for error in caught.value.errors] == [campo]


def test_the_notes_returned_are_valid_and_read_back() -> None:
    _, sent = amostras.written("abrasf-2.02")
    returned = LAYOUT.answer(sent, (), amostras.city(proxima_nfse=8))
    assert valid(returned.content)
    statuses = LAYOUT.parse_answer(returned.content, sent)
    assert [(note["status"], note["numero"], note["numero_rps"]) for note in statuses] == [
        ("autorizado", "8", "101"),
        ("autorizado", "9", "102"),
    ]
    assert statuses[0]["data_emissao"] == "2026-11-22T10:20:00"


SOAP = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    "<r><outputXML>{}</outputXML></r></s:Body></s:Envelope>"
)


def test_an_answer_as_text_inside_another_message_is_unwrapped() -> None:
    _, sent = amostras.written("abrasf-2.02")
    plain = LAYOUT.answer(sent, (), amostras.city()).content
    inner = plain.decode().partition("?>")[2].replace("&", "&amp;").replace("<", "&lt;")
    wrapped = SOAP.format(inner).encode()
    assert LAYOUT.parse_answer(wrapped, sent) == LAYOUT.parse_answer(plain, sent)


def test_another_namespace_and_no_situation_are_read_too() -> None:
    """Version 1.0 has neither, and some cities drop the namespace."""
    _, sent = amostras.written("abrasf-2.02")
    plain = LAYOUT.answer(sent, (), amostras.city()).content
    older = plain.replace(b' xmlns="http://www.abrasf.org.br/nfse.xsd"', b"").replace(
        b"  <Situacao>4</Situacao>\n", b""
    )
    assert LAYOUT.parse_answer(older, sent) == LAYOUT.parse_answer(plain, sent)


def test_a_cancelled_note_is_told_as_cancelled() -> None:
    _, sent = amostras.written("abrasf-2.02", 1)
    plain = LAYOUT.answer(sent, (), amostras.city()).content
    cancelled = plain.replace(b"    </CompNfse>", b"<NfseCancelamento/></CompNfse>")
    assert LAYOUT.parse_answer(cancelled, sent)[0]["status"] == "cancelado"


BOMB = b"""<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<ConsultarLoteRpsResposta>&b;</ConsultarLoteRpsResposta>"""
OUTSIDE = b"""<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<ConsultarLoteRpsResposta>&a;</ConsultarLoteRpsResposta>"""


@pytest.mark.parametrize("hostile", [BOMB, OUTSIDE, b"<a", b"", b"\x00", b"<a/>", b"<a>texto</a>"])
def test_hostile_or_foreign_xml_is_refused(hostile: bytes) -> None:
    _, sent = amostras.written("abrasf-2.02")
    with pytest.raises(AnswerError):
        LAYOUT.parse_answer(hostile, sent)
    assert {error.codigo for error in LAYOUT.check(hostile, amostras.city())} == {"E160"}


def test_the_receipt_of_the_upload_is_not_its_result() -> None:
    _, sent = amostras.written("abrasf-2.02")
    receipt = b"<EnviarLoteRpsResposta><Protocolo>123</Protocolo></EnviarLoteRpsResposta>"
    with pytest.raises(AnswerError, match="recibo"):
        LAYOUT.parse_answer(receipt, sent)


def test_a_return_of_another_lote_is_refused() -> None:
    _, sent = amostras.written("abrasf-2.02")
    other = LAYOUT.write(amostras.lote("abrasf-2.02"), amostras.Numbering(2, 900, "A", 2)).content
    with pytest.raises(AnswerError, match="outro lote"):
        LAYOUT.parse_answer(LAYOUT.answer(other, (), amostras.city()).content, sent)
