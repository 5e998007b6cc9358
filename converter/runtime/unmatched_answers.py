"""Answers for lotes whose rows are in no file of `entrada/` any more.

A spreadsheet is deleted, or the next month is typed over it, before the prefeitura answers: what
she says then gets a workbook of its own, made of what the journal keeps.
"""

from collections.abc import Collection, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath

from converter import __version__
from converter.journal.seen import SeenFile
from converter.model.cells import RawBook
from converter.model.fate import Fate
from converter.model.notas import Nota, Prestador
from converter.model.outcome import LoteOutcome
from converter.model.report import FileReport
from converter.model.rows import RowKey, SheetRows
from converter.runtime.session import Session
from converter.settings import Settings
from converter.stages.report import answer_problems, balance, placements_of, result_rows
from converter.stages.write import put, render
from converter.texts.sentences import sentence

NO_FILE = RawBook("", "", 0, "", ())


def tell_unmatched(session: Session, done: Collection[str]) -> tuple[Path, ...]:
    """Write a workbook for each answered lote that no result tells of; where they are.

    `done` are the files of this run: what they do not tell now they will not tell later.
    """
    settings, journal, present = session.settings, session.journal, session.arrived.present
    ambiente = settings.ambiente
    refs = journal.untold(ambiente)
    if not refs:
        return ()
    recorded = journal.files(ambiente)
    written: list[Path] = []
    for outcome in journal.lotes(ambiente, refs=refs):
        arquivo = outcome.lote.arquivo
        if arquivo in present and arquivo not in done:
            continue
        name = f"lotes/{PurePosixPath(outcome.file_name or outcome.lote.ref).with_suffix('')}"
        known = recorded.get(name)
        made = render(_report(outcome, settings), b"", nome=name)
        found = put(made, settings.folders.saida, known.outputs if known else {})
        seen = SeenFile(name, "", "", found.sha256, (outcome.lote.ref,))
        journal.see(ambiente, [seen])
        written.append(found.resultado)
    return tuple(written)


def _report(outcome: LoteOutcome, settings: Settings) -> FileReport:
    lote = outcome.lote
    sheets = [
        _sheet(planilha, list(notas), lote.prestador)
        for planilha, notas in groupby(lote.notas, attrgetter("planilha"))
    ]
    fates = [[Fate.EM_LOTE] * len(sheet.rows) for sheet in sheets]
    rows = result_rows(sheets, fates, placements_of([outcome]), {}, {}, {}, "")
    return FileReport(
        arquivo=lote.arquivo,
        ambiente=settings.ambiente,
        saida=settings.folders.saida_aqui,
        versao=__version__,
        sha256="",
        book=NO_FILE,
        sheets=(),
        assumptions=(sentence("resultado.sem-planilha"),),
        problems=answer_problems(lote.arquivo, [outcome], {}),
        outcomes=(outcome,),
        rows=rows,
        balance=balance(rows, 0),
        updated_at=outcome.updated_at,
    )


def _sheet(planilha: str, notas: Sequence[Nota], prestador: Prestador) -> SheetRows:
    """What is still known of rows that nobody can read again."""
    count = len(notas)
    return SheetRows(
        planilha=planilha,
        rows=[nota.row for nota in notas],
        prestador=[prestador] * count,
        identity=[nota.identity for nota in notas],
        repeats=[None] * count,
        occurrence=[1] * count,
        key=[RowKey(nota.documento, "", "", "", "", "") for nota in notas],
        tomador=[nota.tomador for nota in notas],
        valor=[nota.valor for nota in notas],
    )
