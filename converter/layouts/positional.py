"""Files made of fixed positions: one table of fields gives the writer, the reader and the page.

A table is a CSV beside the layout that uses it: registro, nome, inicio, tamanho, tipo,
obrigatorio, campo (API path), conteudo, fonte. Columns are 1-based, as the manuals print them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from converter.layouts.file_fields import FieldType, FileField, fields
from converter.layouts.payload import Part

EOL = "\r\n"
ENCODING = "iso-8859-1"


class WidthError(ValueError):
    """A value wider than its field reached the writer: the payload reader let it through."""


class Record:
    """The fields of one record type, able to write and to read its line."""

    def __init__(self, tipo: str, own: Sequence[FileField]) -> None:
        expected = 1
        for field in own:
            if field.inicio != expected:
                message = f"registro {tipo}: {field.nome} em {field.inicio}, esperado {expected}"
                raise ValueError(message)
            expected = field.fim + 1
        self.tipo = tipo
        self.fields = tuple(own)
        self.by_name = {field.nome: field for field in own}
        self.variable = own[-1] if own[-1].tipo is FieldType.VARIAVEL else None
        self.width = own[-1].fim if self.variable is None else self.variable.inicio - 1
        self._blank = ["0" * f.tamanho if f.tipo.zeros else " " * f.tamanho for f in own]
        if self.variable is not None:
            self._blank[-1] = ""
        self._slots = {
            field.nome: (index, field.tamanho, field.tipo.zeros) for index, field in enumerate(own)
        }
        self._cuts = tuple(
            (field.nome, field.inicio - 1, field.fim, field.tipo.zeros) for field in own
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

    def plain(self, nota: Part, *names: str) -> dict[str, str]:
        """These fields by name, as a note says them."""
        return {name: nota.plain(self.by_name[name]) for name in names}

    def read(self, line: str) -> dict[str, str]:
        """Raw values by name; blanks around them go, zeros stay. A short line ends in ''."""
        return {
            name: line[start:end].strip() if zeros else line[start:end].rstrip()
            for name, start, end, zeros in self._cuts
        }

    def value(self, line: str, nome: str) -> str:
        """One of the values that `read` gives."""
        field = self.by_name[nome]
        return line[field.inicio - 1 : field.fim].strip()

    def amended(self, line: str, values: Mapping[str, str]) -> str:
        """The line with other values in these fields, all else as it was."""
        for name, value in values.items():
            field = self.by_name[name]
            size = field.tamanho
            fitted = value.rjust(size, "0") if field.tipo.zeros else value.ljust(size)
            line = line[: field.inicio - 1] + fitted + line[field.fim :]
        return line

    def fits(self, line: str) -> bool:
        """True when the line has the width the table declares."""
        if self.variable is None:
            return len(line) == self.width
        return self.width < len(line) <= self.width + self.variable.tamanho


def load(path: Path) -> dict[str, Record]:
    """The records of a table by type."""
    return {tipo: Record(tipo, own) for tipo, own in fields(path).items()}


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
