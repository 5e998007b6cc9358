"""Asked: what a sheet's rows still wait for once it was mapped, and what was answered of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.brazil.headers import fold
from converter.mapping.sense import WHO
from converter.model.cells import Assumption, MappedSheet, is_blank
from converter.model.columns import (
    ABOUT_NEIGHBOURS,
    AnswerUse,
    ColumnAnswer,
    Question,
    RowAnswer,
)
from converter.model.problems import Problem, Severity
from converter.model.said import Said
from converter.schemas.catalogue import label_of
from converter.texts import folhas
from converter.texts.catalogue import CATALOGUE
from converter.texts.sentences import sentence

_NOT_TO_GO = fold("não enviar")


def followed(sheet: MappedSheet) -> Assumption | None:
    """The sentence about the answers a sheet was read with, None where nothing was answered."""
    answers = sheet.answers
    columns = [one for one in answers.colunas if one.dita]
    if not columns and not answers.perguntas:
        return None
    sentences = [f"{one.coluna} “{one.titulo or one.cabecalho}” {_use(one)}" for one in columns]
    for row in answers.perguntas:
        known = CATALOGUE.get(row.codigo)
        about = f" “{row.valor}”" if row.valor else ""
        sentences.append(f"{known.title if known else row.codigo}{about}: {row.opcao}")
    day = f" em {answers.data:%d/%m/%Y}" if answers.data else ""
    details = {"planilha": sheet.planilha, "arquivo": answers.arquivo, "data": day}
    return Assumption("respostas-aplicadas", {**details, "respostas": "; ".join(sentences)})


def _use(answer: ColumnAnswer) -> str:
    if answer.uso is AnswerUse.SITUACAO:
        return sentence("folhas.respondida-situacao", palavras=" ou ".join(answer.nao_enviar))
    if answer.campo is None:
        return folhas.NAO_E_DA_NOTA
    return sentence("folhas.respondida-campo", rotulo=label_of(answer.campo))


def ask(
    sheets: Sequence[MappedSheet], said: Said
) -> tuple[tuple[MappedSheet, ...], tuple[Problem, ...]]:
    """The sheets with the questions their rows brought along, and a problem at each such row.

    What is asked of a workbook to mend is asked of the headers of the file it came from.
    """
    asking: list[MappedSheet] = []
    problems: list[Problem] = []
    for sheet in sheets:
        brought = left_open(sheet, said)
        problems.extend((*unanswered(sheet, brought), *not_to_go(sheet)))
        signature = said.signatures.get(sheet.planilha, sheet.signature)
        questions = (*sheet.questions, *brought)
        asking.append(replace(sheet, questions=questions, signature=signature))
    return tuple(asking), tuple(problems)


def left_open(sheet: MappedSheet, said: Said) -> tuple[Question, ...]:
    """The questions its rows still wait for that the sheet itself did not ask again.

    What was asked of two sources, both of them among its rows, is one question.
    """
    asked_here = {one.key for one in sheet.questions}
    found: dict[str, Question] = {}
    for one in said.open.get(sheet.planilha, ()):
        rows = _still(one, sheet.answers.perguntas) - _named(sheet, one)
        if rows and one.key not in asked_here:
            before = found.setdefault(one.key, replace(one, linhas=()))
            linhas = tuple(sorted({*before.linhas, *rows}))
            found[one.key] = replace(before, linhas=linhas)
    return tuple(found.values())


def _still(question: Question, answers: Sequence[RowAnswer]) -> set[int]:
    """The rows of a question that no answer to it speaks of."""
    rows = set(question.linhas)
    for answer in answers:
        if answer.key == question.key:
            rows -= rows if answer.linhas is None else set(answer.linhas)
    return rows


def _named(sheet: MappedSheet, question: Question) -> set[int]:
    """The rows whose customer was asked for and was written into them instead."""
    if question.codigo not in ABOUT_NEIGHBOURS:
        return set()
    who = [sheet.fields[path].values for path in WHO if path in sheet.fields]
    return {
        row for row, *said in zip(sheet.rows, *who, strict=True) if not all(map(is_blank, said))
    }


def not_to_go(sheet: MappedSheet) -> Iterator[Problem]:
    """A problem at each row the person said must not go and that is still among the notes.

    What made the question may be gone from a workbook to mend, or from its column's header: the
    answer holds all the same.
    """
    there = set(sheet.rows)
    for answer in sheet.answers.perguntas:
        if fold(answer.opcao).startswith(_NOT_TO_GO):
            for row in answer.linhas or ():
                if row in there:
                    yield sheet.problem("linha-que-nao-vai", Severity.ERRO, row)


def unanswered(sheet: MappedSheet, questions: Sequence[Question]) -> Iterator[Problem]:
    """A problem at each row that waits for one of the `questions`."""
    there = set(sheet.rows)
    for question in questions:
        for row in question.linhas:
            if row in there:
                text = question.texto or sentence("folhas.pergunta-perdida")
                made = sheet.problem("pergunta-sem-resposta", Severity.ERRO, row, pergunta=text)
                yield replace(made, column=question.coluna)
