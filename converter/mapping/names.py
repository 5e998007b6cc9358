"""Customers written with their document in one cell, parted: `Ana Prado - CPF 529.982.247-25`."""

from collections.abc import Mapping

from converter.brazil.documents_in_text import name_and_document
from converter.mapping.addresses import Parted
from converter.mapping.rows import Column
from converter.mapping.sense import NOME
from converter.mapping.values import text_of
from converter.model.cells import is_blank

_DOCUMENT = "tomador.cpf_cnpj"
_KINDS = (_DOCUMENT, "tomador.cpf", "tomador.cnpj")


def named(taken: Mapping[str, Column], count: int) -> Parted:
    """Part every name that has a document beside it in its cell; not where the row has one.

    Args:
        taken: The values of each path that has a column.
        count: How many rows there are.
    """
    names = taken.get(NOME, ())
    pairs = _pairs_in(names)
    path = next((path for path in _KINDS if path in taken), _DOCUMENT)
    if not pairs or path != _DOCUMENT:
        return Parted({}, {})
    columns = {NOME: list(names), path: list(taken.get(path, [None] * count))}
    told: dict[int, tuple[str, str]] = {}
    first: set[str] = set()
    for row, text in enumerate(names):
        if type(text) is str and text in pairs and is_blank(columns[path][row]):
            columns[NOME][row], columns[path][row] = pairs[text]
            if text not in first:
                first.add(text)
                told[row] = (text, " e ".join(f"“{text_of(part)}”" for part in pairs[text]))
    return Parted(columns, told) if told else Parted({}, {})


def _pairs_in(names: Column) -> dict[str, tuple[str, str]]:
    """Name and document of each text that has both."""
    texts = {text for text in set(names) if type(text) is str}
    return {text: pair for text in texts if (pair := name_and_document(text)) is not None}
