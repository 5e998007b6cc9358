"""Typed rows on their way to a lote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from converter.model.cells import MappedSheet
from converter.model.packed import unpack
from converter.model.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

Typed = str | Decimal | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """The sheet after typing and validation.

    `frame` has a row per note, by its Excel number, and a column per API path, categories of exact
    values: text and codes as str, amounts and rates as Decimal (R$, percent), yes/no as bool,
    `data_emissao` as an aware datetime (or a date where the mapping says the city drops the time).
    A missing value means the key is omitted from the payload. Item and aliquota are already in the
    form the prestador's município asks. `rejected` holds the Excel rows that have at least one
    problem of severity `erro`, kept or not; `problems` are the first ones in sheet order and
    `problems_beyond` counts those left out.
    """

    source: MappedSheet
    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    rejected: frozenset[int]
    problems_beyond: int = 0


class Prestador(NamedTuple):
    """Who issues. One lote has one; the three together are the grouping key."""

    cnpj: str
    inscricao_municipal: str
    codigo_municipio: str


@dataclass(frozen=True, slots=True)
class Splitting:
    """How large a lote of a prestador may be: notes, and bytes of its payload."""

    notas: int
    payload_bytes: int = 8 * 1024 * 1024


class Nota(NamedTuple):
    """One row inside a lote: where it came from and what ties it to the answers.

    `identity` is the row's own hash (see docs/decisoes), `ordem` its 1-based place in
    `lista_nfse`, `documento` the tomador's CPF or CNPJ (may be empty), `valor` in R$. `planilha`
    and `row` are `NOWHERE` once the row has left the file.
    """

    identity: str
    planilha: str
    row: int
    ordem: int
    documento: str
    tomador: str
    valor: Decimal


NOWHERE = ("", 0)
"""The sheet and row of a note that is no longer in the file."""


@dataclass(frozen=True, slots=True)
class Lote:
    """A payload ready to send, kept `packed` at any level; no bytes where it was not asked for.

    `ref` is `pl` + 30 hex digits of the payload's SHA-256.
    """

    ref: str
    arquivo: str
    prestador: Prestador
    packed: bytes = field(compare=False)
    notas: tuple[Nota, ...]

    @property
    def payload(self) -> bytes:
        """What is sent, unpacked whenever it is asked for."""
        return unpack(self.packed) if self.packed else b""

    def __reduce__(self) -> tuple[Callable[..., Lote], tuple[object, ...]]:
        """Pickle the notes by columns: a quarter of the time, where thousands travel."""
        *columns, valores = zip(*self.notas, strict=True) if self.notas else [()] * 7
        parts = (self.ref, self.arquivo, self.prestador, self.packed)
        return _lote, (*parts, columns, list(map(str, valores)))

    @property
    def valor(self) -> Decimal:
        """Sum of the notes in R$."""
        return sum((nota.valor for nota in self.notas), Decimal(0))


def _lote(
    ref: str,
    arquivo: str,
    prestador: Prestador,
    packed: bytes,
    columns: Sequence[Sequence[object]],
    valores: Sequence[str],
) -> Lote:
    notas = tuple(map(Nota, *columns, map(Decimal, valores)))
    return Lote(ref, arquivo, prestador, packed, notas)
