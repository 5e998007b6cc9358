"""What is asked of rows: the question, and the notes it is asked of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from converter.mapping.around import NOTHING_AROUND, Around
from converter.mapping.rows import Column
from converter.mapping.statuses import rows_with
from converter.mapping.understanding import Understood
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.address import letters_of
from converter.model.cells import RawSheet, RawValue, SourceColumn
from converter.model.columns import question_key

MOST_WORDS = 12
"""Words asked about one by one; a column with more of them holds no situations."""
_SHOWN, _LONGEST = 4, 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `codigo` of the texts catalogue, its column, Excel rows, options, details.

    `field` is the path the column is likeliest of, None where the question is about rows; `value`
    the word of the cells it is about, where each word is asked about by itself, and `answer` the
    option chosen, empty while the rows wait. `above` are its rows with the row above each, where
    that one has a customer or is asked about too.
    """

    codigo: str
    column: SourceColumn | None
    rows: tuple[int, ...]
    options: tuple[str, ...]
    details: Mapping[str, str] = field(default_factory=dict)
    field: str | None = None
    value: str = ""
    answer: str = ""
    above: tuple[tuple[int, int], ...] = ()

    @property
    def letter(self) -> str | None:
        """The letter of its column."""
        return self.column.letter if self.column else None

    @property
    def key(self) -> str:
        """What an answer is found by."""
        return question_key(self.codigo, self.letter, self.value)


@dataclass(frozen=True, slots=True)
class NoteRows:
    """The notes of a sheet as they are asked about: values by column from A, and Excel rows.

    `answered` are the questions of which something was said of rows of this very book; `around` is
    what says whose the notes are where no column does; `arquivo` is the path of that book below
    `entrada/`.
    """

    sheet: RawSheet
    understood: Understood
    columns: Sequence[Column]
    rows: Sequence[int]
    answered: Collection[str] = ()
    around: Around = NOTHING_AROUND
    arquivo: str = ""

    def rows_outside(self) -> Iterator[tuple[int, Sequence[RawValue]]]:
        """Excel row and cells of each row that is neither a note nor the header."""
        kept = {*self.rows, self.understood.fit.header.row}
        for number, row in enumerate(self.sheet.rows, start=1):
            if number not in kept:
                yield number, row

    def texts_outside(self) -> Iterator[str]:
        """The texts of those rows: above the table, between its notes and below."""
        for _, row in self.rows_outside():
            yield from (value for value in row if type(value) is str)

    def header(self, index: int) -> SourceColumn:
        """The letter and header of a column, which may have none."""
        cells = self.understood.fit.header.cells
        bare = SourceColumn(letters_of(index + 1), "")
        return next((cell.column for cell in cells if cell.index == index), bare)

    def with_one_of(
        self, values: Collection[RawValue] | Mapping[str, object], index: int
    ) -> tuple[int, ...]:
        """The rows whose cell in a column is one of `values`."""
        return rows_with(values, self.columns[index], self.rows)


def options_of(*names: str) -> tuple[str, ...]:
    """The texts of options by their names in the vocabulary."""
    options = vocabulary().options
    return tuple(options[name] for name in names)


def of_words(notes: NoteRows, codigo: str, index: int, words: Sequence[RawValue]) -> Asked:
    """What is asked of the rows whose cell in a column is one of `words`."""
    shown = quoted(list(map(text_of, words)))
    rows = notes.with_one_of(words, index)
    options = options_of("nao_enviar", "enviar")
    return Asked(codigo, notes.header(index), rows, options, {"situacoes": shown})


def quoted(texts: Sequence[str]) -> str:
    """The first of some texts between quotation marks, none of them long, and how many more."""
    return listed([f"“{text[:_LONGEST]}”" for text in texts], _SHOWN)


def listed(found: Sequence[object], most: int = 20) -> str:
    """The first of some rows, ranges or texts, and how many more there are."""
    shown = ", ".join(map(str, found[:most]))
    return shown if len(found) <= most else f"{shown} e mais {len(found) - most}"
