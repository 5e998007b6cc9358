"""The results of a run: what each file became, written and remembered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from converter.journal.journal import Journal
from converter.model.notas import Prestador
from converter.model.outcome import LoteOutcome
from converter.model.run import FileDone
from converter.run.arrivals import Arrived
from converter.run.batch import prepare_all
from converter.run.finish import finish, report_of
from converter.run.policies import Policies
from converter.run.settle import Settled, settle
from converter.settings import Settings
from converter.simulator import layouts
from converter.simulator.layouts.base import DescribedRecord
from converter.stages.report import First


def describe(content: bytes, prestador: Prestador) -> Sequence[DescribedRecord]:
    """The records of an import file with their fields by name; none where its layout is unknown."""
    layout = layouts.detect(content)
    return layout.describe(content) if layout else ()


def results(
    settings: Settings,
    journal: Journal,
    arrived: Arrived,
    settled: Sequence[Settled],
    sent: Sequence[LoteOutcome],
    policies: Policies,
    *,
    enviar: bool,
) -> tuple[FileDone, ...]:
    """Every file's result, as its lotes stand now."""
    now_sent = {outcome.lote.ref for outcome in sent if outcome.sent_now}
    recorded = journal.files(settings.ambiente)
    files: dict[str, FileDone] = {
        seen.arquivo: FileDone(seen.arquivo, None, summary=seen.summary, refs=tuple(seen.refs))
        for seen in arrived.done
    }
    for one in settled:
        work = one.prepared.work
        report = report_of(
            one,
            settings.ambiente,
            _outcomes(one, journal, settings.ambiente, now_sent),
            enviar=enviar,
        )
        known = recorded.get(work.arquivo)
        done, seen = finish(
            report,
            work.data,
            arrived.stems[work.arquivo],
            settings,
            known.outputs if known else {},
            describe,
        )
        files[work.arquivo] = done
        complete = enviar and seen.complete
        journal.see(
            settings.ambiente, [replace(seen, config=policies.fingerprint, complete=complete)]
        )
    return tuple(files[name] for name in sorted(files))


def _outcomes(
    one: Settled, journal: Journal, ambiente: str, now_sent: Collection[str]
) -> tuple[LoteOutcome, ...]:
    """The lotes of a file as the journal has them; those of `conferir` as they were grouped."""
    refs = [outcome.lote.ref for outcome in one.known] + [lote.ref for lote in one.ready]
    found = {outcome.lote.ref: outcome for outcome in journal.lotes(ambiente, refs=refs)}
    made = {outcome.lote.ref: outcome for outcome in one.known} | found
    return tuple(replace(made[ref], sent_now=ref in now_sent) for ref in dict.fromkeys(refs))


def stirred(
    settings: Settings,
    policies: Policies,
    journal: Journal,
    arrived: Arrived,
    this_run: dict[str, First],
) -> list[Settled]:
    """Files that had nothing new until an answer came for one of their lotes in this run."""
    seen = journal.files(settings.ambiente)
    works = [work for work in arrived.idle if seen[work.arquivo].stale]
    return [
        settle(prepared, settings, policies, journal, this_run, enviar=True)
        for prepared in prepare_all(works, policies, None, lambda _: None)
    ]
