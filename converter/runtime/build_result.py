"""The end of one file: its report and everything that is written of it, as bytes."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from converter import __version__
from converter.model.cells import RawBook
from converter.model.filerun import FileRun, Reported, Settled
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.report import FileReport, Rendered, ResultRows
from converter.model.run import FileDone
from converter.runtime.snapshot import Snapshot, take
from converter.schemas.derived_columns import columns_of
from converter.stages.report import (
    answer_problems,
    balance,
    completed_rows,
    placed,
    placements_of,
    result_rows,
    rows_to_fix,
)
from converter.texts.machine import summary
from converter.texts.sentences import sentence

_OPEN = {Situacao.RETIDA, Situacao.REJEITADA, Situacao.RECUSADA, Situacao.DESCONHECIDA}
_KEPT_OF_ROWS = {"row", "situacao", "mensagens"}


@dataclass(frozen=True, slots=True)
class ResultOptions:
    """What all results of a run have in common.

    `saida` is where they go, as seen from the working folder; `payloads` whether the report keeps
    what is not sent yet, for `--json`; `snapshots` where each file is put down for whoever shows
    it, None where nobody does.
    """

    ambiente: str
    saida: str
    enviar: bool
    payloads: bool
    snapshots: Path | None = None


def report_of(file: FileRun[Settled], options: ResultOptions) -> FileReport:
    """Everything known of one file.

    Raises:
        BalanceError: Its rows or its R$ do not add up.
    """
    content, history, fates = file.phase.content.load(), file.phase.history, file.phase.fates
    outcomes = placed(file.phase.outcomes, content.rows)
    placements = placements_of(outcomes)
    rows = result_rows(
        content.rows,
        fates,
        placements,
        history.firsts,
        content.origins,
        completed_rows(content.problems),
        sentence(
            "resultado.nao-enviada" if options.enviar else "resultado.conferida",
            ambiente=options.ambiente,
        ),
    )
    columns = {
        (sheet.planilha, path): (column.letter, column.header)
        for sheet in content.sheets
        for path, column in columns_of(sheet).items()
    }
    moments = [
        outcome.updated_at
        for outcome in outcomes
        if outcome.updated_at and outcome.state is not LoteState.PREPARADO
    ]
    # Rows that were sent as corrected in another file are wrong no more.
    still_wrong = (
        each
        for each in content.problems
        if (each.planilha or "", each.row or 0) not in history.corrected
    )
    return FileReport(
        arquivo=file.arquivo,
        ambiente=options.ambiente,
        saida=options.saida,
        versao=__version__,
        sha256=file.sha256,
        book=file.phase.source.load().book,
        sheets=content.sheets,
        assumptions=content.assumptions,
        problems=(
            *still_wrong,
            *history.problems,
            *answer_problems(file.arquivo, outcomes, columns),
        ),
        outcomes=outcomes,
        rows=rows,
        balance=balance(rows, sum(sheet.blank_rows for sheet in content.sheets)),
        to_fix=rows_to_fix(content.rows, fates, placements, history.edited),
        problems_beyond=content.problems_beyond,
        updated_at=max(moments, default=None),
    )


def keep_snapshot(
    folder: Path, file: FileRun[Settled], report: FileReport, cells: Callable[[], RawBook | None]
) -> None:
    """Put a file down for whoever shows it; `cells` reads those that were let go.

    Of its lotes nothing is kept: who shows them asks the journal.
    """
    gone = report.book is not None and not report.book.sheets
    sources = {origem.arquivo for origem in file.phase.content.load().origins.values()}
    book = cells() if gone else report.book
    # A full disk costs the look at a file, and never its result.
    with suppress(OSError):
        take(folder, Snapshot(replace(report, outcomes=()), file.stem, frozenset(sources)), book)


def reported(
    report: FileReport, rendered: Rendered, file: FileRun[Settled], options: ResultOptions
) -> Reported:
    """What is kept of a file once its result is made."""
    waits = FileDone(report.arquivo, report).refused
    complete = not waits and _OPEN.isdisjoint(report.rows.situacao)
    return Reported(
        report=lean_report(report, payloads=options.payloads),
        rendered=rendered,
        summary=json.dumps(summary(report), ensure_ascii=False) if complete else None,
        left=file.phase.history.left,
    )


def lean_report(report: FileReport, *, payloads: bool) -> FileReport:
    """What is told of a file at the end of a run: its report without cells, files and notes' data.

    Of `rows` there remain `row`, `situacao` and `mensagens`; with `payloads` a lote not sent yet
    keeps its payload.
    """
    gone = {name: () for name in ResultRows.__slots__ if name not in _KEPT_OF_ROWS}
    return replace(
        report,
        book=report.book and replace(report.book, sheets=()),
        sheets=tuple(replace(sheet, rows=(), fields={}) for sheet in report.sheets),
        outcomes=tuple(_lean_lote(outcome, payloads) for outcome in report.outcomes),
        rows=replace(report.rows, **gone),
    )


def _lean_lote(outcome: LoteOutcome, payloads: bool) -> LoteOutcome:
    if outcome.content is None and payloads:
        return outcome
    content = None if outcome.content is None else b""
    return replace(outcome, lote=replace(outcome.lote, packed=b""), content=content)
