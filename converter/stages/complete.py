"""Blanks of the customers, filled with what the API answered of their CEP and CNPJ."""

from dataclasses import replace

from converter.model.consultas import Consulta, Lookups
from converter.registers import look_up
from converter.stages.map import MappedBook


def complete(book: MappedBook, lookups: Lookups) -> tuple[MappedBook, frozenset[Consulta]]:
    """The book completed, and the questions nobody answered yet."""
    if not lookups.kinds:
        return book, frozenset()
    done = [look_up.complete(sheet, lookups) for sheet in book.sheets]
    sheets = tuple(sheet for sheet, _, _ in done)
    problems = tuple(problem for _, told, _ in done for problem in told)
    asked = frozenset(each for _, _, unanswered in done for each in unanswered)
    return replace(book, sheets=sheets, problems=(*book.problems, *problems)), asked
