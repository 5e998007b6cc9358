"""Which rows the journal already knows: in a lote, sent by another file, or changed since.

See docs/decisoes/identidade-e-lotes.md for what makes two rows the same note.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

from converter.journal.rows import Claim
from converter.model.notas import Prestador
from converter.model.outcome import UNSETTLED
from converter.model.problems import Problem, Severity
from converter.schemas.catalogue import BY_PATH
from converter.stages.compose import ComposedSheet, RowKey
from converter.stages.report import EDITED, First, Where
from converter.texts.formato import reais
from converter.texts.resultado import MESMA_LINHA as SAME


@dataclass(frozen=True, slots=True)
class Vanished:
    """A row that was sent from this file, or one it copies, and is not in it as it was.

    `place` is the sheet and Excel row where it would stand here.
    """

    claim: Claim
    place: tuple[str, int]
    prestador: Prestador
    key: RowKey


@dataclass(frozen=True, slots=True)
class Recognised:
    """`own` and the keys of `firsts` are identities; `problems` name rows edited after sending.

    `resent` are the claims to give back, `left` the rows sent from this very file that nothing in
    it stands for any more.
    """

    own: frozenset[str]
    firsts: Mapping[Where, First]
    problems: tuple[Problem, ...]
    resent: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def recognise(
    arquivo: str,
    sheets: Sequence[ComposedSheet],
    claims: Mapping[str, Claim],
    vanished: Sequence[Vanished],
    sent: Mapping[str, Mapping[str, Any]],
    columns: Mapping[str, Collection[str]],
    reenviar: Collection[str],
    mended: Collection[tuple[str, int]] = (),
) -> Recognised:
    """What is known of the rows of one file.

    Args:
        arquivo: The file's name under `entrada/`.
        sheets: Its rows.
        claims: The journal's claims on these identities.
        vanished: Rows sent from this file, or from one it is a copy of, whose identity it no
            longer has.
        sent: The `lista_nfse` item each claimed row was sent as, by identity.
        columns: API paths that a column of the sheet fills, by sheet.
        reenviar: Refs whose edited rows the user wants sent again.
        mended: (sheet, row) of rows whose mended copy is known.
    """
    own = frozenset(identity for identity, claim in claims.items() if claim.arquivo == arquivo)
    firsts: dict[Where, First] = {
        identity: first_of(claim) for identity, claim in claims.items() if claim.arquivo != arquivo
    }
    problems: list[Problem] = []
    resent: set[str] = set()
    left = {old.claim.identity for old in vanished if old.claim.arquivo == arquivo}
    for sheet, index, claim in _own(sheets, claims, own):
        before = _differences(sent[claim.identity], sheet.objects[index], columns[sheet.planilha])
        if before and _asked(claim, reenviar):
            resent.add(claim.identity)
        elif before:
            problems.append(_problem(arquivo, sheet, index, claim, before))
    for sheet, index, old in _edited(sheets, claims, vanished, mended):
        left.discard(old.claim.identity)
        if not _asked(old.claim, reenviar):
            problems.append(_changed(arquivo, sheet, index, old))
        elif old.claim.arquivo == arquivo:
            resent.add(old.claim.identity)
    return Recognised(own - resent, firsts, tuple(problems), frozenset(resent), frozenset(left))


def first_of(claim: Claim, *, corrected: bool = False) -> First:
    """Where a claimed row stands, for the rows that repeat it."""
    number = claim.answer.numero if claim.answer else None
    return First(claim.arquivo, claim.planilha, claim.row, claim.ref, number, corrected)


def _asked(claim: Claim, reenviar: Collection[str]) -> bool:
    """Whether the user wants the row again; never while its lote may yet be at the API."""
    return claim.ref in reenviar and claim.state not in UNSETTLED


def _own(
    sheets: Sequence[ComposedSheet], claims: Mapping[str, Claim], own: Collection[str]
) -> Iterable[tuple[ComposedSheet, int, Claim]]:
    for sheet in sheets:
        for index, identity in enumerate(sheet.identity):
            if identity in own:
                yield sheet, index, claims[identity]


def _differences(sent: Mapping[str, Any], now: str, columns: Collection[str]) -> list[str]:
    """What the user changed in fields that do not make the row another note, as it was."""
    before, after = _flat(sent), _flat(json.loads(now, parse_float=Decimal))
    return [
        f"{BY_PATH[path].label if path in BY_PATH else path} {before.get(path, 'em branco')}"
        for path in columns
        if before.get(path) != after.get(path)
    ]


def _flat(item: Mapping[str, Any], above: str = "") -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in item.items():
        if isinstance(value, dict):
            made.update(_flat(value, f"{above}{key}."))
        else:
            made[above + key] = value
    return made


def _edited(
    sheets: Sequence[ComposedSheet],
    claims: Mapping[str, Claim],
    vanished: Sequence[Vanished],
    mended: Collection[tuple[str, int]],
) -> Iterable[tuple[ComposedSheet, int, Vanished]]:
    """Each row that is an old one edited; an old row explains one new one at most."""
    if not vanished:
        return
    left = {old.claim.identity: old for old in vanished}
    by_place: dict[tuple[str, int], list[Vanished]] = defaultdict(list)
    by_likeness: dict[_Likeness, list[Vanished]] = defaultdict(list)
    for old in vanished:
        by_place[old.place].append(old)
        for likeness in _likenesses(old.prestador, old.key):
            by_likeness[likeness].append(old)
    for sheet in sheets:
        for index, row in enumerate(sheet.rows):
            place = (sheet.planilha, row)
            if sheet.identity[index] in claims or place in mended:
                continue
            prestador, key = sheet.prestador[index], sheet.key[index]
            here = (old for old in by_place.get(place, ()) if _alike(prestador, key, old))
            like = (
                old for likeness in _likenesses(prestador, key) for old in by_likeness[likeness]
            )
            found = next((old for old in chain(here, like) if old.claim.identity in left), None)
            if found is not None:
                del left[found.claim.identity]
                yield sheet, index, found


_Likeness = tuple[str, str, int, tuple[str, ...]]


def _likenesses(prestador: Prestador | None, key: RowKey) -> Iterable[_Likeness]:
    """Each three of day, tomador, value and text, within one month; the fourth may be edited."""
    parts = (key.dia, key.documento, key.valor, key.texto)
    for number, three in enumerate(combinations(parts, 3)):
        yield (_cnpj(prestador), key.dia[:7], number, three)


def _alike(prestador: Prestador | None, key: RowKey, old: Vanished) -> bool:
    """Whether a row at an old row's address is that row edited, and not next month's note."""
    same_issuer = _cnpj(prestador) == old.prestador.cnpj
    same_month = same_issuer and key.dia[:7] == old.key.dia[:7]
    return same_month and (
        key.documento == old.key.documento
        or key.valor == old.key.valor
        or key.texto == old.key.texto
    )


def _cnpj(prestador: Prestador | None) -> str:
    """Whose the row is, whatever `planilote.toml` now says of their inscrição or município."""
    return prestador.cnpj if prestador else ""


def _changed(arquivo: str, sheet: ComposedSheet, index: int, old: Vanished) -> Problem:
    key, before = sheet.key[index], old.key
    now = sheet.prestador[index] or old.prestador
    pairs = (
        ("inscrição municipal", old.prestador.inscricao_municipal, now.inscricao_municipal),
        ("município do prestador", old.prestador.codigo_municipio, now.codigo_municipio),
        ("tomador", before.documento, key.documento),
        ("dia", before.dia, key.dia),
        ("item", before.item, key.item),
        ("valor", _amount(before), _amount(key)),
        ("texto", before.texto, key.texto),
    )
    said = [f"{name} {was or 'em branco'}" for name, was, new in pairs if was != new]
    return _problem(arquivo, sheet, index, old.claim, said or [SAME])


def _problem(
    arquivo: str, sheet: ComposedSheet, index: int, claim: Claim, before: Sequence[str]
) -> Problem:
    number = claim.answer.numero if claim.answer else None
    return Problem(
        code=EDITED,
        severity=Severity.ERRO,
        arquivo=arquivo,
        planilha=sheet.planilha,
        row=sheet.rows[index],
        details={
            "ref": claim.ref,
            "numero": f" (NFS-e {number})" if number else "",
            "antes": "; ".join(before),
        },
    )


def _amount(key: RowKey) -> str:
    return reais(Decimal(key.valor)) if key.valor else ""
