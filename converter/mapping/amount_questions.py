"""Questions about amounts that may not be what a note is of: of one unit, in thousands, a rate."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from converter.brazil import numerals
from converter.brazil.headers import fold_words
from converter.mapping.header import HeaderCell
from converter.mapping.header_words import HeaderWords, words_of
from converter.mapping.questions import Asked, NoteRows, options_of, quoted
from converter.mapping.rows import Column
from converter.mapping.sense import VALOR
from converter.mapping.shares import Numbers, numbers_of, says_a_share
from converter.mapping.vocabulary import vocabulary
from converter.schemas.catalogue import Kind, kind_of

_ONE, _HUNDRED, _ROUNDING = Decimal(1), Decimal(100), Decimal("0.02")
_PER = re.compile(r"(?:R\$|\bvalor|\bvlr|\bvl)\.?\s*/\s*[^\W\d_]", re.IGNORECASE)
"""An amount by something: `R$/h`."""
_COUNTING = frozenset({"numero", "quantidade"})
"""Words that say that things are counted, and not which."""
_MOST_RATES = 20
"""Distinct values of a column from which on they are no rates."""


def unit_prices(notes: NoteRows) -> Iterator[Asked]:
    """The amount of a note that is the price of one unit, in the rows that count more than one."""
    cell = _of_the_note(notes)
    if cell is None or not _is_unit_price(words_of(cell.column.header), cell.column.header):
        return
    for count in _counts(notes, cell):
        numbers = numbers_of(notes.columns[count.index])
        rows = _rows(notes, [number not in (None, _ONE) for number in numbers])
        if rows:
            details = {"quantidade": count.column.header}
            yield _asked("valor-unitario", cell, rows, "valor_da_nota", details)


def products(notes: NoteRows) -> Iterator[Asked]:
    """Rows in which a price by the quantity beside it is not the amount, as it is in the others."""
    cell = _of_the_note(notes)
    if cell is None:
        return
    prices = [one for one in _others(notes, cell) if _is_unit_price(_said(one), one.column.header)]
    for price in prices:
        for count in _counts(notes, price):
            wrong = _wrong_products(notes, cell, price, count)
            if count.index != cell.index and wrong:
                details = {"quantidade": count.column.header, "unitario": price.column.header}
                yield _asked("conta-nao-fecha", cell, wrong, "valor_da_nota", details)


def _wrong_products(
    notes: NoteRows, cell: HeaderCell, price: HeaderCell, count: HeaderCell
) -> tuple[int, ...]:
    """The rows that a price by a quantity does not tell; none where it tells less than half."""
    columns = [numbers_of(notes.columns[one.index]) for one in (cell, price, count)]
    others = [
        numbers_of(notes.columns[one.index])
        for one in _others(notes, cell)
        if one.index not in (price.index, count.index)
    ]
    told, wrong = 0, []
    for at, (whole, each, many) in enumerate(zip(*columns, strict=True)):
        if whole is None or each is None or many is None:
            continue
        apart = abs(whole - each * many)
        if apart <= _ROUNDING or any(_is_about(apart, other[at]) for other in others):
            told += 1
        else:
            wrong.append(notes.rows[at])
    return tuple(wrong) if told >= len(wrong) else ()


def _is_about(apart: Decimal, other: Decimal | None) -> bool:
    return other is not None and abs(apart - abs(other)) <= _ROUNDING


def scales(notes: NoteRows) -> Iterator[Asked]:
    """Amounts that a header, or a text beside the table, says to be in thousands or of a year."""
    doubts = vocabulary().doubts
    beside = [one for one in notes.texts_outside() if says(one, doubts["escala_no_texto"])]
    for cell in _amounts(notes):
        header = f"{cell.group} {cell.column.header}".strip()
        told = [header] if says(header, doubts["escala"]) else beside
        if told:
            filled = [number is not None for number in numbers_of(_column(notes, cell))]
            rows, details = _rows(notes, filled), {"textos": quoted(told)}
            if rows:
                yield _asked("valor-em-escala", cell, rows, "em_reais", details)


def merged_amounts(notes: NoteRows) -> Iterator[Asked]:
    """Amounts in one cell merged over several notes: hardly the whole of each."""
    for cell in _amounts(notes):
        column = _column(notes, cell)
        rows: list[int] = []
        for top, left, bottom, _ in notes.sheet.merged:
            first, end = bisect_left(notes.rows, top), bisect_right(notes.rows, bottom)
            if left == cell.index + 1 and end > first + 1 and column[first]:
                rows.extend(notes.rows[first:end])
        if rows:
            yield _asked("valor-mesclado", cell, tuple(rows), "cada_linha", {})


def rates_as_amounts(notes: NoteRows) -> Iterator[Asked]:
    """What is withheld of a tax that is a rate of it in every row, whatever the amount is."""
    whole = _of_the_note(notes)
    for path, known in vocabulary().rates.items():
        cell = _cell_of(notes, path)
        if cell is None or len(set(_column(notes, cell))) > _MOST_RATES:
            continue
        numbers = numbers_of(_column(notes, cell))
        amounts = numbers_of(_column(notes, whole)) if whole else [None] * len(numbers)
        if _are_rates(numbers, amounts, known):
            shown = {numerals.written(number) for number in numbers if number}
            rows = _rows(notes, [bool(number) for number in numbers])
            details = {"valores": quoted(sorted(shown))}
            yield _asked("retencao-em-percentual", cell, rows, "reais_retidos", details)


def _are_rates(numbers: Numbers, amounts: Numbers, known: Collection[Decimal]) -> bool:
    """Whether numbers are all rates, and of most rows not what a rate makes of the amount."""
    pairs = [(one, amount) for one, amount in zip(numbers, amounts, strict=True) if one]
    rates = {*known, *(rate / _HUNDRED for rate in known)}
    if not pairs or not all(number in rates for number, _ in pairs):
        return False
    reais = [
        amount is not None
        and any(abs(amount * rate / _HUNDRED - number) <= _ROUNDING for rate in known)
        for number, amount in pairs
    ]
    return 2 * sum(reais) < len(pairs)


def parts(notes: NoteRows) -> Iterator[Asked]:
    """Columns that say which part of the amount is billed, in the rows where it is not all."""
    cell = _of_the_note(notes)
    if cell is None:
        return
    used = {cell.index, *notes.understood.used}
    for other in notes.understood.fit.header.cells:
        header = other.column.header
        if other.index in used or other.index >= len(notes.columns):
            continue
        column = notes.columns[other.index]
        if says_a_share(header, column):
            shares = [_share(number) for number in numbers_of(column)]
            rows = _rows(notes, [share not in (None, _ONE) for share in shares])
            if rows and not _told_of_another(notes, cell, shares):
                yield _asked("valor-em-parte", cell, rows, "valor_da_nota", {"parte": header})


def _told_of_another(notes: NoteRows, cell: HeaderCell, shares: Numbers) -> bool:
    """Whether the amount is in every row that part of another column's: it is billed already."""
    amounts = numbers_of(_column(notes, cell))
    for other in _others(notes, cell):
        whole = numbers_of(notes.columns[other.index])
        found = [
            one is not None and abs(one * share - amount) <= _ROUNDING
            for one, share, amount in zip(whole, shares, amounts, strict=True)
            if share is not None and amount is not None
        ]
        if found and all(found):
            return True
    return False


