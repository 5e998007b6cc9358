"""Every code Barueri's check knows, provoked, and what the API then says of it."""

import re
from pathlib import Path
from typing import Any

import pytest

from converter.layouts import barueri, by_slug
from converter.layouts.barueri.tables import ENVIO, ERROS
from converter.layouts.positional import file_of, lines_of
from tests.layouts import amostras

LAYOUT = by_slug("barueri-pmb004")
SENT = LAYOUT.write(amostras.with_recipient(), amostras.NUMBERING).content
LINES = lines_of(SENT)
HEADER, RPS_1, COMPLEMENT_1, RPS, VALUE_1, VALUE_2, COMPLEMENT, RECIPIENT, TRAILER = range(9)
CANCEL = {
    "SituacaoRPS": "C",
    "CodigoMotivoCancelamento": "01",
    "NumeroRPS": "0000000000",
    "NumeroNFeCancelada": "0000003",
    "DataEmissaoNFeCancelada": "20261101",
    "DescricaoCancelamento": "Emitida em dobro",
}
ELSEWHERE = {"LocalPrestacaoServico": "2"}

FIELDS: dict[str, tuple[int, dict[str, str]]] = {
    "101": (HEADER, {"InscricaoContribuinte": "9999999"}),
    "102": (HEADER, {"IdentificacaoRemessaContribuinte": "0"}),
    "103": (HEADER, {"VersaoLayout": "PMB002"}),
    "201": (RPS, {"TipoRPS": "NOTA"}),
    "202": (RPS, {"SerieRPS": "A-1"}),
    "203": (RPS, {"SerieNFe": "A/1"}),
    "204": (RPS, {"NumeroRPS": "1000000000"}),
    "205": (RPS, {"NumeroRPS": "0000000055"}),
    "206": (RPS, {"NumeroRPS": "0000000101"}),
    "207": (RPS, CANCEL | {"NumeroNFeCancelada": "0000099"}),
    "208": (RPS, {"DataRPS": "20261301"}),
    "209": (RPS, {"DataRPS": "20080908"}),
    "210": (RPS, {"DataRPS": "20261123"}),
    "211": (RPS, {"HoraRPS": "246000"}),
    "212": (RPS, {"SituacaoRPS": "X"}),
    "213": (RPS, CANCEL | {"CodigoMotivoCancelamento": "09"}),
    "214": (RPS, CANCEL | {"DescricaoCancelamento": ""}),
    "216": (RPS, {"CodigoServicoPrestado": "000000000"}),
    "217": (RPS, {"LocalPrestacaoServico": "7"}),
    "218": (RPS, {"ServicoPrestadoViasPublicas": ""}),
    "219": (RPS, ELSEWHERE),
    "220": (RPS, ELSEWHERE),
    "221": (RPS, ELSEWHERE),
    "222": (RPS, ELSEWHERE),
    "223": (RPS, ELSEWHERE),
    "224": (RPS, ELSEWHERE | {"UFLogradouroLocalServico": "XX"}),
    "225": (RPS, ELSEWHERE),
    "226": (RPS, {"QuantidadeServico": "-1"}),
    "227": (RPS, {"ValorServico": "10,00"}),
    "230": (RPS, {"ValorTotalRetencoes": "-00000000000001"}),
    "231": (RPS, {"ValorServico": "1"}),
    "232": (RPS, {"ValorTotalRetencoes": "1"}),
    "233": (RPS, {"TomadorEstrangeiro": "3"}),
    "234": (RPS, {"TomadorEstrangeiro": "1"}),
    "235": (RPS, {"ServicoExportacao": "0"}),
    "236": (RPS, {"IndicadorCPFCNPJTomador": "0"}),
    "237": (RPS, {"CPFCNPJTomador": "07504505000133"}),
    "238": (RPS, {"RazaoSocialNomeTomador": ""}),
    "239": (RPS, {"EnderecoLogradouroTomador": ""}),
    "240": (RPS, {"NumeroLogradouroTomador": ""}),
    "241": (RPS, {"BairroLogradouroTomador": ""}),
    "242": (RPS, {"CidadeLogradouroTomador": ""}),
    "243": (RPS, {"UFLogradouroTomador": ""}),
    "244": (RPS, {"UFLogradouroTomador": "XX"}),
    "245": (RPS, {"CEPLogradouroTomador": "0"}),
    "246": (RPS, {"EmailTomador": "contato@paodemel"}),
    "247": (RPS, {"Fatura": "12A"}),
    "248": (RPS, {"ValorFatura": "-1"}),
    "249": (RPS, {"Fatura": "000012"}),
    "250": (RPS, {"DiscriminacaoServico": "|"}),
    "251": (RPS, {"ValorServico": "9" * 15, "QuantidadeServico": "000002"}),
    "252": (RPS, CANCEL | {"DataEmissaoNFeCancelada": "0"}),
    "253": (RPS, CANCEL | {"DataEmissaoNFeCancelada": "20260101"}),
    "254": (RPS, CANCEL | {"NumeroNFeCancelada": "0000004"}),
    "255": (RPS, {"ValorServico": "0"}),
    "262": (RPS, {"SituacaoRPS": "R"}),
    "301": (VALUE_1, {"CodigoOutrosValores": "09"}),
    "302": (VALUE_1, {"Valor": "0"}),
    "303": (VALUE_1, {"CodigoOutrosValores": "VN", "Valor": "-99999999999999"}),
    "304": (VALUE_2, {"CodigoOutrosValores": "01"}),
    "401": (TRAILER, {"NumeroTotalLinhas": "8"}),
    "402": (TRAILER, {"ValorTotalServicos": "1"}),
    "403": (TRAILER, {"ValorTotalValores": "1"}),
    "801": (COMPLEMENT, {"OptanteSimplesNacional": "0"}),
    "802": (COMPLEMENT, {"OptanteSimplesNacional": "3"}),
    "803": (RPS, {"ServicoExportacao": "1"}),
    "804": (COMPLEMENT, {"CodigoCidadeLocalPrestacao": "9999999"}),
    "805": (COMPLEMENT, {"CodigoCidadeTomador": "0"}),
    "806": (COMPLEMENT, {"NIF": "ABC123"}),
    "807": (COMPLEMENT, {"CodigoNBS": "1.1501"}),
    "808": (COMPLEMENT, {"CEPExteriorTomador": "1000-001"}),
    "809": (COMPLEMENT, {"EstadoProvinciaTomadorExt": "Lisboa"}),
    "811": (COMPLEMENT, {"CEPExteriorLocalServico": "1000-001"}),
    "812": (COMPLEMENT, {"EstadoProvinciaLocalExt": "Lisboa"}),
    "824": (RECIPIENT, {"TipoEnteGovernamental": "9"}),
    "825": (RECIPIENT, {"TipoEnteGovernamental": "1"}),
    "826": (RECIPIENT, {"TipoOperacaoEntesGovernamentais": "2"}),
    "827": (RPS, {"CodigoServicoPrestado": "990401000"}),
    "828": (RPS, {"CodigoServicoPrestado": "990401000"}),
    "829": (RPS, {"CodigoServicoPrestado": "990401000"}),
    "830": (COMPLEMENT, {"CodigoClassificacaoTributariaIBSCBS": "410003"}),
    "841": (RECIPIENT, {"CodigoPaisDestinatarioServico": "607"}),
    "845": (RECIPIENT, {"CodigoEnderecoPostalDestinatarioEstrangeiro": "1000"}),
    "846": (RECIPIENT, {"EstadoProvinciaRegiaoDestinatarioEstrangeiro": "Lisboa"}),
    "816": (RPS, CANCEL | {"CodigoMotivoCancelamento": "03", "NumeroRPS": "0000000102"}),
    "817": (COMPLEMENT, {"CodigoIndicadorOperacaoFornecimento": "AB"}),
    "818": (COMPLEMENT, {"CodigoClassificacaoTributariaIBSCBS": "AB"}),
    "819": (COMPLEMENT, {"CodigoSituacaoTributariaIBSCBS": "AB"}),
    "820": (COMPLEMENT, {"OperacaoUsoConsumoPessoal": "7"}),
    "821": (COMPLEMENT, {"IndicadorDestinatarioServico": "7"}),
    "813": (RPS, {"CodigoServicoPrestado": "120100000"}),
    "814": (RPS, {"CodigoServicoPrestado": "120100000"}),
    "815": (RPS, {"CodigoServicoPrestado": "120100000"}),
    "831": (RECIPIENT, {"DestinatarioServicoEstrangeiro": "0"}),
    "832": (RECIPIENT, {"CPFCNPJDestinatarioServico": "07504505000133"}),
    "833": (RECIPIENT, {"RazaoSocialNomeDestinatarioServico": ""}),
    "834": (RECIPIENT, {"EnderecoLogradouroDestinatarioServico": ""}),
    "835": (RECIPIENT, {"NumeroLogradouroDestinatarioServico": ""}),
    "837": (RECIPIENT, {"BairroLogradouroDestinatarioServico": ""}),
    "838": (RECIPIENT, {"CidadeLogradouroDestinatarioServico": ""}),
    "839": (RECIPIENT, {"CodigoCidadeDestinatarioServico": "0"}),
    "840": (RECIPIENT, {"UFLogradouroDestinatarioServico": ""}),
    "842": (RECIPIENT, {"CEPLogradouroDestinatarioServico": "0"}),
    "843": (RECIPIENT, {"EmailDestinatarioServico": "ana@"}),
    "844": (RECIPIENT, {"NIFDestinatario": "ABC123"}),
}
FOREIGN = {"TomadorEstrangeiro": "1", "PaisNacionalidadeTomadorEstrangeiro": "249"}


