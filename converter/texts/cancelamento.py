"""What `planilote cancelar` says: what would be cancelled, what was made, how the site does it."""

import json
from collections.abc import Iterator

from converter.model.cancelling import Cancelling, ToCancel
from converter.model.notas import NOWHERE, Nota
from converter.model.outcome import LoteOutcome, Message, Situacao
from converter.texts.catalogue import own_message
from converter.texts.formato import cnpj, contado, reais

PERGUNTA = "Cancelar estas notas? [s/N]"
NADA_FEITO = "Nada foi cancelado, e nenhum arquivo foi feito."
DESCRICAO = "Por que as notas são canceladas (vai escrito no arquivo)"
SEM_DESCRICAO = (
    'Falta --descricao: a prefeitura quer saber por quê, por exemplo --descricao "Valor errado".'
)
_SITES = {"3550308": "cancelar-no-site-de-sao-paulo"}
"""Cities of which it is known how their site cancels."""


def place_of(nota: Nota) -> str:
    """Where a note stands, as a person finds it."""
    if (nota.planilha, nota.row) == NOWHERE:
        return f"nota {nota.ordem} do lote, que não está mais na planilha"
    return f"{nota.planilha}, linha {nota.row}"


def standing(situacao: Situacao | None) -> str:
    """Why a note that is not authorised cannot be cancelled."""
    match situacao:
        case None | Situacao.ENVIADA:
            return "a prefeitura ainda não disse que a emitiu"
        case Situacao.CANCELADA:
            return "já está cancelada"
        case Situacao.RECUSADA:
            return "a prefeitura a recusou, e não há nota"
        case _:
            return f"está {situacao}"


def to_cancel(plan: Cancelling) -> str:
    """The notes, shown before they are asked about."""
    count = contado(len(plan.notas), "nota", "notas")
    head = f"Para cancelar em {plan.ambiente}: {count} do prestador {cnpj(plan.prestador.cnpj)}."
    return "\n".join((head, *_notas(plan)))


def lines(done: Cancelling) -> Iterator[str]:
    """What was made, or what is to be done by hand."""
    if done.by_file and done.outcome is None:
        yield NADA_FEITO
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
        return own_message("cancelamento-feito", **known)
    codigo = done.prestador.codigo_municipio
    known = {"cidade": done.cidade, "cnpj": cnpj(done.prestador.cnpj), "ambiente": done.ambiente}
    return own_message(_SITES.get(codigo, "cancelar-no-site"), **known)


def _notas(done: Cancelling) -> Iterator[str]:
    for one in done.notas:
        nota, answer = one.nota, one.answer
        code = f", verificação {answer.codigo_verificacao}" if answer.codigo_verificacao else ""
        yield (
            f"  {place_of(nota)}: NFS-e {answer.numero or 'sem número'}{code}, de "
            f"{_day(answer.data_emissao)}, {nota.tomador or 'sem tomador'}, {reais(nota.valor)}"
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
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if len(text) >= 10 else "data não dita"
