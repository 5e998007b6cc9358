"""A workbook to mend as a person would hand it back: cells mended, columns and questions answered.

What is typed elsewhere, on the page of `planilote abrir`, is put where it would be typed in
`_corrigir`; from there on it is read as that is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from converter.model.address import column_of
from converter.texts import folhas
from converter.texts.labels import LABELS, label_of
from converter.workbook import asked, origin
from converter.workbook.new_sheet import NewSheet, Valor

AnswerOf = Callable[[str], Iterator[tuple[str, str]]]
"""What was typed beside a hidden key: the title of a column, and the text in it."""


class ColumnSaid(NamedTuple):
    """What a column is said to be, in the words of *Usar como* and *Não enviar quando*."""

    use: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """All that was typed about one file, by its own sheets and rows.

    `cells` are by (sheet, Excel row, letter of the column, or the path of a field that no column
    has), `columns` by (sheet, letter), `questions` the option chosen by (sheet, `codigo:coluna`).
    """

    cells: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], ColumnSaid] = field(default_factory=dict)
    questions: Mapping[tuple[str, str], str] = field(default_factory=dict)


def filled(sheets: Sequence[NewSheet], typed: Typed) -> list[NewSheet]:
    """The sheets of a workbook to mend with what was typed in them."""
    return [_filled(sheet, typed) for sheet in sheets]


def _filled(sheet: NewSheet, typed: Typed) -> NewSheet:
    titles = [column.titulo for column in sheet.colunas]
    if asked.COLUMN_HEADER in titles:
        return _answered(sheet, titles.index(asked.COLUMN_HEADER), _columns(typed))
    if asked.QUESTION_HEADER in titles:
        return _answered(sheet, titles.index(asked.QUESTION_HEADER), _questions(typed))
    return _mended(sheet, typed)


def _questions(typed: Typed) -> AnswerOf:
    def said(key: str) -> Iterator[tuple[str, str]]:
        line = asked.read_rows(key)
        if line is None:
            return
        if (line.planilha, line.question) in typed.questions:
            yield folhas.RESPOSTA, typed.questions[line.planilha, line.question]

    return said


def _columns(typed: Typed) -> AnswerOf:
    def said(key: str) -> Iterator[tuple[str, str]]:
        line = asked.read_column(key)
        if line is None or (line.planilha, line.coluna) not in typed.columns:
            return
        answer = typed.columns[line.planilha, line.coluna]
        yield folhas.USAR_COMO, answer.use
        yield folhas.NAO_ENVIAR, answer.words

    return said


def _answered(sheet: NewSheet, keys: int, said: AnswerOf) -> NewSheet:
    """A sheet of questions with the answers in its lines, each found by its hidden key."""
    values = {column.titulo: list(column.valores) for column in sheet.colunas if column.titulo}
    for number, key in enumerate(sheet.colunas[keys].valores):
        for title, text in said(str(key)):
            values[title][number] = text or None
    columns = (
        replace(column, valores=values[column.titulo]) if column.titulo else column
        for column in sheet.colunas
    )
    return replace(sheet, colunas=tuple(columns))


def _mended(sheet: NewSheet, typed: Typed) -> NewSheet:
    """A sheet of rows with the cells typed in it; what was wrong of those is told no more."""
    values = [list(column.valores) for column in sheet.colunas]
    styles = [list(column.estilos or [None] * len(column.valores)) for column in sheet.colunas]
    found = _origins(values)
    if found is None:
        return sheet
    header, rows = found
    notes = dict(sheet.notas)
    for (planilha, row, name), text in typed.cells.items():
        at = rows.get((planilha, row))
        column = _place(values, header, name)
        if at is not None and column is not None:
            values[column][at], styles[column][at] = text or None, None
            notes.pop((at, column), None)
    columns = (
        replace(column, valores=own, estilos=style)
        for column, own, style in zip(sheet.colunas, values, styles, strict=True)
    )
    return replace(sheet, colunas=tuple(columns), notas=notes)


def _origins(
    values: Sequence[Sequence[Valor]],
) -> tuple[int, dict[tuple[str, int], int]] | None:
    """The header's place and that of each row, by the hidden column; None where it has none."""
    for column in reversed(values):
        if origin.HEADER in column:
            told = [origin.read(value) if isinstance(value, str) else None for value in column]
            rows = {(one.planilha, one.row): at for at, one in enumerate(told) if one}
            return column.index(origin.HEADER), rows
    return None


def _place(values: Sequence[Sequence[Valor]], header: int, name: str) -> int | None:
    """The column of a letter, or of a field among the columns that were added."""
    if name not in LABELS:
        at = column_of(name) - 1 if is_letter(name) else len(values)
        return at if at < len(values) else None
    label = label_of(name)
    return next((at for at in reversed(range(len(values))) if values[at][header] == label), None)


def is_letter(name: str) -> bool:
    """Whether a cell is named by the letter of its column, and not by a field it lacks."""
    return len(name) <= 3 and name.isascii() and name.isalpha() and name.isupper()
