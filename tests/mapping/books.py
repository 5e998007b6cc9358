"""Small books for the tests of mapping."""

from collections.abc import Sequence
from pathlib import Path

from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.mapping.load import load_mappings
from converter.mapping.spec import Mappings
from converter.model.cells import RawBook, RawSheet, RawValue
from converter.model.problems import Problem

PRESTADOR = "11222333000181"
OTHER = "11444777000161"
BARUERI = "3505708"

ONE = Defaults(
    prestadores=(PrestadorDefaults(PRESTADOR, (), {"prestador.codigo_municipio": BARUERI}),)
)

HEADER = (
    "Data de emissão",
    "CPF/CNPJ do tomador",
    "Nome ou razão social do tomador",
    "Discriminação do serviço",
    "Item da lista de serviços (LC 116)",
    "ISS retido",
    "Valor dos serviços",
)
NOTE = (
    "19/03/2026",
    "12.345.678/0001-95",
    "Padaria Trigo Dourado",
    "Suporte",
    "01.07",
    "Não",
    150.0,
)
NEXT = ("20/03/2026", "529.982.247-25", "Ana Prado", "Aula", "08.02", "Não", 90.5)

Rows = Sequence[Sequence[RawValue]]


def sheet(*rows: Sequence[RawValue], name: str = "Notas", visible: bool = True) -> RawSheet:
    return RawSheet(name, rows, visible)


def book(*sheets: RawSheet, arquivo: str = "notas.xlsx") -> RawBook:
    return RawBook(arquivo, "0" * 64, 1, "xlsx", sheets)


def mappings(folder: Path | None = None, **files: str) -> Mappings:
    """The shipped mappings, after those of `files` (name without `.toml` -> its text)."""
    if folder is None:
        return load_mappings([])
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_mappings([folder])


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]
