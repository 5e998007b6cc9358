"""How a case is written: `tests/casos/<nome>/entrada.<ext>` beside `esperado.json`.

`esperado.json` holds a sentence, `sobre`, and any of these sections, each checked on its own by
the tests of the part that answers for it:

- `leitura`: what reading must find. Either `recusa` (`codigo`, and `planilha`, `linha`, `coluna`
  where they apply) or `formato`, `suposicoes` (codes, in order) and `planilhas`: by name, `linhas`
  (every row from row 1, `null` for a blank cell, `[]` for a blank row) or `celulas` (some cells by
  address) with `altura` (the number of rows), and `oculta` where the sheet is hidden.
- `mapeamento`: what mapping must find (`test_mapeamento.py`).
- `linhas`: every row that no error holds back, as `{"planilha", "linha", "prestador", "nota"}`, the
  note as its payload has it.
- `problemas`: every problem of the file, as `{"codigo", "severidade", "planilha", "linha",
  "coluna"}`; parts that do not apply are left out.

Beside the file there may be a `planilote.toml` (without one, `PLANILOTE` holds) and mappings of the
user, `mapeamento*.toml`; `pasta` is the subfolder of `entrada/`. `python -m tests.casos.gerar`
writes the sections a case has again, for review.

Cells that JSON has no value for are objects of one key: `data`, `momento`, `hora`, `duracao` (ISO
8601, seconds), `porcento` (the fraction), `erro` (the text) and `sem-resultado` (`true`).
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from converter.model.address import letters_of
from converter.model.cells import Fault, FaultKind, Percent, RawSheet, RawValue

FOLDER = Path(__file__).parent
PLANILOTE = """
[[prestadores]]
cnpj = "11.222.333/0001-81"
codigo_municipio = "4106902"
"""


@dataclass(frozen=True)
class Caso:
    """One folder: its name, its file, and what is expected of it."""

    nome: str
    arquivo: Path
    esperado: dict[str, Any]

    @property
    def planilote(self) -> str:
        """The text of its `planilote.toml`."""
        beside = self.arquivo.parent / "planilote.toml"
        return beside.read_text(encoding="utf-8") if beside.is_file() else PLANILOTE

    @property
    def em_entrada(self) -> str:
        """Its file's name under `entrada/`."""
        pasta = self.esperado.get("pasta")
        return f"{pasta}/{self.arquivo.name}" if pasta else self.arquivo.name

    def copy_mappings(self, folder: Path) -> None:
        """Its mappings, where the user would keep them."""
        for mapping in self.arquivo.parent.glob("mapeamento*.toml"):
            Path(folder, mapping.name).write_bytes(mapping.read_bytes())


def casos(section: str) -> Iterator[Caso]:
    """The cases that hold a section, by name; with an empty name, all."""
    for expected in sorted(FOLDER.glob("*/esperado.json")):
        content = json.loads(expected.read_text(encoding="utf-8"))
        if not section or section in content:
            (arquivo,) = expected.parent.glob("entrada.*")
            yield Caso(expected.parent.name, arquivo, content)


def encoded(value: RawValue) -> Any:
    """A cell as `esperado.json` writes it."""
    if value is None or value == "":
        return None
    for kind, write in _OBJECTS:
        if isinstance(value, kind):
            return write(value)
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return int(value) if whole else value


_OBJECTS: tuple[tuple[type, Callable[[Any], dict[str, Any]]], ...] = (
    (
        Fault,
        lambda fault: (
            {"erro": fault.text} if fault.kind is FaultKind.ERROR_VALUE else {"sem-resultado": True}
        ),
    ),
    (Percent, lambda value: {"porcento": value.fraction}),
    (datetime, lambda value: {"momento": value.isoformat()}),
    (date, lambda value: {"data": value.isoformat()}),
    (time, lambda value: {"hora": value.isoformat()}),
    (timedelta, lambda value: {"duracao": value.total_seconds()}),
)


def encoded_rows(sheet: RawSheet) -> list[list[Any]]:
    """The rows of a sheet as `esperado.json` writes them, without the blanks at their ends."""
    rows = []
    for row in sheet.rows:
        cells = [encoded(value) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def encoded_cells(sheet: RawSheet) -> dict[str, Any]:
    """The cells with content, by address."""
    return {
        f"{letters_of(column)}{row}": cell
        for row, cells in enumerate(encoded_rows(sheet), 1)
        for column, cell in enumerate(cells, 1)
        if cell is not None
    }