def _share(number: Decimal | None) -> Decimal | None:
    return number if number is None or number <= 1 else number / _HUNDRED


def says(text: str, phrases: Sequence[str]) -> bool:
    """Whether one of `phrases` stands in a text, as whole words."""
    padded = f" {fold_words(text)} "
    return any(f" {phrase} " in padded for phrase in phrases)


def _asked(
    codigo: str, cell: HeaderCell, rows: tuple[int, ...], option: str, details: dict[str, str]
) -> Asked:
    return Asked(codigo, cell.column, rows, options_of("nao_enviar", option), details)


def _of_the_note(notes: NoteRows) -> HeaderCell | None:
    return _cell_of(notes, VALOR)


def _cell_of(notes: NoteRows, path: str) -> HeaderCell | None:
    """The one column that fills a path."""
    source = notes.understood.fit.sources.get(path)
    if source is None or source.spec.join or source.cells[0].index >= len(notes.columns):
        return None
    return source.cells[0]


def _amounts(notes: NoteRows) -> list[HeaderCell]:
    """The columns that fill an amount of money, from the left."""
    money = [path for path in notes.understood.fit.sources if kind_of(path) is Kind.MONEY]
    found = {cell.index: cell for path in money if (cell := _cell_of(notes, path)) is not None}
    return [found[index] for index in sorted(found)]


