"""What cells say that calamine does not hand on: errors, missing results, number formats."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from xml.sax.saxutils import unescape

from converter.model.cells import Fault, FaultKind, RawValue
from converter.reading.formats import Form, clock, has_zone, typed
from converter.reading.markup import number_of

NOT_CALCULATED = Fault(FaultKind.FORMULA_WITHOUT_VALUE, "fórmula sem resultado")

Written = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
"""A cell: its XML behind the address, the attributes, `<f` where it has a formula, `<v` where it
has a value, what stands in that, and the letters of the next cell's address."""

_ATTRIBUTE = re.compile(r'([st])="(\w*)"')


@dataclass(frozen=True, slots=True)
class Marks:
    """What distinct cells say, by the place each has among them."""

    faults: dict[int, Fault] = field(default_factory=dict)
    shown: defaultdict[Form, list[int]] = field(default_factory=partial(defaultdict, list))
    moments: dict[int, str] = field(default_factory=dict)

    @property
    def zoned(self) -> frozenset[int]:
        """The cells whose moments have a zone mark, which is not heeded."""
        return frozenset(place for place, text in self.moments.items() if has_zone(text))

    def apply(self, values: list[RawValue], date1904: bool) -> None:
        """Put faults, moments and numbers shown otherwise among the cells' values, in place."""
        for form, places in self.shown.items():
            for place in places:
                value = values[place]
                if type(value) is float or type(value) is int:
                    values[place] = typed(float(value), form, date1904)
        for place, text in self.moments.items():
            # What is no date stays the text it is.
            with suppress(ValueError, OverflowError):
                values[place] = clock(text)
        for place, fault in self.faults.items():
            values[place] = fault


def marks_of(cells: Iterable[Written], forms: Mapping[int, Form], uncalculated: bool) -> Marks:
    """What these cells say.

    Args:
        cells: In their order.
        forms: What the styles show, of those that may show a number otherwise than it is.
        uncalculated: The book asks to be calculated on load: XlsxWriter and its like store 0 for
            every formula then, so that is no result.
    """
    marks = Marks()
    kinds: dict[bytes, tuple[str, list[int] | None]] = {}
    for place, (_, attributes, formula, has_value, value, _) in enumerate(cells):
        if attributes not in kinds:
            said = dict(_ATTRIBUTE.findall(attributes.decode()))
            form = forms.get(number_of(said.get("s")) or 0)
            kinds[attributes] = said.get("t", ""), None if form is None else marks.shown[form]
        kind, shown = kinds[attributes]
        if shown is not None:
            shown.append(place)
        if kind == "e":
            marks.faults[place] = Fault(FaultKind.ERROR_VALUE, _text(value) or "#ERRO!")
        elif kind == "d":
            marks.moments[place] = _text(value)
        elif formula:
            # An empty text is a result, no value is not.
            missing = not value or (uncalculated and value == b"0")
            if not has_value if kind == "str" else missing:
                marks.faults[place] = NOT_CALCULATED
    return marks


def _text(value: bytes) -> str:
    return unescape(value.decode("utf-8", "replace"))
