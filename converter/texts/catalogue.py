"""The catalogue: one entry per code, and the rendering of a problem into sentences."""

from collections.abc import Mapping

from converter.model.abort import Abort
from converter.model.cells import Assumption
from converter.model.problems import Problem
from converter.texts import (
    arquivo,
    cabecalho,
    campo,
    celula,
    envio,
    identidade,
    linha,
    livro,
    resumo,
)
from converter.texts.text import Text

CATALOGUE: Mapping[str, Text] = {
    text.code: text
    for module in (arquivo, cabecalho, linha, identidade, celula, campo, livro, envio, resumo)
    for text in module.TEXTS
}


class _Lenient(dict[str, str]):
    """A missing detail shows as an ellipsis: a sentence must never cost the user the run."""

    def __missing__(self, key: str) -> str:
        return "…"


def message(problem: Problem) -> str:
    """What is wrong, with the value as typed, ready for the `Erros` sheet."""
    return _fill(CATALOGUE[problem.code].message, problem)


def hint(problem: Problem) -> str:
    """What the user should do about it."""
    return _fill(CATALOGUE[problem.code].hint, problem)


def assumption(said: Assumption) -> str:
    """The sentence of something decided in reading or mapping, for `Resumo`."""
    return CATALOGUE[said.code].message.format_map(_Lenient(said.details))


def abort(error: Abort) -> str:
    """The sentence of a run that cannot go on, with what to do."""
    text = CATALOGUE[error.code]
    details = _Lenient(error.details)
    return f"{text.message.format_map(details)} {text.hint.format_map(details)}".strip()


def _fill(template: str, problem: Problem) -> str:
    known = _Lenient(problem.details)
    known.setdefault("valor", problem.value or "")
    known.setdefault("cabecalho", problem.header or "")
    known.setdefault("campo", problem.field or "")
    known.setdefault("coluna", problem.column or "")
    known.setdefault("linha", "" if problem.row is None else str(problem.row))
    known.setdefault("planilha", problem.planilha or "")
    known.setdefault("arquivo", problem.arquivo)
    return template.format_map(known)
