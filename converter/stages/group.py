"""Rows that may go, grouped by prestador into lotes; a fate for every row that may not.

A row already in a lote keeps that lote: it is never grouped again. A prestador with a row in
error is held whole, because the prefeitura takes all of a lote or nothing.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal

from converter.model.fate import Fate
from converter.model.grouped import Grouped
from converter.model.notas import Lote, Nota, Prestador, Splitting
from converter.model.rows import ComposedSheet

REF_DIGITS = 30
_NOTHING = Decimal(0)


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
    fates: list[list[Fate]] = []
    rows: dict[Prestador, list[_Row]] = defaultdict(list)
    blocked: set[Prestador] = set()
    for sheet in sheets:
        own_fates: list[Fate] = []
        for index, (row, prestador, identity) in enumerate(
            zip(sheet.rows, sheet.prestador, sheet.identity, strict=True)
        ):
            place = (sheet.planilha, row)
            fate = Fate.EM_LOTE
            if identity in own:
                pass
            elif identity in elsewhere or place in elsewhere:
                fate = Fate.REPETIDA
            elif prestador is None or place in rejected:
                fate = Fate.REJEITADA
                if prestador is not None and not parcial:
                    blocked.add(prestador)
            else:
                rows[prestador].append((sheet, index, own_fates))
            own_fates.append(fate)
        fates.append(own_fates)
    lotes: list[Lote] = []
    for prestador, own_rows in rows.items():
        if prestador in blocked:
            for _, index, of_sheet in own_rows:
                of_sheet[index] = Fate.RETIDA
        else:
            lotes.extend(_lotes(arquivo, prestador, own_rows, splitting(prestador)))
    return Grouped(tuple(lotes), fates)


_Row = tuple[ComposedSheet, int, list[Fate]]
"""A composed row: its sheet, its place in the sheet's columns, the fates of the sheet."""


def _lotes(
    arquivo: str, prestador: Prestador, rows: Sequence[_Row], limit: Splitting
) -> Iterator[Lote]:
    start = size = 0
    for end, (sheet, index, _) in enumerate(rows):
        length = len(sheet.objects[index].encode()) + 1
        if end > start and (end - start == limit.notas or size + length > limit.payload_bytes):
            yield _lote(arquivo, prestador, rows[start:end])
            start, size = end, 0
        size += length
    yield _lote(arquivo, prestador, rows[start:])


def _lote(arquivo: str, prestador: Prestador, rows: Sequence[_Row]) -> Lote:
    content = payload(prestador, [sheet.objects[index] for sheet, index, _ in rows])
    return Lote(
        ref=ref_of(content, [sheet.occurrence[index] for sheet, index, _ in rows]),
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
            for ordem, (sheet, index, _) in enumerate(rows, start=1)
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
