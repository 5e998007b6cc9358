"""`Perguntas`: what only the person can say of some rows, and where it is answered."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from converter.model.address import letters_of
from converter.model.cells import MappedSheet
from converter.model.columns import Question
from converter.model.report import FileReport
from converter.sheets.colunas import header_cell
from converter.sheets.frame import answer_choice, top
from converter.texts import folhas
from converter.texts.formato import cortado
from converter.texts.sentences import sentence
from converter.workbook.asked import QUESTION_HEADER, AskedRows, written
from converter.workbook.new_sheet import Escolha, NewColumn, NewSheet

MAX_LINES = 500
"""Questions listed; a file with more is better asked again when these are answered."""
_ROWS_SHOWN = 12
_LINHAS = "Linhas"
_COLUMNS = (
    ("Aba", "mensagem", 16),
    ("Coluna", "codigo", 9),
    ("Cabeçalho", "mensagem", 26),
    ("Pergunta", "mensagem", 60),
    (_LINHAS, "mensagem", 22),
    (folhas.RESPOSTA, "resposta", 42),
    (QUESTION_HEADER, "codigo", 14),
)
"""Title, style and width of each."""
Place = Callable[[str, int], tuple[str | None, int]]
"""Where a row of the source stands in this book: a link to it, and the row Excel shows."""


@dataclass(frozen=True, slots=True)
class _Line:
    question: Question
    header: str
    key: str


def perguntas(report: FileReport, name: str, place: Place, told: str) -> NewSheet | None:
    """The sheet, None where nothing is asked of rows; `told` is where and how to answer."""
    lines = [line for sheet in report.sheets for line in _lines(report, sheet)][:MAX_LINES]
    if not lines:
        return None
    table = tuple(_table(lines, place))
    head = top(report.ambiente, f"Perguntas sobre {report.arquivo}", told, columns=len(table) - 1)
    across = zip_longest(*(line.question.opcoes for line in lines))
    options = [NewColumn("", column, "texto", 9) for column in across]
    return NewSheet(
        nome=name,
        topo=head,
        colunas=(*table, *options),
        filtro=False,
        ocultas=frozenset(range(len(table) - 1, len(table) + len(options))),
        tab_color="D64545",
        escolhas=tuple(
            _choice(len(head) + 2 + index, len(table), line.question.opcoes)
            for index, line in enumerate(lines)
        ),
        no_papel=folhas.BANNERS.get(report.ambiente, ""),
    )


def _lines(report: FileReport, sheet: MappedSheet) -> Iterator[_Line]:
    headers = {each.coluna: each.cabecalho for each in sheet.columns}
    for question in sheet.row_questions:
        header = headers.get(question.coluna or "", "")
        asked = AskedRows(
            report.arquivo,
            report.sha256,
            sheet.planilha,
            sheet.signature,
            question.codigo,
            question.coluna or "",
            question.texto,
            question.opcoes,
            question.resposta,
            question.valor,
            cortado(header),
            cortado(header_cell(report, sheet, question.coluna)) if question.coluna else "",
        )
        yield _Line(question, header, written(asked))


def _table(lines: Sequence[_Line], place: Place) -> Iterator[NewColumn]:
    values = zip(*(_cells(line, place) for line in lines), strict=True)
    columns = {
        title: NewColumn(title, list(cells), style, width)
        for (title, style, width), cells in zip(_COLUMNS, values, strict=True)
    }
    # To the first of its rows.
    asked = [(line.question.planilha, line.question.linhas) for line in lines]
    links = [place(planilha, rows[0])[0] if rows else None for planilha, rows in asked]
    columns[_LINHAS] = replace(
        columns[_LINHAS], links=links, estilos=["linkquebra" if link else None for link in links]
    )
    columns[folhas.RESPOSTA] = replace(
        columns[folhas.RESPOSTA],
        estilos=[None if line.question.resposta else "respostapedida" for line in lines],
    )
    yield from columns.values()


def _cells(line: _Line, place: Place) -> tuple[str | None, ...]:
    """What stands in the line of one question, under the titles of `_COLUMNS`."""
    one = line.question
    texts = (one.planilha, one.coluna, line.header, one.texto, _rows(one, place))
    return (*texts, one.resposta or None, line.key)


def _rows(question: Question, place: Place) -> str:
    rows = [str(place(question.planilha, row)[1]) for row in question.linhas[:_ROWS_SHOWN]]
    more = len(question.linhas) - len(rows)
    return ", ".join(rows) + (sentence("folhas.linhas-alem", quantas=more) if more > 0 else "")


def _choice(row: int, start: int, options: Sequence[str]) -> Escolha:
    """The drop-down of one line: its own options stand hidden at its right."""
    answer, first, last = letters_of(start - 1), letters_of(start + 1), start + len(options)
    source = f"${first}${row}:${letters_of(last)}${row}"
    return answer_choice(f"{answer}{row}", source, folhas.RESPOSTA)
