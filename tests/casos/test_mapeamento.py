"""Every case of `tests/casos/` with a `mapeamento` section.

The section holds `planilhas` (by name: `mapeamento`, `cabecalho`, `linhas`, `em_branco`, `fora`,
`colunas` by API path, `fixos` by API path, `ignoradas`, `ditos`), `puladas` (code by sheet) and
`problemas` (`codigo`, `planilha`, `linha`, `coluna`).
"""

import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from converter.mapping.defaults import Defaults
from converter.mapping.load import load_mappings
from converter.model.cells import MappedSheet
from converter.model.problems import Problem
from converter.stages.map import map_book
from converter.stages.read import read
from converter.texts.catalogue import assumption, hint, message
from tests.casos.formato import Caso, casos, encoded

CASOS = list(casos("mapeamento"))


def found(caso: Caso) -> dict[str, Any]:
    """What mapping makes of a case, as `esperado.json` writes it."""
    text = caso.planilote
    book = read(caso.arquivo.read_bytes(), caso.em_entrada).book
    assert book is not None
    with TemporaryDirectory() as own:
        caso.copy_mappings(Path(own))
        known = load_mappings([Path(own)])
    defaults = Defaults.from_table(tomllib.loads(text), text)
    result = map_book(book, known, choice=None, defaults=defaults)
    for problem in result.problems:
        assert "…" not in message(problem) + hint(problem), problem
    return {
        "planilhas": {sheet.planilha: _sheet(sheet) for sheet in result.sheets},
        "puladas": {said.details["planilha"]: said.code for said in result.skipped},
        "problemas": [_place(problem) for problem in result.problems],
    }


def _sheet(sheet: MappedSheet) -> dict[str, Any]:
    assert all("…" not in assumption(said) for said in sheet.assumptions)
    columns = {path: field for path, field in sheet.fields.items() if field.column}
    fixed = {path: field for path, field in sheet.fields.items() if not field.column}
    return {
        "mapeamento": sheet.mapeamento,
        "cabecalho": sheet.header_row,
        "linhas": list(sheet.rows),
        "em_branco": sheet.blank_rows,
        "fora": list(sheet.total_rows),
        "colunas": {
            path: {"coluna": field.column.letter, "valores": [encoded(v) for v in field.values]}
            for path, field in columns.items()
        },
        "fixos": {path: [encoded(v) for v in field.values] for path, field in fixed.items()},
        "ignoradas": [column.letter for column in sheet.ignored],
        "ditos": sorted({said.code for said in sheet.assumptions}),
    }


def _place(problem: Problem) -> dict[str, Any]:
    place = {
        "codigo": problem.code,
        "planilha": problem.planilha,
        "linha": problem.row,
        "coluna": problem.column,
        "campo": problem.field,
    }
    return {key: value for key, value in place.items() if value is not None}


@pytest.mark.parametrize("caso", CASOS, ids=[caso.nome for caso in CASOS])
def test_mapping_finds_what_the_case_says(caso: Caso) -> None:
    assert found(caso) == caso.esperado["mapeamento"]


def test_there_are_cases() -> None:
    assert len(CASOS) >= 15
