"""Two headers are the same when they differ only in accents, case, spaces and punctuation."""

import unicodedata


def fold(text: str) -> str:
    """Give the letters and digits of `text`, without accents, in lower case.

    >>> fold("Nº do  CNPJ/CPF (Tomador)")
    'nodocnpjcpftomador'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text.casefold()))
