"""A lote as a PMB004 file."""

from collections.abc import Mapping

from converter.brazil import municipio, pais
from converter.layouts import omitted
from converter.layouts.barueri.nota import SUBSTITUTION
from converter.layouts.barueri.tables import ENVIO, MAX_NOTAS, RETENCOES, VERSAO, trailer
from converter.layouts.base import FieldError, ImportFile, Numbering
from converter.layouts.payload import Part, read
from converter.layouts.positional import ENCODING, file_of
from converter.layouts.reasons import reason

_MAX_RPS_NUMBER = 9_999_999
_RECIPIENT = "DestinatarioServico"
_STREET = ("Endereco", "Numero", "Complemento", "Bairro")
_CODES = (
    "CodigoNBS",
    "CodigoIndicadorOperacaoFornecimento",
    "CodigoClassificacaoTributariaIBSCBS",
    "CodigoSituacaoTributariaIBSCBS",
)
_EVENT = ("NomeEvento", "DataInicioEvento", "DataFimEvento")
"""Of services of item 12: what was held, and when."""
_OF_RECIPIENT = (
    "RazaoSocialNomeDestinatarioServico",
    "CodigoCidadeDestinatarioServico",
    "EmailDestinatarioServico",
    "NIFDestinatario",
    "CodigoEnderecoPostalDestinatarioEstrangeiro",
    "EstadoProvinciaRegiaoDestinatarioEstrangeiro",
)


def write(lote: Mapping[str, object], numbering: Numbering) -> ImportFile:
    """One file per lote: header, then 2, 3s, 4 and 5 of each note, trailer."""
    payload = read(lote, ENCODING, MAX_NOTAS)
    prestador = payload.prestador
    if numbering.primeiro_rps + len(payload.notas) - 1 > _MAX_RPS_NUMBER:
        payload.errors.append(FieldError("lista_nfse", reason("barueri-numeracao")))
    city = prestador.digits("prestador.codigo_municipio", 7, required=True)
    prestador.document("prestador")
    header = {
        "TipoRegistro": "1",
        "InscricaoContribuinte": registration(prestador),
        "VersaoLayout": VERSAO,
        "IdentificacaoRemessaContribuinte": str(numbering.remessa),
    }
    body: list[tuple[str, dict[str, str]]] = [("1", header)]
    for nota in payload.notas:
        cents = nota.cents("servico.valor_servicos", required=True)
        values = _other_values(nota)
        retained = sum(int(v["Valor"]) for v in values if v["CodigoOutrosValores"] != "VN")
        body.append(("2", _rps(nota, city, numbering, cents, retained)))
        body.extend(("3", value) for value in values)
        body.append(("4", _complement(nota, city)))
        if nota.raw("indicador_destinatario") == "1":
            body.append(("5", _recipient(nota)))
        if nota.yes("servico.iss_retido", required=True):
            nota.tell("servico.iss_retido", "barueri-retencao", omitted=True)
        _taxed(nota)
        omitted.settle("barueri-pmb004", nota)
    adapted = payload.settle()
    lines = [ENVIO[tipo].line(values) for tipo, values in body]
    lines.append(ENVIO["9"].line(trailer(lines, len(lines))))
    nome = f"RPS_{numbering.remessa:011d}.txt"
    return ImportFile(file_of(lines), nome, f"text/plain; charset={ENCODING}", adapted)


def registration(prestador: Part) -> str:
    """The inscrição municipal without mask, up to 7 letters and digits."""
    campo = "prestador.inscricao_municipal"
    plain = "".join(filter(str.isalnum, prestador.raw(campo, required=True))).upper()
    if len(plain) > 7 or not plain.isascii():
        prestador.fault(campo, "barueri-inscricao", valor=plain)
        return ""
    return plain


def _taxed(nota: Part) -> None:
    """The file says nowhere that the ISS is exempt, immune or suspended: the city would charge."""
    if nota.choice("natureza_operacao", "123456", "1") not in {"1", "2"}:
        nota.fault("natureza_operacao", "barueri-isencao")


