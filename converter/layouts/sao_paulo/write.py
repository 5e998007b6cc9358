"""A lote as a São Paulo file, V.001 or V.002."""

from collections.abc import Mapping

from converter.brazil import municipio
from converter.layouts import municipios, omitted
from converter.layouts.base import FieldError, ImportFile, Numbering
from converter.layouts.payload import Part, Payload, read
from converter.layouts.positional import ENCODING, file_of
from converter.layouts.reasons import reason
from converter.layouts.sao_paulo.tables import DETAIL, ENVIO, MUNICIPIO, OUTSIDE

_TOMADOR = ("NomeTomador", "NumeroTomador", "ComplementoTomador", "BairroTomador", "EmailTomador")
_ONLY_V002 = (
    *("ValorPIS", "ValorCOFINS", "ValorINSS", "ValorIR", "ValorCSLL"),
    *("CargaTributariaPercentual", "CargaTributariaFonte", "MatriculaObra"),
)
_SITUACAO = {"1": "T", "2": "F", "3": "A", "4": "M", "5": "X", "6": "X"}
_SITUACOES = "TFABDMNRSXVP"
_MAX_BYTES = 10 * 1024 * 1024


def write(versao: str, lote: Mapping[str, object], numbering: Numbering) -> ImportFile:
    """One file per lote: header, a detail per note with its intermediário under it, trailer."""
    slug = f"sao-paulo-v{versao}"
    payload = read(lote, ENCODING, municipios.listed()[slug].notas)
    header = _header(versao, payload)
    detail = DETAIL[versao]
    body: list[tuple[str, dict[str, str]]] = []
    services = deductions = 0
    for nota in payload.notas:
        cents = nota.cents("servico.valor_servicos", required=True)
        less = nota.cents("servico.valor_deducoes")
        values = _note(nota, numbering)
        values |= {"TipoRegistro": detail, "ValorServicos": str(cents), "ValorDeducoes": str(less)}
        if versao == "002":
            values |= _federal(nota)
        else:
            _told_place(nota, outside=False)
        body.append((detail, values))
        if nota.any_of("intermediario."):
            body.append(("5", _intermediary(nota)))
        omitted.settle(slug, nota)
        services += cents
        deductions += less
    trailer = {
        "TipoRegistro": "9",
        "NumeroLinhas": str(len(payload.notas)),
        "ValorTotalServicos": str(services),
        "ValorTotalDeducoes": str(deductions),
    }
    adapted = payload.settle()
    lines = [ENVIO["1"].line(header), *(ENVIO[tipo].line(values) for tipo, values in body)]
    content = file_of([*lines, ENVIO["9"].line(trailer)])
    if len(content) > _MAX_BYTES:
        payload.errors.append(FieldError("lista_nfse", reason("sao-paulo-tamanho")))
        payload.settle()
    nome = f"RPS_{numbering.lote:011d}.txt"
    return ImportFile(content, nome, f"text/plain; charset={ENCODING}", adapted)


def _header(versao: str, payload: Payload) -> dict[str, str]:
    prestador = payload.prestador
    prestador.digits("prestador.codigo_municipio", 7, required=True)
    prestador.document("prestador")
    days = [
        f"{moment:%Y%m%d}"
        for nota in payload.notas
        if (moment := nota.moment("data_emissao")) is not None
    ]
    return {
        "TipoRegistro": "1",
        "Versao": versao,
        "InscricaoMunicipal": prestador.digits("prestador.inscricao_municipal", 8, required=True),
        "DataInicio": min(days, default=""),
        "DataFim": max(days, default=""),
    }


