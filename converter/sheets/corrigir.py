"""`<nome>_corrigir.xlsx`: the rows that wait for the user, then what is asked of them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from converter.model.address import letters_of, sheet_of_table
from converter.model.cells import MappedSheet
from converter.model.columns import ABOUT_NEIGHBOURS, Question
from converter.model.report import FileReport
from converter.sheets.colunas import colunas
from converter.sheets.perguntas import perguntas
from converter.sheets.waiting_rows import BLANK, WaitingRows
from converter.texts.sentences import sentence
from converter.workbook.naming import sheet_names
from converter.workbook.new_sheet import Escolha, NewColumn, NewSheet, place
from converter.workbook.origin import LISTS

Listed = Mapping[tuple[str, int], Sequence[str]]
"""The drop-down lists of the source by sheet and column (A is 1)."""
_AGAIN = re.compile(r"_corrigir(?:_([2-9]|[1-9]\d{1,3}))?_corrigir\.xlsx\Z")


def numbered(name: str) -> str:
    """A name made as `<source>_corrigir.xlsx`, without saying `_corrigir` twice.

    What is still wrong in `notas_corrigir.xlsx` comes in `notas_corrigir_2.xlsx`, then `_3`: the
    one the user is mending, wherever it lies, is never written over, and no name is given twice.
    """
    return _AGAIN.sub(lambda found: f"_corrigir_{int(found[1] or 1) + 1}.xlsx", name)


def corrigir(report: FileReport, listed: Listed | None = None) -> list[NewSheet]:
    """One sheet for each source sheet with rows that wait, then `Perguntas` and `Colunas`.

    No sheet where nothing waits and nothing is asked.
    """
    if report.book is None or not (report.to_fix or report.asked):
        return []
    rows_of = _rows_of(report)
    report = replace(report, sheets=tuple(_carrying(one, rows_of) for one in report.sheets))
    books = list(_waiting(report, rows_of))
    names = sheet_names([*(one.raw.name for one in books), "Perguntas", "Colunas"], [LISTS])
    lists = _Lists(listed or {})
    notes = []
    rows: dict[tuple[str, int], tuple[str, int]] = {}
    for one, name in zip(books, names, strict=False):
        choices = partial(lists.of, one.raw.name, one.mapped.header_row, len(one.place))
        notes.append(one.drawn(name, choices))
        for row, at in one.place.items():
            rows[one.raw.name, row] = (place(name, f"A{at + 1}"), at + 1)
    asked = perguntas(
        report,
        names[-2],
        lambda planilha, row: rows.get((planilha, row), (None, row)),
        sentence("folhas.perguntas-ajuda"),
    )
    understood = colunas(report, names[-1], sentence("folhas.colunas-responda"))
    return [*notes, *filter(None, [asked, understood]), *lists.drawn()]


def _rows_of(report: FileReport) -> Mapping[str, Sequence[int]]:
    """The rows that wait, by sheet, with those that must be seen beside them."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for planilha, row in sorted(report.to_fix):
        waiting[planilha].append(row)
    for sheet in report.sheets:
        if any(each.codigo in ABOUT_NEIGHBOURS for each in sheet.row_questions):
            waiting[sheet.planilha] = list(sheet.rows)
    return waiting


def _carrying(sheet: MappedSheet, rows_of: Mapping[str, Sequence[int]]) -> MappedSheet:
    """The sheet with what was answered of its rows among its questions: nobody is asked twice."""
    here = frozenset(rows_of.get(sheet.planilha, ()))
    said: dict[str, list[Question]] = defaultdict(list)
    for one in sheet.followed:
        if here.intersection(one.linhas):
            said[one.key].append(one)
    # What is open for one row more is asked of them all; so it is where two things were said.
    asked = [_of_all(each, said.pop(each.key, ()), here) for each in sheet.questions]
    agreed = [each for each in said.values() if len({one.resposta for one in each}) == 1]
    carried = [_of_all(first, others, here) for first, *others in agreed]
    return replace(sheet, questions=(*asked, *carried))


def _of_all(question: Question, others: Sequence[Question], here: frozenset[int]) -> Question:
    """A question about the rows of these others too, of those that are `here`."""
    rows = {row for each in others for row in each.linhas if row in here}
    own = question.linhas if not question.resposta else here.intersection(question.linhas)
    return replace(question, linhas=tuple(sorted(rows.union(own))))


def _waiting(report: FileReport, rows_of: Mapping[str, Sequence[int]]) -> Iterator[WaitingRows]:
    """The sheets with rows that wait, in the order of the book."""
    mapped = {sheet.planilha: sheet for sheet in report.sheets}
    for raw in report.book.sheets if report.book else ():
        if raw.name in rows_of and raw.name in mapped:
            yield WaitingRows(report, raw, mapped[raw.name], rows_of[raw.name])


class _Lists:
    """The drop-down lists of the source, each once in a hidden sheet."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._columns: dict[tuple[str, ...], str] = {}

    def of(self, planilha: str, header: int, last: int, columns: int) -> Iterator[Escolha]:
        """The drop-downs of a sheet's rows below `header`."""
        for (name, column), values in self._listed.items():
            if name != sheet_of_table(planilha) or column > columns or last <= header:
                continue
            letter = self._columns.setdefault(tuple(values), letters_of(len(self._columns) + 1))
            source = place(LISTS, f"${letter}$1:${letter}${len(values)}")
            yield Escolha(f"{letters_of(column)}{header + 1}:{letters_of(column)}{last}", source)

    def drawn(self) -> list[NewSheet]:
        """The hidden sheet, none where no list is in use."""
        longest = max(map(len, self._columns), default=0)
        columns = tuple(
            NewColumn("", [*values, *[None] * (longest - len(values))], BLANK, 20)
            for values in self._columns
        )
        plain = NewSheet(LISTS, colunas=columns, com_titulo=False, oculta=True)
        return [plain] if columns else []
