"""A city's error codes: our own words, and the field of the file each code speaks of.

A table is a CSV beside the layout: codigo, registro, nome (the field, by its name in the table
of records), campo (API path, where the field alone does not tell), exige and quando (see `rules`),
mensagem, correcao, and where the city has them etapa (of its report) and tipo (`erro`, or `alerta`
that refuses nothing).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from converter.layouts.base import CityError
from converter.layouts.file_fields import FileField, rows
from converter.layouts.positional import Record


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the city. `field` is None when it speaks of a line or of the whole file."""

    codigo: str
    mensagem: str = ""
    correcao: str | None = None
    campo: str | None = None
    field: FileField | None = None
    registro: str = ""
    nome: str = ""
    exige: str = ""
    quando: str = ""
    etapa: str = ""
    alerta: bool = False

    def at(
        self, *, linha: int | None = None, ordem: int | None = None, cpf: bool = False
    ) -> CityError:
        """The error as found at a line (1-based) of a note (1-based).

        Files keep CPF and CNPJ in one field, the API in two: `cpf` tells which the note had.
        """
        return CityError(
            codigo=self.codigo,
            mensagem=self.mensagem,
            correcao=self.correcao,
            ordem=ordem,
            campo=self.campo_of(cpf=cpf),
            linha=linha,
            inicio=self.field.inicio if self.field else None,
            fim=self.field.fim if self.field else None,
            alerta=self.alerta,
        )

    def campo_of(self, *, cpf: bool) -> str | None:
        """The API path at fault, when the note's document is a CPF or when it is a CNPJ."""
        if cpf and self.campo and self.campo.endswith(".cnpj"):
            return f"{self.campo.removesuffix('cnpj')}cpf"
        return self.campo

    def told(self, *, cpf: bool) -> dict[str, object]:
        """The error as the API tells it of a note."""
        campo = self.campo_of(cpf=cpf)
        said = {"codigo": self.codigo, "mensagem": self.mensagem}
        return {**said, "correcao": self.correcao, "campo": campo}


def load(
    path: Path,
    records: Mapping[str, Record] | None = None,
    campos: Mapping[str, str | None] | None = None,
) -> dict[str, Code]:
    """The codes by `codigo`, tied to fields of `records`, or by XML path to the API's `campos`."""
    table = {}
    for row in rows(path):
        field = None
        if records is not None and row["nome"]:
            field = records[row["registro"]].by_name[row["nome"]]
        table[row["codigo"]] = Code(
            codigo=row["codigo"],
            mensagem=row["mensagem"],
            correcao=row["correcao"] or None,
            campo=row["campo"] or (field.campo if field else (campos or {}).get(row["nome"])),
            field=field,
            registro=row["registro"],
            nome=row["nome"],
            exige=row.get("exige", ""),
            quando=row.get("quando", ""),
            etapa=row.get("etapa", ""),
            alerta=row.get("tipo") == "alerta",
        )
    return table
