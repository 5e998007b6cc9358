"""Every code of the three prefeituras, from the return file to the line of `Erros` it becomes."""

import json

import pytest

from converter.focus import respostas
from converter.layouts.base import CityError, Layout
from converter.layouts.positional import file_of
from converter.model.cells import MappedField, MappedSheet, SourceColumn
from converter.model.notas import Lote, Nota, Prestador
from converter.model.outcome import LoteOutcome, LoteState
from converter.model.problems import Problem, Severity
from converter.schemas.catalogue import FIELDS
from converter.schemas.derived_columns import columns_of
from converter.stages.report import answer_problems
from converter.texts.catalogue import hint, message
from tests.layouts import test_errors_abrasf as abrasf
from tests.layouts import test_errors_barueri as barueri
from tests.layouts import test_errors_sao_paulo as sao_paulo

FIRST_ROW = 12
# A file that holds no note has no note to tell: no lote of ours becomes one.
NO_NOTE = {"000", "202", "901"}
# Filled from a column of either document, or of the city's name.
RESOLVED = {
    *("tomador.cpf", "tomador.cnpj", "intermediario.cpf", "intermediario.cnpj"),
    *("tomador.endereco.codigo_municipio", "servico.codigo_municipio"),
}
CASES = [
    *((barueri, codigo, file_of(lines)) for codigo, lines in barueri.CASES),
    *((sao_paulo, codigo, file_of(lines)) for codigo, lines in sao_paulo.CASES),
    *((abrasf, codigo, content) for codigo, content in abrasf.CASES),
]


def sheet() -> MappedSheet:
    """A sheet with every column of the catalogue, documents and cities in one column each."""
    paths = [field.path for field in FIELDS if field.path not in RESOLVED]
    fields = {
        path: MappedField(path, (), SourceColumn(f"X{place}", path.upper()))
        for place, path in enumerate(paths)
    }
    return MappedSheet("notas.xlsx", "Notas", "padrao", FIRST_ROW - 1, (), fields)


COLUMNS = {
    ("Notas", path): (column.letter, column.header) for path, column in columns_of(sheet()).items()
}


def reported(layout: Layout, returned: bytes, sent: bytes) -> tuple[Problem, ...]:
    """The problems of the user's file, once the API's answer to the return file is read."""
    statuses = layout.parse_answer(returned, sent)
    notas = tuple(
        Nota(str(ordem), "Notas", FIRST_ROW + ordem, ordem, "", "Ana", 0)  # type: ignore[arg-type]  # no amount
        for ordem in range(1, len(statuses) + 1)
    )
    found = respostas.entries(json.dumps(list(statuses)).encode())
    assert found is not None
    answers = respostas.join(found, notas, ())
    assert isinstance(answers, tuple), answers
    lote = Lote("pl00", "notas.xlsx", Prestador("", "", ""), b"{}", notas)
    outcome = LoteOutcome(lote, LoteState.RESPONDIDO, answers=answers)
    return answer_problems("notas.xlsx", [outcome], COLUMNS)


def test_a_resolved_path_is_at_the_column_it_came_from() -> None:
    for path, joint in (
        ("tomador.cnpj", "tomador.cpf_cnpj"),
        ("tomador.endereco.codigo_municipio", "tomador.endereco.nome_municipio"),
    ):
        assert COLUMNS["Notas", path] == COLUMNS["Notas", joint]


@pytest.mark.parametrize(
    ("city", "codigo", "sent"), CASES, ids=[f"{c.LAYOUT.slug}-{code}" for c, code, _ in CASES]
)
def test_a_code_is_told_at_its_row_and_column(city, codigo: str, sent: bytes) -> None:  # type: ignore[no-untyped-def]  # a module
    errors = city.LAYOUT.check(sent, city.city())
    returned = city.LAYOUT.answer(sent, errors, city.city()).content
    if not city.LAYOUT.parse_answer(returned, sent):
        assert codigo in NO_NOTE
        return
    problems = reported(city.LAYOUT, returned, sent)
    mine = [error for error in errors if error.codigo == codigo]
    for error in mine:
        if error.alerta and all(one.alerta for one in errors):
            continue
        told = [problem for problem in problems if at(error, problem)]
        assert told, (error, problems)
        for problem in told:
            column = COLUMNS.get(("Notas", error.campo or ""), (None, None))
            assert (problem.column, problem.header) == column
            assert problem.code == "prefeitura-recusou"
            assert problem.severity is Severity.ERRO
            assert error.mensagem in message(problem)
            assert codigo in message(problem)
            assert hint(problem)


def at(error: CityError, problem: Problem) -> bool:
    """Whether a problem is this error, at its note or at every note."""
    rows = {FIRST_ROW + error.ordem} if error.ordem else {problem.row}
    return problem.details["codigo"] == error.codigo and problem.row in rows
