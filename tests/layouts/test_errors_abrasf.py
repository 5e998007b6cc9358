"""Every code the ABRASF check knows, provoked, and what the API then says of it."""

import re
from pathlib import Path

import pytest
from lxml import etree

from converter.layouts import abrasf, by_slug
from converter.layouts.abrasf import document
from converter.layouts.abrasf.tables import ERROS, RPS
from converter.layouts.base import City
from tests.layouts import amostras
from tests.layouts.test_abrasf import valid

LAYOUT = by_slug("abrasf-2.02")
SENT = LAYOUT.write(amostras.lote("abrasf-2.02"), amostras.NUMBERING).content
READ = document.read(SENT)
ID, V, S, T = "Rps/IdentificacaoRps/", "Servico/Valores/", "Servico/", "Tomador/"
INTERMEDIARY = "Intermediario/IdentificacaoIntermediario/"
CPF = f"{T}IdentificacaoTomador/CpfCnpj/Cpf"
CNPJ = f"{T}IdentificacaoTomador/CpfCnpj/Cnpj"
ADDRESS = f"{T}Endereco/"
RETAINED = {f"{S}IssRetido": "1"}
PERSON = f"{INTERMEDIARY}CpfCnpj/"
SIMPLES = {"OptanteSimplesNacional": "1"}
REPLACED = "Rps/RpsSubstituido/"
ABROAD = {f"{ADDRESS}CodigoMunicipio": "9999999", f"{ADDRESS}Uf": "EX"}

