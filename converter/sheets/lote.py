"""`Lote n`: an import file line by line, and its fields by name where the layout is known."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from converter.model.notas import Prestador
from converter.model.outcome import LoteOutcome
from converter.sheets.frame import document, top
from converter.texts import folhas
from converter.texts.formato import contado
from converter.workbook.cells import MAX_TEXT
from converter.workbook.folha import Coluna, Folha

MAX_FIELDS = 200_000
COLUMNS = 9


class Field(Protocol):
    """A field of a record: its name, its text in the file, what it says, and its place."""

    @property
    def nome(self) -> str: ...  # noqa: D102 - said above
    @property
    def valor(self) -> str: ...  # noqa: D102 - said above
    @property
    def lido(self) -> str: ...  # noqa: D102 - said above
    @property
    def inicio(self) -> int | None: ...  # noqa: D102 - said above
    @property
    def fim(self) -> int | None: ...  # noqa: D102 - said above


class Record(Protocol):
    """A line of an import file (or an element, in XML) and its fields."""

    @property
    def linha(self) -> int: ...  # noqa: D102 - said above
    @property
    def tipo(self) -> str: ...  # noqa: D102 - said above
    @property
    def nome(self) -> str: ...  # noqa: D102 - said above
    @property
    def campos(self) -> Sequence[Field]: ...  # noqa: D102 - said above


Describer = Callable[[bytes, Prestador], Sequence[Record]]

# More tabs than this and nobody finds anything: the rest share one sheet.
OWN_SHEETS = 40


def wanted_names(lotes: int) -> list[str]:
    """The name of the sheet of each lote; past `OWN_SHEETS` all share the last one."""
    if lotes <= OWN_SHEETS:
        return [f"Lote {number}" for number in range(1, lotes + 1)]
    own = [f"Lote {number}" for number in range(1, OWN_SHEETS + 1)]
    return own + [f"Lotes {OWN_SHEETS + 1} a {lotes}"] * (lotes - OWN_SHEETS)


def lote(
    outcome: LoteOutcome, number: int, ambiente: str, name: str, describe: Describer | None
) -> Folha:
    """The sheet of one lote: its file (or its payload, before there is one) and its fields."""
    lines = _lines(outcome)
    records = _records(outcome, describe)
    width = COLUMNS if records else 2
    header = top(
        ambiente,
        f"Lote {number} · {outcome.lote.ref}",
        f"{_whose(outcome)}  ·  {folhas.ESTADOS[outcome.state]}",
        _facts(outcome),
        _explanation(outcome, records, lines),
        columns=width,
    )
    file_columns = (
        Coluna("Linha", [line for line, _ in lines], "monosuave", 8),
        Coluna("Conteúdo", [text for _, text in lines], "mono", 110 if records else 200),
    )
    if not records:
        return Folha(name, header, file_columns, filtro=False, cor_da_aba="7B8794")
    fields = _fields(records)[:MAX_FIELDS]
    size = max(len(lines), len(fields))
    padded = tuple(
        Coluna(
            column.titulo,
            list(column.valores) + [None] * (size - len(lines)),
            column.estilo,
            column.largura,
        )
        for column in file_columns
    )
    described = (
        Coluna("", [None] * size, "mono", 3),
        *(
            Coluna(title, [*values, *[None] * (size - len(fields))], style, width)
            for (title, style, width), values in zip(
                _FIELD_COLUMNS, zip(*fields, strict=True), strict=True
            )
        ),
    )
    return Folha(name, header, padded + described, filtro=False, cor_da_aba="7B8794")


_FIELD_COLUMNS = (
    ("Linha do arquivo", "inteiro", 9),
    ("Registro", "codigo", 26),
    ("Campo", "texto", 44),
    ("Posição", "codigo", 12),
    ("No arquivo", "codigomono", 34),
    ("Leitura", "mensagem", 60),
)


def shared(outcomes: Sequence[LoteOutcome], first: int, ambiente: str, name: str) -> Folha:
    """One sheet for the lotes from number `first` on, one file after the other."""
    rows = [
        (number, outcome.lote.ref, line, text)
        for number, outcome in enumerate(outcomes, first)
        for line, text in _lines(outcome)
    ]
    header = top(
        ambiente,
        name,
        f"São {len(outcomes)} lotes nesta folha. Use o filtro em Ref para ver um só.",
        columns=4,
    )
    return Folha(
        name,
        header,
        (
            Coluna("Lote", [row[0] for row in rows], "inteiro", 8),
            Coluna("Ref", [row[1] for row in rows], "codigo", 36),
            Coluna("Linha", [row[2] for row in rows], "monosuave", 8),
            Coluna("Conteúdo", [row[3] for row in rows], "mono", 160),
        ),
        cor_da_aba="7B8794",
    )


def _whose(outcome: LoteOutcome) -> str:
    lote_ = outcome.lote
    return (
        f"Prestador {document(lote_.prestador.cnpj)}, inscrição municipal "
        f"{lote_.prestador.inscricao_municipal}  ·  {contado(len(lote_.notas), 'nota', 'notas')}"
    )


def _facts(outcome: LoteOutcome) -> str:
    content = outcome.content
    if content is None:
        digest = hashlib.sha256(outcome.lote.payload).hexdigest()
        return f"Pedido com {len(outcome.lote.payload)} bytes  ·  SHA-256 {digest}"
    digest = hashlib.sha256(content).hexdigest()
    return f"saida/lotes/{outcome.file_name}  ·  {len(content)} bytes  ·  SHA-256 {digest}"


def _explanation(
    outcome: LoteOutcome, records: Sequence[Record], lines: Sequence[tuple[int, str]]
) -> str:
    if outcome.content is None:
        return folhas.LOTE_PEDIDO
    if not records:
        return folhas.LOTE_SEM_LEITURA
    shown = _last_line_shown(records)
    if lines and shown < lines[-1][0] and sum(len(each.campos) for each in records) > MAX_FIELDS:
        return folhas.CAMPOS_CORTADOS.format(linha=shown)
    return folhas.LOTE_AJUDA


def _last_line_shown(records: Sequence[Record]) -> int:
    total = 0
    for record in records:
        total += len(record.campos)
        if total >= MAX_FIELDS:
            return record.linha
    return records[-1].linha


def _lines(outcome: LoteOutcome) -> list[tuple[int, str]]:
    """The lines of the file by number; one too long for a cell goes on in the next row."""
    if outcome.content is None:
        text = _by_nota(outcome.lote.payload.decode(), len(outcome.lote.notas))
    else:
        text = _decoded(outcome.content)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [
        (number, line[start : start + MAX_TEXT].removesuffix("\r"))
        for number, line in enumerate(lines, 1)
        for start in range(0, max(len(line), 1), MAX_TEXT)
    ]


def _by_nota(payload: str, notas: int) -> str:
    """The payload with each note on a line of its own; without its line breaks it is the same."""
    opening, found, rest = payload.partition('"lista_nfse":[')
    body, closing, end = rest.rpartition('],"prestador":')
    if not closing:
        return payload
    # Braces that somebody wrote in a text: only reading tells them from those of the notes.
    in_texts = body.count("},{") >= notas
    lines = ",\n".join(_objects(body)) if in_texts else body.replace("},{", "},\n{")
    return f"{opening}{found}\n{lines}\n{closing}{end}"


def _objects(text: str) -> Iterator[str]:
    decode = json.JSONDecoder().raw_decode
    start = 0
    while start < len(text):
        _, end = decode(text, start)
        yield text[start:end]
        start = end + 1


def _decoded(content: bytes) -> str:
    """The bytes for showing only: UTF-8 where they are, else the Windows or ISO page."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _records(outcome: LoteOutcome, describe: Describer | None) -> Sequence[Record]:
    if describe is None or outcome.content is None:
        return ()
    return [record for record in describe(outcome.content, outcome.lote.prestador) if record.campos]


def _fields(records: Sequence[Record]) -> list[tuple[int, str, str, str, str, str]]:
    return [
        (
            record.linha,
            f"{record.tipo} {record.nome}".strip(),
            field.nome,
            f"{field.inicio} a {field.fim}" if field.inicio else "",
            field.valor.rstrip(),
            field.lido,
        )
        for record in records
        for field in record.campos
    ]
