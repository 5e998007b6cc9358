"""What the journal says of each row of a file: in a lote, repeated, corrected, edited, refused.

Everything is read here and nothing is written: what is worth remembering is in the value given.
See docs/decisoes/identidade-e-lotes.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from converter.history.billed_again import billed_again
from converter.history.corrections import Corrections, rows_in_lotes
from converter.history.edited_rows import RemovedRow, RemovedRows, changed_fields, changed_key
from converter.history.related_files import related_now
from converter.history.renames import Moved, copied_from, lotes_here, moved
from converter.history.sent_rows import SentRows, item_of
from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.filerun import Content
from converter.model.history import LINHA_ALTERADA, FileHistory, First, Learnt, RowHistory
from converter.model.outcome import UNSETTLED
from converter.model.problems import Problem, Severity
from converter.model.rows import ComposedSheet, Place, RowRef


@dataclass(frozen=True, slots=True)
class _Known:
    """What the journal holds of a file.

    `claims` are on its rows, by identity, `corrected` on rows it shares with another file in other
    words, and `gone` on rows that stood in it and stand there no more. `copies` and `related` are
    other files, `files` all of them; lotes that `moved` here are told of as this file's. `whole`
    are, by file a row came from, the lotes of which none is to correct.
    """

    claims: Mapping[str, Claim]
    corrected: Mapping[RowRef, Claim]
    gone: Sequence[Claim]
    sent: SentRows
    moved: Moved
    copies: Collection[str]
    related: frozenset[str]
    files: frozenset[str]
    corrections: Corrections
    whole: Mapping[str, frozenset[str]]


def look_up(
    journal: Journal,
    ambiente: str,
    reenviar: Collection[str],
    content: Content,
    composed: Sequence[ComposedSheet],
    present: Collection[str],
) -> FileHistory:
    """Ask the journal about a file, whose rows with their JSON are `composed`.

    `reenviar` are refs whose edited rows the user wants sent again, `present` the files there are:
    lotes of one that is gone may become this one's.
    """
    known = _known(journal, ambiente, content, present)
    match = _Match(
        ambiente=ambiente,
        content=content,
        reenviar=reenviar,
        known=known,
        refused=_refused(journal, ambiente, known.moved, known.claims.keys(), reenviar),
        removed=_removed(known, keep=bool(content.origins)),
        # In a copy, and in a file under another name, rows stand where they stood.
        names={content.arquivo, *known.copies, *(known.files - {*present})},
        paths={
            sheet.planilha: [path for path, field in sheet.fields.items() if field.column]
            for sheet in content.sheets
        },
    )
    rows = match.sheets(composed)
    left = {claim.identity for claim in known.gone if claim.arquivo == content.arquivo}
    return FileHistory(
        rows=rows,
        firsts=match.firsts,
        problems=tuple(match.problems),
        edited=frozenset(match.edited),
        corrected=frozenset(known.corrected),
        left=bool(left - match.removed.explained),
        refs=tuple(match.refs),
        learnt=Learnt(
            related=known.related,
            moved=known.moved.places,
            released=match.released,
            held=rows_in_lotes(content, known.claims) if known.claims else {},
            claimed=frozenset(known.claims),
            mended=known.corrections.missing(content),
            whole=frozenset().union(*known.whole.values()),
        ),
    )


def _known(journal: Journal, ambiente: str, content: Content, present: Collection[str]) -> _Known:
    arquivo = content.arquivo
    sent = SentRows(journal, ambiente)
    claims = journal.claims_on(ambiente, {one for sheet in content.rows for one in sheet.identity})
    here = lotes_here(journal, ambiente, arquivo, claims)
    copies = {claim.arquivo for found in here.values() for claim in found}
    copies.update(copied_from(journal, ambiente, content, claims, sent))
    related = related_now(journal, ambiente, content, copies)
    related |= billed_again(journal, ambiente, content, claims.keys(), sent)
    files = frozenset(journal.related_files(ambiente, {arquivo, *related}))
    corrections = Corrections(journal.corrected_rows(ambiente, files))
    own = {one.identity for one in claims.values() if one.arquivo == arquivo}
    corrected = corrections.sent_rows(content, own, sent)
    comes = moved(content, _without_file(here, corrected, present))
    claims = {identity: comes.now(claim) for identity, claim in claims.items()}
    whole = journal.whole_lotes(ambiente, {one.sha256 for one in content.origins.values()})
    present_rows = claims.keys() | {claim.identity for claim in corrected.values()}
    others = _others_of_all(content, whole)
    gone = [*map(comes.now, _gone(journal, ambiente, files, present_rows, others))]
    sent.read([*(one for one in claims.values() if one.arquivo == arquivo), *gone])
    return _Known(claims, corrected, gone, sent, comes, copies, related, files, corrections, whole)


def _gone(
    journal: Journal,
    ambiente: str,
    files: Collection[str],
    present: Collection[str],
    others: Collection[str],
) -> Iterator[Claim]:
    """The rows sent from these files that are not `present`, nor of the lotes `others`."""
    for name in sorted(files):
        for claim in journal.claims_of_file(ambiente, name):
            if claim.identity not in present and claim.ref not in others:
                yield claim


def _without_file(
    here: Mapping[str, Collection[Claim]],
    corrected: Mapping[RowRef, Claim],
    present: Collection[str],
) -> Mapping[str, Collection[Claim]]:
    """The lotes of these rows, by ref, whose file is gone.

    What was corrected elsewhere is told of as such, even when that workbook is gone.
    """
    elsewhere = {claim.ref for claim in corrected.values()}
    return {
        ref: found
        for ref, found in here.items()
        if ref not in elsewhere and not any(claim.arquivo in present for claim in found)
    }


@dataclass(slots=True)
class _Match:
    """Says of one row after another what the journal knows of it, and notes what follows."""

    ambiente: str
    content: Content
    reenviar: Collection[str]
    known: _Known
    refused: Mapping[str, Claim]
    removed: RemovedRows
    names: Collection[str]
    paths: Mapping[str, Sequence[str]]
    firsts: dict[RowRef, First] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    edited: set[RowRef] = field(default_factory=set)
    refs: dict[str, None] = field(default_factory=dict)
    released: dict[str, list[str]] = field(default_factory=dict)

    def sheets(self, composed: Sequence[ComposedSheet]) -> list[list[RowHistory]]:
        """What is known of every row, sheet by sheet."""
        known = self.known
        if not (known.claims or known.corrected or known.gone or self.refused):
            return [[RowHistory.NEW] * len(sheet.rows) for sheet in composed]
        return [
            [self.row(sheet, at, now) for at, now in enumerate(sheet.objects)] for sheet in composed
        ]

    def row(self, sheet: ComposedSheet, index: int, now: str) -> RowHistory:
        """What is known of one row, whose JSON is `now`."""
        identity, place = sheet.identity[index], RowRef(sheet.planilha, sheet.rows[index])
        claim = self.known.claims.get(identity)
        if claim is not None and claim.arquivo == self.content.arquivo:
            return self._own(claim, place, now)
        if claim is not None:
            self.firsts[place] = _first(claim)
            return RowHistory.REPEATED
        old = self.refused.get(identity)
        if old is not None and self.known.sent.item(old) == item_of(now):
            self.refs[old.ref] = None
            return RowHistory.REFUSED
        if (copy := self.known.corrected.get(place)) is not None:
            self.firsts[place] = _first(copy, corrected=True)
            return RowHistory.CORRECTED
        return self._perhaps_edited(sheet, index, place)

    def _own(self, claim: Claim, place: RowRef, now: str) -> RowHistory:
        before = changed_fields(
            self.known.sent.item(claim), item_of(now), self.paths[place.planilha]
        )
        if before and self._asked(claim):
            self._release(claim)
            return RowHistory.NEW
        if before:
            self._edited(place, claim, before)
        self.refs[claim.ref] = None
        return RowHistory.IN_LOTE

    def _perhaps_edited(self, sheet: ComposedSheet, index: int, place: RowRef) -> RowHistory:
        origem = self.content.origins.get(place)
        if origem is None:
            places, others = [Place(name, *place) for name in self.names], frozenset[str]()
        else:
            places = [Place(origem.arquivo, origem.planilha, origem.row)]
            others = frozenset(self.known.whole[origem.sha256])
        prestador, key = sheet.prestador[index], sheet.key[index]
        old = self.removed.likeliest(prestador, key, places, others)
        if old is None:
            return RowHistory.NEW
        if not self._asked(old.claim):
            self._edited(place, old.claim, changed_key(prestador, key, old))
            return RowHistory.EDITED
        if old.claim.arquivo == self.content.arquivo:
            self._release(old.claim)
        return RowHistory.NEW

    def _asked(self, claim: Claim) -> bool:
        """Whether the user wants the row again; never while its lote may yet be at the API."""
        return claim.ref in self.reenviar and claim.state not in UNSETTLED

    def _release(self, claim: Claim) -> None:
        self.released.setdefault(claim.ref, []).append(claim.identity)

    def _edited(self, place: RowRef, claim: Claim, before: Sequence[str]) -> None:
        self.edited.add(place)
        number = claim.answer.numero if claim.answer else None
        self.problems.append(
            Problem(
                code=LINHA_ALTERADA,
                severity=Severity.ERRO,
                arquivo=self.content.arquivo,
                planilha=place.planilha,
                row=place.row,
                details={
                    # What to type to send it again depends on it.
                    "ambiente": self.ambiente,
                    "ref": claim.ref,
                    "numero": f" (NFS-e {number})" if number else "",
                    "antes": "; ".join(before),
                },
            )
        )


def _first(claim: Claim, *, corrected: bool = False) -> First:
    """Where a claimed row stands, for the rows that repeat it."""
    number = claim.answer.numero if claim.answer else None
    return First(claim.arquivo, claim.planilha, claim.row, claim.ref, number, corrected)


def _others_of_all(content: Content, whole: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Lotes that stood whole beside every row of a workbook to correct: none is worth reading."""
    rows = sum(len(sheet.rows) for sheet in content.rows)
    if not whole or len(content.origins) != rows:
        return frozenset()
    return frozenset.intersection(*whole.values())


def _refused(
    journal: Journal,
    ambiente: str,
    moved: Moved,
    claimed: Collection[str],
    reenviar: Collection[str],
) -> Mapping[str, Claim]:
    """Rows a prefeitura refused alone, by identity: sent again as they are, they would be again."""
    own = journal.refused(ambiente, moved.arquivo)
    moved_here = (one for name in moved.sources for one in journal.refused(ambiente, name))
    return {
        claim.identity: claim
        for claim in (*own, *(one for one in moved_here if one.ref in moved.places))
        if claim.ref not in reenviar and claim.identity not in claimed
    }


def _removed(known: _Known, *, keep: bool) -> RemovedRows:
    places = known.corrections.places
    return RemovedRows(
        [
            RemovedRow(
                claim,
                places.get(claim.identity) or [Place(claim.arquivo, claim.planilha, claim.row)],
                known.sent.lote(claim).prestador,
                known.sent.key(claim),
            )
            for claim in known.gone
        ],
        keep=keep,
    )
