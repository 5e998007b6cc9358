"""Sent rows that are in their file no more, and which rows of it may be one of them, edited.

See docs/decisoes/identidade-e-lotes.md for what makes two rows the same note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from converter.journal.rows import Claim
from converter.model.notas import Prestador
from converter.model.rows import Place, RowKey
from converter.schemas.catalogue import BY_PATH
from converter.texts.formato import reais
from converter.texts.sentences import sentence

_Likeness = tuple[str, str, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A row that was sent from a file, or from a related one, and is not in it as it was.

    `places` are where it ever stood, in any of these files.
    """

    claim: Claim
    places: Collection[Place]
    prestador: Prestador
    key: RowKey


class RemovedRows:
    """Removed rows by where they stood and by what they are like.

    A removed row explains as many rows as it is like: to choose one of them would be to send the
    others, and the removed one may be among those. With `keep`, those that explained a row are
    still looked through where some may not explain the next.
    """

    def __init__(self, removed: Sequence[RemovedRow], *, keep: bool) -> None:
        self._keep = keep
        self.explained: set[str] = set()
        self._by_place: dict[Place, list[RemovedRow]] = defaultdict(list)
        self._by_likeness: dict[_Likeness, list[RemovedRow]] = defaultdict(list)
        for old in reversed(removed):
            for place in old.places:
                self._by_place[place].append(old)
            for likeness in _likenesses(old.prestador, old.key):
                self._by_likeness[likeness].append(old)

    def likeliest(
        self,
        prestador: Prestador | None,
        key: RowKey,
        places: Sequence[Place],
        others: Collection[str],
    ) -> RemovedRow | None:
        """The removed row that this one may be, best one that explains no other row.

        It stands, or stood, at `places`, and surely is no row of the lotes `others`.
        """
        if not self._by_likeness:
            return None
        here = [
            old
            for place in places
            for old in self._by_place.get(place, ())
            if old.claim.ref not in others and _alike(prestador, key, old)
        ]
        like = [
            found
            for likeness in _likenesses(prestador, key)
            if (found := self._last(self._by_likeness.get(likeness, []), others)) is not None
        ]
        several = [*here, *like]
        free = (old for old in several if old.claim.identity not in self.explained)
        found = next(free, several[0] if several else None)
        if found is not None:
            self.explained.add(found.claim.identity)
        return found

    def _last(self, olds: list[RemovedRow], others: Collection[str]) -> RemovedRow | None:
        while not self._keep and len(olds) > 1 and olds[-1].claim.identity in self.explained:
            olds.pop()
        return next((old for old in reversed(olds) if old.claim.ref not in others), None)


def _likenesses(prestador: Prestador | None, key: RowKey) -> Iterator[_Likeness]:
    """Each three of day, tomador, value and text, within one month; the fourth may be edited."""
    parts = (key.dia, key.documento, key.valor, key.texto)
    for number, three in enumerate(combinations(parts, 3)):
        yield (_cnpj(prestador), key.dia[:7], number, three)


def _alike(prestador: Prestador | None, key: RowKey, old: RemovedRow) -> bool:
    """Whether a row at an old row's place is that row edited, and not next month's note."""
    same_month = _cnpj(prestador) == old.prestador.cnpj and key.dia[:7] == old.key.dia[:7]
    return same_month and (
        key.documento == old.key.documento
        or key.valor == old.key.valor
        or key.texto == old.key.texto
    )


def _cnpj(prestador: Prestador | None) -> str:
    """Whose the row is, whatever `planilote.toml` now says of their inscrição or município."""
    return prestador.cnpj if prestador else ""


def changed_key(prestador: Prestador | None, key: RowKey, old: RemovedRow) -> list[str]:
    """What of a removed row is otherwise in the row that may be it: each part as it was."""
    now, was = prestador or old.prestador, old.prestador
    pairs = (
        ("inscrição municipal", was.inscricao_municipal, now.inscricao_municipal),
        ("município do prestador", was.codigo_municipio, now.codigo_municipio),
        ("tomador", old.key.documento, key.documento),
        ("dia", old.key.dia, key.dia),
        ("item", old.key.item, key.item),
        ("valor", _amount(old.key), _amount(key)),
        ("texto", old.key.texto, key.texto),
    )
    changed = [
        f"{name} {before or 'em branco'}" for name, before, after in pairs if before != after
    ]
    return changed or [sentence("resultado.mesma-linha")]


def changed_fields(
    sent: Mapping[str, object], now: Mapping[str, object], paths: Collection[str]
) -> list[str]:
    """What of a sent row is otherwise in it now, in fields that make it no other note.

    Of its `lista_nfse` item, as sent and as it is now, the fields the sheet has a column for.
    """
    before, after = _flat(sent), _flat(now)
    return [
        f"{BY_PATH[path].label if path in BY_PATH else path} {before.get(path, 'em branco')}"
        for path in paths
        if before.get(path) != after.get(path)
    ]


def _flat(item: Mapping[str, object], above: str = "") -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in item.items():
        if isinstance(value, dict):
            made.update(_flat(value, f"{above}{key}."))
        else:
            made[above + key] = value
    return made


def _amount(key: RowKey) -> str:
    return reais(Decimal(key.valor)) if key.valor else ""