def edited(index: int, fields: dict[str, str], lines: list[str] = LINES) -> list[str]:
    """The lines with fields of one of them replaced, letters in numeric fields included."""
    line = lines[index]
    return [*lines[:index], ENVIO[line[0]].amended(line, fields), *lines[index + 1 :]]


def foreign() -> list[str]:
    return edited(COMPLEMENT, {"NIF": "ABC", "VinculoPartes": "9"}, edited(RPS, FOREIGN))


def cancelled_twice() -> list[str]:
    return edited(RPS_1, CANCEL, edited(RPS, CANCEL))


SHAPES: dict[str, list[str]] = {
    "000": ["isto não é um arquivo"],
    "100": LINES[1:],
    "257": cancelled_twice(),
    "500": [*LINES[:3], "7" + LINES[1][1:], *LINES[3:]],
    "600": [*LINES[:-1], LINES[-1], LINES[2]],
    "601": [*LINES[:2], *LINES[3:]],
    "602": [*LINES[:3], LINES[2], *LINES[3:]],
    "603": [LINES[0], LINES[2], *LINES[1:]],
    "604": [*LINES[:7], *LINES[8:]],
    "605": [*LINES[:8], LINES[7], *LINES[8:]],
    "700": [LINES[0], *LINES[1:3] * 1001, LINES[-1]],
    "810": foreign(),
    "900": [*LINES[:3], LINES[3] + " ", *LINES[4:]],
    "901": [LINES[0], LINES[-1]],
}
CASES: list[tuple[str, list[str]]] = [
    *SHAPES.items(),
    *((codigo, edited(index, fields)) for codigo, (index, fields) in FIELDS.items()),
]