NOTES: dict[str, dict[str, str]] = {
    "E2": {"Competencia": "2026-11-21"},
    "E8": {"OptanteSimplesNacional": ""},
    "E10": {f"{ID}Numero": "55"},
    "E11": {f"{ID}Numero": ""},
    "E12": {f"{ID}Tipo": ""},
    "E14": {"Rps/DataEmissao": ""},
    "E15": {"Rps/DataEmissao": "20/11/2026"},
    "E16": {"Rps/DataEmissao": "2026-11-23"},
    "E18": {f"{V}ValorServicos": "0.00"},
    "E19": {f"{V}ValorDeducoes": "500.00"},
    "E20": {f"{V}ValorDeducoes": "-1.00"},
    "E21": {f"{V}DescontoCondicionado": "500.00"},
    "E22": {f"{V}DescontoIncondicionado": "-1.00"},
    "E23": {f"{V}ValorPis": "-1.00"},
    "E24": {f"{V}ValorCofins": "-1.00"},
    "E25": {f"{V}ValorInss": "-1.00"},
    "E26": {f"{V}ValorIr": "-1.00"},
    "E27": {f"{V}ValorCsll": "-1.00"},
    "E30": {f"{S}ItemListaServico": "99.99"},
    "E31": {f"{S}ItemListaServico": ""},
    "E33": {f"{S}CodigoCnae": "9999999"},
    "E36": {f"{S}IssRetido": "3"},
    "E41": {f"{S}Discriminacao": " "},
    "E42": {f"{S}CodigoMunicipio": "1234567"},
    "E43": {"Prestador/InscricaoMunicipal": "999"},
    "E47": {CNPJ: "07504505000133"},
    "E52": {CNPJ: amostras.PRESTADOR},
    "E56": {f"{ADDRESS}Endereco": ""},
    "E59": {f"{ADDRESS}CodigoMunicipio": ""},
    "E60": {f"{ADDRESS}CodigoMunicipio": "1234567"},
    "E63": {f"{INTERMEDIARY}InscricaoMunicipal": "12"},
    "E68": {"Rps/Status": "3"},
    "E70": {"Prestador/InscricaoMunicipal": "999"},
    "E71": {f"{ID}Numero": "101"},
    "E93": {f"{ID}Serie": "A/1"},
    "E94": {"Competencia": ""},
    "E95": {"Competencia": "2026-11"},
    "E98": {f"{V}ValorServicos": ""},
    "E100": {f"{V}ValorServicos": "1,00"},
    "E101": {f"{V}ValorDeducoes": "1,00"},
    "E102": {f"{V}DescontoCondicionado": "1,00"},
    "E111": {f"{S}CodigoMunicipio": ""},
    "E116": {f"{ADDRESS}Uf": "XX"},
    "E118": {f"{T}RazaoSocial": ""},
    "E125": {f"{ADDRESS}Cep": "8004"},
    "E141": {"Prestador/InscricaoMunicipal": ""},
    "E145": {"RegimeEspecialTributacao": "9"},
    "E146": {"OptanteSimplesNacional": "3"},
    "E148": {"Rps/Status": ""},
    "E150": {f"{ID}Serie": ""},
    "E152": {f"{S}IssRetido": ""},
    "E53": {f"{T}IdentificacaoTomador/InscricaoMunicipal": "12"},
    "E99": {f"{V}ValorIr": "500.00"},
    "E163": RETAINED | SIMPLES | {f"{V}Aliquota": ""},
    "E164": {f"{V}ValorIss": "1,00"},
    "E166": SIMPLES,
    "E241": {f"{V}ValorIr": "1.00", CPF: amostras.full_cpf("529982247"), CNPJ: ""},
    "E242": RETAINED | {CNPJ: amostras.PRESTADOR},
    "E249": {"RegimeEspecialTributacao": "5", f"{S}MunicipioIncidencia": "4106902"},
    "E250": SIMPLES | {"RegimeEspecialTributacao": "3"},
    "E265": {f"{REPLACED}Serie": "A"},
    "E267": {f"{REPLACED}Serie": "A/1"},
    "E268": {f"{REPLACED}Numero": "1"},
    "E270": {f"{REPLACED}Tipo": "4"},
    "E271": {f"{REPLACED}Numero": "1"},
    "E280": RETAINED | {f"{S}ResponsavelRetencao": ""},
    "E285": {f"{S}ExigibilidadeISS": "4"},
    "E294": {f"{PERSON}Cpf": amostras.full_cpf("529982247")},
    "E296": {f"{INTERMEDIARY}InscricaoMunicipal": "12"},
    "E331": RETAINED | {"RegimeEspecialTributacao": "1"},
    "E332": RETAINED | {"RegimeEspecialTributacao": "2"},
    "E333": RETAINED | {"RegimeEspecialTributacao": "3"},
    "E334": RETAINED | {"IncentivoFiscal": "1"},
    "E340": {f"{V}ValorIss": "", f"{S}MunicipioIncidencia": "4106902"},
    "E341": {f"{V}Aliquota": "", f"{S}MunicipioIncidencia": "4106902"},
    "E154": {f"{INTERMEDIARY}CpfCnpj/Cnpj": "07504505000133"},
    "E165": {f"{V}Aliquota": "3%"},
    "E175": {f"{V}ValorDeducoes": "60.00", f"{V}DescontoIncondicionado": "60.00"},
    "E176": {f"{V}ValorIr": "60.00", f"{V}ValorInss": "60.00"},
    "E177": RETAINED | {CPF: amostras.full_cpf("529982247"), CNPJ: ""},
    "E191": {f"{ID}Tipo": "4"},
    "E193": {f"{V}ValorPis": "x"},
    "E194": {f"{V}ValorCofins": "x"},
    "E195": {f"{V}ValorInss": "x"},
    "E196": {f"{V}ValorIr": "x"},
    "E197": {f"{V}ValorCsll": "x"},
    "E198": {f"{V}OutrasRetencoes": "x"},
    "E168": ABROAD | {f"{ADDRESS}Cep": "80045165"},
    "E169": ABROAD,
    "E188": {"RegimeEspecialTributacao": "6"},
    "E227": {f"{V}Aliquota": "1.00", f"{S}MunicipioIncidencia": "4106902"},
    "E228": {f"{V}Aliquota": "6.00"},
    "E284": {f"{S}CodigoPais": "9999"},
    "E287": {f"{S}CodigoPais": "6076"},
    "E289": ABROAD | {f"{ADDRESS}CodigoPais": "1058"},
    "E292": {f"{ADDRESS}CodigoPais": "6076"},
    "E293": RETAINED | {f"{S}ResponsavelRetencao": "2"},
    "E295": RETAINED
    | {f"{S}ResponsavelRetencao": "2", f"{PERSON}Cpf": amostras.full_cpf("529982247")},
    "E336": ABROAD | {f"{T}IdentificacaoTomador/InscricaoMunicipal": "12"},
    "E258": {"Prestador/CpfCnpj/Cnpj": "07504505000133"},
    "E260": {"Prestador/CpfCnpj/Cnpj": ""},
    "E281": RETAINED | {f"{S}ResponsavelRetencao": "3"},
    "E282": {f"{S}ResponsavelRetencao": "1"},
    "E288": {f"{ADDRESS}Uf": "SP"},
    "E305": {"ConstrucaoCivil/CodigoObra": "12"},
    "E306": {f"{S}ExigibilidadeISS": ""},
    "E307": {f"{S}ExigibilidadeISS": "8"},
    "E309": {f"{S}MunicipioIncidencia": "1234567"},
    "E311": {f"{S}MunicipioIncidencia": ""},
    "E313": {f"{S}NumeroProcesso": "123"},
    "E314": {f"{S}ExigibilidadeISS": "6"},
    "E329": RETAINED | {f"{S}ExigibilidadeISS": "3"},
    "E337": {"IncentivoFiscal": ""},
    "E338": {"IncentivoFiscal": "3"},
    "E348": {"Prestador/CpfCnpj/Cnpj": amostras.full_cnpj("112223330001")},
    "A8": {f"{T}Contato/Email": "contato@"},
}
LOTES: dict[str, dict[str, str]] = {
    "E69": {"QuantidadeRps": "3"},
    "E88": {"NumeroLote": ""},
    "E151": {"QuantidadeRps": ""},
}


