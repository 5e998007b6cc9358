"""What `planilote cancelar` says: what would be cancelled, what was made, how the site does it."""

import json
from collections.abc import Iterator

from converter.model.cancelling import Cancelling, ToCancel
from converter.model.notas import NOWHERE, Nota
from converter.model.outcome import LoteOutcome, Message, Situacao
from converter.texts.catalogue import own_message
from converter.texts.formato import cnpj, reais
from converter.texts.sentences import sentence, table

SITES = {"3550308": "cancelar-no-site-de-sao-paulo"}
"""Cities of which it is known how their site cancels."""


def place_of(nota: Nota) -> str:
    """Where a note stands, as a person finds it."""
    if (nota.planilha, nota.row) == NOWHERE:
        return sentence("cancelamento.fora-da-planilha", ordem=nota.ordem)
    return sentence("cancelamento.lugar", aba=nota.planilha, linha=nota.row)


def standing(situacao: Situacao | None) -> str:
    """Why a note that is not authorised cannot be cancelled."""
    why = table("cancelamento.por-que-nao")
    return why.get(situacao or Situacao.ENVIADA) or sentence("cancelamento.esta", estado=situacao)


def to_cancel(plan: Cancelling) -> str:
    """The notes, shown before they are asked about."""
    issuer, notas = cnpj(plan.prestador.cnpj), len(plan.notas)
    head = sentence("cancelamento.cabeca", ambiente=plan.ambiente, notas=notas, cnpj=issuer)
    return "\n".join((head, *_notas(plan)))


def lines(done: Cancelling) -> Iterator[str]:
    """What was made, or what is to be done by hand."""
    if done.by_file and done.outcome is None:
        yield sentence("cancelamento.nada-feito")
        return
    yield from _notas(done)
    said = _said(done)
    yield said.text
    yield said.correction or ""


def not_cancelled(outcome: LoteOutcome) -> Iterator[str]:
    """Why the prefeitura did not cancel notes: no result has a place for it."""
    if outcome.cancels:
        for said in dict.fromkeys(said for one in outcome.answers for said in one.messages):
            yield f"  {said.code}: {said.text} {said.correction or ''}".rstrip()


def cancel_json(done: Cancelling, codigo_saida: int) -> str:
    """The same as one JSON object."""
    outcome = done.outcome
    said = _said(done)
    return json.dumps(
        {
            "ambiente": done.ambiente,
            "codigo_saida": codigo_saida,
            "ref": done.ref,
            "meio": "arquivo" if done.by_file else "site",
            "lote": outcome
            and {
                "ref": outcome.lote.ref,
                "estado": str(outcome.state),
                "arquivo": outcome.import_file(done.saida),
            },
            "notas": [_entry(one) for one in done.notas],
            "mensagem": said.text,
            "sugestao": said.correction,
        },
        ensure_ascii=False,
        indent=2,
    )


def _said(done: Cancelling) -> Message:
    if done.outcome is not None:
        file = done.outcome.import_file(done.saida) or ""
        known = {"ref": done.outcome.lote.ref, "onde": file, "ambiente": done.ambiente}
        simulated = done.ambiente == "simulado"
        code = "cancelamento-feito-simulado" if simulated else "cancelamento-feito"
        return own_message(code, **known)
    codigo = done.prestador.codigo_municipio
    known = {"cidade": done.cidade, "cnpj": cnpj(done.prestador.cnpj), "ambiente": done.ambiente}
    return own_message(SITES.get(codigo, "cancelar-no-site"), **known)


def _notas(done: Cancelling) -> Iterator[str]:
    for one in done.notas:
        nota, answer = one.nota, one.answer
        code = answer.codigo_verificacao
        yield sentence(
            "cancelamento.nota",
            lugar=place_of(nota),
            numero=answer.numero or sentence("cancelamento.sem-numero"),
            codigo=sentence("cancelamento.verificacao", codigo=code) if code else "",
            dia=_day(answer.data_emissao),
            tomador=nota.tomador or sentence("cancelamento.sem-tomador"),
            valor=reais(nota.valor),
        )


def _entry(one: ToCancel) -> dict[str, object]:
    nota, answer = one.nota, one.answer
    return {
        "planilha": nota.planilha,
        "linha": nota.row,
        "numero": answer.numero,
        "codigo_verificacao": answer.codigo_verificacao,
        "data_emissao": answer.data_emissao,
        "tomador": nota.tomador,
        "documento": nota.documento,
        "valor": float(nota.valor),
        "uri": answer.uri,
    }


def _day(moment: str | None) -> str:
    text = moment or ""
    if len(text) < 10:
        return sentence("cancelamento.sem-data")
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}"
