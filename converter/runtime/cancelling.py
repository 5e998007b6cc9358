"""`planilote cancelar`: a cancelling file where the layout has one, else how the site does it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from converter.disk import write_bytes
from converter.errors import Abort
from converter.layouts import detect
from converter.layouts.base import (
    BRASILIA,
    Cancellation,
    City,
    ImportFile,
    Layout,
    LayoutError,
    Motivo,
)
from converter.model.cancelling import Cancelling, ToCancel
from converter.model.notas import Lote, Nota, Prestador
from converter.model.outcome import LoteOutcome, Situacao
from converter.model.packed import pack
from converter.runtime import cities
from converter.runtime.environment import Environment
from converter.runtime.workspace import beside_the_real, known_refs, open_workspace
from converter.settings import Folders, Settings
from converter.stages.group import ref_of
from converter.texts.cancelamento import place_of, standing
from converter.texts.sentences import sentence

Confirm = Callable[[Cancelling], bool]
_ALL_ISSUED = 10**9
"""Which notes the city has issued is not known here."""
_FIRST, _MOST = 900, 100
"""Of the three digits that end a remessa (AAAAMMDDnnn, as Barueri suggests), those of files made
here: the API numbers its own, and no number may come twice."""
_ROW = re.compile(r"(?:(?P<planilha>.+)!)?(?P<linha>[0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the notes are cancelled, as the city asks to know it; `descricao` may be asked for."""

    motivo: str
    descricao: Callable[[], str]


def cancel(
    settings: Settings,
    environment: Environment,
    ref: str,
    linhas: Sequence[str],
    *,
    reason: Reason,
    confirm: Confirm | None,
) -> Cancelling:
    """Make the file that cancels rows of a lote, or tell of a city that takes none.

    `linhas` are rows as Excel numbers them, `Planilha!7` where two sheets have one; none is all of
    the lote. `confirm` is asked before anything is written, where somebody is to be asked.

    Raises:
        SettingsError: This ambiente has no such lote.
        Abort: A row is not in the lote, or its note is not one that can be cancelled; the layout
            or the city does not take it; the journal cannot be written.
    """
    with open_workspace(settings, environment) as workspace:
        journal, ambiente = workspace.journal, settings.ambiente
        known_refs([ref], journal, ambiente)
        folders = beside_the_real(settings, journal).folders
        outcome = journal.outcome(ambiente, ref)
        waiting = journal.being_cancelled(ambiente, ref)
        for earlier in journal.lotes(ambiente, refs={*waiting.values()}):
            _put(folders, earlier)
        notas = _authorised(outcome, linhas, waiting)
        content = outcome.content or b""
        layout = detect(content)
        prestador = outcome.lote.prestador
        by_file = layout is not None and layout.cancel is not None
        cidade = cities.prefeituras([outcome])[prestador.codigo_municipio]
        plan = Cancelling(ambiente, ref, prestador, cidade, notas, by_file, folders.saida_aqui)
        if layout is None or layout.cancel is None:
            return plan
        made_today = journal.cancellations_today(ambiente, prestador)
        asked = _asked(notas, reason)
        made = _made(layout.cancel, content, asked, _remessa(environment.now(), made_today))
        _checked(layout, made, prestador, environment.now())
        if confirm is not None and not confirm(plan):
            return plan
        lote = _lote(outcome, notas, made, reason)
        journal.begin_cancelling(ambiente, lote, ref, made)
        workspace.log("cancelamento", ref=lote.ref, de=ref, notas=len(notas))
        done = journal.outcome(ambiente, lote.ref)
        _put(folders, done)
    return replace(plan, outcome=done)


def _put(folders: Folders, made: LoteOutcome) -> None:
    """Put a cancelling file where the person looks for it, unless it is there."""
    path = folders.saida / "lotes" / str(made.file_name)
    if made.content is not None and not path.exists():
        write_bytes(path, made.content)


