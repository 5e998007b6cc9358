"""A lote's bytes made readable: records with the prefeitura's errors on them, dates, documents."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from converter.brazil import cnpj, fuso, municipio
from converter.layouts.base import DescribedField, DescribedRecord

BRASILIA = fuso.of("")
_RECORDS = 50
_SHOWN = 200_000


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field and whether the prefeitura complained of it."""

    nome: str
    valor: str
    lido: str
    inicio: int | None
    fim: int | None
    campo: str | None
    errado: bool


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A line of the file, or an element. `aberto` is the one the reader asked for."""

    linha: int
    tipo: str
    nome: str
    ordem: int | None
    campos: tuple[ShownField, ...]
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
    return cnpj.format(number) if len(number) == 14 else number


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
        record.linha,
        record.tipo,
        record.nome,
        record.ordem,
        tuple(_field(field, here) for field in record.campos),
        here,
        any(field.inicio is not None for field in record.campos),
        record.linha == line,
    )


def _speaks_of(erro: Mapping[str, object], record: DescribedRecord) -> bool:
    if erro["linha"] is not None:
        return bool(erro["linha"] == record.linha)
    return erro["ordem"] is not None and erro["ordem"] == record.ordem


def _field(field: DescribedField, erros: Sequence[Mapping[str, object]]) -> ShownField:
    wrong = any(
        erro["inicio"] == field.inicio
        if erro["inicio"] is not None
        else erro["campo"] is not None and erro["campo"] == field.campo
        for erro in erros
    )
    return ShownField(
        field.nome, field.valor, field.lido, field.inicio, field.fim, field.campo, wrong
    )
