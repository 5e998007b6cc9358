"""The rows of a file as what is decided, sent and told of them needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, TypeVar

from converter.model.notas import Prestador

T = TypeVar("T")

KEY_PATHS = frozenset(
    {
        "prestador.cnpj", "tomador.cpf_cnpj", "tomador.cnpj", "tomador.cpf", "tomador.nif",
        "data_emissao", "servico.item_lista_servico", "servico.valor_servicos",
        "servico.discriminacao", "referencia",
    }
)  # fmt: skip
"""The columns that tell one note from another."""


class RowRef(NamedTuple):
    """A row of a file by its sheet and the number Excel shows."""

    planilha: str
    row: int


class Place(NamedTuple):
    """A row by its file, its sheet and the number Excel shows."""

    arquivo: str
    planilha: str
    row: int


class RowKey(NamedTuple):
    """The parts of a row that make it the same note for an accountant."""

    documento: str
    dia: str
    item: str
    valor: str
    texto: str
    referencia: str


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of one sheet as parallel columns, aligned with `rows` (Excel row numbers).

    `prestador` is None where the row does not say who issues. `identity` is the row's own hash,
    `repeats` the row of this file it is equal to, where there is one above it, and `occurrence`
    counts such equals from 1. `key` is what the identity was made of, `valor` is in R$.
    """

    planilha: str
    rows: Sequence[int]
    prestador: Sequence[Prestador | None]
    identity: Sequence[str]
    repeats: Sequence[tuple[str, int] | None]
    occurrence: Sequence[int]
    key: Sequence[RowKey]
    tomador: Sequence[str]
    valor: Sequence[Decimal | None]

    def lean(self) -> SheetRows:
        """The same once its fates are decided: of the keys there is only the document.

        With them go the texts, which nobody tells any more: a quarter of what a file takes.
        """
        documents = {key.documento for key in self.key}
        known = {one: RowKey(one, "", "", "", "", "") for one in documents}
        return replace(self, key=[known[key.documento] for key in self.key])

    def __reduce__(self) -> tuple[Callable[..., SheetRows], tuple[object, ...]]:
        """Pickle keys by columns and amounts as text: half the time, where thousands travel."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        keys = list(zip(*values.pop("key"), strict=True))
        valores = [None if valor is None else str(valor) for valor in values.pop("valor")]
        return _from_columns, (type(self), values, keys, valores)


@dataclass(frozen=True, slots=True)
class ComposedSheet(SheetRows):
    """The same with `objects`: each row's `lista_nfse` item as canonical JSON text.

    Keys are sorted and there are no spaces: this text is what is hashed and sent.
    """

    objects: Sequence[str]

    @staticmethod
    def of(rows: SheetRows, objects: Sequence[str]) -> ComposedSheet:
        """These rows with their JSON."""
        columns = {name: getattr(rows, name) for name in SheetRows.__dataclass_fields__}
        return ComposedSheet(**columns, objects=objects)

    def without_objects(self) -> SheetRows:
        """The rows alone: once they are in lotes, their JSON is half of what a file takes."""
        return SheetRows(*(getattr(self, name) for name in SheetRows.__dataclass_fields__))


def _from_columns(
    kind: Callable[..., T],
    values: Mapping[str, object],
    keys: Sequence[Sequence[str]],
    valores: Sequence[str | None],
) -> T:
    key = list(map(RowKey, *keys)) if keys else []
    valor = [None if text is None else Decimal(text) for text in valores]
    return kind(**values, key=key, valor=valor)
