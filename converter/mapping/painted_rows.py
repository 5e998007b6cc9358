"""Rows in colours of their own, and the legend that says what colours mean."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from converter.brazil.headers import fold
from converter.mapping.questions import Asked, NoteRows, options_of, quoted
from converter.mapping.remarks import is_legend, remarks
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import COLOURS, PAINTED

_FEW_COLOURS = 4
"""Colours asked about one by one."""
_FEWEST, _RUNS = 3, 6
"""Rows of a striped table, and stripes of other colours before nobody can have meant the rows."""

_Cells = Sequence[tuple[int, RawValue, str]]
"""Excel row, value and colour of each cell of a column that has a value."""


def painted(notes: NoteRows) -> Iterator[Asked]:
    """Rows in colours of their own, each colour by itself, unless there are many of them."""
    sentences = vocabulary().sentences
    legends = list(dict.fromkeys(filter(is_legend, _legend_texts(notes))))
    legend = sentences["legenda"].format(legenda=quoted(legends)) if legends else ""
    options = options_of("enviar", "nao_enviar")
    rows_of = _rows_by_colour(notes)
    if len(rows_of) > _FEW_COLOURS:
        together = sorted({row for rows in rows_of.values() for row in rows})
        rows_of = {sentences["varias_cores"]: together}
    for colour, rows in rows_of.items():
        details = {"cor": colour, "legenda": legend}
        yield Asked(PAINTED, None, tuple(rows), options, details, value=colour)
    if legends and not rows_of:
        yield Asked(COLOURS, None, tuple(notes.rows), options, {"legenda": quoted(legends)})


def _legend_texts(notes: NoteRows) -> Iterator[str]:
    """The texts of the rows that are no notes, and those of others that name a colour."""
    yield from notes.texts_outside()
    for column in notes.columns:
        yield from map(text_of, remarks(column, vocabulary().statuses["cores"]))


def _rows_by_colour(notes: NoteRows) -> Mapping[str, Sequence[int]]:
    """The rows of each colour; none where colours are stripes, or repeat what a cell says."""
    columns = [cells for cells in _columns(notes) if len({colour for *_, colour in cells}) > 1]
    if _is_striped(columns):
        return {}
    found: dict[str, set[int]] = {}
    for cells in columns:
        for row, _, colour in () if _repeats_its_texts(cells) else cells:
            if colour:
                found.setdefault(colour, set()).add(row)
    return {colour: sorted(rows) for colour, rows in sorted(found.items())}


def _columns(notes: NoteRows) -> Iterator[_Cells]:
    """The cells of each column with a header, of a sheet with a painted note."""
    paint = notes.sheet.appearance.paint
    if paint.keys().isdisjoint(notes.rows):
        return
    for cell in notes.understood.fit.header.cells:
        if cell.index < len(notes.columns):
            values = zip(notes.rows, notes.columns[cell.index], strict=True)
            yield [
                (row, value, paint.get(row, {}).get(cell.index + 1, ""))
                for row, value in values
                if not is_blank(value)
            ]


def _is_striped(columns: Sequence[_Cells]) -> bool:
    """Whether whole rows change between two looks in turns: one by one, or as many at a time."""
    looks = _looks(columns)
    kinds = {colour for look in looks.values() for colour in look}
    if len(looks) < _FEWEST or len(kinds) != 2 or max(map(len, looks.values())) > 1:
        return False
    runs = [len([*run]) for _, run in groupby(min(looks[row]) for row in sorted(looks))]
    on_the_sheet = {(row % 2, *look) for row, look in looks.items()}
    often = len(runs) >= (
        _FEWEST if kinds <= {*vocabulary().statuses["cores_de_tabela"]} else _RUNS
    )
    return often and (_is_regular(runs) or len(on_the_sheet) == len(kinds))


def _looks(columns: Sequence[_Cells]) -> Mapping[int, set[str]]:
    """The colours of each row."""
    looks: dict[int, set[str]] = {}
    for cells in columns:
        for row, _, colour in cells:
            looks.setdefault(row, set()).add(colour)
    return looks


def _is_regular(runs: Sequence[int]) -> bool:
    """Whether each stripe is as broad as the first, but for the last, which may be cut."""
    return {*runs[:-1]} == {runs[0]} and runs[-1] <= runs[0]


def _repeats_its_texts(cells: _Cells) -> bool:
    """Whether each text of a column has a colour of its own, and few texts are in many rows."""
    told = {(fold(text_of(value)), colour) for _, value, colour in cells}
    texts = {text for text, _ in told}
    return len(told) == len(texts) and 2 * len(texts) <= len(cells)