def _note(nota: Part, numbering: Numbering) -> dict[str, str]:
    moment = nota.moment("data_emissao")
    kind, document = nota.document("tomador")
    code = nota.digits("tomador.endereco.codigo_municipio", 7)
    abroad = nota.abroad
    street = nota.text("tomador.endereco.logradouro", 50)
    if abroad and document:
        nota.fault(f"tomador.{kind}", "documento-do-exterior")
        kind = document = ""
    if abroad:
        nota.take("tomador.endereco.uf", "tomador.endereco.cep")
    return {
        "TipoRPS": "RPS",
        "SerieRPS": numbering.serie,
        "NumeroRPS": numbering.rps(nota.ordem),
        "DataEmissao": f"{moment:%Y%m%d}" if moment else "",
        "Situacao": situation(nota),
        "CodigoServico": _service(nota),
        "Aliquota": str(nota.scaled("servico.aliquota", 2, 4)),
        "ISSRetido": _retained(nota),
        "IndicadorTomador": {"cpf": "1", "cnpj": "2"}.get(kind, "3"),
        "DocumentoTomador": document,
        "InscricaoMunicipalTomador": _registration(nota, code),
        **ENVIO["6"].plain(nota, *_TOMADOR),
        "TipoEnderecoTomador": nota.text("tomador.endereco.tipo_logradouro", 3)
        or street[:3].strip(),
        "EnderecoTomador": street,
        "Discriminacao": nota.text("servico.discriminacao", 1000, required=True, breaks="|"),
        **({} if abroad else _place(nota, code)),
    }


def _place(nota: Part, code: str) -> dict[str, str]:
    """City, state and CEP; of a city abroad they stay blank, as error 214 says."""
    return {
        "CidadeTomador": (municipio.nome(code) or "")[:50],
        "UFTomador": nota.whole("tomador.endereco.uf", 2).upper() or municipio.uf(code) or "",
        "CEPTomador": nota.digits("tomador.endereco.cep", 8),
    }


def _retained(nota: Part) -> str:
    """1 by the tomador, 2 by no one, 3 by the intermediário, who alone may where there is one."""
    if not nota.yes("servico.iss_retido", required=True):
        return "2"
    given = nota.choice("servico.responsavel_retencao", "12")
    return "3" if given == "2" or (not given and nota.any_of("intermediario.")) else "1"


def situation(nota: Part) -> str:
    """The city's letter: `tributacao_rps` as given, else what `natureza_operacao` means here."""
    if given := nota.raw("tributacao_rps").upper():
        if given in _SITUACOES and len(given) == 1:
            return given
        nota.fault("tributacao_rps", "sao-paulo-situacao", valor=given, opcoes=_SITUACOES)
    natureza = nota.choice("natureza_operacao", "123456", "1")
    return "P" if nota.exported else _SITUACAO[natureza]


def _registration(nota: Part, code: str) -> str:
    """The tomador's CCM, which only those of the city have."""
    campo = "tomador.inscricao_municipal"
    if nota.has(campo) and code != MUNICIPIO:
        nota.tell(campo, "sao-paulo-inscricao")
        return ""
    return nota.digits(campo, 8)


def _service(nota: Part) -> str:
    """The city's code, up to 5 digits, in `codigo_tributario_municipio`, else a 5-digit item."""
    item = nota.digits("servico.item_lista_servico", 9, required=True)
    code = nota.digits("servico.codigo_tributario_municipio", 20)
    if 0 < len(code) <= 5:
        return code
    if len(item) == 5:
        return item
    nota.fault("servico.codigo_tributario_municipio", "sao-paulo-codigo", valor=code or item)
    return ""


def _federal(nota: Part) -> dict[str, str]:
    values = ENVIO["6"].plain(nota, *_ONLY_V002)
    outside = situation(nota) in OUTSIDE
    _told_place(nota, outside=outside)
    place = ENVIO["6"].plain(nota, "MunicipioPrestacao") if outside else {}
    return values | place


def _told_place(nota: Part, *, outside: bool) -> None:
    """A service taxed in the city has no place in the file: elsewhere it is told."""
    campo = "servico.codigo_municipio"
    if not outside and nota.raw(campo) not in {"", MUNICIPIO}:
        nota.tell(campo, "sao-paulo-lugar")


def _intermediary(nota: Part) -> dict[str, str]:
    kind, document = nota.document("intermediario")
    if kind == "cpf":
        nota.fault("intermediario.cpf", "sao-paulo-intermediario")
    return {
        "TipoRegistro": "5",
        "IndicadorIntermediario": "2",
        "DocumentoIntermediario": document,
        **ENVIO["5"].plain(nota, "InscricaoMunicipalIntermediario", "EmailIntermediario"),
    }
