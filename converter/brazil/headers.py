"""Two headers are the same when they differ only in accents, case, spaces and punctuation."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Give the letters and digits of `text`, without accents, in lower case.

    >>> fold("Nº do  CNPJ/CPF (Tomador)")
    'nodocnpjcpftomador'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text.casefold()))


class _Signs(dict[int, int | None]):
    """Every sign as it is, but for accents, which go; each is looked up once."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_WITHOUT_ACCENTS = _Signs()


def unaccented(text: str) -> str:
    """Give `text` without accents, in lower case; its punctuation and spaces stay.

    >>> unaccented("Não se aplica: Nº")
    'nao se aplica: no'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_WITHOUT_ACCENTS)
    return text.casefold()


def slug(text: str) -> str:
    """Give `text` as a part of a file's name; letters without a plain form are left out.

    >>> slug("Março 2026 (2)")
    'marco_2026_2'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def fold_words(text: str) -> str:
    """Give the same letters and digits as `fold`, with a space wherever anything else stood.

    >>> fold_words("Ji-Paraná")
    'ji parana'
    """
    return " ".join(_WORD.findall(unaccented(text)))
