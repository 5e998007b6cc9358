"""The sentences of `motivos.csv`: why a field or file is not taken, or was changed."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from converter.layouts.file_fields import rows


def reason(chave: str, /, **details: object) -> str:
    """The sentence of a key, its details filled in."""
    return _reasons()[chave].format(**details)


@cache
def _reasons() -> Mapping[str, str]:
    return {row["chave"]: row["motivo"] for row in rows(Path(__file__).with_name("motivos.csv"))}
