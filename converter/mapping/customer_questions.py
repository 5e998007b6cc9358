"""Questions about notes whose customer no cell of theirs says."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from converter.brazil.headers import fold_words
from converter.mapping.headings import headings
from converter.mapping.match import Source
from converter.mapping.questions import Asked, NoteRows, options_of, quoted
from converter.mapping.rows import Column, blanks_of
from converter.mapping.sense import NOME, WHO
from converter.mapping.value_kinds import is_company, is_name
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import CAUTION_QUESTION, CUSTOMER_ABOVE, IN_THE_LIST, ColumnUse

NOBODY = "cliente-em-branco"
_BETWEEN = re.compile(r"\s/\s|\s*;\s*|\s\+\s")
"""What stands between two names in a cell."""
_MAY_BE_TWO = re.compile(rf"{_BETWEEN.pattern}| e ")
_CNPJ, _BRANCH = 14, 4
"""Digits of a CNPJ, and of the branch in it."""


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


def two_customers(notes: NoteRows) -> Iterator[Asked]:
    """Two names in one cell: `Padaria X Ltda / Pães Sol ME`, `Maria Antunes e João Antunes`.

    Under a header that names two (`Aluno / Responsável`) they are as it says.
    """
    source = notes.understood.fit.sources.get(NOME)
    if source is None or source.spec.join or "/" in source.column.header:
        return
    at = source.cells[0].index
    column = notes.columns[at]
    likely = _likely_two(column)
    if not likely:
        return
    people = _of_people(notes)
    rows = {
        row: value
        for row, value in zip(notes.rows, column, strict=True)
        if value in likely and _are_two(text_of(value), person=row in people)
    }
    if rows:
        yield _careful(notes, at, rows, "dois_clientes_duvida")


def _likely_two(column: Column) -> set[str]:
    """The texts of a column that are two names, were they of persons."""
    texts = [value for value in dict.fromkeys(column) if type(value) is str]
    # Hardly a name is of two: all of them are looked through at once.
    if not _MAY_BE_TWO.search("\0".join(texts)):
        return set()
    return {text for text in texts if _MAY_BE_TWO.search(text) and _are_two(text, person=True)}


def branches(notes: NoteRows) -> Iterator[Asked]:
    """`Filial do cliente` that says another branch than the CNPJ of its row."""
    for cell in notes.understood.fit.header.cells:
        header = fold_words(cell.column.header)
        if not header.startswith(vocabulary().statuses["filial_do_cliente"]):
            continue
        documents = _documents(notes)
        if documents and cell.index in notes.understood.decisions and _is_left(notes, cell.index):
            column = notes.columns[cell.index]
            told = zip(notes.rows, column, documents, strict=True)
            rows = {row: value for row, value, his in told if _is_another_branch(value, his)}
            if rows:
                yield _careful(notes, cell.index, rows, "filial_duvida")


def _is_left(notes: NoteRows, index: int) -> bool:
    decision = notes.understood.decisions[index]
    return decision.use is ColumnUse.IGNORADA and decision.why != "resposta"


def _is_another_branch(value: RawValue, document: str) -> bool:
    branch = text_of(value)
    of_company = len(document) == _CNPJ and branch.isdecimal() and len(branch) <= _BRANCH
    return of_company and int(branch) != int(document[8:12])


def _documents(notes: NoteRows) -> list[str]:
    """The digits of each row's CPF or CNPJ, as far as one column has them; none without such."""
    sources = notes.understood.fit.sources
    for path in WHO[1:]:
        if path in sources and not sources[path].spec.join:
            column = notes.columns[sources[path].cells[0].index]
            return ["".join(filter(str.isdecimal, text_of(value))) for value in column]
    return []


def _of_people(notes: NoteRows) -> set[int]:
    """The rows whose document is a person's, or that have none."""
    documents = _documents(notes)
    if not documents:
        return set()
    return {row for row, his in zip(notes.rows, documents, strict=True) if len(his) < _CNPJ - 2}


def _are_two(text: str, *, person: bool) -> bool:
    parts = [part.split() for part in _BETWEEN.split(text)]
    if len(parts) > 1 and all(len(part) > 1 and is_name(" ".join(part)) for part in parts):
        return True
    first, _, second = text.partition(" e ")
    both = bool(first.split()) and len(second.split()) > 1
    return person and both and not is_company(text) and is_name(text)


def _careful(notes: NoteRows, at: int, rows: Mapping[int, RawValue], doubt: str) -> Asked:
    details = {
        "situacoes": quoted(list(dict.fromkeys(map(text_of, rows.values())))),
        "duvida": vocabulary().sentences[doubt],
    }
    options = options_of("nao_enviar", "enviar")
    return Asked(CAUTION_QUESTION, notes.header(at), tuple(rows), options, details)
