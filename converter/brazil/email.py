"""One e-mail address, of at most the eighty characters the API takes.

>>> parse(" financeiro@padaria-aurora.com.br ").value
'financeiro@padaria-aurora.com.br'
"""

import re

from converter.brazil import raw
from converter.model.parsed import Parsed

_LIMIT = 80
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
"""The address forms of RFC 5321 that mail systems really give out: no quotes, no comments."""

_SEVERAL = re.compile(r"[;,\s]")


def parse(value: object) -> Parsed[str]:
    """Give the address of a cell as typed, without outer spaces."""
    text = raw.text(value)
    if text.value is None:
        return text
    address = text.value
    if address.count("@") > 1 and _SEVERAL.search(address):
        return raw.refuse("email-varios")
    if len(address) > _LIMIT:
        return raw.refuse("email-tamanho", tamanho=str(len(address)), limite=str(_LIMIT))
    return Parsed(address) if _ADDRESS.fullmatch(address) else raw.refuse("email-formato")
