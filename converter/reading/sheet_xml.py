"""One pass over the XML of a sheet before calamine sees it: its extent and its marks.

Excel, LibreOffice, XlsxWriter and openpyxl all write `<c r="B7"`, and of nearly every cell calamine
tells all there is. So one regular expression passes over those at a fraction of the cost of a
parse, and stops at the others. Whatever is written another way (a namespace prefix, other quotes,
cells without an address) goes through a real parser instead.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from converter.model.address import column_of, letters_of
from converter.model.cells import Fault, FaultKind
from converter.reading.formats import Form, Shown
from converter.reading.marks import NOT_CALCULATED, Address, Marks
from converter.reading.markup import number_of, refuse_entities, sheet_data, walk
from converter.reading.refusal import FileRefused

_GLANCE = 16 * 1024
_TWO_LETTERS = column_of("ZZ")
_MOST_STYLES = 1_000
_MOST_GROWTH = 100
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"')
_STRAY = re.compile(rb"<c[\s/>]|:c[\s/>]")
_PREFIXED = re.compile(rb":c[\s/>]")
_TYPE = rb'(?: t="(?![de]")\w{1,9}+")?+'
_CELL = (
    rb'(?: r="([A-Z]{1,2})([1-9]\d{0,6}+)"((?: (?:[st]|cm|vm|ph)="\w{0,9}+")*+) ?(?:/>|>\s*+'
    rb"(?:(<f)(?:[\s/][^<>]*+)?(?:(?<=/)>|>[^<]*+</f>)\s*+)?"
    rb"(?:(<v)(?:[\s/][^<>]*+)?(?:(?<=/)>|>([^<]*+)</v>)\s*+)?(?=</c>|<is>)))?"
)
"""A cell taken apart: its address, its other attributes, whether it has a formula, its value."""
_ATTRIBUTE = re.compile(r'([st])="(\w*)"')
_ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})", re.ASCII)


def scan(
    xml: bytes, forms: Mapping[int, Form], uncalculated: bool, *, room: int, most: int
) -> Marks:
    """The extent and marks of a sheet.

    Args:
        xml: The sheet's part.
        forms: What the styles show, of those that may show a number otherwise than it is.
        uncalculated: The book asks to be calculated on load, so a formula's zero is no result.
        room: Cells the sheet may claim without being counted.
        most: Cells it may have, blank ones too.

    Raises:
        FileRefused: The XML declares a DTD, or cannot be read.
    """
    refuse_entities(xml)
    return _usual(xml, forms, uncalculated, room) or parse(xml, forms, uncalculated, most)


def _usual(xml: bytes, forms: Mapping[int, Form], uncalculated: bool, room: int) -> Marks | None:
    """The marks of a sheet written as the usual programs do, None for any other."""
    begin, end = sheet_data(xml)
    if not _is_plain(xml, begin, end) or len(forms) > _MOST_STYLES:
        return None
    places = _PLACE.findall(xml, begin, begin + _GLANCE)
    places += _PLACE.findall(xml, max(end - _GLANCE, begin), end)
    if not places:
        return None
    columns = max(column_of(letters.decode()) for letters in {letters for letters, _ in places})
    told = _Told(Marks(max(int(row) for _, row in places), columns), forms, uncalculated)
    try:
        told.read(xml, begin, end)
    except _Unforeseen:
        return None
    area = told.marks.rows * told.marks.columns
    told.marks.cells = area if area <= room else xml.count(b"<c ")
    return told.marks


def _is_plain(xml: bytes, begin: int, end: int) -> bool:
    """Whether there are no cells but those of one `sheetData`, of no prefix.

    calamine takes the first, whatever its prefix and what follows it.
    """
    return not (
        b"\x00" in xml[:64]
        or _STRAY.search(xml, 0, begin)
        or _STRAY.search(xml, end)
        or _PREFIXED.search(xml, begin, end)
    )


class _Unforeseen(Exception):  # noqa: N818 - a turn to the parser, not an error
    """A cell is written in a way that only a parser understands."""


class _Columns(dict[bytes, int]):
    def __missing__(self, letters: bytes) -> int:
        self[letters] = number = column_of(letters.decode())
        return number


@dataclass(slots=True)
class _Told:
    """What the cells with something to tell have told so far."""

    marks: Marks
    forms: Mapping[int, Form]
    uncalculated: bool
    columns: _Columns = field(default_factory=_Columns)
    kinds: dict[bytes, tuple[str, Form | None]] = field(default_factory=dict)

    def read(self, xml: bytes, begin: int, end: int) -> None:
        """Go through all cells, again from each that lies beyond the extent so far.

        Raises:
            _Unforeseen: A cell is written otherwise, or the extent grows too often or too wide.
        """
        for _ in range(_MOST_GROWTH):
            if self.marks.columns > _TWO_LETTERS:
                break
            pattern = _unusual(self.marks, self.forms)
            beyond = self.beyond(pattern.finditer(xml, begin, end))
            if beyond is None:
                return
            begin = beyond
        raise _Unforeseen

    def beyond(self, cells: Iterable[re.Match[bytes]]) -> int | None:
        """Take in these cells; where the first beyond the extent so far begins, which then grows.

        Raises:
            _Unforeseen: A cell is none that was taken apart.
        """
        marks, columns, kinds = self.marks, self.columns, self.kinds
        for cell in cells:
            letters, digits, attributes, formula, has_value, value = cell.groups()
            if letters is None:
                raise _Unforeseen
            at = row, column = int(digits), columns[letters]
            if row > marks.rows or column > marks.columns:
                marks.rows, marks.columns = max(marks.rows, row), max(marks.columns, column)
                return cell.start()
            if attributes not in kinds:
                kinds[attributes] = _kind_and_form(attributes, self.forms)
            kind, form = kinds[attributes]
            if formula or kind in {"d", "e"}:
                text = (value or b"").decode("utf-8", "replace") if has_value else None
                _note(marks, at, kind, bool(formula), text, self.uncalculated)
            if form is not None:
                marks.shown[form].append(at)
        return None


def _unusual(marks: Marks, forms: Mapping[int, Form]) -> re.Pattern[bytes]:
    """What finds the cells there is more to be told of, or that lie beyond the extent so far."""
    by_look: dict[bytes, list[int]] = {}
    for style, form in forms.items():
        by_look.setdefault(_look(form), []).append(style)
    plain = rb'(?! s="%b") s="\d{1,6}+"' % _any_of(forms) if forms else rb' s="\d{1,6}+"'
    ways = [rb">", rb' t="s">', _TYPE + rb"/?+>", plain + _TYPE + rb"/?+>"]
    if 0 in forms:
        # A cell that names no style has the first.
        del ways[:3]
    ways += [
        rb' s="%b"%b(?:/>|>(?!\s*+<v>(?:%b)))' % (_any_of(styles), _TYPE, look)
        for look, styles in by_look.items()
        if look
    ]
    address = rb'(?:%b)(?:%b)"' % (_columns_to(marks.columns), _rows_to(marks.rows))
    return re.compile(rb'<c(?! r="%b(?:%b)(?!\s*+<f))%b' % (address, b"|".join(ways), _CELL))


def _look(form: Form) -> bytes:
    """How a value begins that such a form shows otherwise than it is; empty where all may be."""
    if form.kind in {Shown.DATE, Shown.DURATION}:
        return rb"-|\d{7}|[\d.]*+E"
    always = form.currency or form.thousands or form.mask or form.kind is Shown.PERCENT
    if always or form.places is None:
        return b""
    return rb"-?\d*+(?:\.\d{%d}|(?:\.\d*+)?E-)" % (form.places + 1)


def _any_of(numbers: Iterable[int]) -> bytes:
    """A pattern of these numbers that looks at each digit once: styles come by the hundred."""
    return _any_word(str(number).encode() for number in numbers)


def _any_word(words: Iterable[bytes]) -> bytes:
    ends: dict[bytes, list[bytes]] = {}
    for word in words:
        ends.setdefault(word[:1], []).append(word[1:])
    return b"(?:%b)" % b"|".join(head and head + _any_word(rest) for head, rest in ends.items())


def _kind_and_form(attributes: bytes, forms: Mapping[int, Form]) -> tuple[str, Form | None]:
    said = dict(_ATTRIBUTE.findall(attributes.decode("ascii", "replace")))
    return said.get("t", ""), forms.get(number_of(said.get("s")) or 0)


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


def parse(xml: bytes, forms: Mapping[int, Form], uncalculated: bool, most: int) -> Marks:
    """`scan` by a real parser, whatever the notation; only cells with content count.

    Raises:
        FileRefused: Also where there are more than `most` cells, blank ones too.
    """
    marks = Marks()
    row = 0
    column = 0
    for event, element in walk(xml, ("{*}c", "{*}row"), most):
        is_row = element.tag.endswith("row")
        if is_row and event == "start":
            row = _row_number(element.get("r"), row + 1)
            column = 0
        elif not is_row and event == "end":
            row, column = _place(element.get("r"), row, column + 1)
            _cell(element, (row, column), marks, forms, uncalculated)
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


def _cell(
    cell: etree._Element,
    at: Address,
    marks: Marks,
    forms: Mapping[int, Form],
    uncalculated: bool,
) -> None:
    """Count a cell that has content, and keep what is to be told of it."""
    formula = cell.find("{*}f") is not None
    value = cell.find("{*}v")
    text = None if value is None else value.text or ""
    if formula or text or cell.find("{*}is") is not None:
        marks.reach(*at)
        _note(marks, at, cell.get("t", ""), formula, text, uncalculated)
        form = forms.get(number_of(cell.get("s")) or 0)
        if form is not None:
            marks.shown[form].append(at)


def _note(
    marks: Marks, at: Address, kind: str, formula: bool, value: str | None, uncalculated: bool
) -> None:
    """Keep an error, a date typed as such, or what ails the result of a formula.

    An empty text is a result, no value is not. XlsxWriter and its like store 0 for every formula
    and ask Excel to calculate on load.
    """
    if kind == "e":
        marks.faults[at] = Fault(FaultKind.ERROR_VALUE, value or "#ERRO!")
    elif kind == "d":
        marks.moments[at] = value or ""
    elif formula:
        missing = not value or (uncalculated and value == "0")
        if value is None if kind == "str" else missing:
            marks.faults[at] = NOT_CALCULATED
