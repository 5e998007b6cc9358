"""What is around a table and says whose its notes are: above it, or in a list of the same book."""

from collections.abc import Sequence
from dataclasses import dataclass

from converter.mapping.coded import Coded, Listed, coded, told_of_notes
from converter.mapping.customer_above import CustomerAbove, customer_above
from converter.mapping.match import Fit
from converter.mapping.rows import Column
from converter.mapping.sense import WHO
from converter.model.cells import Assumption, RawSheet

"""The fields that say who the customer is."""


@dataclass(frozen=True, slots=True)
class Around:
    """Who the customer is where no column says it, and what a list says of notes.

    `above` stands above the table; `by_code` is a column of codes, explained in a list; `more` is
    a list's name and the headers of what it says of the notes of its customers.
    """

    above: CustomerAbove | None = None
    by_code: Coded | None = None
    more: tuple[str, tuple[str, ...]] | None = None

    def told(self, planilha: str) -> tuple[Assumption, ...]:
        """That the customers were taken from a list by their codes."""
        if self.by_code is None:
            return ()
        column, lista = self.by_code.column, self.by_code.list_name
        details = {"planilha": planilha, "coluna": column.letter, "cabecalho": column.header}
        return (Assumption("cliente-por-codigo", {**details, "lista": lista}),)


NOTHING_AROUND = Around()


def around(
    sheet: RawSheet, fit: Fit, lists: Sequence[Listed], columns: Sequence[Column], own: set[str]
) -> Around:
    """What is around the table of `fit`.

    Args:
        sheet: As read.
        fit: What its columns are.
        lists: The sheets of the same book that list no notes.
        columns: The values of the notes, from A.
        own: The CNPJs of those who issue.
    """
    named = not fit.sources.keys().isdisjoint(WHO)
    above = None if named else customer_above(sheet, fit.header.row, own)
    by_code = None if above else coded(sheet, fit, lists)
    names = list(by_code.of(columns[by_code.index])) if by_code else []
    if not by_code and WHO[0] in fit.sources:
        names = [value for cell in fit.sources[WHO[0]].cells for value in columns[cell.index]]
    return Around(above, by_code, told_of_notes(names, fit.paths, lists))
