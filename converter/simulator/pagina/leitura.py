"""A lote's bytes made readable: records with the prefeitura's errors on them, dates, documents."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from converter.brazil import cnpj, municipio
from converter.layouts.base import BRASILIA
from converter.model.described import DescribedField, DescribedRecord

_RECORDS = 50
_SHOWN = 200_000


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A line of the file, or an element, with the errors on it.

    `campos` are its fields, and whether the prefeitura complained of each; `aberto` is the record
    the reader asked for.
    """

    lido: DescribedRecord
    campos: tuple[tuple[DescribedField, bool], ...]
    erros: tuple[Mapping[str, object], ...]
    posicional: bool
    aberto: bool


def page(
    records: Sequence[DescribedRecord],
    erros: Sequence[Mapping[str, object]],
    number: int,
    line: int = 0,
) -> tuple[list[ShownRecord], int, int]:
    """The records of a page, its number and how many there are; `line` picks its own page."""
    pages = max(1, -(-len(records) // _RECORDS))
    if line:
        place = next((i for i, record in enumerate(records) if record.linha == line), 0)
        number = place // _RECORDS + 1
    number = min(number, pages)
    chosen = records[(number - 1) * _RECORDS : number * _RECORDS]
    return [_shown(record, erros, line) for record in chosen], number, pages


def shown(content: bytes) -> str:
    """Bytes as text for a `<pre>`: JSON indented, other files as they are, cut where long."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if text.lstrip()[:1] in ("{", "["):
        text = pretty(text)
    if len(text) > _SHOWN:
        return text[:_SHOWN] + "\n… (o resto não cabe nesta página)"
    return text


def pretty(text: str) -> str:
    """JSON indented; anything else as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


def moment(when: datetime) -> str:
    """A moment in Brasília, as the workbooks tell it: `22/11/2026 às 09:30:12`."""
    return when.astimezone(BRASILIA).strftime("%d/%m/%Y às %H:%M:%S")


def document(number: str) -> str:
    """A CNPJ with its mask; what is none stays as it is."""
    return cnpj.masked(number) if len(number) == 14 else number


def place(codigo: str) -> str:
    """A município by name, with its code."""
    nome = municipio.nome(codigo)
    return f"{nome}/{municipio.uf(codigo)} ({codigo})" if nome else codigo


FILTERS = {"momento": moment, "cnpj": document, "municipio": place, "bonito": pretty}


def _shown(
    record: DescribedRecord, erros: Sequence[Mapping[str, object]], line: int
) -> ShownRecord:
    here = tuple(erro for erro in erros if _speaks_of(erro, record))
    return ShownRecord(
        record,
        tuple((field, _is_wrong(field, here)) for field in record.campos),
        here,
        posicional=any(field.inicio is not None for field in record.campos),
        aberto=record.linha == line,
    )


def _speaks_of(erro: Mapping[str, object], record: DescribedRecord) -> bool:
    if erro["linha"] is not None:
        return bool(erro["linha"] == record.linha)
    return erro["ordem"] is not None and erro["ordem"] == record.ordem


def _is_wrong(field: DescribedField, erros: Sequence[Mapping[str, object]]) -> bool:
    return any(
        erro["inicio"] == field.inicio
        if erro["inicio"] is not None
        else erro["campo"] is not None and erro["campo"] == field.campo
        for erro in erros
    )
