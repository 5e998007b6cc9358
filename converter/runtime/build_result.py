"""The end of one file: its report and everything that is written of it, as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from converter import __version__
from converter.model.fate import Fates, First, Where
from converter.model.notas import Prestador
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.problems import Problem
from converter.model.progress import Progress, Step, Tell, unheard
from converter.model.report import FileReport
from converter.model.run import FileDone
from converter.runtime.batch import Prepared, book_of
from converter.runtime.spill import Folded
from converter.schemas.joint import columns_of
from converter.stages.report import (
    answer_problems,
    balance,
    edited_rows,
    placed,
    result_rows,
    rows_to_fix,
)
from converter.stages.write import Rendered, render
from converter.texts import resultado
from converter.texts.machine import summary

if TYPE_CHECKING:
    from converter.layouts.base import DescribedRecord

_OPEN = {
    Situacao.RETIDA,
    Situacao.REJEITADA,
    Situacao.RECUSADA,
    Situacao.DESCONHECIDA,
}


@dataclass(frozen=True, slots=True)
class Ending:
    """All that a file's result is made of: what it said, what the journal said of it.

    `problems` are those of the journal, `saida` and `stem` where its files go and what they are
    called, `payloads` whether the report keeps what is not sent yet, `left` whether rows sent from
    it are in it no more.
    """

    folded: Folded
    fates: Fates
    firsts: Mapping[Where, First]
    problems: tuple[Problem, ...]
    outcomes: tuple[LoteOutcome, ...]
    ambiente: str
    saida: str
    enviar: bool
    stem: str
    payloads: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A file's report without its cells, and its files as bytes.

    `summary` is what to answer where the file has nothing new next time (JSON); None where
    something in it still waits.
    """

    report: FileReport
    rendered: Rendered
    summary: str | None


def end(ending: Ending, tell: Tell = unheard) -> Ended:
    """Report on a file and render all that is written of it; `tell` hears of it.

    Raises:
        BalanceError: Its rows or its R$ do not add up.
    """
    tell(Progress(ending.folded.arquivo, Step.ESCREVENDO))
    prepared = ending.folded.whole()
    report = report_of(prepared, ending)
    rendered = render(
        report,
        prepared.work.data,
        nome=ending.stem,
        describe=describe,
        cells=partial(book_of, prepared.work),
    )
    waits = FileDone(report.arquivo, report).refused
    complete = not waits and _OPEN.isdisjoint(report.rows.situacao)
    return Ended(
        report=told(report, payloads=ending.payloads),
        rendered=rendered,
        summary=json.dumps(summary(report), ensure_ascii=False) if complete else None,
    )


def report_of(prepared: Prepared, ending: Ending) -> FileReport:
    """Everything known of one file.

    Raises:
        BalanceError: Its rows or its R$ do not add up.
    """
    outcomes = placed(ending.outcomes, prepared.composed)
    rows = result_rows(
        prepared.composed,
        ending.fates,
        outcomes,
        ending.firsts,
        prepared.origins,
        resultado.NAO_ENVIADA if ending.enviar else resultado.CONFERIDA,
    )
    columns = {
        (sheet.planilha, path): (column.letter, column.header)
        for sheet in prepared.sheets
        for path, column in columns_of(sheet).items()
    }
    moments = [
        outcome.updated_at
        for outcome in outcomes
        if outcome.updated_at and outcome.state is not LoteState.PREPARADO
    ]
    return FileReport(
        arquivo=prepared.work.arquivo,
        ambiente=ending.ambiente,
        saida=ending.saida,
        versao=__version__,
        sha256=prepared.work.sha256,
        book=prepared.book,
        sheets=prepared.sheets,
        assumptions=prepared.assumptions,
        problems=(
            *_of_rows_that_matter(prepared.problems, ending.firsts),
            *ending.problems,
            *answer_problems(prepared.work.arquivo, outcomes, columns),
        ),
        outcomes=outcomes,
        rows=rows,
        balance=balance(rows, sum(sheet.blank_rows for sheet in prepared.sheets)),
        to_fix=rows_to_fix(prepared.composed, ending.fates, outcomes, edited_rows(ending.problems)),
        problems_beyond=prepared.problems_beyond,
        updated_at=max(moments, default=None),
    )


def _of_rows_that_matter(
    problems: Sequence[Problem], firsts: Mapping[Where, First]
) -> Iterator[Problem]:
    """The problems but for those of rows whose mended copy was sent: nothing is left to mend."""
    return (each for each in problems if (each.planilha or "", each.row or 0) not in firsts)


def told(report: FileReport, *, payloads: bool) -> FileReport:
    """What is told of a file at the end of a run: its report without cells, files and notes' data.

    Of `rows` there remain `row`, `situacao` and `mensagens`; with `payloads` a lote not sent yet
    keeps its payload.
    """
    rows = report.rows
    none: Sequence[str] = ()
    return replace(
        report,
        book=report.book and replace(report.book, sheets=()),
        sheets=tuple(replace(sheet, rows=(), fields={}) for sheet in report.sheets),
        outcomes=tuple(_told_lote(outcome, payloads) for outcome in report.outcomes),
        rows=replace(
            rows,
            planilha=none,
            prestador=none,
            tomador=none,
            documento=none,
            valor=(),
            ref=none,
            ordem=(),
            numero=none,
            codigo_verificacao=none,
            uri=none,
            caminho_xml=none,
        ),
    )


def _told_lote(outcome: LoteOutcome, payloads: bool) -> LoteOutcome:
    if outcome.content is None and payloads:
        return outcome
    content = None if outcome.content is None else b""
    return replace(outcome, lote=replace(outcome.lote, payload=b""), content=content)


def describe(content: bytes, prestador: Prestador) -> Sequence[DescribedRecord]:
    """The records of an import file with their fields by name; none where its layout is unknown."""
    from converter import layouts

    layout = layouts.detect(content)
    return layout.describe(content) if layout else ()