def _rps(nota: Part, city: str, numbering: Numbering, cents: int, retained: int) -> dict[str, str]:
    moment = nota.moment("data_emissao")
    place = nota.digits("servico.codigo_municipio", 7)
    exported, abroad = nota.exported, nota.abroad
    outside = place not in {"", city} and not exported
    values = {
        "TipoRegistro": "2",
        "TipoRPS": "RPS",
        "SerieRPS": numbering.serie,
        "NumeroRPS": numbering.rps(nota.ordem),
        "DataRPS": f"{moment:%Y%m%d}" if moment else "",
        "HoraRPS": f"{moment:%H%M%S}" if moment else "",
        "SituacaoRPS": "E",
        "CodigoServicoPrestado": _service(nota),
        "LocalPrestacaoServico": "2" if outside else "1",
        "ServicoPrestadoViasPublicas": "2",
        "QuantidadeServico": "1",
        "ValorServico": str(cents),
        "ValorTotalRetencoes": str(retained),
        "ServicoExportacao": "1" if exported else "2",
        **ENVIO["2"].plain(nota, "RazaoSocialNomeTomador", "EmailTomador"),
        "DiscriminacaoServico": nota.text("servico.discriminacao", 1000, required=True, breaks="|"),
    }
    values |= _identity(nota, abroad=abroad)
    address = _address(nota, "tomador.endereco", "Tomador", abroad=abroad)
    if outside:
        values |= _place_of_service(nota, place, address)
    return values | address | _substitution(nota)


def _identity(nota: Part, *, abroad: bool) -> dict[str, str]:
    """The tomador by document, or abroad by country: a NIF has its place in record 4."""
    kind, document = nota.document("tomador")
    if abroad and document:
        nota.fault(f"tomador.{kind}", "documento-do-exterior")
    return {
        "TomadorEstrangeiro": "1" if abroad else "2",
        "PaisNacionalidadeTomadorEstrangeiro": _country(nota, "tomador.endereco.codigo_pais"),
        "IndicadorCPFCNPJTomador": "" if abroad else {"cpf": "1", "cnpj": "2"}.get(kind, ""),
        "CPFCNPJTomador": "" if abroad else document,
    }


def _country(nota: Part, campo: str) -> str:
    """The city's table has three digits: those of Receita Federal, the central bank's first."""
    codigo = nota.country(campo)
    if codigo == pais.BRASIL or not codigo:
        return ""
    nota.tell(campo, "barueri-pais", pais=pais.nome(codigo), codigo=pais.short(codigo))
    return pais.short(codigo)


def _substitution(nota: Part) -> dict[str, str]:
    """Situação C, motivo 03: the NF-e replaced, and the number of the RPS that replaces it."""
    numero = nota.digits("numero_nfse_substituida", 7)
    if not numero:
        if nota.has("numero_rps_substituido"):
            nota.fault("numero_rps_substituido", "barueri-substituicao")
        return {}
    nota.take("numero_rps_substituido", "serie_rps_substituido", "tipo_rps_substituido")
    moment = nota.moment("data_emissao_nfse_substituida")
    return {
        "SituacaoRPS": "C",
        "CodigoMotivoCancelamento": SUBSTITUTION,
        "NumeroNFeCancelada": numero,
        "DataEmissaoNFeCancelada": f"{moment:%Y%m%d}" if moment else "",
        "DescricaoCancelamento": nota.text("descricao_substituicao", 180) or "Substituição",
    }


def _address(nota: Part, prefix: str, of: str, *, abroad: bool = False) -> dict[str, str]:
    """The address below a path, as the fields whose names end in `of`."""
    code = nota.digits(f"{prefix}.codigo_municipio", 7)
    uf = nota.whole(f"{prefix}.uf", 2).upper()
    name = municipio.nome(code) or ""
    cep = "" if abroad else nota.digits(f"{prefix}.cep", 8)
    if abroad:
        name, uf = nota.text(f"{prefix}.cidade_exterior", 40), ""
    record = ENVIO["5" if of == _RECIPIENT else "2"]
    return {
        **record.plain(nota, *(f"{part}Logradouro{of}" for part in _STREET)),
        f"CidadeLogradouro{of}": name[:40],
        f"UFLogradouro{of}": uf or municipio.uf(code) or "",
        f"CEPLogradouro{of}": cep,
    }


def _place_of_service(nota: Part, code: str, tomador: dict[str, str]) -> dict[str, str]:
    """The address the note gives for the service; without one, the tomador's in its own city."""
    here = {}
    if (city := municipio.nome(code)) and (uf := municipio.uf(code)):
        here = {"CidadeLogradouroLocalServico": city[:40], "UFLogradouroLocalServico": uf}
    if nota.any_of("servico.endereco."):
        return _address(nota, "servico.endereco", "LocalServico") | here
    if code == nota.digits("tomador.endereco.codigo_municipio", 7):
        nota.tell("servico.codigo_municipio", "barueri-lugar-do-tomador")
        return {
            f"{name.removesuffix('Tomador')}LocalServico": value for name, value in tomador.items()
        }
    return here


