"""Text made to fit a file: no line breaks, no control characters, only what its charset holds."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_NEAREST = str.maketrans(
    {
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"',
        "…": "...", "•": "-", "‣": "-", "·": "-", "€": "EUR", "™": "(TM)", "№": "no", "⁄": "/",
        "œ": "oe", "Œ": "OE", "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "≤": "<=",
        "≥": ">=", "≠": "<>", "×": "x", "→": "->", "✓": "v", "ﬁ": "fi", "ﬂ": "fl",
    }
)  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\ufffe\uffff")
_BREAKS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))


@dataclass(frozen=True, slots=True)
class Fitted:
    """`replaced` pairs each character the charset lacks with what stands for it."""

    text: str
    replaced: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=8192)
def fit(text: str, encoding: str, line_break: str = " ") -> Fitted:
    """`text` without surrounding blanks, its line breaks as `line_break`, within `encoding`.

    A character `encoding` lacks becomes its nearest (`ő` an `o`, an en dash a hyphen), or `?`
    where nothing is near, and is told in `replaced`. Invisible characters go without a word.
    """
    if text.isascii() and text.isprintable():
        return Fitted(text.strip())
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_BREAKS).strip())
    if not (plain.isprintable() and _INVISIBLE.isdisjoint(plain)):
        plain = "".join(
            " " if char != "\n" and unicodedata.category(char) in {"Cc", "Zs"} else char
            for char in plain
            if char not in _INVISIBLE
        ).replace("\n", line_break)
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return _nearest(plain, encoding)
    return Fitted(plain.strip())


def _nearest(text: str, encoding: str) -> Fitted:
    out: list[str] = []
    replaced: dict[str, str] = {}
    for char in text:
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            near = unicodedata.normalize("NFKD", char.translate(_NEAREST))
            near = near.encode("ascii", "ignore").decode("ascii") or "?"
            replaced[char] = near
            out.append(near)
        else:
            out.append(char)
    return Fitted("".join(out).strip(), tuple(replaced.items()))
