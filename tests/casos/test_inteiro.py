"""Every case of `tests/casos/` with `linhas` or `problemas`: read, map, validate, compose."""

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from converter.model.filerun import Content
from converter.model.problems import Problem
from converter.model.rows import ComposedSheet
from converter.runtime import config
from converter.settings import Folders, Settings
from converter.texts.catalogue import CATALOGUE, hint, message
from tests.casos.formato import Caso, casos
from tests.runs import understand_bytes

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
LINHAS = list(casos("linhas"))
PROBLEMAS = list(casos("problemas"))
# One worker understands each case, once for all that is asked of it.
pytestmark = pytest.mark.xdist_group("casos")


def understood(caso: Caso) -> tuple[Content, tuple[ComposedSheet, ...]]:
    """What the stages before the journal make of a case, in `simulado`, on a fixed day."""
    return _understood(caso.arquivo, caso.em_entrada, caso.planilote)


@cache
def _understood(
    arquivo: Path, em_entrada: str, planilote: str
) -> tuple[Content, tuple[ComposedSheet, ...]]:
    data = arquivo.read_bytes()
    with TemporaryDirectory() as pasta:
        folders = Folders(Path(pasta))
        folders.mappings.mkdir()
        Caso("", arquivo, {}).copy_mappings(folders.mappings)
        tabela = tomllib.loads(planilote)
        chosen = tabela.get("mapeamento")
        settings = Settings(folders, mapeamento=chosen, tabela=tabela, texto=planilote)
        rules = config.load(settings, NOW, {}, {})
        return understand_bytes(em_entrada, data, rules)


def rows(caso: Caso) -> list[dict[str, Any]]:
    """The rows no error holds back, as `esperado.json` writes them."""
    done, sheets = understood(caso)
    return [
        {
            "planilha": sheet.planilha,
            "linha": row,
            "prestador": issuer.cnpj if issuer else None,
            "nota": json.loads(nota),
        }
        for sheet in sheets
        for row, issuer, nota in zip(sheet.rows, sheet.prestador, sheet.objects, strict=True)
        if (sheet.planilha, row) not in done.rejected
    ]


def place(problem: Problem) -> dict[str, Any]:
    """A problem as `esperado.json` writes it."""
    said = {
        "codigo": problem.code,
        "severidade": problem.severity.value,
        "planilha": problem.planilha,
        "linha": problem.row,
        "coluna": problem.column,
        "campo": problem.field,
    }
    return {key: value for key, value in said.items() if value is not None}


def as_text(found: object) -> str:
    """As JSON, `true` and `1` differ."""
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)


@pytest.mark.parametrize("caso", LINHAS, ids=[caso.nome for caso in LINHAS])
def test_the_accepted_rows_are_those_of_the_case(caso: Caso) -> None:
    assert as_text(rows(caso)) == as_text(caso.esperado["linhas"])


@pytest.mark.parametrize("caso", PROBLEMAS, ids=[caso.nome for caso in PROBLEMAS])
def test_the_problems_are_those_of_the_case(caso: Caso) -> None:
    found = [place(problem) for problem in understood(caso)[0].problems]
    assert as_text(found) == as_text(caso.esperado["problemas"])


@pytest.mark.parametrize("caso", PROBLEMAS, ids=[caso.nome for caso in PROBLEMAS])
def test_every_problem_is_a_whole_sentence_with_its_fix(caso: Caso) -> None:
    for problem in understood(caso)[0].problems:
        assert problem.code in CATALOGUE
        said, fix = message(problem), hint(problem)
        assert said.endswith((".", "?", "!", "”", ":")), said
        assert fix, problem.code
        own = CATALOGUE[problem.code]
        assert (said + fix).count("…") == (own.message + own.hint).count("…"), (said, fix)


def test_a_row_is_either_accepted_or_told_why_not() -> None:
    for caso in PROBLEMAS:
        done, _ = understood(caso)
        held = {sheet for sheet, _ in done.rejected}
        grave = {problem.planilha for problem in done.problems if problem.severity == "erro"}
        assert held <= grave, caso.nome


def test_there_are_cases() -> None:
    assert len({caso.nome for caso in LINHAS}) >= 60
