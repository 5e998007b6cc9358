"""Cells that show something and mean nothing: `NULL`, a lone dash, an error saved as text.

>>> read("(null)").warning
'celula-nula'
>>> read("#N/D").problem
'celula-erro-excel'
>>> read("Nulo da Silva") is None
True
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Never

from converter.brazil import data_files, date_words, raw
from converter.model.parsed import Parsed

BLANK: Parsed[Never] = Parsed(None, None, "celula-nula")
"""The answer for a cell that stands for a blank one."""

_ERROR = re.compile(
    r"#(?:N/D|N/A|REF!|VALOR!|VALUE!|DIV/0!|NOME\?|NAME\?|N[ÚU]M!|NULO!|NULL!|DESPEJAR!|SPILL!"
    r"|C[ÁA]LC!|CAMPO!|FIELD!|CONECTAR!|CONNECT!|BLOQUEADO!|BLOCKED!|DESCONHECIDO!|UNKNOWN!"
    r"|OBTENDO_DADOS|GETTING_DATA|FMT)",
    re.IGNORECASE,
)
_ERRORS_OF_OTHERS = re.compile(r"(?:Err|Erro):5[0-9]{2}", re.IGNORECASE)
"""LibreOffice's, by number."""
_TOO_NARROW = re.compile(r"#{2,}")
_CROSSED = re.compile(r"x{3,}", re.IGNORECASE)
_ZERO_DATE = re.compile(r"[0_ ]*([-/.])[0_ ]*\1[0_ ]*(?: *0?0:00(?::00)?)?")
_LONGEST = 20


_STARTS = frozenset(("00", "0/", "0-", "0.", "__", "_/", "_-", "//", "/ ", "xx", "er", "##"))
"""How the cells begin that are told by their form and not by a word."""


@cache
def _words() -> frozenset[str]:
    """The words as they are written, and as they are without accents."""
    words = [row[0] for row in data_files.rows("palavras_vazias")]
    return frozenset((*words, *map(date_words.folded, words)))


def among(values: Sequence[object]) -> Mapping[str, Parsed[Never]]:
    """Give the cells of a column that hold nothing to read, each with its answer (see `read`).

    A column is gone through at once, since nearly all have none.
    """
    texts = [value for value in values if type(value) is str and not value[2 * _LONGEST :]]
    words = _words()
    return {
        text: answer
        for text, bare in zip(texts, map(str.strip, map(str.casefold, texts)), strict=True)
        if (bare in words or bare[:2] in _STARTS or bare[:1] == "#")
        and (answer := read(text)) is not None
    }


def read(value: object) -> Parsed[Never] | None:
    """Say what a cell that holds no value of any kind is; None for one that is to be read.

    `BLANK` for what stands for nothing, a refusal for an error of Excel that became text.
    """
    if not isinstance(value, str) or len(value) > 2 * _LONGEST:
        return None
    text = raw.clean(value)
    if not text or len(text) > _LONGEST:
        return None
    if text[0] in "#eE":
        if _ERROR.fullmatch(text) or _ERRORS_OF_OTHERS.fullmatch(text):
            return raw.refuse("celula-erro-excel")
        if _TOO_NARROW.fullmatch(text):
            return raw.refuse("celula-cerquilhas")
    if _CROSSED.fullmatch(text) or date_words.folded(text) in _words():
        return BLANK
    return BLANK if _ZERO_DATE.fullmatch(text) else None
