"""What of a file is new: its rows against the journal, and the lotes that come of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.notas import Lote
from converter.model.outcome import LoteOutcome, LoteState
from converter.model.problems import Problem, Severity
from converter.run.mended import mended, remember_mended
from converter.run.policies import Policies
from converter.run.waiting import Folded
from converter.settings import Settings
from converter.stages.compose import key_of
from converter.stages.group import Fate, group
from converter.stages.recognise import Recognised, Vanished, recognise
from converter.stages.report import First, Where


@dataclass(frozen=True, slots=True)
class Settled:
    """A prepared file after the journal was asked.

    `problems` are those the journal knows of; `firsts` holds the first appearance of its repeated
    rows, by identity or by (sheet, row); `ready` are its lotes to send; `known` the outcomes of
    lotes its rows are already in.
    """

    folded: Folded
    fates: Mapping[tuple[str, int], Fate]
    problems: tuple[Problem, ...]
    firsts: Mapping[Where, First]
    ready: tuple[Lote, ...]
    known: tuple[LoteOutcome, ...]


def settle(
    folded: Folded,
    settings: Settings,
    policies: Policies,
    journal: Journal,
    this_run: dict[str, First],
    *,
    enviar: bool,
) -> Settled:
    """Recognise, group, and write down the new lotes when they are to be sent.

    `this_run` holds the rows that earlier files of this run brought, by identity; the rows of
    this file are added to it.
    """
    arquivo, ambiente = folded.arquivo, settings.ambiente
    prepared = folded.digest()
    identities = {identity for sheet in prepared.composed for identity in sheet.identity}
    claims = journal.claims(ambiente, identities)
    own = [claim for claim in claims.values() if claim.arquivo == arquivo]
    gone = [
        claim
        for claim in journal.claims_of_file(ambiente, arquivo)
        if claim.identity not in identities
    ]
    lotes, sent = _sent(journal, ambiente, [*own, *gone])
    known = recognise(
        arquivo,
        prepared.composed,
        claims,
        [
            Vanished(claim, lotes[claim.ref].prestador, key_of(sent[claim.identity]))
            for claim in gone
        ],
        sent,
        {
            sheet.planilha: [path for path, field in sheet.fields.items() if field.column]
            for sheet in prepared.sheets
        },
        settings.reenviar,
    )
    if enviar and known.resent:
        for ref in settings.reenviar:
            journal.release(ambiente, ref, known.resent)
    before: dict[Where, First] = {
        identity: this_run[identity]
        for identity in identities & this_run.keys()
        if identity not in known.own
    }
    copies = mended(journal, ambiente, prepared, known.own)
    firsts = {**before, **known.firsts, **copies}
    grouped = group(
        arquivo,
        prepared.composed,
        rejected=prepared.rejected | _edited(known, policies),
        own=known.own,
        elsewhere=firsts.keys(),
        splitting=policies.splitting,
        parcial=settings.parcial,
    )
    for lote in grouped.lotes:
        for nota in lote.notas:
            this_run[nota.identity] = First(arquivo, nota.planilha, nota.row, lote.ref)
    refs = dict.fromkeys(claim.ref for claim in own if claim.identity in known.own)
    if not enviar:
        held = tuple(LoteOutcome(lote, LoteState.PREPARADO) for lote in grouped.lotes)
        old = journal.lotes(ambiente, refs=list(refs))
        return Settled(folded.settled(), grouped.fates, known.problems, firsts, (), (*old, *held))
    remember_mended(journal, ambiente, prepared, grouped.lotes)
    made = journal.prepare(ambiente, grouped.lotes, resend=settings.reenviar)
    refs.update(dict.fromkeys(outcome.lote.ref for outcome in made.known))
    return Settled(
        folded.settled(),
        grouped.fates,
        known.problems,
        firsts,
        made.ready,
        journal.lotes(ambiente, refs=list(refs)),
    )


def _edited(known: Recognised, policies: Policies) -> frozenset[tuple[str, int]]:
    if policies.severity("linha-alterada") is not Severity.ERRO:
        return frozenset()
    return frozenset(
        (problem.planilha or "", problem.row)
        for problem in known.problems
        if problem.row is not None
    )


def _sent(
    journal: Journal, ambiente: str, claims: Sequence[Claim]
) -> tuple[dict[str, Lote], dict[str, dict[str, Any]]]:
    """The lotes of some claimed rows by ref, and each row by identity as its payload has it."""
    refs = {claim.ref for claim in claims}
    if not refs:
        return {}, {}
    lotes = {outcome.lote.ref: outcome.lote for outcome in journal.lotes(ambiente, refs=list(refs))}
    items = {
        ref: json.loads(lote.payload, parse_float=Decimal)["lista_nfse"]
        for ref, lote in lotes.items()
    }
    return lotes, {claim.identity: items[claim.ref][claim.ordem - 1] for claim in claims}
