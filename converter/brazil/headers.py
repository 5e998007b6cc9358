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


def unaccented(text: str) -> str:
    """Give `text` without accents, in lower case; its punctuation and spaces stay.

    >>> unaccented("Não se aplica: Nº")
    'nao se aplica: no'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def fold_words(text: str) -> str:
    """Give the same letters and digits as `fold`, with a space wherever anything else stood.

    >>> fold_words("Ji-Paraná")
    'ji parana'
    """
    return " ".join(filter(None, fold_words_all([text])))


def fold_words_all(texts: Sequence[str]) -> list[str]:
    """Give the words of each of many texts of one line, all at once.

    >>> fold_words_all(["Ji-Paraná", "São  Paulo"])
    ['ji parana', 'sao paulo']
    """
    lines = unicodedata.normalize("NFKD", "\n".join(texts)).casefold()
    other = {sign for sign in set(lines) if not sign.isalnum() or unicodedata.combining(sign)}
    gone = {ord(sign): None if unicodedata.combining(sign) else " " for sign in other - {"\n"}}
    return [" ".join(line.split()) for line in lines.translate(gone).split("\n")]


def fold_all(texts: Sequence[str]) -> list[str]:
    """Give each of many texts of one line folded, all at once.

    >>> fold_all(["São Paulo", "Mogi-Mirim"])
    ['saopaulo', 'mogimirim']
    """
    lines = unicodedata.normalize("NFKD", "\n".join(texts)).casefold()
    gone = {ord(sign): None for sign in set(lines) if not sign.isalnum() and sign != "\n"}
    return lines.translate(gone).split("\n")
