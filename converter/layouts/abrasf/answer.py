"""What an ABRASF city gives back: `ConsultarLoteRpsResposta`, with the notes or the messages."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from lxml import etree

from converter.brazil import municipio
from converter.layouts import elements, nota_status
from converter.layouts.abrasf import document
from converter.layouts.abrasf.nota import is_person, number
from converter.layouts.abrasf.tables import ERROS, NAMESPACE, VERSAO
from converter.layouts.base import AnswerError, City, CityError, ReturnFile
from converter.layouts.codes import Code
from converter.layouts.elements import escape
from converter.layouts.nota_status import RpsKey
from converter.layouts.reasons import reason

ROOT = "ConsultarLoteRpsResposta"
_RPS = "Rps/IdentificacaoRps/"
_CENT = Decimal("0.01")
_NAMED = re.compile(r"RPS ([^-]*)-(\d+): ")


def answer(content: bytes, errors: Sequence[CityError], city: City) -> ReturnFile:
    """Situação 3 and the messages when anything is wrong, else situação 4 and the notes."""
    refusals = [error for error in errors if not error.alerta]
    if refusals:
        body = _refusal(content, refusals)
    else:
        found = document.read(content)
        issued = (
            _issue(note.values, numero, city)
            for numero, note in enumerate(found.notes, city.proxima_nfse)
        )
        body = f"  <Situacao>4</Situacao>\n  <ListaNfse>\n{''.join(issued)}  </ListaNfse>\n"
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<{ROOT} xmlns="{NAMESPACE}">\n{body}</{ROOT}>\n'
    return ReturnFile(xml.encode(), f"ConsultarLoteRps_{city.clock:%Y%m%d%H%M%S}.xml")


def _refusal(content: bytes, errors: Sequence[CityError]) -> str:
    """The schema offers one list or the other: by RPS when every error has one."""
    try:
        keys = [key for key, _ in _sent(content)]
    except elements.XmlError:
        keys = []
    by_rps = all(error.ordem for error in errors)
    lista = "ListaMensagemRetornoLote" if by_rps else "ListaMensagemRetorno"
    items = "".join(
        _message(error, keys[error.ordem - 1] if error.ordem else None, by_rps=by_rps)
        for error in errors
    )
    return f"  <Situacao>3</Situacao>\n  <{lista}>\n{items}  </{lista}>\n"


def _message(error: CityError, key: RpsKey | None, *, by_rps: bool) -> str:
    serie, rps = key or ("", "")
    identification = correction = prefix = ""
    if by_rps:
        identification = (
            f"      <IdentificacaoRps>\n        <Numero>{escape(rps)}</Numero>\n"
            f"        <Serie>{escape(serie)}</Serie>\n        <Tipo>1</Tipo>\n"
            "      </IdentificacaoRps>\n"
        )
    else:
        prefix = f"RPS {serie}-{rps}: " if key else ""
        correction = f"      <Correcao>{escape(error.correcao or '')}</Correcao>\n"
    return (
        f"    <MensagemRetorno>\n{identification}"
        f"      <Codigo>{error.codigo}</Codigo>\n"
        f"      <Mensagem>{escape(prefix + error.mensagem)}</Mensagem>\n"
        f"{correction if error.correcao else ''}    </MensagemRetorno>\n"
    )


def _issue(values: dict[str, str], numero: int, city: City) -> str:
    seed = f"{city.cnpj}{numero}{values[f'{_RPS}Numero']}".encode()
    return _nfse().format(
        versao=VERSAO,
        numero=numero,
        codigo=hashlib.sha256(seed).hexdigest()[:8].upper(),
        momento=city.clock.isoformat(timespec="seconds"),
        cnpj=values["Prestador/CpfCnpj/Cnpj"],
        inscricao=escape(values["Prestador/InscricaoMunicipal"]),
        razao_social=escape(city.razao_social or "Prestador"),
        municipio=city.codigo_municipio or "9999999",
        uf=municipio.uf(city.codigo_municipio) or "EX",
        declaracao=document.declaration(values, 6),
        **_amounts(values),
    )


@cache
def _nfse() -> str:
    """An issued note with the names of what is filled in."""
    return Path(__file__).with_name("nfse.xml").read_text(encoding="utf-8")


def _amounts(values: dict[str, str]) -> dict[str, Decimal]:
    def money(nome: str) -> Decimal:
        return number(values.get(f"Servico/Valores/{nome}", "")) or Decimal(0)

    services = money("ValorServicos")
    base = services - money("ValorDeducoes") - money("DescontoIncondicionado")
    iss = (base * money("Aliquota") / 100).quantize(_CENT, ROUND_HALF_UP)
    federal = ("ValorPis", "ValorCofins", "ValorInss", "ValorIr", "ValorCsll", "OutrasRetencoes",
               "DescontoIncondicionado", "DescontoCondicionado")  # fmt: skip
    net = services - sum(map(money, federal)) - (iss if values["Servico/IssRetido"] == "1" else 0)
    return {"base": base, "iss": iss, "liquido": max(net, Decimal(0))}


def parse_answer(returned: bytes, sent: bytes | None) -> tuple[dict[str, object], ...]:
    """One status per note, in the order of the file sent.

    Namespaces, order and the wrapping message are not insisted upon: cities and versions differ.
    """
    try:
        root = _unwrapped(elements.parse(returned))
        known = None if sent is None else _sent(sent)
    except elements.XmlError as error:
        raise AnswerError(str(error)) from error
    order = None if known is None else [key for key, _ in known]
    issued = _issued(root)
    if issued:
        return nota_status.in_order(issued, order)
    people = frozenset(key for key, person in known or () if person)
    return _refused(root, order, people)


def _unwrapped(root: etree._Element) -> etree._Element:
    """The answer itself, where a service sent it as text inside its own message."""
    if any(True for _ in root.iter("{*}InfNfse", "{*}MensagemRetorno")):
        return root
    for element in root.iter("{*}*"):
        text = (element.text or "").strip()
        if text.startswith("<"):
            return elements.parse(text.encode())
    return root


def _text(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.findtext(f"{{*}}{name}", "").strip()


def _issued(root: etree._Element) -> dict[RpsKey, dict[str, object]]:
    found: dict[RpsKey, dict[str, object]] = {}
    for inner in root.iter("{*}InfNfse"):
        identification = next(inner.iter("{*}IdentificacaoRps"), None)
        serie, rps = _text(identification, "Serie"), _text(identification, "Numero")
        numero, moment = _text(inner, "Numero"), _text(inner, "DataEmissao")
        if not numero or not moment:
            raise AnswerError(reason("retorno-sem-numero"))
        note = next(inner.iterancestors("{*}CompNfse"), inner)
        cancelled = next(note.iter("{*}NfseCancelamento"), None) is not None
        found[serie, rps.lstrip("0")] = nota_status.issued(
            rps,
            serie,
            numero=numero,
            codigo=_text(inner, "CodigoVerificacao"),
            data_emissao=moment,
            uri=None,
            cancelled=cancelled,
        )
    return found


def _refused(
    root: etree._Element, order: list[RpsKey] | None, people: frozenset[RpsKey]
) -> tuple[dict[str, object], ...]:
    told = []
    for message in root.iter("{*}MensagemRetorno"):
        identification = message.find("{*}IdentificacaoRps")
        text = _text(message, "Mensagem")
        key = (_text(identification, "Serie"), _text(identification, "Numero").lstrip("0"))
        if identification is None and (named := _NAMED.match(text)):
            key = (named[1], named[2])
            text = text[named.end() :]
        codigo, correction = _text(message, "Codigo"), _text(message, "Correcao")
        told.append((key, _erro(codigo, text, correction, cpf=key in people)))
    if not told:
        if next(root.iter("{*}Protocolo"), None) is not None:
            raise AnswerError(reason("abrasf-retorno-recibo"))
        raise AnswerError(reason("abrasf-retorno-vazio"))
    return nota_status.all_refused(told, order)


def _erro(codigo: str, mensagem: str, correcao: str, *, cpf: bool) -> dict[str, object]:
    code = ERROS.get(codigo, Code(codigo))
    return replace(code, mensagem=mensagem, correcao=correcao or code.correcao).told(cpf=cpf)


def _sent(content: bytes) -> list[tuple[RpsKey, bool]]:
    """The RPS sent, in order, repeated ones too; True where the tomador has a CPF."""
    return [(_key(note.values), is_person(note.values)) for note in document.read(content).notes]


def _key(values: dict[str, str]) -> RpsKey:
    return values.get(f"{_RPS}Serie", ""), values.get(f"{_RPS}Numero", "").lstrip("0")
