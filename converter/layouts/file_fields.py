"""The fields of files, from the tables of the layouts: CSV in UTF-8, a header and a fact a row."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

Row = Mapping[str, str]


class FieldType(StrEnum):
    """What a field holds, and so how a note's value is written in it (`Part.plain`)."""

    NUMERO = "numero"
    VALOR = "valor"
    PERCENTUAL = "percentual"
    ALIQUOTA = "aliquota"
    DATA = "data"
    HORA = "hora"
    MOMENTO = "momento"
    DOCUMENTO = "documento"
    OPCAO = "opcao"
    PAIS = "pais"
    CODIGO = "codigo"
    TEXTO = "texto"
    RESERVADO = "reservado"
    VARIAVEL = "variavel"

    @property
    def zeros(self) -> bool:
        """True when unused places are zeros on the left, false when blanks on the right."""
        text = (FieldType.CODIGO, FieldType.TEXTO, FieldType.RESERVADO, FieldType.VARIAVEL)
        return self not in text


@dataclass(frozen=True, slots=True)
class FileField:
    """One field of a record: of a line, or one leaf of an XML document, by its path.

    `tamanho` is its width in a line, its most where it is `variavel` or in XML; `inicio` is its
    first column, from 1, and 0 in XML.
    """

    nome: str
    inicio: int
    tamanho: int
    tipo: FieldType
    obrigatorio: bool
    campo: str | None
    conteudo: str
    fonte: str

    @property
    def fim(self) -> int:
        """Last column, inclusive."""
        return self.inicio + self.tamanho - 1


def rows(path: Path) -> Sequence[Row]:
    """Every row of a table, by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def fields(path: Path) -> Mapping[str, Sequence[FileField]]:
    """The fields of each record (`registro`) of a table, in the order of the file."""
    found: dict[str, list[FileField]] = defaultdict(list)
    for row in rows(path):
        field = FileField(
            nome=row["nome"],
            inicio=int(row.get("inicio", 0)),
            tamanho=int(row["tamanho"]),
            tipo=FieldType(row["tipo"]),
            obrigatorio=row["obrigatorio"] == "sim",
            campo=row["campo"] or None,
            conteudo=row["conteudo"],
            fonte=row["fonte"],
        )
        found[row["registro"]].append(field)
    return found


def narrowest(records: Iterable[Sequence[FileField]]) -> Mapping[str, int]:
    """The least size of each API path that fields of these records have."""
    found: dict[str, int] = {}
    for field in chain.from_iterable(records):
        if field.campo:
            found[field.campo] = min(field.tamanho, found.get(field.campo, field.tamanho))
    return found
