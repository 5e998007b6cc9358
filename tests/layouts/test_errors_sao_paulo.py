"""Every code São Paulo's check knows, provoked, and what the API then says of it."""

import re
from pathlib import Path

import pytest

from converter.layouts import by_slug, sao_paulo
from converter.layouts.base import City
from converter.layouts.positional import file_of, lines_of
from converter.layouts.sao_paulo.tables import ENVIO, ERROS
from tests.layouts import amostras

LAYOUT = by_slug("sao-paulo-v002")
INTERMEDIARY_CNPJ = amostras.full_cnpj("112223330001")
SENT = LAYOUT.write(
    amostras.changed(
        "sao-paulo-v002",
        intermediario={"cnpj": INTERMEDIARY_CNPJ, "email": "casa@intermedio.example"},
    ),
    amostras.NUMBERING,
).content
LINES = lines_of(SENT)
HEADER, RPS_1, RPS, INTERMEDIARY, TRAILER = range(5)
OUTSIDE = {"Situacao": "F", "MunicipioPrestacao": "4106902", "Aliquota": "0300"}
PERSON = {"IndicadorTomador": "1", "DocumentoTomador": "00052998224725"}

FIELDS: dict[str, tuple[int, dict[str, str]]] = {
    "102": (HEADER, {"Versao": "009"}),
    "103": (HEADER, {"DataInicio": "20261301"}),
    "104": (HEADER, {"DataInicio": "20060531"}),
    "105": (HEADER, {"DataFim": "0"}),
    "106": (HEADER, {"DataFim": "20060531"}),
    "107": (HEADER, {"DataFim": "20261123"}),
    "108": (HEADER, {"DataFim": "20261119"}),
    "109": (HEADER, {"InscricaoMunicipal": "87654321"}),
    "111": (HEADER, {"InscricaoMunicipal": "ABC"}),
    "113": (HEADER, {"DataInicio": "20261201"}),
    "204": (RPS, {"TipoRPS": "NOTA"}),
    "206": (RPS, {"Situacao": "Z"}),
    "207": (RPS, {"DataEmissao": "20261101"}),
    "210": (RPS, {"ISSRetido": "4"}),
    "212": (RPS, {"IndicadorTomador": "3"}),
    "213": (RPS, {"IndicadorTomador": "4"}),
    "214": (RPS, {"UFTomador": "XX"}),
    "215": (RPS, {"NumeroRPS": "000000000101"}),
    "217": (RPS, {"NumeroRPS": "000000000055"}),
    "219": (RPS, {"InscricaoMunicipalTomador": "12345678"}),
    "225": (RPS, OUTSIDE | {"Aliquota": "0600"}),
    "227": (RPS, {"Aliquota": "3,00"}),
    "228": (RPS, {"NumeroRPS": "A12"}),
    "229": (RPS, {"InscricaoMunicipalTomador": "ABC"}),
    "230": (RPS, {"InscricaoEstadualTomador": "ISENTO"}),
    "231": (RPS, {"CEPTomador": "8004-165"}),
    "301": (RPS, {"DocumentoTomador": amostras.PRESTADOR}),
    "302": (RPS, {"DocumentoTomador": "07504505000133"}),
    "303": (RPS, {"ValorServicos": "-1"}),
    "304": (RPS, {"ValorDeducoes": "999999"}),
    "305": (RPS, {"ValorDeducoes": "-1"}),
    "306": (RPS, {"CodigoServico": "09999"}),
    "310": (RPS, {"CodigoServico": "0"}),
    "312": (RPS, {"DataEmissao": "20260231"}),
    "313": (RPS, {"DataEmissao": "20270101"}),
    "314": (RPS, {"DataEmissao": "20060531"}),
    "315": (RPS, {"NumeroRPS": "0"}),
    "316": (RPS, {"EmailTomador": "contato@"}),
    "317": (RPS, {"EnderecoTomador": ""}),
    "318": (RPS, {"CidadeTomador": ""}),
    "321": (RPS_1, {"ISSRetido": "1", "Situacao": "A"}),
    "333": (RPS, {"CodigoServico": "1.07"}),
    "337": (RPS, PERSON | {"DocumentoTomador": "00052998224726"}),
    "360": (RPS, {"DocumentoTomador": "0"}),
    "378": (RPS, OUTSIDE | {"MatriculaObra": "123"}),
    "387": (RPS_1, {"NumeroEncapsulamento": "12", "Situacao": "A"}),
    "501": (INTERMEDIARY, {"DocumentoIntermediario": "0"}),
    "502": (INTERMEDIARY, {"IndicadorIntermediario": "0"}),
    "503": (INTERMEDIARY, {"DocumentoIntermediario": "12.3"}),
    "504": (INTERMEDIARY, {"IndicadorIntermediario": "1"}),
    "505": (INTERMEDIARY, {"DocumentoIntermediario": "11222333000182"}),
    "506": (INTERMEDIARY, {"EmailIntermediario": "casa"}),
    "515": (INTERMEDIARY, {"DocumentoIntermediario": amostras.PRESTADOR}),
    "517": (RPS_1, {"ISSRetido": "3"}),
    "518": (RPS, {"ISSRetido": "1"}),
    "902": (TRAILER, {"NumeroLinhas": "9"}),
    "903": (TRAILER, {"ValorTotalServicos": "1"}),
    "904": (TRAILER, {"ValorTotalDeducoes": "1"}),
    "908": (TRAILER, {"NumeroLinhas": "A"}),
    "909": (TRAILER, {"ValorTotalServicos": "1,00"}),
    "910": (TRAILER, {"ValorTotalDeducoes": "1,00"}),
    "1214": (RPS, {"ValorIR": "-1"}),
    "1215": (RPS, {"ValorCSLL": "-1"}),
    "1216": (RPS, {"ValorCOFINS": "-1"}),
    "1217": (RPS, {"ValorINSS": "-1"}),
    "1218": (RPS, {"ValorPIS": "-1"}),
    "1219": (RPS, {"CargaTributariaValor": "-1"}),
    "1220": (RPS, {"CargaTributariaPercentual": "12,3"}),
    "1221": (RPS, {"CargaTributariaPercentual": "01236"}),
    "1222": (RPS, OUTSIDE | {"MunicipioPrestacao": "0"}),
    "1223": (RPS, {"MunicipioPrestacao": "4106902"}),
    "1224": (RPS, OUTSIDE | {"MunicipioPrestacao": "41.0690"}),
    "1225": (RPS, OUTSIDE | {"MunicipioPrestacao": "1234567"}),
    "1226": (RPS, {"MatriculaObra": "OBRA"}),
    "1229": (RPS, {"CEI": "12.345"}),
    "1232": (RPS, OUTSIDE | {"MunicipioPrestacao": "3550308"}),
    "1616": (RPS_1, PERSON | {"ISSRetido": "1"}),
    "1631": (RPS, {"ValorTotalRecebido": "1"}),
    "1632": (RPS, {"ValorTotalRecebido": "1,00"}),
    "1633": (RPS, {"ValorTotalRecebido": "99999", "ValorDeducoes": "1"}),
}


