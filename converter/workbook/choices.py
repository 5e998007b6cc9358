"""The drop-down lists of a source, so that they live on in the workbook to mend."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from converter.model.address import column_of
from converter.model.cells import RawValue
from converter.workbook.dialect import named
from converter.workbook.refusal import CannotCarry
from converter.workbook.relations import parse
from converter.workbook.source import SourceBook

MAX_COLUMNS, MAX_VALUES = 200, 1_000
"""A list over more columns, or longer, is none that somebody picks from."""

Rows = Callable[[str], Sequence[Sequence[RawValue]] | None]
"""The rows of a sheet by its name, None where there is none."""
_OPENING = re.compile(rb"<(?:\w+:)?dataValidations\b")
_CLOSING = re.compile(rb"</(?:\w+:)?dataValidations>")
_PREFIX = re.compile(rb"(</?)\w+:")
_FOREIGN = re.compile(rb"\s(?:xmlns(?::\w+)?|\w+:\w+)=(\"[^\"]*\"|'[^']*')")
_RANGE = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!\s]+))!)?"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d{1,7})(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d{1,7}))?"
)
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?\d*(?::\$?([A-Z]{1,3})\$?\d*)?")


def choices(
    book: SourceBook, sheets: Sequence[str], rows: Rows
) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """The values of each drop-down by sheet and column (A is 1).

    Lists made by formulas other than a range or a name of one stay behind.
    """
    defined = book.workbook.iter(named(book.workbook, "definedName"))
    names = {name.get("name", ""): name.text or "" for name in defined}
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for sheet in sheets:
        try:
            validations = list(_validations(book.sheet_part(sheet)))
        except CannotCarry:
            continue
        for areas, formula in validations:
            values = tuple(_values(names.get(formula, formula), sheet, rows))
            if 0 < len(values) <= MAX_VALUES:
                found.update(dict.fromkeys(((sheet, each) for each in _columns(areas)), values))
    return found


def _validations(part: bytes) -> Iterator[tuple[str, str]]:
    """Areas and formula of each list, as Excel writes them today and wrote them in 2007."""
    start = _OPENING.search(part)
    while start is not None:
        end = _CLOSING.search(part, start.end())
        if end is None:
            return
        plain = _PREFIX.sub(rb"\1", _FOREIGN.sub(b"", part[start.start() : end.end()]))
        for one in parse(plain, "dataValidations").iter("dataValidation"):
            told = one.find("formula1")
            formula = "" if told is None else "".join(map(str, told.itertext())).strip()
            if one.get("type") == "list" and formula:
                yield one.get("sqref") or one.findtext("sqref") or "", formula
        start = _OPENING.search(part, end.end())


def _columns(areas: str) -> Iterator[int]:
    for area in areas.split():
        match = _AREA.fullmatch(area)
        if match is None:
            continue
        first, last = column_of(match[1]), column_of(match[2] or match[1])
        if last - first < MAX_COLUMNS:
            yield from range(first, last + 1)


def _values(formula: str, own: str, rows: Rows) -> Iterator[str]:
    if len(formula) > 1 and formula[0] == formula[-1] == '"':
        yield from filter(None, map(str.strip, formula[1:-1].replace('""', '"').split(",")))
        return
    match = _RANGE.fullmatch(formula)
    if match is None:
        return
    sheet = (match["quoted"] or match["plain"] or own).replace("''", "'")
    cells = rows(sheet) or ()
    left, right = column_of(match["left"]), column_of(match["right"] or match["left"])
    top, bottom = int(match["top"]), int(match["bottom"] or match["top"])
    for row in cells[top - 1 : min(bottom, top + MAX_VALUES)]:
        yield from filter(str.strip, map(_shown, row[left - 1 : min(right, left + MAX_VALUES)]))


def _shown(value: RawValue) -> str:
    """What a cell shows in a drop-down, "" for a blank one."""
    if value is None:
        return ""
    whole = isinstance(value, float) and value.is_integer()
    return str(value)[:-2] if whole else str(value)
