"""One pass over the XML of a sheet before calamine sees it: its extent and its marks.

Excel, LibreOffice, XlsxWriter and openpyxl all write `<c r="B7"`, so a few regular expressions
over the bytes are enough and cost a fraction of a parse. Whatever is written another way (a
namespace prefix, other quotes, cells without an address) goes through a real parser instead.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from converter.model.address import column_of, letters_of
from converter.model.cells import Fault, FaultKind
from converter.reading.formats import Form, Shown
from converter.reading.marks import NOT_CALCULATED, Address, Marks
from converter.reading.markup import number_of, refuse_entities, walk, well_formed
from converter.reading.refusal import FileRefused

_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WINDOW = 4 * 2**20
_GLANCE = 16 * 1024
_TWO_LETTERS = column_of("ZZ")
_LOW_ROWS = 99_999
_CELL = re.compile(rb'<c( r="[A-Z]{1,3}(?:[1-9]\d{5,6}(?=")|(?=[1-9]\d{0,4}"))|[\s/>])')
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"')
_USUAL = rb'(?: s="\d{1,6}+")?+(?: t="(?!d")\w{1,9}+")?+/?+>'
_PREFIXED = re.compile(rb":c[\s/>]")
_START = re.compile(rb' r="([A-Z]+)(\d*)')
_ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})", re.ASCII)
_BEFORE_STYLE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})(?:" [^<>]*)?$')
_MOMENT = re.compile(rb't="d"')
_DATED = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?=[^<>]* t="d")[^<>]*+>(?:<f[^<>]*+>(?:[^<]*+</f>)?)?<v>([^<]*)</v>'
)
_VALUE = rb'"[^<>]*+>(?:<f[^<>]*+>(?:[^<]*+</f>)?)?<v>-?\d*+\.'
_ERROR = re.compile(rb't="e"')
_FORMULA = re.compile(rb"<f[\s/>]")
_CALCULATED = re.compile(
    rb'<c r="([A-Z]+)(\d+)"([^<>]*)>\s*+<f(?:\s[^<>]*)?(?:/>|>[^<]*+</f>)\s*+'
    rb"(?:<v(?:\s[^<>]*)?(?:/>|>([^<]*+)</v>))?\s*+</c>"
)
_FAILED = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?=[^<>]* t="e")[^<>]*+>(?:<f[^<]*+(?:</f>)?)?<v>([^<]*)</v>'
)


def scan(
    xml: bytes, forms: Mapping[int, Form], uncalculated: bool, *, room: int, most: int
) -> Marks:
    """The extent and marks of a sheet.

    Args:
        xml: The sheet's part.
        forms: What the styles show, of those that show a number otherwise than it is.
        uncalculated: The book asks to be calculated on load, so a formula's zero is no result.
        room: Cells the sheet may claim without being counted.
        most: Cells it may have, blank ones too.

    Raises:
        FileRefused: The XML declares a DTD, or cannot be read.
    """
    refuse_entities(xml)
    marks = _plain(xml, room)
    if marks is None:
        return parse(xml, forms, uncalculated, most)
    if _may_have_faults(xml) and not _faults(xml, marks, uncalculated):
        return parse(xml, forms, uncalculated, most)
    percent = [style for style, form in forms.items() if form.kind is Shown.PERCENT]
    if percent:
        marks.percents = _styled(xml, percent)
    foreign = {style: form for style, form in forms.items() if form.currency}
    marks.numbers = _rounded(xml, {s: form for s, form in forms.items() if s not in foreign})
    for style, form in foreign.items():
        marks.numbers += [(at, form) for at in _styled(xml, [style])]
    return marks


def _may_have_faults(xml: bytes) -> bool:
    """Whether to look for formulas and errors.

    Cells with neither have no `f` and no `#` at all, and nothing is found faster than one byte.
    """
    begin = max(xml.find(b"<sheetData") + 10, 0)
    end = xml.rfind(b"</sheetData")
    end = len(xml) if end < begin else end
    return (xml.find(b"f", begin, end) >= 0 and b"</f>" in xml) or (
        xml.find(b"#", begin, end) >= 0 and b't="e"' in xml
    )


def _plain(xml: bytes, room: int) -> Marks | None:
    """The extent and the dates typed as such, when every cell is written `<c r="B7"`; else None."""
    if b"\x00" in xml[:64] or _PREFIXED.search(xml):
        return None
    marks = _bounded(xml, room)
    if marks is not None:
        return marks
    # Cells with other attributes than usual, or typed as dates: the address must not be there
    # twice, as calamine believes the last.
    well_formed(xml)
    marks = Marks()
    for begin, end in _windows(xml):
        found = _CELL.findall(xml, begin, end)
        marks.cells += len(found)
        for start in set(found):
            address = _START.fullmatch(start)
            if address is None:
                return None
            letters, row = address.groups()
            marks.columns = max(marks.columns, column_of(letters.decode()))
            marks.rows = max(marks.rows, int(row or _LOW_ROWS))
    if marks.rows == _LOW_ROWS:
        marks.rows = _last_row(xml)
    return marks if _moments(xml, marks) else None


def _bounded(xml: bytes, room: int) -> Marks | None:
    """The extent by a guess that holds: the widest and the lowest cell at either end of the part.

    To search for a cell beyond them costs a fraction of looking at each. None where there is one.
    """
    ends = xml[:_GLANCE], xml[-_GLANCE:]
    places = [place for end in ends for place in _PLACE.findall(end)]
    if not places:
        return None
    columns = max(column_of(letters.decode()) for letters in {letters for letters, _ in places})
    rows = max(int(row) for _, row in places)
    if columns > _TWO_LETTERS:
        return None
    inside = rb'<c(?! r="(?:%b)(?:%b)"%b|ols?[ >])' % (
        _columns_to(columns),
        _rows_to(rows),
        _USUAL,
    )
    if re.search(inside, xml) is not None:
        return None
    area = rows * columns
    return Marks(rows, columns, cells=area if area <= room else xml.count(b"<c "))


def _columns_to(last: int) -> bytes:
    """A pattern of the letters of columns 1 to `last`, two letters at most."""
    letters = letters_of(last)
    if len(letters) == 1:
        return f"[A-{letters}]".encode()
    first, second = letters[0], letters[1]
    before = f"|[A-{chr(ord(first) - 1)}][A-Z]" if first > "A" else ""
    return f"[A-Z]{before}|{first}[A-{second}]".encode()


def _rows_to(last: int) -> bytes:
    """A pattern of the numbers from 1 to `last`, written without zeros before them."""
    digits = str(last)
    parts = [rf"[1-9]\d{{0,{len(digits) - 2}}}"] if len(digits) > 1 else []
    for place, digit in enumerate(digits):
        lowest = 1 if place == 0 else 0
        if int(digit) > lowest:
            rest = rf"\d{{{len(digits) - place - 1}}}"
            parts.append(f"{digits[:place]}[{lowest}-{int(digit) - 1}]{rest}")
    return "|".join([*parts, digits]).encode()


def _styled(xml: bytes, styles: Iterable[int]) -> list[Address]:
    """Where the cells of these styles are.

    The style is looked for, as few cells have it, and the address taken from what stands before.
    """
    pattern = rb'" s="(?:' + _any(styles) + rb')"'
    return list(_addresses(xml, [match.start() for match in re.finditer(pattern, xml)]).values())


def _rounded(xml: bytes, forms: Mapping[int, Form]) -> list[tuple[Address, Form]]:
    """The numbers that have more decimals than their format shows."""
    by_places: dict[int, list[int]] = {}
    for style, form in forms.items():
        if form.places is not None:
            by_places.setdefault(form.places, []).append(style)
    branches = [
        rb"(?P<p%d>%b)%b\d{%d}" % (places, _any(styles), _VALUE, places + 1)
        for places, styles in by_places.items()
    ]
    if not branches:
        return []
    found = {
        match.start(): match.lastgroup or ""
        for match in re.finditer(rb'" s="(?:' + b"|".join(branches) + rb")", xml)
    }
    places_of = _addresses(xml, list(found))
    return [(at, Form(places=int(found[end][1:]))) for end, at in places_of.items()]


def _any(styles: Iterable[int]) -> bytes:
    return b"|".join(str(style).encode() for style in sorted(styles))


def _addresses(xml: bytes, ends: Iterable[int]) -> dict[int, Address]:
    """The address of the cell whose style stands at each of these places."""
    places = {}
    columns: dict[bytes, int] = {}
    for end in ends:
        before = xml[end - 10 : end]
        begin = before.rfind(b'"') + 1
        # A letter and a digit, two letters, or something that is no address.
        split = begin + 1 if before[begin + 1 : begin + 2] <= b"9" else begin + 2
        column = columns.get(before[begin:split])
        row = before[split:]
        if column is None or not row.isdigit():
            place = _BEFORE_STYLE.search(xml, max(end - 60, 0), end)
            if place is None:
                # A row has a style too.
                continue
            column = column_of(place[1].decode())
            if place.start(1) == end - len(before) + begin and len(place[1]) == split - begin:
                columns[place[1]] = column
            places[end] = int(place[2]), column
        else:
            places[end] = int(row), column
    return places


def _windows(xml: bytes) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(xml):
        end = begin + _WINDOW
        if end < len(xml):
            # At a tag's start: the last of the window or, where it has none, the next one.
            last = xml.rfind(b"<", begin + 1, end)
            end = last if last > 0 else xml.find(b"<", end)
        end = len(xml) if end < 0 else min(end, len(xml))
        yield begin, end
        begin = end


def _last_row(xml: bytes) -> int:
    """The highest row, all of them below 100,000."""
    top = 1
    for digits in range(5, 0, -1):
        rows = re.findall(rb'<c r="[A-Z]+(\d{%d})"' % digits, xml)
        if rows:
            return max(top, *map(int, rows))
    return top


def _faults(xml: bytes, marks: Marks, uncalculated: bool) -> bool:
    """Fill in the faults; False when some formula or error is written in a way not foreseen."""
    seen = 0
    for match in _CALCULATED.finditer(xml):
        seen += 1
        letters, row, attributes, value = match.groups()
        if b't="e"' not in attributes:
            textual = b't="str"' in attributes
            if not value or uncalculated:
                fault = fault_of(textual, b"<v" in match[0], value, uncalculated)
                if fault is not None:
                    marks.faults[int(row), column_of(letters.decode())] = fault
    if seen != len(_FORMULA.findall(xml)):
        return False
    failed = _FAILED.findall(xml) if _ERROR.search(xml) else ()
    for letters, row, text in failed:
        marks.faults[int(row), column_of(letters.decode())] = Fault(
            FaultKind.ERROR_VALUE, text.decode("utf-8", "replace")
        )
    return len(failed) == len(_ERROR.findall(xml))


def _moments(xml: bytes, marks: Marks) -> bool:
    """Fill in the cells typed as dates; False when one is written in a way not foreseen."""
    if xml.find(b't="d"') < 0:
        return True
    dated = _DATED.findall(xml)
    for letters, row, text in dated:
        marks.moments[int(row), column_of(letters.decode())] = text.decode("ascii", "replace")
    return len(dated) == len(_MOMENT.findall(xml))


def fault_of(
    textual: bool, has_value: bool, value: bytes | str | None, uncalculated: bool
) -> Fault | None:
    """What ails the result of a formula, if anything. An empty text is a result, no value is not.

    XlsxWriter and its like store 0 for every formula and ask Excel to calculate on load.
    """
    if textual:
        return None if has_value else NOT_CALCULATED
    if not value or (uncalculated and value in {b"0", "0"}):
        return NOT_CALCULATED
    return None


def parse(xml: bytes, forms: Mapping[int, Form], uncalculated: bool, most: int) -> Marks:
    """`scan` by a real parser, whatever the notation; only cells with content count.

    Raises:
        FileRefused: Also where there are more than `most` cells, blank ones too.
    """
    marks = Marks()
    percents: list[Address] = []
    numbers: list[tuple[Address, Form]] = []
    row = 0
    column = 0
    for event, element in walk(xml, ("{*}c", "{*}row"), most):
        is_row = element.tag.endswith("row")
        if is_row and event == "start":
            row = _row_number(element.get("r"), row + 1)
            column = 0
        elif not is_row and event == "end":
            row, column = at = _place(element.get("r"), row, column + 1)
            kind = _note(element, at, marks, uncalculated)
            form = forms.get(number_of(element.get("s")) or 0) if kind else None
            if form is not None and form.kind is Shown.PERCENT:
                percents.append(at)
            elif form is not None:
                numbers.append((at, form))
    marks.percents = percents
    marks.numbers = numbers
    return marks


def _row_number(text: str | None, following: int) -> int:
    if text is None:
        return following
    number = number_of(text)
    if number is None:
        raise FileRefused("arquivo-danificado")
    return number


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    if address is None:
        return row, column
    place = _ADDRESS.fullmatch(address)
    if place is None:
        raise FileRefused("arquivo-danificado")
    return int(place[2]), column_of(place[1])


def _note(cell: etree._Element, at: tuple[int, int], marks: Marks, uncalculated: bool) -> bool:
    """Whether the cell has content; if so it counts, and its fault, if any, is kept."""
    formula = cell.find("{*}f") is not None
    value = cell.find("{*}v")
    text = None if value is None else value.text
    if not formula and text is None and cell.find("{*}is") is None:
        return False
    marks.reach(*at)
    kind = cell.get("t")
    if kind == "e":
        marks.faults[at] = Fault(FaultKind.ERROR_VALUE, text or "#ERRO!")
    elif kind == "d":
        marks.moments[at] = text or ""
    elif formula:
        fault = fault_of(kind == "str", value is not None, text, uncalculated)
        if fault is not None:
            marks.faults[at] = fault
    return True
