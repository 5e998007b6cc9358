"""A raw cell in the words its reader would use for it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import SupportsInt

from converter.brazil import numerals
from converter.model.cells import RawValue
from converter.texts import formato

LONGEST = 120
"""Characters of a cell that a message repeats; a cell can hold 32,767."""


def shown(value: RawValue, longest: int = LONGEST) -> str:
    """Give the cell as a Brazilian Excel shows it, shortened where it is long."""
    match value:
        case None:
            return ""
        case bool():
            return "VERDADEIRO" if value else "FALSO"
        case float() | int():
            return number(value)
        case date():
            midnight = not isinstance(value, datetime) or value.time() == time.min
            return f"{value:%d/%m/%Y}" if midnight else f"{value:%d/%m/%Y %H:%M:%S}"
        case _:
            text = str(value).encode("utf-8", "replace").decode()
            return text if len(text) <= longest else f"{text[: longest - 1]}…"


def number(value: float) -> str:
    """Give a number with a decimal comma and without a useless `,0`."""
    text = repr(value).removesuffix(".0")
    return text.replace(".", ",")


def reais(cents: SupportsInt) -> str:
    """Give cents as R$ are written: 150000 is `1.500,00`."""
    return formato.reais(Decimal(int(cents)).scaleb(-2)).removeprefix("R$ ")


def percent(millionths: SupportsInt) -> str:
    """Give millionths of a percent point as a percentage is written: 2500000 is `2,5`."""
    return numerals.written(Decimal(int(millionths)).scaleb(-6))


def options(table: Mapping[str, str]) -> str:
    """Give the options of a field in one phrase."""
    return "; ".join(f"{option} ({meaning})" for option, meaning in table.items())