def city() -> Any:
    return amostras.city(
        inscricoes=frozenset({"1234567"}),
        rps=frozenset({"A-55"}),
        canceladas=frozenset({"4"}),
        proxima_nfse=50,
    )


def implemented() -> set[str]:
    sources = Path(barueri.__file__).parent
    text = "".join((sources / name).read_text("utf-8") for name in ("check.py", "nota.py"))
    of_fields = {codigo for codigo, code in ERROS.items() if code.exige}
    return set(re.findall(r'"(\d{3})"', text)) & set(ERROS) | of_fields


def test_every_code_implemented_is_provoked_here() -> None:
    assert {codigo for codigo, _ in CASES} == implemented()
    assert len(implemented()) >= 30


def test_the_file_as_written_has_no_error() -> None:
    assert LAYOUT.check(SENT, city()) == ()


@pytest.mark.parametrize(("codigo", "lines"), CASES, ids=[codigo for codigo, _ in CASES])
def test_a_code_is_found_and_told_at_its_note_and_field(codigo: str, lines: list[str]) -> None:
    content = file_of(lines)
    errors = LAYOUT.check(content, city())
    mine = [error for error in errors if error.codigo == codigo]
    assert mine, [error.codigo for error in errors]
    returned = LAYOUT.answer(content, errors, city())
    assert returned.nome.endswith(".ERR")
    if not any(line[0] == "2" for line in lines):
        return
    statuses = LAYOUT.parse_answer(returned.content, content)
    assert {status["status"] for status in statuses} == {"erro_autorizacao"}
    for error in mine:
        places = [error.ordem - 1] if error.ordem else range(len(statuses))
        for place in places:
            told = {(erro["codigo"], erro["campo"]) for erro in statuses[place]["erros"]}
            assert (codigo, error.campo) in told


