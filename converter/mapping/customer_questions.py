"""Questions about notes whose customer no cell of theirs says."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from converter.mapping.around import WHO
from converter.mapping.headings import headings
from converter.mapping.match import Source
from converter.mapping.questions import Asked, NoteRows, options_of, quoted
from converter.mapping.rows import Column, blanks_of
from converter.model.cells import is_blank
from converter.model.columns import CUSTOMER_ABOVE, IN_THE_LIST

NOBODY = "cliente-em-branco"


def nobody(notes: NoteRows) -> Iterator[Asked]:
    """A customer left blank among customers that are filled."""
    sources = notes.understood.fit.sources
    who = _of_the_customer(sources)
    rest = [one.cells[0].index for path, one in sources.items() if path not in WHO]
    blank = _blank_in_all([notes.columns[one.cells[0].index] for one in who], len(notes.rows))
    left = tuple(notes.rows[at] for at in blank if _filled(notes, rest, at) > 1)
    few = 2 * len(left) < len(notes.rows) + 1
    if left and (few or NOBODY in notes.answered):
        silent_too = {notes.rows[at] for at in blank}.difference(left)
        above = _above(notes.rows, silent_too, frozenset(left))
        names = ("mesmo_de_cima", "sem_tomador", "nao_enviar")
        options = options_of(*names[0 if above else 1 :])
        yield Asked(NOBODY, who[0].column, left, options, above=above)


def _of_the_customer(sources: Mapping[str, Source]) -> list[Source]:
    """The columns that say who the customer is; none of a field joined of several."""
    return [sources[path] for path in WHO if path in sources and not sources[path].spec.join]


def _above(
    rows: Sequence[int], without: Collection[int], asked: Collection[int]
) -> tuple[tuple[int, int], ...]:
    """Those asked about with the row above each, where it could lend what it says."""
    pairs = zip(rows[1:], rows, strict=False)
    return tuple((row, above) for row, above in pairs if row in asked and above not in without)


def headed(notes: NoteRows) -> Iterator[Asked]:
    """Notes below a row that says whose they are, which no column says."""
    sources = notes.understood.fit.sources
    cells = (cell for path in WHO if path in sources for cell in sources[path].cells)
    who = [notes.columns[cell.index] for cell in cells if cell.index < len(notes.columns)]
    found = headings(notes.sheet, notes.understood.fit.header.row, notes.rows, who)
    if found:
        below = tuple(row for row in notes.rows if row > min(found))
        titles = quoted([f"{row}: {text}" for row, text in found.items()])
        yield Asked(
            "linhas-sob-um-nome",
            None,
            below,
            options_of("nao_enviar", "enviar"),
            {"titulos": titles},
        )


def above_the_table(notes: NoteRows) -> Iterator[Asked]:
    """Notes of a customer who is named above the table alone: one for each row, or one in all.

    A single row is his where nothing else is said there; where he is not sure, any row is asked of.
    """
    customer = notes.around.above
    if (
        customer
        and notes.rows
        and not (customer.values and len(notes.rows) == 1 and not customer.more)
    ):
        sure = ("uma_por_linha", "nao_enviar") if customer.values else ("nao_enviar", "sem_tomador")
        details = {"textos": quoted(customer.texts)}
        yield Asked(CUSTOMER_ABOVE, None, tuple(notes.rows), options_of(*sure), details)


def in_a_list(notes: NoteRows) -> Iterator[Asked]:
    """Codes of customers that the list in the book has not, and what else it says of the notes."""
    by_code, more = notes.around.by_code, notes.around.more
    if by_code is not None:
        column = notes.columns[by_code.index]
        without = tuple(notes.rows[at] for at in by_code.without(column))
        options = options_of("nao_enviar", "enviar" if by_code.named else "sem_tomador")
        details = {"lista": by_code.list_name}
        if without:
            yield Asked("codigo-fora-da-lista", by_code.column, without, options, details)
    if more is not None and notes.rows:
        details = {"lista": more[0], "cabecalhos": quoted(more[1])}
        options = options_of("nao_enviar", "enviar")
        yield Asked(IN_THE_LIST, None, tuple(notes.rows), options, details)


def _filled(notes: NoteRows, indexes: Sequence[int], at: int) -> int:
    """How many of some columns have a value in the row at a place."""
    there = (notes.columns[index][at] for index in indexes if index < len(notes.columns))
    return sum(not is_blank(value) for value in there)


def _blank_in_all(columns: Sequence[Column], count: int) -> Sequence[int]:
    """The places that are blank in all the columns; none where there are no columns."""
    left: Sequence[int] = range(count) if columns else ()
    for column in columns:
        blanks = blanks_of(column)
        left = [at for at in left if column[at] in blanks] if blanks else ()
    return left
