"""Every case of `tests/casos/` with a `leitura` section."""

import json
from typing import Any

import pytest

from converter.model.cells import RawSheet
from converter.model.readfile import ReadFile
from converter.stages.read import read
from tests.casos.formato import Caso, casos, encoded_cells, encoded_rows

CASOS = list(casos("leitura"))


def found(outcome: ReadFile, expected: dict[str, Any]) -> dict[str, Any]:
    """What was read, in the form and detail of what is expected."""
    if outcome.book is None:
        (problem,) = outcome.problems
        place = {
            "codigo": problem.code,
            "planilha": problem.planilha,
            "linha": problem.row,
            "coluna": problem.column,
        }
        return {"recusa": {key: value for key, value in place.items() if value is not None}}
    sheets = expected.get("planilhas", {})
    return {
        "formato": outcome.book.format,
        "suposicoes": [said.code for said in outcome.book.assumptions],
        "planilhas": {
            sheet.name: as_expected(sheet, sheets.get(sheet.name, {}))
            for sheet in outcome.book.sheets
        },
    }


def as_expected(sheet: RawSheet, expected: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any]
    if "celulas" in expected:
        content = {"celulas": encoded_cells(sheet), "altura": len(sheet.rows)}
    else:
        content = {"linhas": encoded_rows(sheet)}
    return content if sheet.visible else {**content, "oculta": True}


@pytest.mark.parametrize("caso", CASOS, ids=[caso.nome for caso in CASOS])
def test_reading_finds_what_the_case_says(caso: Caso) -> None:
    expected = caso.esperado["leitura"]
    outcome = read(caso.arquivo.read_bytes(), f"{caso.nome}{caso.arquivo.suffix}")
    # As JSON, `true` and `1` differ.
    assert json.dumps(found(outcome, expected), ensure_ascii=False, sort_keys=True) == json.dumps(
        expected, ensure_ascii=False, sort_keys=True
    )


def test_there_are_cases() -> None:
    assert len(CASOS) >= 40
