"""Answers kept in `mappings/`: what the person said of the columns of one header, as TOML."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from converter.brazil.headers import fold
from converter.errors import MappingError
from converter.mapping.toml_reader import quoted
from converter.mapping.vocabulary import vocabulary
from converter.model.columns import (
    ABOUT_THE_SHEET,
    BY_WORD,
    NO_ANSWERS,
    OF_ONE_FILE,
    Answered,
    Answers,
    AnswerUse,
    ColumnAnswer,
    RowAnswer,
)
from converter.schemas.catalogue import BY_PATH

TABLE = "respostas"
_OURS = "planilote"
_MOST_ROWS = 200
"""Answers about rows of single files that are kept; the oldest go first."""


def is_answers(file: Path) -> bool:
    """Whether a TOML file of a mappings folder holds answers, and not a mapping."""
    try:
        return TABLE in tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def load_answers(folder: Path) -> Mapping[str, tuple[Path, Answers]]:
    """The answers kept in a folder by header signature, with the file each is in.

    Raises:
        MappingError: A file of answers that cannot be used.
    """
    found: dict[str, tuple[Path, Answers]] = {}
    for file in sorted(folder.glob("*.toml")):
        if is_answers(file):
            signature, answers = _parsed(file)
            found[signature] = (file, answers)
    return found


def _parsed(file: Path) -> tuple[str, Answers]:
    table = tomllib.loads(file.read_text(encoding="utf-8"))[TABLE]
    try:
        said = table.get("data")
        answers = Answers(
            tuple(map(_column, table.get("colunas", ()))),
            tuple(map(_rows, table.get("perguntas", ()))),
            str(table.get("arquivo", "")),
            said if isinstance(said, date) else None,
        )
        return str(table["assinatura"]), answers
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MappingError(
            file.name,
            None,
            f"as respostas não podem ser lidas ({error}). Apague o arquivo e responda de novo em "
            "Colunas do _corrigir.",
        ) from error


def _column(entry: Mapping[str, Any]) -> ColumnAnswer:
    header, use = str(entry["cabecalho"]), str(entry["usar_como"])
    where = (str(entry["coluna"]), fold(header))
    if use == AnswerUse.SITUACAO:
        words = tuple(map(str, entry["nao_enviar_quando"]))
        return ColumnAnswer(*where, AnswerUse.SITUACAO, nao_enviar=words, titulo=header)
    if use == AnswerUse.NADA:
        return ColumnAnswer(*where, AnswerUse.NADA, titulo=header)
    if use not in BY_PATH:
        raise ValueError(f"não existe o campo “{use}”")
    return ColumnAnswer(*where, AnswerUse.CAMPO, use, titulo=header)


def _rows(entry: Mapping[str, Any]) -> RowAnswer:
    column = str(entry.get("coluna", "")) or None
    rows = tuple(map(int, entry["linhas"])) if "linhas" in entry else None
    where = (str(entry.get("sha256", "")), str(entry.get("planilha", "")))
    about = (str(entry.get("valor", "")), str(entry.get("cabecalho", "")))
    return RowAnswer(str(entry["codigo"]), column, str(entry["resposta"]), rows, *where, *about)


def merged(old: Answers, new: Answers, forgotten: frozenset[str]) -> Answers:
    """What is known after something new was said; `forgotten` are letters taken back."""
    said = {one.coluna for one in new.colunas} | forgotten
    columns = [*(one for one in old.colunas if one.coluna not in said), *new.colunas]
    asked = set(map(_about, new.perguntas))
    rows = [one for one in old.perguntas if _about(one) not in asked]
    columns.sort(key=lambda one: (len(one.coluna), one.coluna))
    return Answers(tuple(columns), (*rows, *new.perguntas)[-_MOST_ROWS:], new.arquivo, new.data)


def _about(answer: RowAnswer) -> tuple[str, ...]:
    """What an answer says something of: a later one about the same takes its place."""
    return (answer.key, answer.sha256, answer.planilha)


def same(one: Answers, other: Answers) -> bool:
    """Whether the same was said, whenever and wherever."""
    return (
        sorted(one.colunas, key=str) == sorted(other.colunas, key=str)
        and one.perguntas == other.perguntas
    )


def written(signature: str, planilha: str, answers: Answers) -> str:
    """The TOML of what was said of the sheets with one header."""
    return "\n".join((*_top(signature, planilha, answers), *_entries(answers), ""))


def _top(signature: str, planilha: str, answers: Answers) -> Iterator[str]:
    yield "# Respostas dadas nas abas Colunas e Perguntas de um _corrigir. Valem para toda planilha"
    yield "# com estes cabeçalhos, nesta ordem. Para mudar, responda de novo no _corrigir; para"
    yield "# esquecer, apague este arquivo. Guia: planilote guia responder"
    yield f"[{TABLE}]"
    yield f"feito_por = {quoted(_OURS)}"
    yield f"assinatura = {quoted(signature)}"
    yield f"planilha = {quoted(planilha)}"
    yield f"arquivo = {quoted(answers.arquivo)}"
    if answers.data:
        yield f"data = {answers.data.isoformat()}"


def _entries(answers: Answers) -> Iterator[str]:
    for column in answers.colunas:
        yield from ("", f"[[{TABLE}.colunas]]", *_of_column(column))
    for row in answers.perguntas:
        yield from ("", f"[[{TABLE}.perguntas]]", *_of_row(row))


def _of_column(column: ColumnAnswer) -> Iterator[str]:
    yield f"coluna = {quoted(column.coluna)}"
    yield f"cabecalho = {quoted(column.titulo or column.cabecalho)}"
    known = BY_PATH.get(column.campo or "")
    label = f"  # {known.label}" if known else ""
    yield f"usar_como = {quoted(str(column.campo or column.uso))}{label}"
    if column.uso is AnswerUse.SITUACAO:
        yield f"nao_enviar_quando = [{', '.join(map(quoted, column.nao_enviar))}]"


def _of_row(row: RowAnswer) -> Iterator[str]:
    yield f"codigo = {quoted(row.codigo)}"
    if row.coluna:
        yield f"coluna = {quoted(row.coluna)}"
    if row.titulo:
        yield f"cabecalho = {quoted(row.titulo)}"
    if row.valor:
        yield f"valor = {quoted(row.valor)}"
    yield f"resposta = {quoted(row.opcao)}"
    if row.sha256:
        yield f"sha256 = {quoted(row.sha256)}"
        yield f"planilha = {quoted(row.planilha)}"
        yield f"linhas = {list(row.linhas or ())}"


def answered(
    kept: Mapping[str, Answers],
    here: Mapping[str, Answers],
    signatures: Mapping[str, str],
    sha256: str,
) -> Answered:
    """All answers for one file.

    Args:
        kept: What was kept, by header signature.
        here: What the file itself says, by sheet.
        signatures: The fingerprint each sheet of a workbook to mend had in its source.
        sha256: The file: answers about its own rows go before those about other files' rows.
    """
    kept = {
        signature: replace(one, perguntas=tuple(_rows_for_file(one.perguntas, sha256)))
        for signature, one in kept.items()
    }
    own = dict(here)
    for planilha, signature in signatures.items():
        own[planilha] = Answered({planilha: here.get(planilha, NO_ANSWERS)}, kept).of(
            planilha, signature
        )
    return Answered(own, kept)


def _rows_for_file(rows: Sequence[RowAnswer], sha256: str) -> Iterator[RowAnswer]:
    """What was said of each question: of the file's own rows, else of the last file asked about.

    Where that was answered in two ways, sheet by sheet, nothing follows for another file. A word
    that keeps rows back does so in all of a file, those taken out of the workbook that said it too.
    """
    found: dict[str, list[RowAnswer]] = {}
    for one in rows:
        found.setdefault(one.key, []).append(one)
    for answers in found.values():
        own = _of_file(answers, sha256) if sha256 else []
        yield from own
        yield from _for_all(own or _of_file(answers, answers[-1].sha256), bool(own))


def _of_file(answers: Sequence[RowAnswer], sha256: str) -> Sequence[RowAnswer]:
    return [one for one in answers if one.sha256 == sha256]


def _for_all(said: Sequence[RowAnswer], own: bool) -> Iterator[RowAnswer]:
    """What was said of rows of the file itself (`own`), or of another, for all rows of it."""
    last = said[-1]
    holds = _keeps_back(last) if own else _lasts(last)
    if holds and len({one.opcao for one in said}) == 1:
        yield replace(last, linhas=None, sha256="", planilha="")


def _lasts(answer: RowAnswer) -> bool:
    """Whether what was said of the rows of one file holds for those of the next."""
    options = vocabulary().options
    if answer.codigo in OF_ONE_FILE:
        return not answer.sha256
    careful = answer.opcao in (options["nao_enviar"], options["mesmo_de_cima"])
    of_sheet = answer.codigo in ABOUT_THE_SHEET
    return careful or of_sheet or _of_word(answer) or not answer.sha256


def _keeps_back(answer: RowAnswer) -> bool:
    """Whether it is a situation's word, with which no note goes."""
    return _of_word(answer) and answer.opcao == vocabulary().options["nao_enviar"]


def _of_word(answer: RowAnswer) -> bool:
    return answer.codigo in BY_WORD and bool(answer.valor)
