"""A lote as an ABRASF 2.02 document."""

from collections.abc import Mapping

from converter.brazil import servico
from converter.brazil.municipio import EXTERIOR as MUNICIPIO_EXTERIOR
from converter.brazil.uf import EXTERIOR
from converter.layouts import omitted
from converter.layouts.abrasf import document
from converter.layouts.abrasf.tables import MAX_NOTAS, RPS
from converter.layouts.base import ImportFile, Numbering
from converter.layouts.file_fields import FieldType, FileField
from converter.layouts.payload import Part, read

_EXIGIBILIDADE = {"1": "1", "2": "1", "3": "3", "4": "5", "5": "6", "6": "7"}
_EXPORTED = "4"
_OWED = frozenset("167")
_COMPUTED = {
    *("servico.item_lista_servico", "servico.discriminacao", "servico.codigo_municipio"),
    *("codigo_municipio_incidencia", "tomador.inscricao_municipal"),
    *(f"tomador.endereco.{name}" for name in ("uf", "cep", "codigo_municipio", "codigo_pais")),
}
_COPIED = tuple(
    field
    for field in RPS.fields
    if field.campo
    and not field.campo.startswith("prestador.")
    and field.campo not in _COMPUTED
    and field.tipo not in (FieldType.DATA, FieldType.OPCAO, FieldType.DOCUMENTO)
)
"""Fields that say the value of one of the API, and nothing else."""


def write(lote: Mapping[str, object], numbering: Numbering) -> ImportFile:
    """One document per lote."""
    payload = read(lote, "utf-8", MAX_NOTAS)
    prestador = payload.prestador
    city = prestador.digits("prestador.codigo_municipio", 7, required=True)
    registration = prestador.whole("prestador.inscricao_municipal", 15)
    _, document_number = prestador.document("prestador")
    if not document_number:
        prestador.raw("prestador.cnpj", required=True)
    head = {
        "NumeroLote": str(numbering.lote),
        "CpfCnpj/Cnpj": document_number,
        "InscricaoMunicipal": registration,
        "QuantidadeRps": str(len(payload.notas)),
    }
    issuer = {
        "Prestador/CpfCnpj/Cnpj": document_number,
        "Prestador/InscricaoMunicipal": registration,
    }
    notes = [_note(nota, numbering, city) | issuer for nota in payload.notas]
    adapted = payload.settle()
    nome = f"LoteRps_{numbering.lote:011d}.xml"
    return ImportFile(document.write(head, notes), nome, "application/xml; charset=utf-8", adapted)


def _note(nota: Part, numbering: Numbering, city: str) -> dict[str, str]:
    moment = nota.moment("data_emissao")
    competence = nota.moment("data_competencia", required=False) or moment
    values = {
        "Rps/IdentificacaoRps/Numero": numbering.rps(nota.ordem),
        "Rps/IdentificacaoRps/Serie": numbering.serie or "1",
        "Rps/IdentificacaoRps/Tipo": "1",
        "Rps/DataEmissao": f"{moment:%Y-%m-%d}" if moment else "",
        "Rps/Status": "1",
        "Competencia": f"{competence:%Y-%m-%d}" if competence else "",
    }
    values |= {field.nome: _plain(nota, field) for field in _COPIED if field.campo in nota.flat}
    if not nota.has("servico.valor_servicos"):
        nota.raw("servico.valor_servicos", required=True)
    values |= _service(nota, city) | _people(nota, city) | _regime(nota)
    values |= _replaced(nota)
    if nota.has("codigo_obra") and not nota.has("art"):
        nota.raw("art", required=True)
    omitted.settle("abrasf-2.02", nota)
    return values


def _replaced(nota: Part) -> dict[str, str]:
    """The tipo of the RPS replaced; its number and série go as they are, and neither alone."""
    if not nota.has("numero_rps_substituido"):
        return {}
    if not nota.has("serie_rps_substituido"):
        nota.raw("serie_rps_substituido", required=True)
    nota.take("numero_nfse_substituida", "data_emissao_nfse_substituida")
    return {"Rps/RpsSubstituido/Tipo": nota.choice("tipo_rps_substituido", "123", "1")}