def noted(fields: dict[str, str]) -> bytes:
    """The accepted lote with elements of its second RPS replaced."""
    first, second = (note.values for note in READ.notes)
    return document.write(READ.lote, [first, second | fields])


def headed(fields: dict[str, str]) -> bytes:
    return document.write(READ.lote | fields, [note.values for note in READ.notes])


CASES: list[tuple[str, bytes]] = [
    *((codigo, noted(fields)) for codigo, fields in NOTES.items()),
    *((codigo, headed(fields)) for codigo, fields in LOTES.items()),
    ("E160", SENT.replace(b"<Status>1</Status>", b"<Estado>1</Estado>")),
]


def city() -> City:
    return amostras.city(inscricoes=frozenset({"1234567"}), rps=frozenset({"A-1-55"}))


def implemented() -> set[str]:
    sources = Path(abrasf.__file__).parent
    text = "".join((sources / name).read_text("utf-8") for name in ("check.py", "nota.py"))
    of_fields = {codigo for codigo, code in ERROS.items() if code.exige}
    return set(re.findall(r'"([EA]\d+)"', text)) & set(ERROS) | of_fields


def test_every_code_implemented_is_provoked_here() -> None:
    assert {codigo for codigo, _ in CASES} == implemented() == set(ERROS)
    assert len(implemented()) >= 20


def test_the_lote_as_written_has_no_error() -> None:
    assert LAYOUT.check(SENT, city()) == ()


@pytest.mark.parametrize(("codigo", "content"), CASES, ids=[codigo for codigo, _ in CASES])
def test_a_code_is_found_and_told_at_its_note_and_field(codigo: str, content: bytes) -> None:
    errors = LAYOUT.check(content, city())
    mine = [error for error in errors if error.codigo == codigo]
    assert mine, [error.codigo for error in errors]
    returned = LAYOUT.answer(content, errors, city()).content
    statuses = LAYOUT.parse_answer(returned, content)
    if ERROS[codigo].alerta:
        assert {status["status"] for status in statuses} == {"autorizado"}
        return
    assert {status["status"] for status in statuses} == {"erro_autorizacao"}
    for error in mine:
        places = [error.ordem - 1] if error.ordem else range(len(statuses))
        for place in places:
            told = {(erro["codigo"], erro["campo"]) for erro in statuses[place]["erros"]}
            assert (codigo, error.campo) in told


def test_errors_of_the_lote_and_of_a_note_both_reach_the_note() -> None:
    first, second = (note.values for note in READ.notes)
    broken = [first, second | {f"{V}ValorServicos": "0.00"}]
    content = document.write(READ.lote | LOTES["E69"], broken)
    returned = LAYOUT.answer(content, LAYOUT.check(content, city()), city()).content
    assert valid(returned)
    statuses = LAYOUT.parse_answer(returned, content)
    told = [[erro["codigo"] for erro in status["erros"]] for status in statuses]
    assert told == [["E69"], ["E69", "E18"]]
    assert statuses[1]["erros"][1]["mensagem"] == ERROS["E18"].mensagem


def test_a_repeated_rps_gets_a_status_for_each_note() -> None:
    content = dict(CASES)["E71"]
    returned = LAYOUT.answer(content, LAYOUT.check(content, city()), city()).content
    assert len(LAYOUT.parse_answer(returned, content)) == 2


def test_a_refusal_is_valid_too() -> None:
    for codigo in ("E18", "E47", "E69"):
        content = dict(CASES)[codigo]
        assert valid(LAYOUT.answer(content, LAYOUT.check(content, city()), city()).content)


def test_elements_out_of_order_or_unknown_are_against_the_schema() -> None:
    root = etree.fromstring(SENT)
    service = root.find(".//{*}Servico")
    assert service is not None
    service.append(service[0])
    moved = LAYOUT.check(etree.tostring(root), city())
    assert {(error.codigo, error.ordem) for error in moved} == {("E160", 1)}


def test_a_cpf_at_fault_is_told_at_the_cpf() -> None:
    content = noted({CNPJ: "", CPF: "52998224726"})
    errors = LAYOUT.check(content, city())
    assert [(error.codigo, error.campo) for error in errors] == [("E47", "tomador.cpf")]
    returned = LAYOUT.answer(content, errors, city()).content
    assert LAYOUT.parse_answer(returned, content)[1]["erros"][0]["campo"] == "tomador.cpf"


def test_every_path_of_the_codes_is_one_of_the_table() -> None:
    fields = {field.campo for field in RPS.fields} | {"lista_nfse", None}
    assert {code.campo for code in ERROS.values()} <= fields
