"""What of a file is new: its rows against the journal, and the lotes that come of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.notas import Lote
from converter.model.problems import Problem, Severity
from converter.run.batch import Prepared
from converter.run.mended import Mended, Ties, mended, remember_mended
from converter.run.moved import adopt, copied_from
from converter.run.policies import Policies
from converter.run.sent import Sent
from converter.run.waiting import Folded
from converter.settings import Settings
from converter.stages.group import Fates, group
from converter.stages.recognise import Recognised, Vanished, recognise
from converter.stages.report import EDITED, First, Where, edited_rows


@dataclass(frozen=True, slots=True)
class Settled:
    """A prepared file after the journal was asked.

    `problems` are those the journal knows of; `firsts` holds the first appearance of its repeated
    rows, by identity or by (sheet, row); `ready` are its lotes to send, `refs` all that its rows
    are in. `left` tells that rows sent from it are in it no more.
    """

    folded: Folded
    fates: Fates
    problems: tuple[Problem, ...]
    firsts: Mapping[Where, First]
    ready: tuple[Lote, ...]
    refs: tuple[str, ...]
    left: bool


def settle(
    folded: Folded,
    settings: Settings,
    policies: Policies,
    journal: Journal,
    present: Collection[str],
) -> Settled:
    """Recognise, group, and write down the new lotes.

    `present` are the files there are: a row of one that is gone may have moved here.
    """
    arquivo, ambiente = folded.arquivo, settings.ambiente
    prepared = folded.digest()
    sent = Sent(journal, ambiente)
    identities = {identity for sheet in prepared.composed for identity in sheet.identity}
    claims = journal.claims(ambiente, identities)
    own = {claim.identity for claim in claims.values() if claim.arquivo == arquivo}
    copies = mended(journal, ambiente, prepared, own, sent)
    if adopt(journal, ambiente, prepared, claims, present, copies.refs):
        claims = journal.claims(ambiente, identities)
    known = _recognised(journal, settings, prepared, claims, copies, sent)
    for ref in settings.reenviar if known.resent else ():
        journal.release(ambiente, ref, known.resent)
    refused = _refused(journal, settings, prepared, claims, sent)
    held = policies.severity(EDITED) is Severity.ERRO
    edited = edited_rows(known.problems) if held else frozenset()
    firsts: dict[Where, First] = {**known.firsts, **dict(copies.firsts.items())}
    grouped = group(
        arquivo,
        prepared.composed,
        rejected=prepared.rejected | edited,
        own=known.own | refused.keys(),
        elsewhere=firsts.keys(),
        splitting=policies.splitting,
        parcial=settings.parcial,
    )
    remember_mended(journal, ambiente, prepared, grouped.lotes)
    made = journal.prepare(ambiente, grouped.lotes, resend=settings.reenviar)
    standing = [claims[identity].ref for identity in known.own]
    standing += [claim.ref for claim in refused.values()]
    standing += [outcome.lote.ref for outcome in made.known]
    standing += [lote.ref for lote in made.ready]
    return Settled(
        folded.settled(),
        grouped.fates,
        known.problems,
        firsts,
        made.ready,
        tuple(dict.fromkeys(standing)),
        bool(known.left),
    )


def _recognised(
    journal: Journal,
    settings: Settings,
    prepared: Prepared,
    claims: Mapping[str, Claim],
    copies: Mended,
    sent: Sent,
) -> Recognised:
    """The rows of the file against those sent from it, or from a file it is a copy of."""
    arquivo, ambiente = prepared.work.arquivo, settings.ambiente
    names = copied_from(journal, ambiente, prepared, claims, copies.refs, sent)
    gone = {claim.identity: (claim, place) for claim, place in copies.maybe}
    for name in (*names, arquivo):
        for claim in journal.claims_of_file(ambiente, name):
            gone[claim.identity] = (claim, (claim.planilha, claim.row))
    for name in names:
        for claim, place in Ties(journal, ambiente, name).claims():
            gone.setdefault(claim.identity, (claim, place))
    vanished = [pair for identity, pair in gone.items() if identity not in claims]
    own = [claim for claim in claims.values() if claim.arquivo == arquivo]
    sent.read([*own, *(claim for claim, _ in vanished)])
    return recognise(
        arquivo,
        prepared.composed,
        claims,
        [
            Vanished(claim, place, sent.lote(claim).prestador, sent.key(claim))
            for claim, place in vanished
        ],
        {claim.identity: sent.item(claim) for claim in own},
        {
            sheet.planilha: [path for path, field in sheet.fields.items() if field.column]
            for sheet in prepared.sheets
        },
        settings.reenviar,
        copies.firsts.keys(),
    )


def _refused(
    journal: Journal,
    settings: Settings,
    prepared: Prepared,
    claims: Mapping[str, Claim],
    sent: Sent,
) -> dict[str, Claim]:
    """Rows a prefeitura refused alone and nobody changed: sent again, they are refused again."""
    found = {
        claim.identity: claim
        for claim in journal.refused(settings.ambiente, prepared.work.arquivo)
        if claim.ref not in settings.reenviar and claim.identity not in claims
    }
    if not found:
        return {}
    sent.read(found.values())
    return {
        identity: found[identity]
        for sheet in prepared.composed
        for identity, item in zip(sheet.identity, sheet.objects, strict=True)
        if identity in found and json.loads(item, parse_float=Decimal) == sent.item(found[identity])
    }


def all_ready(settled: Sequence[Settled]) -> list[Lote]:
    """The lotes to send, file by file."""
    return [lote for one in settled for lote in one.ready]
