"""Rows that are ready to go, grouped by prestador into lotes."""

import hashlib
import json
from collections.abc import Callable, Sequence
from decimal import Decimal

from converter.model.fate import Fate, Fates
from converter.model.notas import Lote, Nota, Prestador, Splitting
from converter.model.packed import pack_for_now
from converter.model.rows import ComposedSheet

REF_DIGITS = 30
_NOTHING = Decimal(0)


def group(
    arquivo: str,
    sheets: Sequence[ComposedSheet],
    fates: Fates,
    splitting: Callable[[Prestador], Splitting],
) -> tuple[Lote, ...]:
    """The new lotes of a file: of its rows that are `PRONTA`, in their order.

    `splitting` says how large a lote of a prestador may be.
    """
    open_lotes: dict[Prestador, _Lotes] = {}
    for sheet, own in zip(sheets, fates, strict=True):
        if Fate.PRONTA not in own:
            continue
        rows = enumerate(zip(sheet.prestador, own, sheet.objects, strict=True))
        for index, (prestador, fate, text) in rows:
            if fate is not Fate.PRONTA or prestador is None:
                continue
            if prestador not in open_lotes:
                open_lotes[prestador] = _Lotes(arquivo, prestador, splitting(prestador))
            open_lotes[prestador].add(sheet, index, text)
    return tuple(lote for lotes in open_lotes.values() for lote in lotes.all())


_Row = tuple[ComposedSheet, int, str]
"""A composed row: its sheet, its place in the sheet's columns, and its JSON."""


class _Lotes:
    """The lotes of one prestador, of which only the last still has its rows' texts."""

    def __init__(self, arquivo: str, prestador: Prestador, limit: Splitting) -> None:
        self._arquivo, self._prestador, self._limit = arquivo, prestador, limit
        self._made: list[Lote] = []
        self._rows: list[_Row] = []
        self._size = 0

    def add(self, sheet: ComposedSheet, index: int, text: str) -> None:
        """Put a row into the last lote, or into a new one where that is full."""
        size, rows, limit = len(text.encode()) + 1, self._rows, self._limit
        if rows and (len(rows) == limit.notas or self._size + size > limit.payload_bytes):
            self._close()
        self._rows.append((sheet, index, text))
        self._size += size

    def all(self) -> Sequence[Lote]:
        """Every lote, once no row is to come."""
        self._close()
        return self._made

    def _close(self) -> None:
        self._made.append(_lote(self._arquivo, self._prestador, self._rows))
        self._rows, self._size = [], 0


def _lote(arquivo: str, prestador: Prestador, rows: Sequence[_Row]) -> Lote:
    content = payload(prestador, [text for _, _, text in rows])
    return Lote(
        ref=ref_of(content, [sheet.occurrence[index] for sheet, index, _ in rows]),
        arquivo=arquivo,
        prestador=prestador,
        packed=pack_for_now(content),
        notas=tuple(
            Nota(
                sheet.identity[index],
                sheet.planilha,
                sheet.rows[index],
                ordem,
                sheet.key[index].documento,
                sheet.tomador[index],
                sheet.valor[index] or _NOTHING,
            )
            for ordem, (sheet, index, _) in enumerate(rows, start=1)
        ),
    )


def payload(prestador: Prestador, objects: Sequence[str]) -> bytes:
    """The canonical body of `POST /v2/lotes_rps`: keys sorted, no spaces, UTF-8."""
    issuer = {name: value for name, value in prestador._asdict().items() if value}
    head = json.dumps(issuer, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'{{"lista_nfse":[{",".join(objects)}],"prestador":{head}}}'.encode()


def ref_of(content: bytes, occurrences: Sequence[int] = ()) -> str:
    """`pl` + 30 hex digits of the payload's SHA-256: same rows, same ref, on any machine.

    Rows that are meant to repeat make equal payloads, so there the place of each among its equals
    joins the hash: two lotes never share a ref.
    """
    digest = hashlib.sha256(content)
    if any(occurrence > 1 for occurrence in occurrences):
        digest.update(repr(list(occurrences)).encode())
    return "pl" + digest.hexdigest()[:REF_DIGITS]
