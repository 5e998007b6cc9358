"""Amounts, counts and strangers' texts as a Brazilian reads them."""

import re
from decimal import Decimal
from pathlib import Path

from converter.texts.sentences import sentence

LONGEST = 300
"""Characters of a stranger's text that a sentence repeats; a cell can hold 32,767."""
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What moves a cursor, colours a screen or turns the reading around."""


def uma_linha(texto: str) -> str:
    """A text that can be shown: one line, and nothing in it that a terminal obeys."""
    return texto if texto.isprintable() else _UNSEEN.sub("\ufffd", " ".join(texto.split("\n")))


def cortado(texto: str, limite: int = LONGEST) -> str:
    """The start of a long text."""
    return texto if len(texto) <= limite else f"{texto[: limite - 1]}…"


def reais(valor: Decimal) -> str:
    """`R$ 1.234,56`."""
    digits = f"{valor:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"R$ {digits}"


def na_pasta(caminho: Path, pasta: Path) -> str:
    """A path as seen from the working folder."""
    inside = caminho.is_relative_to(pasta)
    return caminho.relative_to(pasta).as_posix() if inside else str(caminho)


def contado(numero: int, um: str, varios: str) -> str:
    """`1 nota`, `2 notas`, `12.000 notas`."""
    return f"{numero:,} {um if numero == 1 else varios}".replace(",", ".")


def mes(chave: str) -> str:
    """`2026-09` as `set/2026`; what is no month as it stands."""
    ano, _, numero = chave.partition("-")
    if not numero.isdigit():
        return chave or sentence("pagina.sem-data")
    return f"{sentence('pagina.meses').split()[int(numero) - 1]}/{ano}"


def cnpj(numero: str) -> str:
    """`11.222.333/0001-81`; anything but fourteen characters as it stands."""
    if len(numero) != 14:
        return numero
    return f"{numero[:2]}.{numero[2:5]}.{numero[5:8]}/{numero[8:12]}-{numero[12:]}"
