"""Which rows the journal already knows: in a lote, sent by another file, or changed since.

See docs/decisoes/identidade-e-lotes.md for what makes two rows the same note.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from converter.journal.rows import Claim
from converter.model.fate import EDITED, First, Where
from converter.model.notas import Prestador
from converter.model.outcome import UNSETTLED
from converter.model.problems import Problem, Severity
from converter.model.rows import ComposedSheet, RowKey
from converter.schemas.catalogue import BY_PATH
from converter.texts.formato import reais
from converter.texts.resultado import MESMA_LINHA as SAME

Place = tuple[str, str, int]
"""A row by its file, sheet and Excel row."""


@dataclass(frozen=True, slots=True)
class Vanished:
    """A row that was sent from this file, or from kin of it, and is not in it as it was.

    `places` are where it ever stood, in any of these files.
    """

    claim: Claim
    places: Collection[Place]
    prestador: Prestador
    key: RowKey


class Came(NamedTuple):
    """Where a row of a workbook to mend came from.

    `beside` are the lotes that stood whole beside it there: it is none of their rows.
    """

    place: Place
    beside: Collection[str]


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
    mended: Collection[tuple[str, int]],
    names: Collection[str],
    came: Mapping[tuple[str, int], Came],
) -> Recognised:
    """What is known of the rows of one file.

    Args:
        arquivo: The file's name under `entrada/`.
        sheets: Its rows.
        claims: The journal's claims on these identities.
        vanished: Rows sent from this file, or from kin of it, whose identity it has not.
        sent: The `lista_nfse` item each claimed row was sent as, by identity.
        columns: API paths that a column of the sheet fills, by sheet.
        reenviar: Refs whose edited rows the user wants sent again.
        mended: (sheet, row) of rows whose mended copy is known.
        names: Files in which a row's place is its place here.
        came: Where rows came from, by (sheet, row).
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
    for sheet, index, old in _edited(sheets, claims, vanished, mended, names, came):
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
    names: Collection[str],
    came: Mapping[tuple[str, int], Came],
) -> Iterable[tuple[ComposedSheet, int, Vanished]]:
    """Each row that may be an old one edited, with the likeliest old one.

    An old row explains as many new ones as it is like: to choose one of them would be to send
    the others, and the old one may be among those.
    """
    if not vanished:
        return
    old_rows = _OldRows(vanished, keep=bool(came))
    for sheet in sheets:
        for index, row in enumerate(sheet.rows):
            where = (sheet.planilha, row)
            if sheet.identity[index] in claims or where in mended:
                continue
            origin = came.get(where)
            places = [(name, *where) for name in names] if origin is None else [origin.place]
            beside = () if origin is None else origin.beside
            found = old_rows.of(sheet.prestador[index], sheet.key[index], places, beside)
            if found is not None:
                yield sheet, index, found


class _OldRows:
    """Vanished rows by where they stood and by what they are like.

    With `keep` those that explained a row are still looked through for the next ones.
    """

    def __init__(self, vanished: Sequence[Vanished], *, keep: bool) -> None:
        self._keep = keep
        self._taken: set[str] = set()
        self._by_place: dict[Place, list[Vanished]] = defaultdict(list)
        self._by_likeness: dict[_Likeness, list[Vanished]] = defaultdict(list)
        for old in reversed(vanished):
            for place in old.places:
                self._by_place[place].append(old)
            for likeness in _likenesses(old.prestador, old.key):
                self._by_likeness[likeness].append(old)

    def of(
        self,
        prestador: Prestador | None,
        key: RowKey,
        places: Sequence[Place],
        beside: Collection[str],
    ) -> Vanished | None:
        """The likeliest one a row may be: best one that explains no other row."""
        here = [
            old
            for place in places
            for old in self._by_place.get(place, ())
            if old.claim.ref not in beside and _alike(prestador, key, old)
        ]
        like = [
            found
            for likeness in _likenesses(prestador, key)
            if (found := self._last(self._by_likeness.get(likeness, []), beside)) is not None
        ]
        several = [*here, *like]
        free = (old for old in several if old.claim.identity not in self._taken)
        found = next(free, several[0] if several else None)
        if found is not None:
            self._taken.add(found.claim.identity)
        return found

    def _last(self, olds: list[Vanished], beside: Collection[str]) -> Vanished | None:
        while not self._keep and len(olds) > 1 and olds[-1].claim.identity in self._taken:
            olds.pop()
        return next((old for old in reversed(olds) if old.claim.ref not in beside), None)


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
