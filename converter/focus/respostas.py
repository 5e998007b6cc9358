"""The answer to a return file: one status per note, joined to the notes of its lote.

The container is not documented beyond one object for one note (Focus NFe, Lote RPS, Resposta),
so an object, an array and an object around one array are all read. Whatever does not fit the
lote note by note is refused whole: a number written to the wrong row is worse than none.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from converter.focus.json_body import read_json
from converter.focus.messages import error_messages, text_of
from converter.model.notas import Nota
from converter.model.outcome import NotaAnswer, Situacao
from converter.texts.catalogue import own_message

Entry = Mapping[str, object]
_SITUACOES = {
    "autorizado": Situacao.AUTORIZADA,
    "cancelado": Situacao.CANCELADA,
    "substituido": Situacao.CANCELADA,
    "erro_autorizacao": Situacao.RECUSADA,
    "processando_autorizacao": Situacao.ENVIADA,
}
# What a later file may not take back: only these two are facts at the prefeitura.
_STANDING = defaultdict(int, {Situacao.AUTORIZADA: 1, Situacao.CANCELADA: 2})


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why an answer was not joined: a code of the texts catalogue and what fills it."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


def entries(body: bytes) -> tuple[Entry, ...] | None:
    """The objects of the answer, one per note; None when it is not made of such objects."""
    try:
        found = read_json(body)
    except ValueError:
        return None
    if isinstance(found, dict) and not _is_of_note(found):
        arrays = [value for value in found.values() if isinstance(value, list)]
        found = arrays[0] if len(arrays) == 1 else None
    elif isinstance(found, dict):
        found = [found]
    if not isinstance(found, list) or not found:
        return None
    return tuple(found) if all(_is_of_note(item) for item in found) else None


def join(
    found: Sequence[Entry], notas: Sequence[Nota], rps: Sequence[str]
) -> tuple[NotaAnswer, ...] | Misfit:
    """One answer per note, in the order of the lote.

    `rps` are the RPS numbers of the import file in that order, empty when unknown. By RPS number
    where both sides have it, else by order checked against document and value.
    """
    if len(found) == 1 < len(notas) and _status(found[0]) == "erro_autorizacao":
        # The header of the lote is wrong: the one refusal is every note's.
        return tuple(_answer(found[0], nota.ordem) for nota in notas)
    if len(found) != len(notas):
        return Misfit(
            "retorno-contagem", {"esperadas": str(len(notas)), "recebidas": str(len(found))}
        )
    ordered = _by_rps(found, rps) or _by_order(found, notas)
    if isinstance(ordered, Misfit):
        return ordered
    for entry, nota in zip(ordered, notas, strict=True):
        if not _fits(entry, nota):
            return _unlike(nota)
    answers = [_answer(entry, nota.ordem) for entry, nota in zip(ordered, notas, strict=True)]
    return tuple(_all_or_nothing(answers, ordered))


def _by_rps(found: Sequence[Entry], rps: Sequence[str]) -> list[Entry] | Misfit | None:
    numbers = [text_of(entry.get("numero_rps")).lstrip("0") for entry in found]
    if not all(numbers) or len(rps) != len(found):
        return None
    if len(set(numbers)) != len(found) or sorted(numbers) != sorted(rps):
        # Other numbers than the file's: only document and value of every note can still join.
        known = all(_identifies(entry) for entry in found)
        return None if known else Misfit("retorno-nao-confere", {"motivo": "outros RPS"})
    by_number = dict(zip(numbers, found, strict=True))
    return [by_number[number] for number in rps]


def _by_order(found: Sequence[Entry], notas: Sequence[Nota]) -> list[Entry] | Misfit:
    if all(_fits(entry, nota) for entry, nota in zip(found, notas, strict=True)):
        return list(found)
    # Another order, unmistakable only where every note fits one entry and no other.
    ordered: list[Entry] = []
    for nota in notas:
        fitting = [entry for entry in found if _identifies(entry) and _fits(entry, nota)]
        if len(fitting) != 1 or any(fitting[0] is one for one in ordered):
            return _unlike(nota)
        ordered.append(fitting[0])
    return ordered


def _unlike(nota: Nota) -> Misfit:
    return Misfit("retorno-nao-confere", {"motivo": f"a nota {nota.ordem} não está nela"})


def _identifies(entry: Entry) -> bool:
    return bool(_document(entry)) and _value(entry) is not None


def _fits(entry: Entry, nota: Nota) -> bool:
    document, value = _document(entry), _value(entry)
    same_document = not document or not nota.documento or document == _digits(nota.documento)
    return same_document and (value is None or value == nota.valor)


def _answer(entry: Entry, ordem: int) -> NotaAnswer:
    status = _status(entry)
    situacao = _SITUACOES.get(status, Situacao.DESCONHECIDA)
    messages = error_messages(entry)
    if situacao is Situacao.ENVIADA:
        messages += (own_message("nota-processando"),)
    elif status == "substituido":
        other = text_of(entry.get("numero_nfse_substituta"))
        por = f" pela nota {other}" if other else ""
        messages += (own_message("nota-substituida", por=por),)
    elif situacao is Situacao.DESCONHECIDA:
        messages += (own_message("nota-situacao-nova", situacao=status),)
    return NotaAnswer(
        ordem=ordem,
        situacao=situacao,
        numero=text_of(entry.get("numero")) or None,
        codigo_verificacao=text_of(entry.get("codigo_verificacao")) or None,
        data_emissao=text_of(entry.get("data_emissao")) or None,
        uri=text_of(entry.get("uri") or entry.get("url")) or None,
        caminho_xml=text_of(entry.get("caminho_xml_nota_fiscal")) or None,
        messages=messages,
    )


def _all_or_nothing(answers: Sequence[NotaAnswer], found: Sequence[Entry]) -> list[NotaAnswer]:
    """No note is processed when one has an error: what says nothing was refused with it."""
    if not any(answer.situacao is Situacao.RECUSADA for answer in answers):
        return list(answers)
    return [
        NotaAnswer(answer.ordem, Situacao.RECUSADA, messages=(own_message("nota-nao-processada"),))
        if answer.situacao is Situacao.ENVIADA or not _status(entry)
        else answer
        for answer, entry in zip(answers, found, strict=True)
    ]


def _status(entry: Entry) -> str:
    return text_of(entry.get("status")).lower()


def _document(entry: Entry) -> str:
    tomador = entry.get("tomador")
    inner = tomador if isinstance(tomador, Mapping) else {}
    for value in (
        entry.get("cpf_tomador"),
        entry.get("cnpj_tomador"),
        entry.get("documento_tomador"),
        inner.get("cpf"),
        inner.get("cnpj"),
    ):
        if text_of(value):
            return _digits(text_of(value))
    return ""


def _value(entry: Entry) -> Decimal | None:
    servico = entry.get("servico")
    inner = servico if isinstance(servico, Mapping) else {}
    for value in (entry.get("valor_servicos"), entry.get("valor"), inner.get("valor_servicos")):
        try:
            amount = Decimal(text_of(value))
        except InvalidOperation:
            continue
        if amount.is_finite():
            return amount
    return None


def _digits(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _is_of_note(item: object) -> bool:
    """True for an object that says something of a note, in the types it is said in."""
    if not isinstance(item, dict) or not {"status", "numero", "erros"} & item.keys():
        return False
    status, erros = item.get("status", "x"), item.get("erros") or []
    return (
        isinstance(status, str)
        and "\N{REPLACEMENT CHARACTER}" not in status
        and isinstance(erros, list)
        and all(isinstance(each, dict) for each in erros)
    )


def update(old: Sequence[NotaAnswer], new: Sequence[NotaAnswer]) -> list[NotaAnswer]:
    """A later return file over an earlier one, note by note.

    An import file uploaded twice makes the prefeitura refuse the second time: a note it has
    already issued stays issued, and a cancelled one stays cancelled.
    """
    known = {answer.ordem: answer for answer in old}
    updated = []
    for answer in new:
        before = known.get(answer.ordem)
        if before is not None and _STANDING[before.situacao] > _STANDING[answer.situacao]:
            updated.append(replace(before, messages=(own_message("nota-ja-emitida"),)))
        else:
            updated.append(answer)
    return updated
