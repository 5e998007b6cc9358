"""Rows that may go, grouped by prestador into lotes; a fate for every row that may not.

A row already in a lote keeps that lote: it is never grouped again. A prestador with a row in
error is held whole, because the prefeitura takes all of a lote or nothing.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from converter.model.notas import Lote, Nota, Prestador
from converter.stages.compose import ComposedSheet

REF_DIGITS = 30


class Fate(StrEnum):
    """Where a row stands before anything is sent."""

    REJEITADA = "rejeitada"
    RETIDA = "retida"
    REPETIDA = "repetida"
    EM_LOTE = "em lote"


@dataclass(frozen=True, slots=True)
class Splitting:
    """How large a lote of this prestador may be: notes, and bytes of its payload."""

    notas: int
    payload_bytes: int = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Grouped:
    """Lotes of one file not yet prepared, and each row's fate by (sheet, row)."""

    lotes: tuple[Lote, ...]
    fates: Mapping[tuple[str, int], Fate]


@dataclass(frozen=True, slots=True)
class _Entry:
    planilha: str
    row: int
    json: str
    identity: str
    occurrence: int
    documento: str
    tomador: str
    valor: Decimal


def group(
    arquivo: str,
    sheets: Sequence[ComposedSheet],
    *,
    rejected: Collection[tuple[str, int]],
    own: Collection[str],
    elsewhere: Collection[str | tuple[str, int]],
    splitting: Callable[[Prestador], Splitting],
    parcial: bool = False,
) -> Grouped:
    """The new lotes of a file.

    Args:
        arquivo: The file's name under `entrada/`.
        sheets: Its rows, composed.
        rejected: (sheet, row) of rows with an error.
        own: Identities this very file already has in a lote.
        elsewhere: Rows a different file brought first, by identity or by (sheet, row).
        splitting: How large a lote of a prestador may be.
        parcial: Send the good rows of a prestador that also has bad ones.
    """
    fates: dict[tuple[str, int], Fate] = {}
    entries: dict[Prestador, list[_Entry]] = defaultdict(list)
    blocked: set[Prestador] = set()
    for sheet in sheets:
        for index, row in enumerate(sheet.rows):
            place = (sheet.planilha, row)
            prestador = sheet.prestador[index]
            identity = sheet.identity[index]
            if identity in own:
                fates[place] = Fate.EM_LOTE
            elif identity in elsewhere or place in elsewhere:
                fates[place] = Fate.REPETIDA
            elif place in rejected or prestador is None:
                fates[place] = Fate.REJEITADA
                if prestador is not None and not parcial:
                    blocked.add(prestador)
            else:
                entries[prestador].append(_entry(sheet, index))
    lotes: list[Lote] = []
    for prestador, own_entries in entries.items():
        fate = Fate.RETIDA if prestador in blocked else Fate.EM_LOTE
        fates.update({(entry.planilha, entry.row): fate for entry in own_entries})
        if prestador not in blocked:
            lotes.extend(_lotes(arquivo, prestador, own_entries, splitting(prestador)))
    return Grouped(tuple(lotes), fates)


def _entry(sheet: ComposedSheet, index: int) -> _Entry:
    return _Entry(
        planilha=sheet.planilha,
        row=sheet.rows[index],
        json=sheet.objects[index],
        identity=sheet.identity[index],
        occurrence=sheet.occurrence[index],
        documento=sheet.key[index].documento,
        tomador=sheet.tomador[index],
        valor=sheet.valor[index] or Decimal(0),
    )


def _lotes(
    arquivo: str, prestador: Prestador, entries: Sequence[_Entry], limit: Splitting
) -> list[Lote]:
    lotes: list[Lote] = []
    batch: list[_Entry] = []
    size = 0
    for entry in entries:
        length = len(entry.json.encode()) + 1
        if batch and (len(batch) == limit.notas or size + length > limit.payload_bytes):
            lotes.append(_lote(arquivo, prestador, batch))
            batch, size = [], 0
        batch.append(entry)
        size += length
    lotes.append(_lote(arquivo, prestador, batch))
    return lotes


def _lote(arquivo: str, prestador: Prestador, entries: Sequence[_Entry]) -> Lote:
    content = payload(prestador, [entry.json for entry in entries])
    return Lote(
        ref=ref_of(content, [entry.occurrence for entry in entries]),
        arquivo=arquivo,
        prestador=prestador,
        payload=content,
        notas=tuple(
            Nota(
                identity=entry.identity,
                planilha=entry.planilha,
                row=entry.row,
                ordem=ordem,
                documento=entry.documento,
                tomador=entry.tomador,
                valor=entry.valor,
            )
            for ordem, entry in enumerate(entries, start=1)
        ),
    )


def payload(prestador: Prestador, objects: Sequence[str]) -> bytes:
    """The canonical body of `POST /v2/lotes_rps`: keys sorted, no spaces, UTF-8."""
    issuer = {
        "cnpj": prestador.cnpj,
        "codigo_municipio": prestador.codigo_municipio,
        "inscricao_municipal": prestador.inscricao_municipal,
    }
    present = {name: value for name, value in issuer.items() if value}
    head = json.dumps(present, ensure_ascii=False, separators=(",", ":"))
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
