"""`Colunas`: what was understood of each column with data, and where the person says otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.model.address import column_of, letters_of
from converter.model.cells import MappedSheet
from converter.model.columns import AnswerUse, ColumnAnswer, ColumnReading, ColumnUse
from converter.model.report import FileReport
from converter.sheets.frame import answer_choice, top
from converter.texts import folhas
from converter.texts.formato import contado, cortado
from converter.texts.labels import LABELS, label_of
from converter.texts.sentences import sentence
from converter.workbook.asked import COLUMN_HEADER, AskedColumn, written
from converter.workbook.new_sheet import Escolha, NewColumn, NewSheet

MAX_LINES = 1_000
"""Columns listed; each line carries its own drop-down."""
PLAIN = frozenset({"padrao", "focus_api", "focus_planilha"})
"""Mappings that are names alone: no column of theirs is joined, split or translated."""
_SAMPLE = 60
_SITUACAO = "Situação"
_COLUMNS = (
    ("Aba", "mensagem", 16),
    ("Coluna", "codigo", 9),
    ("Cabeçalho", "mensagem", 26),
    ("Exemplos", "mensagem", 32),
    ("O que foi entendido", "mensagem", 34),
    ("Por quê", "mensagem", 46),
    (_SITUACAO, "texto", 12),
    (folhas.USAR_COMO, "resposta", 36),
    (folhas.NAO_ENVIAR, "resposta", 24),
)
"""Title, style and width of each."""
_STYLES: Mapping[ColumnUse, str | None] = {
    ColumnUse.USADA: "situacao-autorizada",
    ColumnUse.IGNORADA: "situacao-repetida",
    ColumnUse.PERGUNTA: "situacao-retida",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One column of a sheet, with what stands in *Usar como* and *Não enviar quando*."""

    reading: ColumnReading
    asked: bool
    use: str
    words: str
    key: str


def colunas(report: FileReport, name: str, told: str) -> NewSheet | None:
    """The sheet, None where no column with data was read; `told` is where and how to answer."""
    lines = [line for sheet in report.sheets for line in lines_of(report, sheet)]
    if not lines:
        return None
    # What is asked stands first, and is never what does not fit.
    lines.sort(key=lambda line: not line.asked)
    beyond = len(lines) - MAX_LINES
    del lines[MAX_LINES:]
    options = list(zip(*(options_of(line.reading) for line in lines), strict=True))
    table = (
        *_table(lines),
        NewColumn(COLUMN_HEADER, [line.key for line in lines], "codigo"),
    )
    columns = (*table, *(NewColumn("", list(values), "texto", 9) for values in options))
    asked = any(line.asked for line in lines)
    head = top(
        report.ambiente,
        f"Colunas de {report.arquivo}",
        *_help(told, beyond),
        columns=len(table) - 1,
    )
    return NewSheet(
        nome=name,
        topo=head,
        colunas=columns,
        filtro=False,
        ocultas=frozenset(range(len(table) - 1, len(columns))),
        tab_color="F0B429" if asked else "9AA5B1",
        escolhas=_choices(len(head) + 2, lines, len(table), len(columns)),
        notas={(len(head), len(table) - 2): sentence("folhas.situacao-dica")},
        no_papel=folhas.BANNERS.get(report.ambiente, ""),
    )


def _help(told: str, beyond: int) -> Iterator[str]:
    yield sentence("folhas.colunas-ajuda")
    yield told
    if beyond > 0:
        yield sentence("folhas.colunas-alem", quantas=contado(beyond, "coluna", "colunas"))


def lines_of(report: FileReport, sheet: MappedSheet) -> Iterator[Line]:
    """The columns of one sheet, each with what stands in its answer."""
    answered = {one.coluna: one for one in sheet.answers.colunas if one.dita}
    asked_here = {each.coluna for each in sheet.asked_columns}
    for reading in sheet.columns:
        answer = answered.get(reading.coluna)
        use, words = _said(reading, answer)
        asked = AskedColumn(
            report.arquivo,
            report.sha256,
            reading.planilha,
            sheet.signature,
            reading.coluna,
            cortado(reading.cabecalho),
            cortado(header_cell(report, sheet, reading.coluna)),
            use,
            words,
            answer is not None,
            sheet.mapeamento in PLAIN,
        )
        yield Line(reading, reading.coluna in asked_here, use, words, written(asked))


