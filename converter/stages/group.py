"""Rows that are ready to go, grouped by prestador into lotes."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from converter.model.fate import Fate, Fates
from converter.model.notas import Lote, Nota, Prestador, Splitting
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

    Args:
        arquivo: The file's name under `entrada/`.
        sheets: Its rows, composed.
        fates: What becomes of each.
        splitting: How large a lote of a prestador may be.
    """
    rows: dict[Prestador, list[_Row]] = defaultdict(list)
    for sheet, own in zip(sheets, fates, strict=True):
        for index, (prestador, fate) in enumerate(zip(sheet.prestador, own, strict=True)):
            if fate is Fate.PRONTA and prestador is not None:
                rows[prestador].append((sheet, index))
    return tuple(
        lote
        for prestador, ready in rows.items()
        for lote in _lotes(arquivo, prestador, ready, splitting(prestador))
    )


_Row = tuple[ComposedSheet, int]
"""A composed row: its sheet and its place in the sheet's columns."""


def _lotes(
    arquivo: str, prestador: Prestador, rows: Sequence[_Row], limit: Splitting
) -> Iterator[Lote]:
    start = size = 0
    for end, (sheet, index) in enumerate(rows):
        length = len(sheet.objects[index].encode()) + 1
        if end > start and (end - start == limit.notas or size + length > limit.payload_bytes):
            yield _lote(arquivo, prestador, rows[start:end])
            start, size = end, 0
        size += length
    yield _lote(arquivo, prestador, rows[start:])


def _lote(arquivo: str, prestador: Prestador, rows: Sequence[_Row]) -> Lote:
    content = payload(prestador, [sheet.objects[index] for sheet, index in rows])
    return Lote(
        ref=ref_of(content, [sheet.occurrence[index] for sheet, index in rows]),
        arquivo=arquivo,
        prestador=prestador,
        payload=content,
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
            for ordem, (sheet, index) in enumerate(rows, start=1)
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