def edited(index: int, fields: dict[str, str]) -> list[str]:
    line = LINES[index]
    return [*LINES[:index], ENVIO[line[0]].amended(line, fields), *LINES[index + 1 :]]


def coupon(tipo: str, below: int) -> list[str]:
    """The second note as a coupon, with the lines from `below` on under it."""
    values = ENVIO["6"].read(LINES[RPS]) | {"TipoRegistro": "3", "TipoRPS": tipo, "ISSRetido": "2"}
    line = ENVIO["3"].line({k: v for k, v in values.items() if k in ENVIO["3"].by_name})
    return [*LINES[:RPS], line, *LINES[below:]]


SHAPES: dict[str, list[str]] = {
    "101": ["2" + LINES[0][1:], *LINES[1:]],
    "112": [LINES[0] + "0", *LINES[1:]],
    "201": [*LINES[:2], "7", *LINES[2:]],
    "202": [LINES[HEADER], LINES[TRAILER]],
    "205": coupon("RPS", TRAILER),
    "322": [*LINES[:RPS], LINES[RPS][:786] + "|", *LINES[INTERMEDIARY:]],
    "341": [*LINES[:RPS], LINES[RPS][:786] + "x" * 1001, *LINES[INTERMEDIARY:]],
    "507": coupon("RPS-C", INTERMEDIARY),
    "520": [*LINES[:INTERMEDIARY], LINES[INTERMEDIARY] + " x", LINES[TRAILER]],
    "901": [*LINES, LINES[TRAILER]],
    "905": LINES[:-1],
    "906": [*LINES, "sobrou"],
    "911": [*LINES[:-1], LINES[TRAILER] + "0"],
    "1235": ["1001" + LINES[0][4:], *LINES[1:]],
}
CASES: list[tuple[str, list[str]]] = [
    *SHAPES.items(),
    *((codigo, edited(index, fields)) for codigo, (index, fields) in FIELDS.items()),
]


def city() -> City:
    return amostras.city(
        inscricoes=frozenset({"1234567"}),
        rps=frozenset({"A-55"}),
        servicos=frozenset({"02660"}),
    )


def implemented() -> set[str]:
    sources = Path(sao_paulo.__file__).parent
    text = "".join((sources / name).read_text("utf-8") for name in ("check.py", "nota.py"))
    of_fields = {codigo for codigo, code in ERROS.items() if code.exige}
    return set(re.findall(r'"(\d{3,4})"', text)) & set(ERROS) | of_fields


def test_every_code_implemented_is_provoked_here() -> None:
    assert {codigo for codigo, _ in CASES} == implemented() == set(ERROS)
    assert len(implemented()) >= 30


def test_the_file_as_written_has_no_error() -> None:
    assert LAYOUT.check(SENT, city()) == ()


@pytest.mark.parametrize(("codigo", "lines"), CASES, ids=[codigo for codigo, _ in CASES])
def test_a_code_is_found_and_told_at_its_note_and_field(codigo: str, lines: list[str]) -> None:
    content = file_of(lines)
    errors = LAYOUT.check(content, city())
    mine = [error for error in errors if error.codigo == codigo]
    assert mine, [error.codigo for error in errors]
    assert {error.alerta for error in mine} == {ERROS[codigo].alerta}
    if ERROS[codigo].alerta:
        assert all(error.alerta for error in errors)
        return
    returned = LAYOUT.answer(content, errors, city())
    statuses = LAYOUT.parse_answer(returned.content, content)
    assert {status["status"] for status in statuses} <= {"erro_autorizacao"}
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
    assert error.linha == case[0] + 1
    assert (error.inicio or 0) in {field.inicio for field in ENVIO[LINES[case[0]][0]].fields}


def test_an_alert_refuses_nothing() -> None:
    content = file_of(edited(RPS, {"NumeroRPS": "000000000055"}))
    errors = LAYOUT.check(content, city())
    returned = LAYOUT.answer(content, errors, city())
    assert [note["status"] for note in LAYOUT.parse_answer(returned.content, content)] == [
        "autorizado",
        "autorizado",
    ]