def _plain(nota: Part, field: FileField) -> str:
    campo = field.campo or ""
    if field.tipo is FieldType.VALOR:
        return decimal(nota.withheld(campo), 2)
    if field.tipo is FieldType.ALIQUOTA:
        units = nota.scaled(campo, 4, 6)
        return decimal(units, 4) if units % 100 else decimal(units // 100, 2)
    return nota.country(campo) if field.tipo is FieldType.PAIS else nota.plain(field)


def decimal(units: int, places: int) -> str:
    """123456 with two places as `1234.56`."""
    whole, rest = divmod(units, 10**places)
    return f"{whole}.{rest:0{places}d}"


def _service(nota: Part, city: str) -> dict[str, str]:
    retained = nota.yes("servico.iss_retido", required=True)
    nature = nota.choice("natureza_operacao", "123456", "1")
    place = nota.digits("servico.codigo_municipio", 7) or city
    owed = nota.digits("codigo_municipio_incidencia", 7)
    liability = _EXPORTED if nota.yes("servico.exportacao") else _EXIGIBILIDADE[nature]
    if not owed and liability in _OWED:
        owed = place if nature == "2" and place != MUNICIPIO_EXTERIOR else city
    return {
        **_iss(nota, elsewhere=liability == "1" and owed not in {"", city}),
        "Servico/IssRetido": "1" if retained else "2",
        "Servico/ResponsavelRetencao": _retainer(nota) if retained else "",
        "Servico/ItemListaServico": _item(nota),
        "Servico/Discriminacao": nota.text(
            "servico.discriminacao", 2000, required=True, breaks="\n"
        ),
        "Servico/CodigoMunicipio": place,
        "Servico/ExigibilidadeISS": liability,
        "Servico/MunicipioIncidencia": owed,
    }


def _iss(nota: Part, *, elsewhere: bool) -> dict[str, str]:
    """The ISS of another city, which the file has to say (E340), worked out where it is not."""
    if not elsewhere or nota.has("servico.valor_iss") or not nota.has("servico.aliquota"):
        return {}
    base = nota.cents("servico.valor_servicos") - nota.cents("servico.valor_deducoes")
    base -= nota.cents("servico.desconto_incondicionado")
    cents = (max(base, 0) * nota.scaled("servico.aliquota", 4, 6) + 500_000) // 1_000_000
    nota.tell("servico.valor_iss", "abrasf-iss-calculado")
    return {"Servico/Valores/ValorIss": decimal(cents, 2)}


def _retainer(nota: Part) -> str:
    """1 the tomador, 2 the intermediário: as said, else whoever stands between the two."""
    given = nota.choice("servico.responsavel_retencao", "12")
    return given or ("2" if nota.any_of("intermediario.") else "1")


def _item(nota: Part) -> str:
    """The item as `01.07`; what is no item of the list goes as typed, if it fits."""
    campo = "servico.item_lista_servico"
    raw = nota.raw(campo, required=True)
    known = servico.parse(raw).value
    if known:
        shown = servico.render(known[:4], "ii.ss").value
        if shown:
            return shown
    return nota.whole(campo, 5)


def _people(nota: Part, city: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for prefix, path in (
        ("tomador", "Tomador/IdentificacaoTomador"),
        ("intermediario", "Intermediario/IdentificacaoIntermediario"),
    ):
        kind, number = nota.document(prefix)
        if number:
            values[f"{path}/CpfCnpj/{kind.title()}"] = number
    values |= _abroad(nota) if nota.abroad else _home(nota, city)
    if nota.any_of("intermediario."):
        nota.raw("intermediario.razao_social", required=True)
        if not any(path.startswith("Intermediario") for path in values):
            nota.raw("intermediario.cnpj", required=True)
    return values


def _registration(nota: Part, city: str, code: str) -> str:
    """The tomador's inscrição, which only one of the same city has (E53)."""
    campo = "tomador.inscricao_municipal"
    if nota.has(campo) and code not in {"", city}:
        nota.tell(campo, "abrasf-inscricao-de-fora")
        return ""
    return nota.whole(campo, 15)


def _home(nota: Part, city: str) -> dict[str, str]:
    code = nota.digits("tomador.endereco.codigo_municipio", 7)
    uf = nota.whole("tomador.endereco.uf", 2).upper()
    cep = nota.digits("tomador.endereco.cep", 8)
    for campo, value, size in (("uf", uf, 2), ("cep", cep, 8)):
        if value and len(value) != size:
            nota.fault(f"tomador.endereco.{campo}", "tamanho-exato", valor=value, tamanho=size)
    return {
        "Tomador/IdentificacaoTomador/InscricaoMunicipal": _registration(nota, city, code),
        "Tomador/Endereco/CodigoMunicipio": code,
        "Tomador/Endereco/Uf": uf,
        "Tomador/Endereco/Cep": cep,
    }


def _abroad(nota: Part) -> dict[str, str]:
    """EX and 9999999 for state and city, the country where it is known, no CEP (E116, E168)."""
    nota.take("tomador.endereco.codigo_municipio", "tomador.endereco.uf")
    if nota.has("tomador.inscricao_municipal"):
        nota.tell("tomador.inscricao_municipal", "abrasf-inscricao-do-exterior")
    return {
        "Tomador/Endereco/CodigoMunicipio": MUNICIPIO_EXTERIOR,
        "Tomador/Endereco/Uf": EXTERIOR,
        "Tomador/Endereco/CodigoPais": nota.country("tomador.endereco.codigo_pais"),
    }


def _regime(nota: Part) -> dict[str, str]:
    simples = nota.yes("optante_simples_nacional")
    regime = nota.choice("regime_especial_tributacao", "123456")
    if simples and not regime:
        nota.tell("regime_especial_tributacao", "abrasf-sem-regime")
        regime = "6"
    if simples is None and not nota.has("optante_simples_nacional"):
        nota.tell("optante_simples_nacional", "nao-optante")
    return {
        "RegimeEspecialTributacao": regime,
        "OptanteSimplesNacional": "1" if simples else "2",
        "IncentivoFiscal": "1" if nota.yes("incentivador_cultural") else "2",
    }