@pytest.mark.parametrize(("codigo", "case"), FIELDS.items(), ids=list(FIELDS))
def test_an_error_names_the_line_and_the_columns(
    codigo: str, case: tuple[int, dict[str, str]]
) -> None:
    errors = LAYOUT.check(file_of(edited(*case)), city())
    error = next(error for error in errors if error.codigo == codigo)
    assert error.linha is not None
    tipo = LINES[error.linha - 1][0]
    assert error.inicio in {field.inicio for field in ENVIO[tipo].fields}


def test_the_echo_has_the_codes_from_column_1971() -> None:
    content = file_of(edited(RPS, {"EmailTomador": "x", "RazaoSocialNomeTomador": ""}))
    returned = LAYOUT.answer(content, LAYOUT.check(content, city()), city()).content
    lines = returned.decode("iso-8859-1").split("\r\n")
    assert lines.pop() == ""
    assert [line[:1970].rstrip() for line in lines] == [line.rstrip() for line in lines_of(content)]
    assert [line[1970:] for line in lines] == ["", "", "", "238;246;", "", "", "", "", ""]


def test_a_cpf_at_fault_is_told_at_the_cpf() -> None:
    made = amostras.changed("barueri-pmb004", tomador__cnpj=None, tomador__cpf="52998224726")
    content = LAYOUT.write(made, amostras.NUMBERING).content
    errors = LAYOUT.check(content, city())
    assert [(error.codigo, error.ordem, error.campo) for error in errors] == [
        ("237", 2, "tomador.cpf")
    ]
    returned = LAYOUT.answer(content, errors, city())
    erros = LAYOUT.parse_answer(returned.content, content)[1]["erros"]
    assert [erro["campo"] for erro in erros] == ["tomador.cpf"]


def test_a_note_without_error_says_the_file_was_refused_whole() -> None:
    content = file_of(edited(RPS, {"EmailTomador": "x"}))
    returned = LAYOUT.answer(content, LAYOUT.check(content, city()), city())
    first, second = LAYOUT.parse_answer(returned.content, content)
    assert first["erros"][0]["codigo"] == "lote_nao_processado"
    assert [erro["codigo"] for erro in second["erros"]] == ["246"]
