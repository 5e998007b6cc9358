"""Questions about what is written on a sheet outside its notes: warnings, and accounts below."""

from collections.abc import Iterator, Sequence

from converter.brazil import money
from converter.brazil.headers import fold
from converter.mapping.questions import Asked, NoteRows, options_of, quoted
from converter.mapping.remarks import is_legend, remarks
from converter.mapping.template import FILLING
from converter.mapping.under import is_sign, meanings
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import ACCOUNTS, NOTICE

_FEWEST_WORDS = 2


def noticed(notes: NoteRows) -> Iterator[Asked]:
    """Texts above or below the notes that say of notes, without naming them, that they do not go.

    What tells colours or codes is asked about with those.
    """
    texts = list(notes.texts_outside())
    kept = set(notes.rows)
    comments = notes.sheet.appearance.comments
    texts += [text for row, _, text in comments if row not in kept and FILLING not in text]
    told = (*vocabulary().statuses["recado"], *vocabulary().statuses["na_folha"])
    found = [
        text_of(text)
        for text in remarks(texts, told)
        if len(text_of(text).split()) >= _FEWEST_WORDS
        if not is_legend(text_of(text)) and not meanings([text_of(text)])
    ]
    if found and notes.rows:
        details = {"textos": quoted(found)}
        yield Asked(NOTICE, None, tuple(notes.rows), options_of("enviar", "nao_enviar"), details)


def accounts(notes: NoteRows) -> Iterator[Asked]:
    """Amounts under the table that change what its notes are of: `(-) Avarias`, `Valor da NF`."""
    found = [
        _account(row)
        for number, row in notes.rows_outside()
        if notes.rows and number > notes.rows[-1]
    ]
    told = [text for text in found if text]
    if told:
        details = {"contas": quoted(told)}
        yield Asked(ACCOUNTS, None, tuple(notes.rows), options_of("nao_enviar", "enviar"), details)


def _account(row: Sequence[RawValue]) -> str:
    """A label with its amount, where it is not of a sum of the rows above."""
    filled = [value for value in row if not is_blank(value)]
    if len(filled) < 2 or not isinstance(filled[0], str):
        return ""
    whole = vocabulary().whole
    sums = fold(filled[0]).startswith(
        (*whole["totais"], *whole["transportes"], *whole["somas"], *whole["rodape"])
    )
    amounts = [money.parse(one).value for one in filled[1:]]
    if None in amounts or (sums and not is_sign(filled[0])):
        return ""
    return f"{filled[0].strip()}: {str(amounts[-1]).replace('.', ',')}"
