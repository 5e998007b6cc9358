"""São Paulo: lengths, totals and counts of what is written, and its four returns."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.layouts import by_slug
from converter.layouts.base import AnswerError, LayoutError
from converter.layouts.positional import file_of, lines_of
from converter.layouts.sao_paulo import sao_paulo_layout
from converter.layouts.sao_paulo.tables import DETAIL, ENVIO
from tests.layouts import amostras
from tests.layouts.test_write import SLOW

VERSIONS = st.sampled_from(("001", "002"))
FIXED = {"1": 28, "5": 99, "9": 38}
UP_TO_THE_TEXT = {"2": 440, "6": 786}
ANY = VERSIONS.flatmap(
    lambda versao: st.tuples(st.just(versao), amostras.random_lotes(f"sao-paulo-v{versao}"))
)


def holds(versao: str, lote: dict[str, Any]) -> None:
    content = by_slug(f"sao-paulo-v{versao}").write(lote, amostras.NUMBERING).content
    assert content.endswith(b"\r\n")
    header, *details, trailer = content.decode("iso-8859-1").removesuffix("\r\n").split("\r\n")
    assert len(header) == FIXED["1"]
    assert header[:4] == f"1{versao}"
    assert len(trailer) == FIXED["9"]
    notes = [line for line in details if line[0] == DETAIL[versao]]
    for line in notes:
        text = len(line) - UP_TO_THE_TEXT[line[0]]
        assert 0 < text <= 1000
        assert header[12:20] <= line[23:31] <= header[20:28]
    assert len(notes) == len(lote["lista_nfse"]) == int(trailer[1:8])
    assert sum(int(line[32:47]) for line in notes) == int(trailer[8:23])
    assert sum(int(line[47:62]) for line in notes) == int(trailer[23:38])


@given(ANY)
@settings(SLOW, max_examples=60)
def test_lengths_totals_and_counts_hold(case: tuple[str, dict[str, Any]]) -> None:
    holds(*case)


@pytest.mark.longo
@given(ANY)
@settings(SLOW, max_examples=1000)
def test_lengths_totals_and_counts_hold_on_a_thousand_lotes(
    case: tuple[str, dict[str, Any]],
) -> None:
    holds(*case)


@pytest.mark.longo
@given(ANY)
@settings(SLOW, max_examples=500)
def test_the_city_takes_five_hundred_lotes_in_which_a_rps_is_cancelled(
    case: tuple[str, dict[str, Any]],
) -> None:
    versao, lote = case
    layout = by_slug(f"sao-paulo-v{versao}")
    content = layout.write(lote, amostras.NUMBERING).content
    lines = lines_of(content)
    record = ENVIO[DETAIL[versao]]
    lines[1] = record.amended(lines[1], {"Situacao": "C"})
    said = layout.check(file_of(lines), amostras.city())
    assert [one for one in said if one.ordem == 1 and not one.alerta] == []


def test_the_intermediario_goes_under_its_note_and_is_not_counted() -> None:
    made = amostras.changed(
        "sao-paulo-v002", intermediario={"cnpj": amostras.full_cnpj("112223330001")}
    )
    lines = lines_of(by_slug("sao-paulo-v002").write(made, amostras.NUMBERING).content)
    assert [line[0] for line in lines] == [*"16659"]
    assert len(lines[3]) == FIXED["5"]
    assert int(lines[-1][1:8]) == 2


@pytest.mark.parametrize(
    ("natureza", "situacao"), [(1, "T"), (2, "F"), (3, "A"), (4, "M"), (5, "X"), (6, "X")]
)
def test_the_nature_of_the_operation_becomes_the_citys_letter(natureza: int, situacao: str) -> None:
    made = amostras.changed(
        "sao-paulo-v002", natureza_operacao=natureza, servico__codigo_municipio="4106902"
    )
    line = lines_of(by_slug("sao-paulo-v002").write(made, amostras.NUMBERING).content)[2]
    read = ENVIO["6"].read(line)
    assert read["Situacao"] == situacao
    assert read["MunicipioPrestacao"] == ("4106902" if situacao == "F" else "0000000")


def test_v001_has_no_place_for_federal_retentions() -> None:
    made = amostras.changed("sao-paulo-v001", servico__valor_ir="1.50")
    with pytest.raises(LayoutError, match=r"V\.001"):
        by_slug("sao-paulo-v001").write(made, amostras.NUMBERING)


@pytest.mark.parametrize("versao", ["001", "002"])
@pytest.mark.parametrize("retorno", ["001", "002", "003", "004"])
def test_every_return_is_read_back(versao: str, retorno: str) -> None:
    layout = sao_paulo_layout(versao, retorno)
    sent = layout.write(amostras.lote(layout.slug), amostras.NUMBERING).content
    returned = layout.answer(sent, (), amostras.city(proxima_nfse=30))
    starts = {"001": 517, "002": 555, "003": 668, "004": 1004}
    lines = lines_of(returned.content)
    assert lines[1][starts[retorno] - 1 :] == "Suporte técnico de novembro"
    assert len(lines[-1]) == 68
    first, second = layout.parse_answer(returned.content, sent)
    assert first["numero"] == "30"
    assert second == {
        "status": "autorizado",
        "numero_rps": "102",
        "serie_rps": "A",
        "numero": "31",
        "codigo_verificacao": second["codigo_verificacao"],
        "data_emissao": "2026-11-22T10:20:00-03:00",
        "uri": "https://nfe.prefeitura.sp.gov.br/",
    }
    assert len(second["codigo_verificacao"]) == 8


def test_the_version_printed_in_the_return_is_not_relied_upon() -> None:
    layout, sent = amostras.written("sao-paulo-v002")
    returned = layout.answer(sent, (), amostras.city()).content
    printed = b"1001" + returned[4:]
    assert layout.parse_answer(printed, sent) == layout.parse_answer(returned, sent)


def test_a_return_of_another_lote_is_refused() -> None:
    layout, sent = amostras.written("sao-paulo-v002")
    other = layout.write(
        amostras.lote("sao-paulo-v002"), amostras.Numbering(2, 900, "A", 2)
    ).content
    returned = layout.answer(other, (), amostras.city()).content
    with pytest.raises(AnswerError, match="outro lote"):
        layout.parse_answer(returned, sent)


@pytest.mark.parametrize("returned", [b"", b"\x00\xff", b"1,2,3", b"<a/>", b"1" * 10])
def test_bytes_that_are_no_return_are_refused(returned: bytes) -> None:
    layout, sent = amostras.written("sao-paulo-v002")
    with pytest.raises(AnswerError):
        layout.parse_answer(returned, sent)
