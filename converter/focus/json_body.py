"""JSON of strangers as values that can be stored and shown, or nothing.

Python reads more than JSON is (`NaN`, numbers without end) and keeps what SQLite, a workbook or a
screen cannot (lone surrogates, NUL); of a name said twice it keeps the last in silence.
"""

import json
import re
from collections.abc import Sequence
from math import isfinite

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_DIGITS = 40


def read_json(body: bytes | str) -> object:
    """The value of a body; a number that is none, or has no end, is None or its text.

    Raises:
        ValueError: It is no JSON, is nested without end, or says one name twice with two values.
    """
    try:
        found = json.loads(
            body,
            object_pairs_hook=_once,
            parse_constant=lambda _: None,
            parse_int=lambda text: int(text) if len(text) < _DIGITS else text,
            parse_float=lambda text: number if isfinite(number := float(text)) else None,
        )
        return _clean(found)
    except RecursionError as error:
        raise ValueError("nested without end") from error


def storable(text: str) -> str:
    """A text without what cannot be written down as UTF-8 or ends a text early."""
    return _UNUSABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for raw, content in pairs:
        name, value = storable(raw), _clean(content)
        if found.setdefault(name, value) != value:
            raise ValueError(f"two values of {name}")
    return found


def _clean(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    return [_clean(item) for item in value] if isinstance(value, list) else value
