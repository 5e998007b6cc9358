"""Questions about how a column writes its dates: years of two digits, the month before the day."""

import re
from collections.abc import Collection, Iterator

from converter.brazil import dates
from converter.mapping.questions import Asked, NoteRows, options_of
from converter.mapping.rows import Column
from converter.mapping.understanding import Understood
from converter.model.cells import RawValue, SourceColumn
from converter.schemas.catalogue import BY_PATH, Kind

_EMISSAO = "data_emissao"
_YEARS = {"dia_mes_ano": "dd/mm/aa", "mes_dia_ano": "mm/dd/aa"}
_ORDERS = {"dia_mes": "dd/mm/aaaa", "mes_dia": "mm/dd/aaaa"}
FORMS = {**_YEARS, **_ORDERS}
"""What an answer about how dates are written makes of its column, by the key of the option."""
DAYS = (Kind.DATE, Kind.DATETIME)
_PAIR = re.compile(r"\s*([0-9]{1,2})([/.-])([0-9]{1,2})\2(20[0-9]{2})\b.*", re.DOTALL)
_FEWEST = 3
"""Days from which on a day that never changes, beside a month that does, is doubted."""
_MOST = 12
"""The highest number of a month."""


def swapped_days(notes: NoteRows) -> Iterator[Asked]:
    """Columns of texts in which only the month changes: `11/03`, `11/04`, `11/10` of a November."""
    for index, column in _plain_dates(notes.understood).items():
        values = notes.columns[index] if index < len(notes.columns) else ()
        found = _only_months_change(values)
        if found:
            first = next(iter(found))
            options = options_of(*_ORDERS, "nao_enviar")
            rows = notes.with_one_of(found, index)
            yield Asked("coluna-dia-ou-mes", column, rows, options, {"primeira": first.strip()})


def _only_months_change(values: Column) -> dict[str, None]:
    """The texts of a column whose second number alone changes, and both may be months.

    Nothing where the number that stays is 1: so a month is written that is meant as a whole.
    """
    texts = dict.fromkeys(
        value for value in dict.fromkeys(values) if type(value) is str and value.strip()
    )
    parts = [found.groups() for text in texts if (found := _PAIR.match(text))]
    if len(parts) < max(len(texts), 1):
        return {}
    kept = {(int(first), year) for first, _, _, year in parts}
    (stays, _), *others = kept
    changed = {int(then) for _, _, then, _ in parts}
    return texts if not others and _may_both_be_months(stays, changed) else {}


def _may_both_be_months(stays: int, changed: Collection[int]) -> bool:
    """Whether a number that stays and several that change beside it may each be a month's."""
    return len(changed) >= _FEWEST and 1 < stays <= _MOST and max(changed) <= _MOST


def short_years(notes: NoteRows) -> Iterator[Asked]:
    """Columns of dates whose years have two digits, once each."""
    for index, column in _plain_dates(notes.understood).items():
        column_there = index < len(notes.columns)
        found, forms = dates.short_years(notes.columns[index] if column_there else ())
        if found:
            text, day = next(iter(found.items()))
            yield Asked(
                "coluna-ano-curto",
                column,
                notes.with_one_of(found, index),
                options_of(*(key for key, form in _YEARS.items() if form in forms), "nao_enviar"),
                {"primeira": text.strip(), "lido": dates.in_words(day)},
            )


def is_day_of_the_note(notes: NoteRows, index: int, value: RawValue) -> bool:
    """Whether a day in a column is in each of its rows the note's own, in another column."""
    source, day = notes.understood.fit.sources.get(_EMISSAO), dates.parse_date(value).value
    if source is None or day is None or source.cells[0].index >= len(notes.columns):
        return False
    pairs = zip(notes.columns[index], notes.columns[source.cells[0].index], strict=True)
    return all(dates.parse_date(own).value == day for there, own in pairs if there == value)


def _plain_dates(understood: Understood) -> dict[int, SourceColumn]:
    """The columns of dates of which no mapping says how they are written, first ones first.

    What may be a date is among them: asked for later, its years would cost another round.
    """
    found: dict[int, SourceColumn] = {}
    for path, source in understood.fit.sources.items():
        spec = source.spec
        told = spec.format or spec.join or spec.split is not None
        if path in BY_PATH and BY_PATH[path].kind in DAYS and not told:
            found.setdefault(source.cells[0].index, source.column)
    for cell in understood.fit.header.cells:
        decision = understood.decisions.get(cell.index)
        likely = decision.suggestions[:1] if decision else ()
        if any(BY_PATH[path].kind in DAYS for path in likely if path in BY_PATH):
            found.setdefault(cell.index, cell.column)
    return found