def _said(reading: ColumnReading, answer: ColumnAnswer | None) -> tuple[str, str]:
    """The label in *Usar como* and the words beside it; both empty where the person is asked."""
    if answer is not None and answer.uso is AnswerUse.SITUACAO:
        return folhas.SITUACAO_DA_NOTA, "; ".join(answer.nao_enviar)
    if reading.situacao is ColumnUse.PERGUNTA:
        return "", ""
    if reading.campo is not None:
        return label_of(reading.campo), ""
    return folhas.NAO_E_DA_NOTA, ""


def header_cell(report: FileReport, sheet: MappedSheet, letter: str) -> str:
    """What the header's own cell shows; "" where the book's cells were let go."""
    for raw in report.book.sheets if report.book else ():
        if raw.name == sheet.planilha and 0 < sheet.header_row <= len(raw.rows):
            row = raw.rows[sheet.header_row - 1]
            place = column_of(letter) - 1
            value = row[place] if place < len(row) else None
            return "" if value is None else str(value).strip()
    return ""


def options_of(reading: ColumnReading) -> list[str]:
    """The drop-down of one column: the suggestions first, then what is no field, then the rest."""
    labels = [*LABELS.values()]
    rest = [folhas.NAO_E_DA_NOTA, folhas.SITUACAO_DA_NOTA, *labels]
    # Of one length for all: a blank in a list makes Excel accept anything.
    return list(dict.fromkeys([*map(label_of, reading.sugestoes), *rest]))[: len(labels) + 2]


def _table(lines: Sequence[Line]) -> Iterator[NewColumn]:
    values = zip(*map(_cells, lines), strict=True)
    styles: Mapping[str, list[str | None]] = {
        _SITUACAO: [_STYLES[line.reading.situacao] for line in lines],
        folhas.USAR_COMO: ["respostapedida" if line.asked else None for line in lines],
    }
    for (title, style, width), cells in zip(_COLUMNS, values, strict=True):
        yield NewColumn(title, list(cells), style, width, estilos=styles.get(title))


def _cells(line: Line) -> tuple[str | None, ...]:
    """What stands in the line of one column, under the titles of `_COLUMNS`."""
    reading = line.reading
    return (
        reading.planilha,
        reading.coluna,
        cortado(reading.cabecalho),
        "\n".join(cortado(one.replace("\n", " "), _SAMPLE) for one in reading.amostras),
        _understood(line),
        "\n".join(reading.motivos),
        reading.situacao.value,
        line.use,
        line.words or None,
    )


def _understood(line: Line) -> str:
    reading = line.reading
    if reading.situacao is ColumnUse.USADA and reading.campo is not None:
        return label_of(reading.campo)
    if reading.situacao is ColumnUse.IGNORADA:
        return folhas.NAO_E_DA_NOTA
    if not line.asked:
        return sentence("folhas.veja-perguntas")
    names = map(label_of, reading.sugestoes)
    return (
        sentence("folhas.seria", rotulos=sentence("folhas.ou").join(names))
        if reading.sugestoes
        else sentence("folhas.nao-entendida")
    )


def _choices(first_row: int, lines: Sequence[Line], start: int, end: int) -> tuple[Escolha, ...]:
    """The drop-down of *Usar como*: each line's own list stands hidden at its right."""
    last_row = first_row + len(lines) - 1
    use = letters_of(start - 2)
    source = f"${letters_of(start + 1)}{first_row}:${letters_of(end)}{first_row}"
    return (answer_choice(f"{use}{first_row}:{use}{last_row}", source, folhas.USAR_COMO),)