def _service(nota: Part) -> str:
    """The city's 9-digit code, in `codigo_tributario_municipio` or as the item itself."""
    item = nota.digits("servico.item_lista_servico", 9, required=True)
    code = nota.digits("servico.codigo_tributario_municipio", 20)
    for candidate in (code, item):
        if len(candidate) == 9:
            return candidate
    if code or item:
        nota.fault("servico.codigo_tributario_municipio", "barueri-codigo", valor=code or item)
    return ""


def _other_values(nota: Part) -> list[dict[str, str]]:
    found = []
    for code, campo in RETENCOES.items():
        cents = nota.cents(campo) if code == "VN" else nota.withheld(campo)
        if cents:
            found.append({"TipoRegistro": "3", "CodigoOutrosValores": code, "Valor": str(cents)})
    return found


def _complement(nota: Part, city: str) -> dict[str, str]:
    simples = _simples(nota)
    regime = nota.choice("regime_tributario_simples_nacional", "123")
    if simples == "3" and not regime:
        nota.tell("optante_simples_nacional", "barueri-regime")
        regime = "1"
    return {
        "TipoRegistro": "4",
        "OptanteSimplesNacional": simples,
        "RegimeApuracaoSN": regime if simples == "3" else "",
        **ENVIO["4"].plain(nota, *_CODES, *_EVENT),
        # 9, other reasons, where a substitution does not say why.
        "CodJustifCancelSubst": nota.choice("justificativa_substituicao", "123459", "9")
        if nota.has("numero_nfse_substituida")
        else "",
        "OperacaoUsoConsumoPessoal": "1" if nota.yes("consumidor_final") else "0",
        "IndicadorDestinatarioServico": nota.choice("indicador_destinatario", "01", "0"),
        **_abroad(nota, city),
    }


def _abroad(nota: Part, city: str) -> dict[str, str]:
    """Where the tomador and the service are: in Brazil by IBGE, elsewhere by country and post."""
    values = {"VinculoPartes": nota.choice("servico.vinculo_partes", "0123456")}
    if (nota.abroad or nota.exported) and not nota.has("servico.vinculo_partes"):
        nota.tell("tomador.nif", "barueri-vinculo")
    record = ENVIO["4"]
    if nota.abroad:
        values |= record.plain(nota, "NIF", "CEPExteriorTomador", "EstadoProvinciaTomadorExt")
        values["CEPExteriorTomador"] = values["CEPExteriorTomador"] or nota.whole(
            "tomador.endereco.cep", 11
        )
    else:
        values |= record.plain(nota, "CodigoCidadeTomador")
    if nota.exported:
        values["CodigoPaisLocalServico"] = _country(nota, "servico.codigo_pais_ext")
        return values | record.plain(nota, "CEPExteriorLocalServico", "EstadoProvinciaLocalExt")
    return values | {
        "CodigoCidadeLocalPrestacao": nota.digits("servico.codigo_municipio", 7) or city
    }


def _simples(nota: Part) -> str:
    """1, 2 or 3 as Barueri wants it; the API's yes is 3 (ME/EPP), or 2 under regime 5 (MEI)."""
    campo = "optante_simples_nacional"
    raw = nota.raw(campo)
    if raw in {"1", "2", "3"}:
        return raw
    yes = nota.yes(campo)
    if yes is None and not raw:
        nota.tell(campo, "nao-optante")
    if not yes:
        return "1"
    return "2" if nota.raw("regime_especial_tributacao") == "5" else "3"


def _recipient(nota: Part) -> dict[str, str]:
    _, document = nota.document("destinatario")
    abroad = nota.has("destinatario.nif")
    return {
        "TipoRegistro": "5",
        "DestinatarioServicoEstrangeiro": "1" if abroad else "2",
        "CPFCNPJDestinatarioServico": document,
        "CodigoPaisDestinatarioServico": _country(nota, "destinatario.endereco.codigo_pais"),
        **ENVIO["5"].plain(nota, *_OF_RECIPIENT),
        **_address(nota, "destinatario.endereco", _RECIPIENT, abroad=abroad),
    }
