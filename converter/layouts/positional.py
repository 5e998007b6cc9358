"""Files made of fixed positions: one table of fields gives the writer, the reader and the page.

A table is a CSV beside the layout that uses it: registro, nome, inicio, tamanho, tipo,
obrigatorio, campo (API path), conteudo, fonte. Columns are 1-based, as the manuals print them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from converter.layouts.table import Row, by_record

EOL = "\r\n"
ENCODING = "iso-8859-1"


class Kind(StrEnum):
    """What a field holds; it fixes the side and the character of the padding."""

    NUMERO = "numero"
    VALOR = "valor"
    PERCENTUAL = "percentual"
    DATA = "data"
    HORA = "hora"
    MOMENTO = "momento"
    DOCUMENTO = "documento"
    TEXTO = "texto"
    RESERVADO = "reservado"
    VARIAVEL = "variavel"

    @property
    def zeros(self) -> bool:
        """True when unused places are zeros on the left, false when blanks on the right."""
        return self not in {Kind.TEXTO, Kind.RESERVADO, Kind.VARIAVEL}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. `tamanho` of a `variavel` field is its most, not its width."""

    nome: str
    inicio: int
    tamanho: int
    kind: Kind
    obrigatorio: bool
    campo: str | None
    conteudo: str
    fonte: str

    @property
    def fim(self) -> int:
        """Last column, inclusive."""
        return self.inicio + self.tamanho - 1


class WidthError(ValueError):
    """A value wider than its field reached the writer: the payload reader let it through."""


class Record:
    """The fields of one record type, able to write and to read its line."""

    def __init__(self, tipo: str, fields: tuple[Field, ...]) -> None:
        expected = 1
        for field in fields:
            if field.inicio != expected:
                message = f"registro {tipo}: {field.nome} em {field.inicio}, esperado {expected}"
                raise ValueError(message)
            expected = field.fim + 1
        self.tipo = tipo
        self.fields = fields
        self.by_name = {field.nome: field for field in fields}
        self.variable = fields[-1] if fields[-1].kind is Kind.VARIAVEL else None
        self.width = fields[-1].fim if self.variable is None else self.variable.inicio - 1
        self._blank = ["0" * f.tamanho if f.kind.zeros else " " * f.tamanho for f in fields]
        if self.variable is not None:
            self._blank[-1] = ""
        self._slots = {
            field.nome: (index, field.tamanho, field.kind.zeros)
            for index, field in enumerate(fields)
        }
        self._cuts = tuple(
            (field.nome, field.inicio - 1, field.fim, field.kind.zeros) for field in fields
        )

    def line(self, values: Mapping[str, str]) -> str:
        """The line, without its end. Absent and empty fields are zeros or blanks by their kind."""
        parts = self._blank.copy()
        variable = self.variable
        for name, value in values.items():
            index, size, zeros = self._slots[name]
            if len(value) > size:
                message = f"{name}: {value!r} tem mais de {size} posições"
                raise WidthError(message)
            if variable is not None and name == variable.nome:
                parts[index] = value
            else:
                parts[index] = value.rjust(size, "0") if zeros else value.ljust(size)
        return "".join(parts)

    def read(self, line: str) -> dict[str, str]:
        """Raw values by name; blanks around them go, zeros stay. A short line ends in ''."""
        return {
            name: line[start:end].strip() if zeros else line[start:end].rstrip()
            for name, start, end, zeros in self._cuts
        }

    def amended(self, line: str, values: Mapping[str, str]) -> str:
        """The line with other values in these fields, all else as it was."""
        for name, value in values.items():
            field = self.by_name[name]
            size = field.tamanho
            fitted = value.rjust(size, "0") if field.kind.zeros else value.ljust(size)
            line = line[: field.inicio - 1] + fitted + line[field.fim :]
        return line

    def fits(self, line: str) -> bool:
        """True when the line has the width the table declares."""
        if self.variable is None:
            return len(line) == self.width
        return self.width < len(line) <= self.width + self.variable.tamanho


def load_fields(path: Path) -> dict[str, tuple[Field, ...]]:
    """The fields of a table by record type, in the order of the file."""
    return {tipo: tuple(map(_field, rows)) for tipo, rows in by_record(path).items()}


def _field(row: Row) -> Field:
    return Field(
        nome=row["nome"],
        inicio=int(row["inicio"]),
        tamanho=int(row["tamanho"]),
        kind=Kind(row["tipo"]),
        obrigatorio=row["obrigatorio"] == "sim",
        campo=row["campo"] or None,
        conteudo=row["conteudo"],
        fonte=row["fonte"],
    )


def load(path: Path) -> dict[str, Record]:
    """The records of a table by type."""
    return {tipo: Record(tipo, fields) for tipo, fields in load_fields(path).items()}


def lines_of(content: bytes) -> list[str]:
    """The lines of a file, without their ends. CR LF, LF and CR alone are all accepted."""
    text = content.decode(ENCODING).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.removesuffix("\x1a").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def file_of(lines: list[str]) -> bytes:
    """The bytes of a file whose lines, the last one too, end in CR LF."""
    return "".join(line + EOL for line in lines).encode(ENCODING)


def amount(raw: str) -> int | None:
    """Cents of a numeric field; blanks count as zero; None when it holds something else."""
    if not raw:
        return 0
    negative = raw.startswith("-")
    digits = raw[1:] if negative else raw
    if not (digits.isascii() and digits.isdigit()):
        return None
    return -int(digits) if negative else int(digits)


def is_amount(raw: str) -> bool:
    """True for a numeric field of zero or more; blanks count as zero."""
    cents = amount(raw)
    return cents is not None and cents >= 0


def used(raw: str) -> bool:
    """True when an optional numeric field holds more than blanks or zeros."""
    return bool(raw.strip("0 "))
