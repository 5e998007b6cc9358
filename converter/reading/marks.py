"""What cells say that calamine does not hand on: errors, missing results, number formats."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from xml.sax.saxutils import unescape

from converter.model.cells import Fault, FaultKind, RawValue
from converter.reading.formats import Form, clock, has_zone, typed
from converter.reading.markup import number_of

NOT_CALCULATED = Fault(FaultKind.FORMULA_WITHOUT_VALUE, "fórmula sem resultado")


class Cells(NamedTuple):
    """Distinct cells: their XML without `<c` and address, its attributes, `<f` of a formula."""

    xml: Sequence[bytes]
    attributes: Sequence[bytes]
    formulas: Sequence[bytes]


_TOLD = frozenset({"d", "e"})
"""Types of cells that are told of whether a formula made them or not."""
_ATTRIBUTE = re.compile(r'([st])="(\w*)"')
_VALUE = re.compile(rb"<v(?:[\s/][^<>]*+)?(?:(?<=/)>|>([^<]*+))")


@dataclass(frozen=True, slots=True)
class Marks:
    """What distinct cells say, by the place each has among them."""

    faults: dict[int, Fault] = field(default_factory=dict)
    shown: defaultdict[Form, list[int]] = field(default_factory=partial(defaultdict, list))
    moments: dict[int, str] = field(default_factory=dict)

    def zoned(self) -> frozenset[int]:
        """The cells whose moments have a zone mark, which is not heeded."""
        return frozenset(place for place, text in self.moments.items() if has_zone(text))

    def apply(self, values: list[RawValue], date1904: bool) -> None:
        """Put faults, moments and numbers shown otherwise among the cells' values, in place."""
        for form, places in self.shown.items():
            plain = form == Form(places=form.places)
            for place in places:
                value = values[place]
                if plain and type(value) is float and round(value, form.places) == value:
                    continue
                if type(value) is float or type(value) is int:
                    values[place] = typed(float(value), form, date1904)
        for place, text in self.moments.items():
            # What is no date stays the text it is.
            with suppress(ValueError, OverflowError):
                values[place] = clock(text)
        for place, fault in self.faults.items():
            values[place] = fault


def marks_of(cells: Cells, forms: Mapping[int, Form], uncalculated: bool) -> Marks:
    """What these cells say.

    Args:
        cells: In their order.
        forms: What the styles show, of those that may show a number otherwise than it is.
        uncalculated: The book asks to be calculated on load: XlsxWriter and its like store 0 for
            every formula then, so that is no result.
    """
    marks = Marks()
    kinds = {name: _kind(name, forms) for name in {*cells.attributes}}
    _show(marks, cells.attributes, {name: form for name, (_, form) in kinds.items()})
    if any(cells.formulas) or not _TOLD.isdisjoint(kind for kind, _ in kinds.values()):
        for place, (xml, name, formula) in enumerate(zip(*cells, strict=True)):
            if formula or kinds[name][0] in _TOLD:
                _tell(marks, place, kinds[name][0], _VALUE.search(xml), uncalculated)
    return marks


def _show(marks: Marks, attributes: Sequence[bytes], forms: Mapping[bytes, Form]) -> None:
    """Mark the cells that are shown otherwise than they are."""
    formed = {name: marks.shown[form] for name, form in forms.items() if form != Form()}
    if formed:
        for place, name in enumerate(attributes):
            if name in formed:
                formed[name].append(place)


def _tell(
    marks: Marks, place: int, kind: str, value: re.Match[bytes] | None, uncalculated: bool
) -> None:
    """Mark a cell of an error or a moment, or a formula without a result."""
    text = unescape(((value and value[1]) or b"").decode("utf-8", "replace"))
    # An empty text is a result, no value is not.
    missing = value is None if kind == "str" else not text or (uncalculated and text == "0")
    if kind == "e":
        marks.faults[place] = Fault(FaultKind.ERROR_VALUE, text or "#ERRO!")
    elif kind == "d":
        marks.moments[place] = text
    elif missing:
        marks.faults[place] = NOT_CALCULATED


def _kind(attributes: bytes, forms: Mapping[int, Form]) -> tuple[str, Form]:
    """The type of cells with these attributes, and what they show."""
    said = dict(_ATTRIBUTE.findall(attributes.decode()))
    return said.get("t", ""), forms.get(number_of(said.get("s")) or 0, Form())