def _authorised(
    outcome: LoteOutcome, linhas: Sequence[str], waiting: Mapping[str, str]
) -> tuple[ToCancel, ...]:
    """The notes asked for, all of which may be cancelled; one that may not stops them all."""
    ref = outcome.lote.ref
    if outcome.cancels:
        raise Abort("cancelar-cancelamento", ref=ref, de=outcome.cancels)
    asked = dict.fromkeys(_note(outcome.lote, text) for text in linhas)
    answers = {answer.ordem: answer for answer in outcome.answers}
    chosen, left = [], []
    for nota in asked or outcome.lote.notas:
        answer = answers.get(nota.ordem)
        if nota.identity in waiting:
            left.append(
                sentence("cancelamento.ja", lugar=place_of(nota), ref=waiting[nota.identity])
            )
        elif answer is None or answer.situacao is not Situacao.AUTORIZADA:
            left.append(f"{place_of(nota)}: {standing(answer.situacao if answer else None)}")
        else:
            chosen.append(ToCancel(nota, answer))
    if left:
        raise Abort("cancelar-nao-autorizada", ref=ref, notas="; ".join(left))
    return tuple(chosen)


def _note(lote: Lote, text: str) -> Nota:
    """The note of a row, told as `7` or `Planilha!7`."""
    match = _ROW.fullmatch(text.strip())
    if match is None:
        raise Abort("cancelar-linha-invalida", linha=text)
    row, planilha = int(match["linha"]), match["planilha"]
    found = [nota for nota in lote.notas if nota.row == row and planilha in {None, nota.planilha}]
    if not found:
        rows = ", ".join(str(nota.row) for nota in lote.notas if nota.row)
        raise Abort("cancelar-linha-desconhecida", linha=text, ref=lote.ref, linhas=rows)
    if len(found) > 1:
        options = " ou ".join(f"{nota.planilha}!{nota.row}" for nota in found)
        raise Abort("cancelar-linha-em-duas-planilhas", linha=text, opcoes=options)
    return found[0]


def _asked(notas: Sequence[ToCancel], reason: Reason) -> list[Cancellation]:
    """What the file says of each note."""
    motivo, descricao = Motivo(reason.motivo), reason.descricao()
    return [
        Cancellation(one.nota.ordem, one.answer.numero or "", _issued(one), motivo, descricao)
        for one in notas
    ]


def _remessa(now: datetime, made_today: int) -> int:
    """A number no file of the API has."""
    if made_today >= _MOST:
        raise Abort("cancelar-cem-por-dia")
    return int(f"{now.astimezone(BRASILIA):%Y%m%d}{_FIRST + made_today}")


def _made(
    cancel: Callable[[bytes, Sequence[Cancellation], int], ImportFile],
    sent: bytes,
    asked: Sequence[Cancellation],
    remessa: int,
) -> bytes:
    try:
        return cancel(sent, asked, remessa).content
    except LayoutError as error:
        told = "; ".join(dict.fromkeys(one.mensagem for one in error.errors))
        raise Abort("cancelar-recusado", motivo=told) from error


def _checked(layout: Layout, made: bytes, prestador: Prestador, now: datetime) -> None:
    """Hold the file against what its city checks, before anyone takes it there."""
    city = City(
        now,
        proxima_nfse=_ALL_ISSUED,
        cnpj=prestador.cnpj,
        codigo_municipio=prestador.codigo_municipio,
    )
    faults = (error for error in layout.check(made, city) if not error.alerta)
    told = dict.fromkeys(f"código {error.codigo}, {error.mensagem}" for error in faults)
    if told:
        raise Abort("cancelar-recusado", motivo="; ".join(told))


def _issued(one: ToCancel) -> datetime:
    """When the prefeitura issued the note, by the clock of its answer."""
    try:
        return datetime.fromisoformat(one.answer.data_emissao or "")
    except ValueError:
        place = place_of(one.nota)
        raise Abort("cancelar-sem-data", nota=place) from None


def _lote(outcome: LoteOutcome, notas: Sequence[ToCancel], content: bytes, reason: Reason) -> Lote:
    """The notes to cancel as a lote of its own, named by its file, which no other equals."""
    payload = {
        "cancelamento": {"ref": outcome.lote.ref, "motivo": reason.motivo},
        "lista_nfse": [{"numero": one.answer.numero} for one in notas],
        "prestador": outcome.lote.prestador._asdict(),
    }
    return Lote(
        ref=ref_of(content),
        arquivo=outcome.lote.arquivo,
        prestador=outcome.lote.prestador,
        packed=pack(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()),
        notas=tuple(one.nota._replace(ordem=ordem) for ordem, one in enumerate(notas, start=1)),
    )
