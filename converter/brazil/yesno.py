"""Yes or no, in all the ways a spreadsheet says it.

>>> parse("Não").value
False
>>> parse("2 - Não retido").value
False
"""

import re
from collections.abc import Mapping
from functools import cache

from converter.brazil import data_files, headers, raw
from converter.model.parsed import Parsed

_LISTED = re.compile(r"[0-9A-Za-z] *[-–:.)=] *(\S.*)", re.DOTALL)
"""`1 - Sim`, `N: Não`: a code and what it means, as drop-down lists show it."""


_MARKS = {"✓": True, "✔": True, "☑": True, "✅": True, "☐": False, "✗": False, "✘": False}
"""Boxes and ticks, which are all of a cell."""


@cache
def _answers() -> Mapping[str, bool]:
    return {headers.fold(word): answer == "sim" for word, answer in data_files.rows("sim_nao")}


def parse(value: object) -> Parsed[bool]:
    """Give the answer of a cell; a blank one is for the caller's default."""
    if isinstance(value, bool):
        return Parsed(value)
    if isinstance(value, int | float):
        return Parsed(bool(value)) if value in (0, 1) else raw.refuse("simnao-desconhecido")
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    foreign = text.isdigit() and not text.isascii()
    answer = None if foreign else _answers().get(headers.fold(text), _MARKS.get(text))
    if answer is None and (listed := _LISTED.fullmatch(text)):
        answer = _answers().get(headers.fold(listed[1]))
    return raw.refuse("simnao-desconhecido") if answer is None else Parsed(answer)
