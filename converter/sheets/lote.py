"""`Lote n`: an import file line by line, and its fields by name where the layout is known."""

import hashlib
from array import array
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Protocol

from converter.model.notas import Prestador
from converter.model.outcome import LoteOutcome
from converter.model.report import FileReport
from converter.sheets.conteudo import Texts, line_numbers, lines_of
from converter.sheets.frame import document, top
from converter.texts import folhas
from converter.texts.formato import contado
from converter.workbook.new_sheet import NewColumn, NewSheet

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
    outcome: LoteOutcome, number: int, report: FileReport, name: str, describe: Describer | None
) -> NewSheet:
    """The sheet of one lote: its file (or its payload, before there is one) and its fields."""
    lines = lines_of(outcome)
    records = _records(outcome, describe)
    width = COLUMNS if records else 2
    header = top(
        report.ambiente,
        f"Lote {number} · {outcome.lote.ref}",
        f"{_whose(outcome)}  ·  {folhas.ESTADOS[outcome.state]}",
        _facts(outcome, report.saida),
        _explanation(outcome, records, lines),
        columns=width,
    )
    file_columns = (
        NewColumn("Linha", [line for line, _ in lines], "monosuave", 8),
        NewColumn("Conteúdo", [text for _, text in lines], "mono", 110 if records else 200),
    )
    if not records:
        return NewSheet(name, header, file_columns, filtro=False, tab_color="7B8794")
    fields = _fields(records)[:MAX_FIELDS]
    size = max(len(lines), len(fields))
    padded = tuple(
        NewColumn(
            column.titulo,
            list(column.valores) + [None] * (size - len(lines)),
            column.estilo,
            column.largura,
        )
        for column in file_columns
    )
    described = (
        NewColumn("", [None] * size, "mono", 3),
        *(
            NewColumn(title, [*values, *[None] * (size - len(fields))], style, width)
            for (title, style, width), values in zip(
                _FIELD_COLUMNS, zip(*fields, strict=True), strict=True
            )
        ),
    )
    return NewSheet(name, header, padded + described, filtro=False, tab_color="7B8794")


_FIELD_COLUMNS = (
    ("Linha do arquivo", "inteiro", 9),
    ("Registro", "codigo", 26),
    ("Campo", "texto", 44),
    ("Posição", "codigo", 12),
    ("No arquivo", "codigomono", 34),
    ("Leitura", "mensagem", 60),
)


def shared(outcomes: Sequence[LoteOutcome], first: int, ambiente: str, name: str) -> NewSheet:
    """One sheet for the lotes from number `first` on, one file after the other."""
    texts = Texts(outcomes)
    # Four bytes a number, where a list takes thirty-six.
    numbers, lines = array("i"), array("i")
    refs: list[str] = []
    for number, (outcome, size) in enumerate(zip(outcomes, texts.sizes, strict=True), first):
        numbers.extend(repeat(number, size))
        refs += [outcome.lote.ref] * size
        lines.extend(line_numbers(outcome, size))
    header = top(
        ambiente,
        name,
        f"São {len(outcomes)} lotes nesta folha. Use o filtro em Ref para ver um só.",
        columns=4,
    )
    return NewSheet(
        name,
        header,
        (
            NewColumn("Lote", numbers, "inteiro", 8),
            NewColumn("Ref", refs, "codigo", 36),
            NewColumn("Linha", lines, "monosuave", 8),
            NewColumn("Conteúdo", texts, "mono", 160),
        ),
        tab_color="7B8794",
    )


def _whose(outcome: LoteOutcome) -> str:
    lote_ = outcome.lote
    return (
        f"Prestador {document(lote_.prestador.cnpj)}, inscrição municipal "
        f"{lote_.prestador.inscricao_municipal}  ·  {contado(len(lote_.notas), 'nota', 'notas')}"
    )


def _facts(outcome: LoteOutcome, saida: str) -> str:
    content = outcome.content
    if content is None:
        digest = hashlib.sha256(outcome.lote.payload).hexdigest()
        return f"Pedido com {len(outcome.lote.payload)} bytes  ·  SHA-256 {digest}"
    digest = hashlib.sha256(content).hexdigest()
    return f"{outcome.import_file(saida)}  ·  {len(content)} bytes  ·  SHA-256 {digest}"


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
