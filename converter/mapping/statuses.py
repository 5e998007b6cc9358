"""What the words of a cell say of whether its row is to be sent."""

from collections.abc import Callable, Collection, Mapping, Sequence

from converter.brazil import yesno
from converter.brazil.headers import fold_words
from converter.mapping.cautions import CAUTIONS, careful
from converter.mapping.freight import pays_freight
from converter.mapping.remarks import begins, goes_on, is_foreign, is_tick, says_no
from converter.mapping.rows import Column
from converter.mapping.sense import Mark
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank


def distinct(column: Column) -> list[RawValue]:
    """The values of a column that are not blank, each once, in order."""
    return [value for value in dict.fromkeys(column) if not is_blank(value)]


def stopping(mark: Mark, column: Column) -> dict[RawValue, None]:
    """The distinct values of a marked column that keep a row from going without a word."""
    if mark in CAUTIONS:
        holds = careful(mark)
        return dict.fromkeys(value for value in distinct(column) if holds(value, column))
    tests: Mapping[Mark, Callable[[RawValue], bool]] = {
        Mark.SITUACAO: _may_stop,
        Mark.VENDA: lambda value: _is_unpaid(value) or _may_stop(value),
        Mark.EMITIDA: _says_issued,
        Mark.EMITIR: lambda value: says_no(value) or not _may_be_issued(value),
        # Yes and no alike: either may say that there is a note, or that none is wanted.
        Mark.NOTA: lambda value: value is not None,
        Mark.IMPEDE: lambda value: not _is_plain_no(value),
        Mark.FEITO: lambda value: not _is_done(value),
        Mark.MOEDA: is_foreign,
        Mark.CIF: lambda value: not pays_freight(value, Mark.CIF),
        Mark.FOB: lambda value: not pays_freight(value, Mark.FOB),
    }
    return dict.fromkeys(filter(tests[mark], distinct(column)))


def silent(mark: Mark, column: Column) -> bool:
    """Whether a blank in a marked column is a row of which nobody said that it goes.

    A number of a note is blank where there is none, and a rare word where all else is well; so is
    a tick of what was cancelled. One of what was done, or is to be issued, is where it is so.
    """
    filled = sum(not is_blank(value) for value in column)
    told = distinct(column)
    if mark is Mark.NOTA:
        return True
    if mark in CAUTIONS:
        return mark is Mark.PAPEL and 2 * filled > len(column)
    if mark is Mark.FEITO or (mark is Mark.EMITIR and not any(map(says_no, told))):
        return bool(told)
    return mark not in (Mark.EMITIDA, Mark.IMPEDE, Mark.MOEDA) and 2 * filled > len(column)


def rows_with(
    values: Collection[RawValue] | Mapping[str, object], column: Column, rows: Sequence[int]
) -> tuple[int, ...]:
    """The rows whose cell is one of `values`."""
    return tuple(row for row, value in zip(rows, column, strict=True) if value in values)


def _may_stop(value: RawValue) -> bool:
    """A situation that is not surely one in which the note goes."""
    text = fold_words(text_of(value))
    if not text or text in {"0", "1"}:
        return False
    # "Não emitida", "não faturado" say what is still to be done; "não emitir" forbids it.
    if text.startswith(("nao emit", "nao fatur")) and text.rstrip("ao").endswith("d"):
        return False
    statuses = vocabulary().statuses
    if begins(text, statuses["impede"]):
        return True
    if begins(text, statuses["emitida"]) and not text.startswith(statuses["por_vir"]):
        return True
    return not text.startswith(statuses["deixa"])


def _is_unpaid(value: RawValue) -> bool:
    """A sale that nobody has paid for yet."""
    return fold_words(text_of(value)).startswith(vocabulary().statuses["por_pagar"])


def _says_issued(value: RawValue) -> bool:
    if isinstance(value, bool):
        return value
    if is_tick(value):
        return True
    text, statuses = fold_words(text_of(value)), vocabulary().statuses
    bare = text.replace(" ", "")
    if not bare or bare in statuses["nao_emitida"] or text.startswith(statuses["por_emitir"]):
        return False
    return yesno.parse(value).value is not False


def _is_yes(value: RawValue) -> bool:
    return is_tick(value) or yesno.parse(value).value is True


def _is_done(value: RawValue) -> bool:
    statuses = vocabulary().statuses
    words = statuses["nao_impede"] + statuses["de_acordo"]
    return fold_words(text_of(value)).startswith(words) or _is_yes(value)


def _is_plain_no(value: RawValue) -> bool:
    return not is_tick(value) and yesno.parse(value).value is False


def _may_be_issued(value: RawValue) -> bool:
    """A yes and nothing after it, or words of what is to be issued: `sim`, `ok`, `emitir`."""
    if _is_yes(value):
        return True
    text = fold_words(text_of(value))
    return text.startswith(vocabulary().statuses["deixa"]) and not goes_on(value)
