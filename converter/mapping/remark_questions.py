"""What a sheet says of its notes besides their fields: remarks, comments, struck rows, colours."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from converter.brazil import numerals
from converter.mapping.asides import asides
from converter.mapping.header_words import words_of
from converter.mapping.outside_questions import rows_outside
from converter.mapping.questions import Asked, NoteRows, of_words, options_of, quoted
from converter.mapping.remarks import (
    changing,
    goes_on,
    is_legend,
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
from converter.model.columns import COLOURS, PAINTED, ColumnUse

_MOST_WORDS = 12
"""Different values of a column of yes and no."""
_FEW_COLOURS = 4
"""Colours asked about one by one."""
_LONGEST = 12
"""Characters of a number; a telephone has more of them."""
_CYCLES = (2, 3)
"""After how many rows colours begin again that are there for the eye."""
_TURNS = 3
"""How often they do so before nobody can have meant it of the rows."""


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
    if not told or not all(map(ticks, told)) or len(told) > _MOST_WORDS:
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


def painted(notes: NoteRows) -> Iterator[Asked]:
    """Rows in colours of their own, and the legend that says what colours mean.

    Each colour by itself, unless there are many of them.
    """
    legends = list(dict.fromkeys(filter(is_legend, _legend_texts(notes))))
    legend = f" A planilha diz: {quoted(legends)}." if legends else ""
    options = options_of("enviar", "nao_enviar")
    rows_of = _rows_by_colour(notes)
    if len(rows_of) > _FEW_COLOURS:
        together = sorted({row for rows in rows_of.values() for row in rows})
        rows_of = {"várias cores": together}
    for colour, rows in rows_of.items():
        details = {"cor": colour, "legenda": legend}
        yield Asked(PAINTED, None, tuple(rows), options, details, value=colour)
    if legends and not rows_of:
        yield Asked(COLOURS, None, tuple(notes.rows), options, {"legenda": quoted(legends)})


def _rows_by_colour(notes: NoteRows) -> Mapping[str, Sequence[int]]:
    """The rows of each colour, in columns where not all rows have the same one."""
    paint = notes.sheet.appearance.paint
    if paint.keys().isdisjoint(notes.rows):
        return {}
    found: dict[str, set[int]] = defaultdict(set)
    for cell in notes.understood.fit.header.cells:
        if cell.index >= len(notes.columns):
            continue
        values = zip(notes.rows, notes.columns[cell.index], strict=True)
        filled = [row for row, value in values if not is_blank(value)]
        colours = [paint.get(row, {}).get(cell.index + 1, "") for row in filled]
        if len({*colours}) > 1 and not _is_for_the_eye(filled, colours):
            for row, colour in zip(filled, colours, strict=True):
                if colour:
                    found[colour].add(row)
    return {colour: sorted(rows) for colour, rows in sorted(found.items())}


def _is_for_the_eye(rows: Sequence[int], colours: Sequence[str]) -> bool:
    """Whether colours come in turns, one row after the other, in a table or on the sheet."""
    for cycle in _CYCLES:
        turns = {(row % cycle, colour) for row, colour in zip(rows, colours, strict=True)}
        places = {(at % cycle, colour) for at, colour in enumerate(colours)}
        if len(colours) >= _TURNS * cycle and cycle in (len(turns), len(places)):
            return True
    return False


def _legend_texts(notes: NoteRows) -> Iterator[str]:
    """The texts of the rows that are no notes, and those of others that name a colour."""
    for _, row in rows_outside(notes):
        yield from (value for value in row if type(value) is str)
    for column in notes.columns:
        yield from map(text_of, remarks(column, vocabulary().statuses["cores"]))
