"""`_corrigir` colours and explains what is wrong, in the header too."""

from dataclasses import replace

from converter.model.problems import Problem, Severity
from converter.sheets.corrigir import corrigir
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewSheet
from tests.sheets.reports import HEADER, HEADER_ROW, report

TWICE = Problem(
    "coluna-duplicada", Severity.ERRO, "exemplo.xlsx", "Notas", HEADER_ROW, "E",
    details={"colunas": "D (“Preço”) e E (“Valor”)", "rotulo": "Valor dos serviços"},
)  # fmt: skip
MISSING = replace(
    TWICE, code="coluna-ausente", column=None, details={"rotulo": "CEP", "mapeamento": "padrao"}
)


def sheet(*problems: Problem) -> NewSheet:
    made, _ = report(answered=False)
    (folha,) = corrigir(replace(made, problems=problems))
    return folha


def header_styles(folha: NewSheet) -> list[str | None]:
    return [(column.estilos or [])[HEADER_ROW - 1] for column in folha.colunas[: len(HEADER)]]


def test_a_header_at_fault_is_coloured_as_a_cell_and_explained() -> None:
    folha = sheet(TWICE)
    assert header_styles(folha) == [*["titulo"] * 4, "lidoquebra-erro", "titulo", "titulo"]
    assert "Valor dos serviços" in folha.notas[HEADER_ROW - 1, 4]
    mild = sheet(replace(TWICE, severity=Severity.AVISO))
    assert header_styles(mild)[4] == "lidoquebra-aviso"


def test_a_missing_column_is_told_at_the_header_and_no_header_is_blamed() -> None:
    folha = sheet(MISSING)
    assert header_styles(folha) == ["titulo"] * len(HEADER)
    assert "Falta a coluna “CEP”" in folha.notas[HEADER_ROW - 1, 0]


def test_the_help_stays_where_the_first_header_has_its_own_note() -> None:
    for problem in (TWICE, MISSING, replace(TWICE, column="A")):
        assert sentence("folhas.corrigir-ajuda") in sheet(problem).notas[HEADER_ROW - 1, 0]
