"""`/v2/lotes_rps`: create, consult, and hand in the prefeitura's return file."""

import json
import re
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, g, request

from converter import layouts
from converter.brazil import cnpj
from converter.layouts.base import AnswerError, FieldError, ImportFile, LayoutError
from converter.simulator import errors, prefeitura, received
from converter.simulator.errors import Wrong
from converter.simulator.received import ReceivedLote
from converter.simulator.settings import current_settings, current_state
from converter.simulator.state import State, StoredLote

blueprint = Blueprint("lotes", __name__)

_REF = re.compile(r"[A-Za-z0-9_-]{1,100}")


@blueprint.post("/v2/lotes_rps")
def criar() -> Response:
    """201 with the import file, byte for byte as the prefeitura wants it."""
    settings, state = current_settings(), current_state()
    ref = request.args.get("ref", "")
    if not ref:
        raise errors.missing("ref", 400, "ref_ausente")
    if not _REF.fullmatch(ref):
        raise errors.refusal(
            400, "requisicao_invalida", "A referência só pode ter letras, números, hífen e sublinha"
        )
    content = request.get_data(cache=False, parse_form_data=False)
    body = received.read(content)
    if cnpj.parse(body.issuer.cnpj).value != body.issuer.cnpj:
        raise errors.rejected("requisicao_invalida")
    settings.tokens.authorise(g.token, body.issuer.cnpj)
    with state.writing():
        known = state.find(g.owner, ref)
        if known is not None:
            if settings.ref_repetida == "mesmo" and known.impressao == body.impressao:
                return _file(known, 201)
            if settings.ref_repetida != "novo":
                raise errors.refusal(
                    422, "already_processed", "Já existe um lote com esta referência"
                )
        written = _write(state, body)
        lote = state.add(
            StoredLote(
                owner=g.owner,
                ref=ref,
                issuer=body.issuer,
                notas=body.notas,
                payload=content,
                impressao=body.impressao,
                arquivo=written.content,
                nome=written.nome,
                media_type=written.media_type,
                avisos=written.avisos,
                criado_em=settings.now(),
            )
        )
    return _file(lote, 201)


@blueprint.get("/v2/lotes_rps/<ref>")
def consultar(ref: str) -> Response:
    """200 with the same bytes the creation answered."""
    return _file(_mine(ref), 200)


@blueprint.post("/v2/lotes_rps/<ref>/resposta")
def resposta(ref: str) -> Response:
    """201 with one status per note, read from the prefeitura's return file."""
    lote = _mine(ref)
    returned = request.get_data(cache=False, parse_form_data=False)
    try:
        statuses = prefeitura.layout_of(lote).parse_answer(returned, lote.arquivo)
    except AnswerError as error:
        mensagem = f"Formato de arquivo inválido: {error}"
        raise errors.refusal(415, "requisicao_invalida", mensagem) from error
    notas = [_whole(status, lote) for status in statuses]
    settings = current_settings()
    answer = _container(settings.recipiente, notas)
    current_state().keep_answer(lote, json.dumps(answer, ensure_ascii=False), settings.now())
    return errors.json_response(answer, 201)


def _write(state: State, body: ReceivedLote) -> ImportFile:
    layout = layouts.for_municipio(body.issuer.codigo_municipio)
    try:
        written = layout.write(body.lote, prefeitura.numbering(state, body.issuer, body.notas))
    except LayoutError as error:
        known_campos = {wrong.campo for wrong in body.wrong}
        of_layout = (_wrong(item) for item in error.errors)
        fresh = tuple(wrong for wrong in of_layout if wrong.campo not in known_campos)
        raise errors.invalid(body.wrong + fresh) from error
    if body.wrong:
        raise errors.invalid(body.wrong)
    return written


def _whole(status: Mapping[str, object], lote: StoredLote) -> Mapping[str, object]:
    """One note's answer as the chapter shows it, with the site and the XML of an issued one."""
    own = {**status, "cnpj_prestador": lote.issuer.cnpj, "ref": lote.ref}
    if not status.get("numero"):
        return own
    issuer = lote.issuer
    code = "".join(filter(str.isalnum, str(status.get("codigo_verificacao") or "")))
    name = f"{issuer.cnpj}{issuer.codigo_municipio}-{issuer.inscricao_municipal}"
    path = f"/notas_fiscais_servico/NFSe{name}-{status['numero']}-{code}.xml"
    uri = status.get("uri") or f"https://nfse.exemplo.invalid/{issuer.codigo_municipio}"
    return {**own, "uri": uri, "caminho_xml_nota_fiscal": path}


def _container(recipiente: str, notas: Sequence[Mapping[str, object]]) -> errors.Body:
    """The documentation shows one object for one note and says nothing of several."""
    if recipiente == "lista_nfse":
        return {"lista_nfse": notas}
    return notas[0] if recipiente == "objeto" and len(notas) == 1 else notas


def _mine(ref: str) -> StoredLote:
    lote = current_state().find(g.owner, ref)
    if lote is None:
        raise errors.not_found("Lote não encontrado com a referência informada")
    return lote


def _wrong(error: FieldError) -> Wrong:
    path = error.campo if error.ordem is None else f"lista_nfse[{error.ordem - 1}].{error.campo}"
    return Wrong(path, error.mensagem)


def _file(lote: StoredLote, status: int) -> Response:
    return Response(lote.arquivo, status, content_type=lote.media_type)
