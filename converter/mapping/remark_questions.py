"""What a sheet says of its notes besides their fields: remarks, comments, struck rows."""

from collections.abc import Iterator, Sequence

from converter.brazil import numerals
from converter.mapping.asides import asides
from converter.mapping.header_words import words_of
from converter.mapping.questions import MOST_WORDS, Asked, NoteRows, of_words, options_of, quoted
from converter.mapping.remarks import (
    changing,
    goes_on,
    issued_notes,
    remarks,
    stops,
    ticks,
)
from converter.mapping.statuses import distinct
from converter.mapping.value_kinds import is_number, is_percent
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import ColumnUse

_LONGEST = 12
"""Characters of a number; a telephone has more of them."""


def remarked(notes: NoteRows) -> Iterator[Asked]:
    """Texts that say a note must not go, or goes otherwise; those of the note itself only the one.

    So do cells beside the table, under no header.
    """
    for index in range(len(notes.columns)):
        if _is_told_elsewhere(notes, index) or _is_too_much(notes, index):
            continue
        for codigo, texts in _texts_asked(notes, index).items():
            if texts:
                yield of_words(notes, codigo, index, sorted(texts, key=text_of))


def _is_told_elsewhere(notes: NoteRows, index: int) -> bool:
    """Whether a column with a header is none of those understood, or its words are asked about."""
    if not notes.header(index).header:
        return False
    return index not in notes.understood.decisions or index in notes.understood.status_words


def _texts_asked(notes: NoteRows, index: int) -> dict[str, dict[RawValue, None]]:
    """The texts of a column to be asked about, by the code of their question."""
    found = _kept_back(notes, index)
    if not notes.header(index).header:
        return {"celula-sem-cabecalho": found | _said_beside(notes, index)}
    others = (one for one in _changing(notes, index) if one not in found)
    return {"aviso-no-texto": found, "observacao-que-muda-a-nota": dict.fromkeys(others)}


def _kept_back(notes: NoteRows, index: int) -> dict[RawValue, None]:
    """The texts of a column that say that a note must not go; fewer of one that fills a field."""
    column, statuses = notes.columns[index], vocabulary().statuses
    decision = notes.understood.decisions.get(index)
    if decision is not None and decision.use is ColumnUse.USADA:
        return remarks(column, statuses["recado"]) | asides(column, decision.path)
    found = remarks(column, statuses["recado"] + statuses["aviso"]) | issued_notes(column)
    return found | _going_on(column)


def _going_on(column: Sequence[RawValue]) -> dict[RawValue, None]:
    """What goes on after a yes or a no, in a column of hardly anything else: `Sim - 50%`."""
    told = distinct(column)
    if not told or not all(map(ticks, told)) or len(told) > MOST_WORDS:
        return {}
    return dict.fromkeys(filter(goes_on, told))


def _is_too_much(notes: NoteRows, index: int) -> bool:
    """Whether a column of a text file is beyond its header: what its rows have too many of."""
    header = notes.sheet.rows[notes.understood.fit.header.row - 1]
    return bool(notes.sheet.separator) and index >= len(header)


def _changing(notes: NoteRows, index: int) -> dict[RawValue, None]:
    """The texts of a column of remarks that may change the note; none of another column."""
    decision = notes.understood.decisions.get(index)
    said = words_of(notes.header(index).header)
    ideas = said.ideas - said.unknown
    of_remarks = ideas <= vocabulary().ideas_of["recados"] and not said.yes_no
    # `Profissional` is somebody, whatever his name says.
    of_remarks = of_remarks and bool(ideas or not said.parties)
    left = decision is not None and decision.use is ColumnUse.IGNORADA
    return changing(notes.columns[index]) if of_remarks and left else {}


def _said_beside(notes: NoteRows, index: int) -> dict[RawValue, None]:
    """What cells under no header say that may change the note, amounts among it.

    Where most rows have a number there, it counts or codes them, unless it has cents.
    """
    column, decision = notes.columns[index], notes.understood.decisions.get(index)
    if decision is not None and decision.use is not ColumnUse.IGNORADA:
        return {}
    is_worth = _is_adjustment if decision is None else _is_taken_off
    single = (one for one in dict.fromkeys(column) if not is_blank(one))
    told = {one: None for one in single if is_worth(one) or (type(one) is str and stops(one))}
    return changing(column) | told


def _is_adjustment(value: RawValue) -> bool:
    if is_number(value) or is_percent(value):
        return True
    return type(value) is str and len(value) <= _LONGEST and numerals.read(value) is not None


def _is_taken_off(value: RawValue) -> bool:
    return is_number(value) and value < 0


def commented(notes: NoteRows) -> Iterator[Asked]:
    """Comments on the cells of rows that are notes."""
    rows = set(notes.rows)
    own = [(row, text) for row, _, text in notes.sheet.appearance.comments if row in rows]
    if own:
        details = {"situacoes": quoted([" ".join(text.split()) for _, text in own])}
        said = tuple(sorted({row for row, _ in own}))
        yield Asked("comentario-na-linha", None, said, options_of("nao_enviar", "enviar"), details)


def struck(notes: NoteRows) -> Iterator[Asked]:
    """Rows with a value that is struck through."""
    rows = tuple(row for row in notes.rows if row in notes.sheet.appearance.struck)
    if rows:
        yield Asked("linha-riscada", None, rows, options_of("nao_enviar", "enviar"))
