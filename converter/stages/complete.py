"""Blanks of the customers, filled with what the API answered of their CEP and CNPJ."""

from collections.abc import Sequence
from typing import NamedTuple

from converter.model.cells import MappedSheet
from converter.model.consultas import Consulta, Lookups
from converter.model.problems import Problem
from converter.registers import look_up


class Completed(NamedTuple):
    """The sheets completed, what is to be told of it, and the questions nobody answered yet."""

    sheets: tuple[MappedSheet, ...]
    problems: tuple[Problem, ...]
    consultas: frozenset[Consulta]


def complete(sheets: Sequence[MappedSheet], lookups: Lookups) -> Completed:
    """Fill the blanks of every sheet of a file."""
    done = [look_up.complete(sheet, lookups) for sheet in sheets]
    return Completed(
        tuple(sheet for sheet, _, _ in done),
        tuple(problem for _, problems, _ in done for problem in problems),
        frozenset(each for _, _, unanswered in done for each in unanswered),
    )
