"""The end of one file: its report, its workbook, and a note in the journal that it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from converter import __version__
from converter.journal.seen import SeenFile
from converter.model.outcome import LoteOutcome, Situacao
from converter.model.report import FileReport
from converter.model.run import FileDone
from converter.run.settle import Settled
from converter.settings import Settings
from converter.sheets.lote import Describer
from converter.stages.report import answer_problems, balance, result_rows, rows_to_fix
from converter.stages.write import write
from converter.texts import resultado
from converter.texts.machine import file_entry

_OPEN = {
    Situacao.RETIDA,
    Situacao.REJEITADA,
    Situacao.RECUSADA,
    Situacao.DESCONHECIDA,
}


def report_of(
    settled: Settled, ambiente: str, outcomes: Sequence[LoteOutcome], *, enviar: bool
) -> FileReport:
    """Everything known of one file.

    Raises:
        BalanceError: Its rows or its R$ do not add up.
    """
    prepared = settled.prepared
    rows = result_rows(
        prepared.composed,
        settled.grouped.fates,
        outcomes,
        settled.firsts,
        prepared.origins,
        resultado.NAO_ENVIADA if enviar else resultado.CONFERIDA,
    )
    columns = {
        (sheet.planilha, path): (field.column.letter, field.column.header)
        for sheet in prepared.sheets
        for path, field in sheet.fields.items()
        if field.column is not None
    }
    moments = [outcome.updated_at for outcome in outcomes if outcome.updated_at]
    return FileReport(
        arquivo=prepared.work.arquivo,
        ambiente=ambiente,
        versao=__version__,
        sha256=prepared.work.sha256,
        book=prepared.book,
        sheets=prepared.sheets,
        assumptions=prepared.assumptions,
        problems=(
            *prepared.problems,
            *settled.recognised.problems,
            *answer_problems(prepared.work.arquivo, outcomes, columns),
        ),
        outcomes=tuple(outcomes),
        rows=rows,
        balance=balance(rows, sum(sheet.blank_rows for sheet in prepared.sheets)),
        to_fix=rows_to_fix(settled.grouped.fates, outcomes),
        problems_beyond=prepared.problems_beyond,
        updated_at=max(moments, default=None),
    )


def finish(
    report: FileReport,
    source: bytes,
    stem: str,
    settings: Settings,
    recorded: Mapping[str, str],
    describe: Describer,
) -> tuple[FileDone, SeenFile]:
    """Write what the user receives; what to print of it, and what to remember."""
    saida = settings.folders.saida
    written = write(report, source, saida, nome=stem, recorded=recorded, describe=describe)
    done = FileDone(
        arquivo=report.arquivo,
        report=report,
        resultado=written.resultado,
        corrigir=written.corrigir,
        notices=written.notices,
    )
    complete = report.book is not None and _OPEN.isdisjoint(report.rows.situacao)
    return done, SeenFile(
        arquivo=report.arquivo,
        sha256=report.sha256,
        config="",
        outputs=dict(written.sha256),
        refs=[outcome.lote.ref for outcome in report.outcomes],
        # Asked for only where there is nothing new to tell.
        summary=json.dumps(file_entry(done, settings.folders.pasta), ensure_ascii=False)
        if complete
        else "{}",
        complete=complete,
    )
