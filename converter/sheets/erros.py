"""`Erros`: one line per problem, leading to the very cell."""

from collections.abc import Sequence

from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.sheets.frame import Nomes, top
from converter.texts import catalogue
from converter.texts.formato import cortado
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewColumn, NewSheet

COLUMNS = 9
_STYLES = {Severity.ERRO: "erro", Severity.AVISO: "alerta", Severity.INFO: "texto"}


def erros(report: FileReport, nomes: Nomes) -> NewSheet:
    """The sheet; without problems it says so."""
    problems = report.problems
    lines = [sentence("folhas.erros-ajuda")] if problems else []
    if report.problems_beyond:
        lines.append(sentence("folhas.erros-alem", problemas=report.problems_beyond))
    title = f"Erros de {report.arquivo}"
    none = "" if problems else sentence("folhas.sem-erros")
    return NewSheet(
        nome=nomes.erros,
        topo=top(report.ambiente, title, *lines, columns=COLUMNS, step=none),
        colunas=_columns(problems, nomes),
        tab_color="D64545" if problems else "9AA5B1",
    )


def _columns(problems: Sequence[Problem], nomes: Nomes) -> tuple[NewColumn, ...]:
    severities = [str(problem.severity) for problem in problems]
    styles = [_STYLES[problem.severity] for problem in problems]
    links = [_link(problem, nomes) for problem in problems]
    return (
        NewColumn("Onde", list(map(_where, problems)), "link", 22, links=links),
        NewColumn("Coluna", [_cut(problem.header) for problem in problems], "mensagem", 26),
        NewColumn("Gravidade", severities, "texto", 12, estilos=styles),
        NewColumn("O que foi digitado", [_cut(each.value) for each in problems], "codigo", 26),
        NewColumn("O que está errado", list(map(catalogue.message, problems)), "mensagem", 58),
        NewColumn("Como corrigir", list(map(catalogue.hint, problems)), "mensagem", 58),
        # What whoever looks after the spreadsheet filters by.
        NewColumn("Código", [problem.code for problem in problems], "codigo", 28),
        NewColumn("Campo da API", [problem.field for problem in problems], "codigo", 30),
        NewColumn("Linha", [problem.row for problem in problems], "inteiro", 9),
    )


def _cut(text: str | None) -> str | None:
    return text and cortado(text)


def _where(problem: Problem) -> str:
    if problem.planilha is None:
        return problem.arquivo
    if problem.row is None:
        return (
            f"{problem.planilha}, coluna {problem.column}" if problem.column else problem.planilha
        )
    return f"{problem.planilha}!{problem.column or ''}{problem.row}"


def _link(problem: Problem, nomes: Nomes) -> str | None:
    if problem.planilha is None:
        return None
    return nomes.celula(problem.planilha, f"{problem.column or 'A'}{problem.row or 1}")
