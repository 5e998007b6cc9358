"""What the journal knows of a file's rows: sent from it, from its kin, mended elsewhere, refused.

See docs/decisoes/identidade-e-lotes.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from converter.history.corrections import Ties, came_from, mended
from converter.history.recognise import Came, Recognised, Vanished, first_of, recognise
from converter.history.related_files import marks
from converter.history.renames import adopt, copied_from, lotes_here
from converter.history.sent_rows import Sent
from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.fate import First, Where
from converter.model.filerun import Content
from converter.model.rows import ComposedSheet


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal knows of one file's rows.

    `claims` are on its rows, by identity, `recognised` what comes of them, `firsts` the first
    appearance of repeated and of mended rows, `refused` the rows a prefeitura would refuse again,
    `ties` the mended rows of the file's family.
    """

    claims: Mapping[str, Claim]
    recognised: Recognised
    firsts: Mapping[Where, First]
    refused: Mapping[str, Claim]
    ties: Ties


def known(
    journal: Journal,
    ambiente: str,
    reenviar: Collection[str],
    content: Content,
    composed: Sequence[ComposedSheet],
    present: Collection[str],
) -> Known:
    """Ask the journal about a file; lotes of one that is gone may become this one's.

    Args:
        journal: Whom to ask.
        ambiente: The lotes spoken of.
        reenviar: Refs whose edited rows the user wants sent again.
        content: The file.
        composed: Its rows with their JSON.
        present: The files there are.
    """
    arquivo = content.arquivo
    sent = Sent(journal, ambiente)
    identities = {identity for sheet in content.rows for identity in sheet.identity}
    claims = journal.claims(ambiente, identities)
    here = lotes_here(journal, ambiente, arquivo, claims)
    copies = {claim.arquivo for found in here.values() for claim in found}
    copies.update(copied_from(journal, ambiente, content, claims, sent))
    kin = _family(journal, ambiente, content, copies)
    ties = Ties(journal, ambiente, kin)
    own = {claim.identity for claim in claims.values() if claim.arquivo == arquivo}
    corrected = mended(content, own, ties, sent)
    # What was mended elsewhere is told of as such, even when that workbook is gone.
    told = {claim.ref for claim in corrected.values()}
    moved = {
        ref: found
        for ref, found in here.items()
        if ref not in told and not any(claim.arquivo in present for claim in found)
    }
    if moved:
        adopt(journal, ambiente, content, moved)
        claims = journal.claims(ambiente, identities)
    # In a copy, and in a file under another name, rows stand where they stood.
    names = {arquivo, *copies, *(kin - {*present})}
    seen = claims.keys() | {claim.identity for claim in corrected.values()}
    came = came_from(journal, ambiente, content)
    beside = _beside_all(content, came)
    gone = [
        claim
        for name in sorted(kin)
        for claim in journal.claims_of_file(ambiente, name)
        if claim.identity not in seen and claim.ref not in beside
    ]
    mine = [claim for claim in claims.values() if claim.arquivo == arquivo]
    sent.read([*mine, *gone])
    recognised = recognise(
        arquivo,
        composed,
        claims,
        [_vanished(claim, ties, sent) for claim in gone],
        {claim.identity: sent.item(claim) for claim in mine},
        {
            sheet.planilha: [path for path, field in sheet.fields.items() if field.column]
            for sheet in content.sheets
        },
        reenviar,
        corrected.keys(),
        names,
        came,
    )
    # The sentence of an edited row says what to type, which depends on the ambiente.
    recognised = replace(
        recognised,
        problems=tuple(
            replace(problem, details={**problem.details, "ambiente": ambiente})
            for problem in recognised.problems
        ),
    )
    firsts: dict[Where, First] = {**recognised.firsts}
    firsts |= {place: first_of(claim, corrected=True) for place, claim in corrected.items()}
    refused = _refused(journal, ambiente, reenviar, content.arquivo, composed, claims, sent)
    return Known(claims, recognised, firsts, refused, ties)


def _family(
    journal: Journal, ambiente: str, content: Content, copies: Collection[str]
) -> frozenset[str]:
    """The file's family, once what is seen of it now is remembered."""
    origins = {origem.sha256: origem.arquivo for origem in content.origins.values()}
    journal.remember_source_names(ambiente, origins)
    kin = {*copies, *(origem.arquivo for origem in content.origins.values())}
    named = journal.source_name(ambiente, content.sha256)
    kin.update(() if named is None else (named,))
    kin.update(journal.marked_like(ambiente, marks(content.rows)))
    journal.relate(ambiente, content.arquivo, kin)
    return journal.related_files(ambiente, [content.arquivo])


def _beside_all(content: Content, came: Mapping[tuple[str, int], Came]) -> Collection[str]:
    """Lotes that stood beside every row of a workbook to mend: none is worth reading."""
    rows = sum(len(sheet.rows) for sheet in content.rows)
    stood = [frozenset(each.beside) for each in came.values()]
    return stood[0].intersection(*stood) if len(stood) == rows > 0 else ()


def _vanished(claim: Claim, ties: Ties, sent: Sent) -> Vanished:
    places = ties.places.get(claim.identity) or [(claim.arquivo, claim.planilha, claim.row)]
    return Vanished(claim, places, sent.lote(claim).prestador, sent.key(claim))


def _refused(
    journal: Journal,
    ambiente: str,
    reenviar: Collection[str],
    arquivo: str,
    composed: Sequence[ComposedSheet],
    claims: Mapping[str, Claim],
    sent: Sent,
) -> dict[str, Claim]:
    """Rows a prefeitura refused alone and nobody changed: sent again, they are refused again."""
    found = {
        claim.identity: claim
        for claim in journal.refused(ambiente, arquivo)
        if claim.ref not in reenviar and claim.identity not in claims
    }
    if not found:
        return {}
    sent.read(found.values())
    return {
        identity: found[identity]
        for sheet in composed
        for identity, item in zip(sheet.identity, sheet.objects, strict=True)
        if identity in found and json.loads(item, parse_float=Decimal) == sent.item(found[identity])
    }
