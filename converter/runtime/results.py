"""The second half of a run: what each file became, written and remembered."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from converter.history.reconcile import Settled
from converter.journal.journal import Journal
from converter.journal.seen import SeenFile
from converter.model.outcome import LoteOutcome, LoteState
from converter.model.problems import Problem, Severity
from converter.model.progress import Progress, Step, Tell
from converter.model.report import FileReport
from converter.model.run import FileDone
from converter.runtime.arrivals import Arrived
from converter.runtime.batch import FileWork, Prepared
from converter.runtime.build_result import Ended, Ending, end, report_of, told
from converter.runtime.config import Policies
from converter.runtime.memory import give_back
from converter.runtime.preparing import interrupted
from converter.runtime.spill import fold
from converter.runtime.workers import Failed, Workers
from converter.settings import Settings
from converter.stages.write import put
from converter.texts import machine

MANY_ROWS = 100_000
"""Rows of a file that leave enough memory behind to be worth asking back."""
SEEN_AT_ONCE = 50
"""Files remembered in one transaction: each one waits for the disk."""


def results(
    settings: Settings,
    journal: Journal,
    arrived: Arrived,
    settled: Iterable[Settled],
    sent: Sequence[LoteOutcome],
    policies: Policies,
    workers: Workers,
    tell: Tell,
    *,
    enviar: bool,
    payloads: bool,
) -> tuple[FileDone, ...]:
    """Every file's result, as its lotes stand now; `tell` hears of each.

    Raises:
        BalanceError: The rows or R$ of a file do not add up.
        OSError: The disk fails.
    """
    now_sent = {outcome.lote.ref for outcome in sent if outcome.sent_now}
    recorded = journal.files(settings.ambiente)
    files = {
        seen.arquivo: FileDone(seen.arquivo, None, summary=seen.summary, refs=tuple(seen.refs))
        for seen in arrived.done
    }

    def endings() -> Iterator[Ending]:
        for one in settled:
            if sum(map(len, one.fates)) > MANY_ROWS:
                give_back()
            folded = one.folded.to_travel() if workers.away else one.folded
            yield Ending(
                folded=folded,
                fates=one.fates,
                firsts=one.firsts,
                problems=one.problems,
                outcomes=_outcomes(one, journal, settings.ambiente, now_sent),
                ambiente=settings.ambiente,
                saida=settings.folders.saida_aqui,
                enviar=enviar,
                stem=arrived.stems[folded.arquivo],
                payloads=payloads,
                left=one.left,
            )

    written: list[SeenFile] = []
    ask = end if workers.away else partial(end, tell=tell)
    for ending, ended in workers.each(ask, endings()):
        arquivo = ending.folded.arquivo
        if workers.away:
            tell(Progress(arquivo, Step.ESCRITA))
        if isinstance(ended, Failed):
            files[arquivo] = FileDone(arquivo, _broken_off(ending, ended))
            continue
        known = recorded.get(arquivo)
        try:
            done, seen = _deliver(ended, settings, known, policies, enviar=enviar, left=ending.left)
        except OSError as error:
            files[arquivo] = _not_written(ended, error)
            continue
        files[arquivo] = done
        written.append(seen)
        if len(written) == SEEN_AT_ONCE:
            journal.see(settings.ambiente, written)
            written.clear()
    if written:
        journal.see(settings.ambiente, written)
    return tuple(files[name] for name in sorted(files))


def _deliver(
    ended: Ended,
    settings: Settings,
    known: SeenFile | None,
    policies: Policies,
    *,
    enviar: bool,
    left: bool,
) -> tuple[FileDone, SeenFile]:
    """Write what the user receives; what to print of it, and what to remember."""
    report = ended.report
    recorded = known.outputs if known else {}
    keep = left and known is not None and known.sha256 != report.sha256
    written = put(ended.rendered, settings.folders.saida, recorded, keep=keep)
    done = FileDone(
        arquivo=report.arquivo,
        report=report,
        resultado=written.resultado,
        corrigir=written.corrigir,
        notices=written.notices,
    )
    return done, SeenFile(
        arquivo=report.arquivo,
        sha256=report.sha256,
        config=policies.fingerprint,
        outputs=dict(written.sha256),
        refs=[outcome.lote.ref for outcome in report.outcomes],
        summary=_summary(ended, done, settings) if enviar else "{}",
        complete=enviar and ended.summary is not None,
    )


def _not_written(ended: Ended, error: OSError) -> FileDone:
    """A file whose result is not on the disk: the others go on, and the next run makes it."""
    report = ended.report
    details = {"onde": str(error.filename or "saida/"), "motivo": error.strerror or str(error)}
    problem = Problem("resultado-nao-gravado", Severity.ERRO, report.arquivo, details=details)
    return FileDone(report.arquivo, replace(report, problems=(problem, *report.problems)))


def _summary(ended: Ended, done: FileDone, settings: Settings) -> str:
    """Asked for only where there is nothing new to tell."""
    if ended.summary is None:
        return "{}"
    entry = json.loads(ended.summary) | machine.places(done, settings.folders.pasta)
    return json.dumps(entry, ensure_ascii=False)


def _broken_off(ending: Ending, failed: Failed) -> FileReport:
    """A file whose result could not be made; its lotes are in the journal all the same."""
    folded = ending.folded
    problem = interrupted(folded.arquivo, failed)
    unread = Prepared(FileWork(folded.arquivo, b"", folded.sha256), problems=(problem,))
    return told(report_of(unread, replace(ending, fates=(), folded=fold(unread))), payloads=False)


def _outcomes(
    one: Settled, journal: Journal, ambiente: str, now_sent: Collection[str]
) -> tuple[LoteOutcome, ...]:
    """The lotes of a file as the journal has them now; in a rehearsal new ones stay prepared."""
    ready = one.ready if journal.rehearsing else ()
    new = {lote.ref for lote in ready}
    old = journal.lotes(ambiente, refs=[ref for ref in one.refs if ref not in new])
    return (
        *(replace(outcome, sent_now=outcome.lote.ref in now_sent) for outcome in old),
        *(LoteOutcome(lote, LoteState.PREPARADO) for lote in ready),
    )
