"""Amounts and counts as a Brazilian reads them."""

from datetime import datetime
from decimal import Decimal


def reais(valor: Decimal) -> str:
    """`R$ 1.234,56`."""
    digits = f"{valor:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"R$ {digits}"


def contado(numero: int, um: str, varios: str) -> str:
    """`1 nota`, `2 notas`, `12.000 notas`."""
    return f"{numero:,} {um if numero == 1 else varios}".replace(",", ".")


def momento(quando: datetime) -> str:
    """`22/11/2026 09:30`."""
    return f"{quando:%d/%m/%Y %H:%M}"


def cnpj(numero: str) -> str:
    """`11.222.333/0001-81`; anything but fourteen characters as it stands."""
    if len(numero) != 14:
        return numero
    return f"{numero[:2]}.{numero[2:5]}.{numero[5:8]}/{numero[8:12]}-{numero[12:]}"
