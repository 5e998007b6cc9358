"""Barueri: what its file holds, beside an independent writer and reader of the same layout."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from nfselib.barueri import nfse as their_return
from nfselib.barueri import rps as theirs

from converter.layouts import by_slug
from converter.layouts.barueri.tables import ENVIO, RETORNO
from converter.layouts.base import AnswerError, Cancellation, LayoutError, Motivo
from converter.layouts.positional import lines_of
from tests.layouts import amostras
from tests.layouts.test_write import SLOW

LAYOUT = by_slug("barueri-pmb004")
THEIRS = {
    "1": theirs.RegistroTipo1,
    "2": theirs.RegistroTipo2,
    "3": theirs.RegistroTipo3,
    "4": theirs.RegistroTipo4,
    "5": theirs.RegistroTipo5,
    "9": theirs.RegistroTipo9,
}
WIDTHS = {"1": 25, "2": 1970, "3": 18, "4": 531, "5": 697, "9": 38}


def records(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    for line in lines_of(content):
        yield line[0], ENVIO[line[0]].read(line)


@pytest.mark.parametrize("tipo", WIDTHS)
def test_records_have_the_widths_of_the_layout(tipo: str) -> None:
    content = LAYOUT.write(amostras.with_recipient(), amostras.NUMBERING).content
    lines = content.decode("iso-8859-1").split("\r\n")
    assert lines[-1] == ""
    widths = {len(line) for line in lines[:-1] if line[0] == tipo}
    assert widths == {WIDTHS[tipo]}


def test_the_order_is_header_notes_trailer() -> None:
    content = LAYOUT.write(amostras.with_recipient(), amostras.NUMBERING).content
    assert [tipo for tipo, _ in records(content)] == [*"124233459"]


@pytest.mark.parametrize(
    ("item", "tributario"),
    [("0107", "620910000"), ("100503216", None), (100503216, None), ("100503216", "0107")],
)
def test_the_code_of_the_service_is_the_one_with_nine_digits(
    item: Any, tributario: str | None
) -> None:
    made = amostras.changed(
        "barueri-pmb004",
        servico__item_lista_servico=item,
        servico__codigo_tributario_municipio=tributario,
    )
    written = [
        values["CodigoServicoPrestado"]
        for tipo, values in records(LAYOUT.write(made, amostras.NUMBERING).content)
        if tipo == "2"
    ]
    assert written[1] == (tributario if item == "0107" else "100503216")


def test_a_service_without_the_citys_code_is_told_not_guessed() -> None:
    made = amostras.changed("barueri-pmb004", servico__codigo_tributario_municipio="0107")
    with pytest.raises(LayoutError, match="9 dígitos"):
        LAYOUT.write(made, amostras.NUMBERING)


def test_a_service_elsewhere_takes_the_address_of_the_tomador_of_that_city() -> None:
    made = amostras.changed("barueri-pmb004", servico__codigo_municipio="4106902")
    written = LAYOUT.write(made, amostras.NUMBERING)
    (note,) = (v for t, v in records(written.content) if t == "2" and v["NumeroRPS"][-1] == "2")
    assert note["LocalPrestacaoServico"] == "2"
    assert note["CidadeLogradouroLocalServico"] == "Curitiba"
    assert any("endereço do serviço" in aviso for aviso in written.avisos)
    assert LAYOUT.check(written.content, amostras.city()) == ()


def test_a_service_in_a_third_city_lacks_the_address_and_the_city_says_so() -> None:
    made = amostras.changed("barueri-pmb004", servico__codigo_municipio="3550308")
    content = LAYOUT.write(made, amostras.NUMBERING).content
    errors = LAYOUT.check(content, amostras.city())
    assert [error.codigo for error in errors] == ["219", "220", "221", "225"]
    names = ("logradouro", "numero", "bairro", "cep")
    assert [error.campo for error in errors] == [f"servico.endereco.{name}" for name in names]


def test_the_address_of_the_service_goes_where_the_city_asks_for_it() -> None:
    made = amostras.changed(
        "barueri-pmb004",
        servico__codigo_municipio="3550308",
        servico__endereco={
            "logradouro": "Rua Sé",
            "numero": "1",
            "bairro": "Sé",
            "cep": "01001000",
        },
    )
    content = LAYOUT.write(made, amostras.NUMBERING).content
    (note,) = (v for t, v in records(content) if t == "2" and v["NumeroRPS"][-1] == "2")
    assert note["EnderecoLogradouroLocalServico"] == "Rua Sé"
    assert note["CidadeLogradouroLocalServico"] == "São Paulo"
    assert LAYOUT.check(content, amostras.city()) == ()


def test_a_foreign_tomador_has_a_country_and_no_brazilian_document() -> None:
    made = foreign()
    content = LAYOUT.write(made, amostras.NUMBERING).content
    (note,) = (v for t, v in records(content) if t == "2" and v["NumeroRPS"][-1] == "2")
    assert note["TomadorEstrangeiro"] == "1"
    assert note["PaisNacionalidadeTomadorEstrangeiro"] == "607"
    assert (note["IndicadorCPFCNPJTomador"], note["UFLogradouroTomador"]) == ("0", "")
    assert note["CidadeLogradouroTomador"] == "Lisboa"
    complement = [v for t, v in records(content) if t == "4"][-1]
    assert (complement["NIF"], complement["CEPExteriorTomador"]) == ("PT501234567", "1000-001")
    assert LAYOUT.check(content, amostras.city()) == ()


def test_an_exported_service_says_so_and_in_which_country() -> None:
    made = foreign()
    made["lista_nfse"][1]["servico"] |= {
        "codigo_municipio": "9999999",
        "codigo_pais_ext": "PT",
        "codigo_postal_ext": "1000-001",
        "estado_ext": "Lisboa",
    }
    content = LAYOUT.write(made, amostras.NUMBERING).content
    (note,) = (v for t, v in records(content) if t == "2" and v["NumeroRPS"][-1] == "2")
    complement = [v for t, v in records(content) if t == "4"][-1]
    assert (note["ServicoExportacao"], complement["CodigoPaisLocalServico"]) == ("1", "607")
    assert complement["CodigoCidadeLocalPrestacao"] == "0000000"
    assert LAYOUT.check(content, amostras.city()) == ()


def test_a_substitution_names_the_note_it_replaces() -> None:
    made = amostras.changed(
        "barueri-pmb004",
        numero_nfse_substituida="41",
        data_emissao_nfse_substituida="2026-11-03",
        numero_rps_substituido="40",
    )
    content = LAYOUT.write(made, amostras.NUMBERING).content
    (note,) = (v for t, v in records(content) if t == "2" and v["NumeroRPS"][-1] == "2")
    assert (note["SituacaoRPS"], note["CodigoMotivoCancelamento"]) == ("C", "03")
    assert (note["NumeroNFeCancelada"], note["DataEmissaoNFeCancelada"]) == ("0000041", "20261103")
    assert LAYOUT.check(content, amostras.city(proxima_nfse=50)) == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("numero_rps_substituido", "40"), ("natureza_operacao", 3), ("natureza_operacao", 6),
        ("codigo_obra", "12"), ("art", "13"), ("numero_processo", "77"),
        ("intermediario__razao_social", "Casa do Meio Ltda"), ("servico__valor_deducoes", "1.00"),
    ],
)  # fmt: skip
def test_what_the_file_has_no_place_for_is_refused_at_its_field(path: str, value: Any) -> None:
    made = amostras.changed("barueri-pmb004", **{path: value})
    with pytest.raises(LayoutError) as raised:
        LAYOUT.write(made, amostras.NUMBERING)
    assert [(e.campo, e.ordem) for e in raised.value.errors] == [(path.replace("__", "."), 2)]


def test_an_event_has_a_name_and_days() -> None:
    made = amostras.changed(
        "barueri-pmb004",
        servico__codigo_tributario_municipio="120100000",
        evento={"nome": "Festival", "data_inicio": "2026-11-20", "data_fim": "2026-11-22"},
    )
    content = LAYOUT.write(made, amostras.NUMBERING).content
    complement = [v for t, v in records(content) if t == "4"][-1]
    assert (complement["NomeEvento"], complement["DataFimEvento"]) == ("Festival", "20261122")
    assert LAYOUT.check(content, amostras.city()) == ()


def foreign() -> dict[str, Any]:
    made = amostras.changed("barueri-pmb004")
    made["lista_nfse"][1]["tomador"] = {
        "nif": "PT501234567",
        "razao_social": "Lisbon Lda",
        "endereco": {
            "uf": "EX",
            "codigo_pais": "Portugal",
            "cidade_exterior": "Lisboa",
            "codigo_postal_exterior": "1000-001",
            "estado_exterior": "Lisboa",
        },
    }
    return made


@pytest.mark.parametrize(
    ("typed", "regime", "simples"),
    [(True, None, "31"), (True, 5, "20"), (False, None, "10"), (2, None, "20"), ("3", None, "31")],
)
def test_simples_nacional_is_the_number_barueri_wants(
    typed: Any, regime: int | None, simples: str
) -> None:
    made = amostras.changed(
        "barueri-pmb004", optante_simples_nacional=typed, regime_especial_tributacao=regime
    )
    content = LAYOUT.write(made, amostras.NUMBERING).content
    last = [line for line in lines_of(content) if line[0] == "4"][-1]
    assert last[1:3] == simples


@given(amostras.random_lotes("barueri-pmb004"))
@SLOW
def test_another_package_reads_the_same_fields(lote: dict[str, Any]) -> None:
    reads_the_same(LAYOUT.write(lote, amostras.NUMBERING).content)


@pytest.mark.longo
@given(amostras.random_lotes("barueri-pmb004"))
@settings(SLOW, max_examples=500)
def test_another_package_and_the_city_read_five_hundred_lotes(lote: dict[str, Any]) -> None:
    content = LAYOUT.write(lote, amostras.NUMBERING).content
    for file in (content, cancelled(content, len(lote["lista_nfse"]))):
        reads_the_same(file)
        writes_the_same(file)


@given(amostras.random_lotes("barueri-pmb004"))
@SLOW
def test_the_city_takes_a_file_that_cancels_what_it_took(lote: dict[str, Any]) -> None:
    notas = len(lote["lista_nfse"])
    issued = LAYOUT.write(lote, amostras.NUMBERING).content
    content, city = cancelled(issued, notas), amostras.city(proxima_nfse=50)
    wrong = {(one.codigo, one.ordem) for one in LAYOUT.check(issued, city)}
    assert {(one.codigo, one.ordem) for one in LAYOUT.check(content, city)} <= wrong
    assert LAYOUT.used_numbers(content).canceladas == tuple(map(str, range(1, notas + 1)))
    returned = LAYOUT.answer(content, (), city).content
    statuses = LAYOUT.parse_answer(returned, content)
    assert [(one["status"], one["numero"]) for one in statuses] == [
        ("cancelado", str(number)) for number in range(1, notas + 1)
    ]


def cancelled(content: bytes, notas: int) -> bytes:
    """The file that cancels all notes of another."""
    assert LAYOUT.cancel is not None
    asked = [
        Cancellation(ordem, str(ordem), date(2026, 11, 20), Motivo.DADOS_INCORRETOS, "Valor errado")
        for ordem in range(1, notas + 1)
    ]
    return LAYOUT.cancel(content, asked, 20261122900).content


def reads_the_same(content: bytes) -> None:
    for line in lines_of(content):
        ours = ENVIO[line[0]].read(line)
        other = THEIRS[line[0]].from_line(line)
        read = {
            campo.nome: campo.valor for campo in other.campos if campo.nome != "CaracterFimLinha"
        }
        assert read == ours


@given(amostras.random_lotes("barueri-pmb004"))
@SLOW
def test_files_another_package_writes_are_read_here(lote: dict[str, Any]) -> None:
    writes_the_same(LAYOUT.write(lote, amostras.NUMBERING).content)


def writes_the_same(ours: bytes) -> None:
    file = theirs.RPS()
    for tipo, values in records(ours):
        record = THEIRS[tipo]()
        for nome, value in values.items():
            setattr(record, nome, value)
        file.adicionar_registro(record)
    other = file.exportar().encode("iso-8859-1")
    assert other == ours
    assert LAYOUT.check(other, amostras.city()) == LAYOUT.check(ours, amostras.city())


def test_another_package_reads_the_notes_returned() -> None:
    _, sent = amostras.written("barueri-pmb004")
    returned = LAYOUT.answer(sent, (), amostras.city(proxima_nfse=41)).content
    line = lines_of(returned)[1]
    other = their_return.NFSeRegistroTipo2.from_line(line)
    assert (other.NumeroNFe, other.DataNFe, other.HoraNFe) == ("000041", "20261122", "102000")
    assert other.CodigoAutenticidade == RETORNO["2"].read(line)["CodigoAutenticidade"]
    assert (other.SerieRPS, other.NumeroRPS) == ("A", "0000000101")


@given(amostras.random_lotes("barueri-pmb004"))
@SLOW
def test_the_trailer_counts_and_sums_the_file(lote: dict[str, Any]) -> None:
    content = LAYOUT.write(lote, amostras.NUMBERING).content
    found = list(records(content))
    trailer = found[-1][1]
    assert int(trailer["NumeroTotalLinhas"]) == len(found)
    assert int(trailer["ValorTotalServicos"]) == sum(
        int(values["QuantidadeServico"]) * int(values["ValorServico"])
        for tipo, values in found
        if tipo == "2"
    )
    others = sum(int(values["Valor"]) for tipo, values in found if tipo == "3")
    assert int(trailer["ValorTotalValores"]) == others


@pytest.mark.parametrize(
    ("serie_and_number", "numero"),
    [
        ("     000123", "123"),
        ("A    000123", "123"),
        ("A   0000123", "123"),
        ("    1234567", "1234567"),
    ],
)
def test_both_readings_of_the_disputed_position_are_accepted(
    serie_and_number: str, numero: str
) -> None:
    _, sent = amostras.written("barueri-pmb004", 1)
    lines = lines_of(LAYOUT.answer(sent, (), amostras.city()).content)
    lines[1] = lines[1][0] + serie_and_number + lines[1][12:]
    returned = "\r\n".join(lines).encode("iso-8859-1")
    assert LAYOUT.parse_answer(returned, sent)[0]["numero"] == numero


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("width", [1628, 1678])
def test_older_returns_are_shorter_and_end_their_lines_their_way(end: str, width: int) -> None:
    _, sent = amostras.written("barueri-pmb004")
    lines = lines_of(LAYOUT.answer(sent, (), amostras.city()).content)
    returned = end.join(line[:width] for line in lines).encode("iso-8859-1")
    assert [nota["numero"] for nota in LAYOUT.parse_answer(returned, sent)] == ["1", "2"]


def test_a_note_the_return_does_not_mention_is_still_being_processed() -> None:
    _, sent = amostras.written("barueri-pmb004")
    lines = lines_of(LAYOUT.answer(sent, (), amostras.city()).content)
    kept = [line for line in lines if "0000000102" not in line[:70]]
    statuses = LAYOUT.parse_answer("\r\n".join(kept).encode("iso-8859-1"), sent)
    assert [nota["status"] for nota in statuses] == ["autorizado", "processando_autorizacao"]


@pytest.mark.parametrize(("serie", "numero"), [("    ", "1"), ("A   ", "1"), ("B   ", None)])
def test_a_return_without_serie_is_matched_by_number_and_another_serie_never(
    serie: str, numero: str | None
) -> None:
    _, sent = amostras.written("barueri-pmb004")
    lines = lines_of(LAYOUT.answer(sent, (), amostras.city()).content)
    lines[1] = lines[1][:50] + serie + lines[1][54:]
    statuses = LAYOUT.parse_answer("\r\n".join(lines).encode("iso-8859-1"), sent)
    assert statuses[0].get("numero") == numero
    assert statuses[1]["numero"] == "2"


def test_unused_numbers_as_blanks_pass_the_city() -> None:
    """ACBr leaves optional numbers blank, others write zeros; the city takes both."""
    _, content = amostras.written("barueri-pmb004")
    lines = lines_of(content)
    for nome in ("NumeroNFeCancelada", "CEPLogradouroLocalServico", "Fatura", "ValorFatura"):
        field = ENVIO["2"].by_name[nome]
        lines[1] = lines[1][: field.inicio - 1] + " " * field.tamanho + lines[1][field.fim :]
    blank = "".join(f"{line}\r\n" for line in lines).encode("iso-8859-1")
    assert LAYOUT.check(blank, amostras.city()) == ()


@pytest.mark.parametrize("returned", [b"", b"\xff\xfe\x00", b"<xml/>", b"1" + b" " * 60])
def test_bytes_that_are_no_return_are_refused(returned: bytes) -> None:
    _, sent = amostras.written("barueri-pmb004")
    with pytest.raises(AnswerError):
        LAYOUT.parse_answer(returned, sent)
