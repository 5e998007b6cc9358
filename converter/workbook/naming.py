"""Names of sheets: at most 31 characters, none that Excel refuses, none twice."""

import re
from collections.abc import Iterable, Sequence

from converter.workbook.new_sheet import MAX_NAME

_REFUSED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Nor a name that begins or ends with an apostrophe.
_ENDS = re.compile(r"^['\s]+|['\s]+$")
# Excel keeps this name for itself.
_RESERVED = {"history", "histórico"}


def sheet_names(wanted: Sequence[str], taken: Iterable[str]) -> list[str]:
    """`wanted` made legal, and different from `taken` and each other by `(2)`, `(3)` and so on."""
    used = {name.casefold() for name in taken} | _RESERVED
    names = []
    for name in wanted:
        legal = _ENDS.sub("", _REFUSED.sub("_", name)) or "Planilha"
        chosen, number = _cut(legal, MAX_NAME), 1
        while chosen.casefold() in used:
            number += 1
            suffix = f" ({number})"
            chosen = _cut(legal, MAX_NAME - len(suffix)) + suffix
        used.add(chosen.casefold())
        names.append(chosen)
    return names


def _cut(name: str, units: int) -> str:
    """The start of `name` in at most `units` UTF-16 units, as Excel counts."""
    kept = name.encode("utf-16-le", "replace")[: 2 * units].decode("utf-16-le", "ignore")
    return _ENDS.sub("", kept)
