"""Two headers are the same when they differ only in accents, case, spaces and punctuation."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Give the letters and digits of `text`, without accents, in lower case.

    >>> fold("Nº do  CNPJ/CPF (Tomador)")
    'nodocnpjcpftomador'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text.casefold()))


def fold_words(text: str) -> str:
    """Give the same letters and digits as `fold`, with a space wherever anything else stood.

    >>> fold_words("Ji-Paraná")
    'ji parana'
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Give each of many texts of one line folded, all at once.

    >>> fold_all(["São Paulo", "Mogi-Mirim"])
    ['saopaulo', 'mogimirim']
    """
    lines = unicodedata.normalize("NFKD", "\n".join(texts)).casefold()
    gone = {ord(sign): None for sign in set(lines) if not sign.isalnum() and sign != "\n"}
    return lines.translate(gone).split("\n")