def _column(notes: NoteRows, cell: HeaderCell) -> Column:
    return notes.columns[cell.index]


def _others(notes: NoteRows, cell: HeaderCell) -> list[HeaderCell]:
    """The columns with a header, but for one."""
    cells = notes.understood.fit.header.cells
    there = (one for one in cells if one.folded and one.index < len(notes.columns))
    return [one for one in there if one.index != cell.index]


def _said(cell: HeaderCell) -> HeaderWords:
    return words_of(cell.column.header)


def _is_unit_price(said: HeaderWords, header: str) -> bool:
    """Whether a header says the price of one of what is counted beside it."""
    if _PER.search(header):
        return True
    if {"total", "bruto", "liquido", "quantidade"} & said.ideas:
        return False
    charged = not vocabulary().counted.keys().isdisjoint(said.words)
    return "unitario" in said.ideas or charged or _is_price(header)


def _is_price(header: str) -> bool:
    return says(header, vocabulary().doubts["preco"])


def _counts(notes: NoteRows, price: HeaderCell) -> Iterator[HeaderCell]:
    """The columns that count what a price is of."""
    said = _said(price)
    unitary = "unitario" in said.ideas or _PER.search(price.column.header) is not None
    counted = (vocabulary().counted.get(word, frozenset()) for word in said.words)
    of_it = (frozenset(said.words) - {"valor", "numero"}).union(*counted)
    for other in _others(notes, price):
        many = _is_how_many(other, of_it) or (unitary and "quantidade" in _said(other).ideas)
        if many and _may_be_a_count(_said(other)) and _counts_something(notes, other):
            yield other


def _is_how_many(cell: HeaderCell, things: frozenset[str]) -> bool:
    """Whether a header names how many, of what it does not say or of one of the `things`."""
    words = _said(cell).words
    own = set(words) - _COUNTING
    return own <= things and _is_many(cell) if own else "quantidade" in words


def _may_be_a_count(words: HeaderWords) -> bool:
    """Whether a header says no amount, no rate, and nothing that counts what is not charged."""
    if words.money or words.percent or "valor" in words.ideas:
        return False
    return (set(words.words) - _COUNTING).isdisjoint(vocabulary().doubts["nao_conta"])


def _is_many(cell: HeaderCell) -> bool:
    """Whether a header names several of a thing: `Diárias`, `Qtd. aula`; `Dia`, `Mês` is one."""
    header = fold_words(cell.column.header)
    return header.endswith("s") or "quantidade" in _said(cell).words


def _counts_something(notes: NoteRows, cell: HeaderCell) -> bool:
    column = notes.columns[cell.index]
    filled = sum(value not in (None, "") for value in column)
    return bool(filled) and 2 * sum(one is not None for one in numbers_of(column)) > filled


def _rows(notes: NoteRows, told: Sequence[bool]) -> tuple[int, ...]:
    return tuple(row for row, one in zip(notes.rows, told, strict=True) if one)
