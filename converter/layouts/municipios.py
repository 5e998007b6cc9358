"""Which municípios publish a layout of their own, and how many notes its file takes.

Apart from the layouts, since to cut rows into lotes asks no more than this of them.
"""

from functools import cache
from pathlib import Path

from converter.layouts.table import rows

_TABLE = Path(__file__).with_name("municipios.csv")

MAX_NOTAS = {
    "barueri-pmb004": 1000,
    "sao-paulo-v001": 5000,
    "sao-paulo-v002": 5000,
    "abrasf-2.02": 1000,
}
"""Notes in one file, by layout."""


@cache
def sites() -> dict[str, str]:
    """Where each of these prefeituras takes the file, by IBGE code."""
    return {row["codigo"]: row["site"] for row in rows(_TABLE) if row["site"]}


@cache
def published() -> dict[str, str]:
    """The name of the layout each of these municípios imports, by IBGE code."""
    return {row["codigo"]: row["layout"] for row in rows(_TABLE)}
