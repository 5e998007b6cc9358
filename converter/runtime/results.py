"""What each file of a run became: settled, its result written, and what is remembered of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial

from converter.journal.seen import SeenFile
from converter.model.filerun import Decided, FileRun, Reported, Settled
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.problems import Problem, Severity
from converter.model.progress import Step
from converter.model.report import FileReport
from converter.model.run import FileDone
from converter.runtime.build_result import ResultOptions, lean_report, report_of
from converter.runtime.content import unreadable
from converter.runtime.memory import give_back
from converter.runtime.session import Session, interrupted
from converter.runtime.workers import Failed
from converter.stages.write import put
from converter.texts import machine
from converter.texts.formato import na_pasta

MANY_ROWS = 100_000
"""Rows of a file that leave enough memory behind to be worth asking back."""
SEEN_AT_ONCE = 50
"""Files remembered in one transaction: each one waits for the disk."""


Finish = Callable[..., FileRun[Reported]]
"""`finish` of the pipeline: the stages that make a file's result of what is known of it."""


@dataclass(frozen=True, slots=True)
class Results:
    """The results of one run; `sent_now` are the refs of lotes that went in it."""

    session: Session
    options: ResultOptions
    sent_now: Collection[str]

    def settle(self, file: FileRun[Decided]) -> FileRun[Settled]:
        """The file with its lotes as the journal has them now; a rehearsal leaves new ones."""
        phase = file.phase
        if sum(map(len, phase.fates)) > MANY_ROWS:
            give_back()
        ready = phase.ready if self.session.journal.rehearsing else ()
        new = {lote.ref for lote in ready}
        old = self.session.journal.lotes(
            self.session.ambiente, refs=[ref for ref in phase.refs if ref not in new]
        )
        outcomes = (
            *(replace(outcome, sent_now=outcome.lote.ref in self.sent_now) for outcome in old),
            *(LoteOutcome(lote, LoteState.PREPARADO) for lote in ready),
        )
        return file.to(Settled(phase.source, phase.content, phase.history, phase.fates, outcomes))

    def write(self, settled: Iterable[FileRun[Settled]], finish: Finish) -> tuple[FileDone, ...]:
        """Every file's result, made here or elsewhere, and what is remembered of it.

        Raises:
            BalanceError: The rows or R$ of a file do not add up.
            OSError: The disk fails.
        """
        session = self.session
        recorded = session.journal.files(session.ambiente)
        files = {
            seen.arquivo: FileDone(seen.arquivo, None, summary=seen.summary, refs=tuple(seen.refs))
            for seen in session.arrived.done
        }
        written: list[SeenFile] = []
        made = session.work(partial(finish, options=self.options), settled, Step.ESCRITA)
        for file, answer in made:
            files[file.arquivo], seen = self._done(file, answer, recorded.get(file.arquivo))
            written += [seen] if seen else []
            if len(written) >= SEEN_AT_ONCE:
                session.journal.see(session.ambiente, written)
                written.clear()
        if written:
            session.journal.see(session.ambiente, written)
        return tuple(files[name] for name in sorted(files))

    def _done(
        self, file: FileRun[Settled], answer: FileRun[Reported] | Failed, before: SeenFile | None
    ) -> tuple[FileDone, SeenFile | None]:
        """What is told of a file, and what is remembered where its result is on the disk."""
        if isinstance(answer, Failed):
            self.session.workspace.log.trace(answer.trace)
            return FileDone(file.arquivo, self._broken_off(file, answer)), None
        try:
            return self._put(answer, before)
        except OSError as error:
            return _not_written(answer.phase.report, error), None

    def _put(self, file: FileRun[Reported], before: SeenFile | None) -> tuple[FileDone, SeenFile]:
        """Write what the user receives; what to print of it, and what to remember."""
        report = file.phase.report
        keep = file.phase.left and before is not None and before.sha256 != report.sha256
        recorded = before.outputs if before else {}
        written = put(
            file.phase.rendered,
            self.session.settings.folders.saida,
            recorded,
            keep=keep,
            ours=self.session.journal.has_written,
        )
        done = FileDone(
            arquivo=report.arquivo,
            report=report,
            resultado=written.resultado,
            corrigir=written.corrigir,
            notices=written.notices,
        )
        enviar, summary = self.options.enviar, file.phase.summary
        return done, SeenFile(
            arquivo=report.arquivo,
            sha256=report.sha256,
            config=self.session.config.fingerprint,
            outputs=dict(written.sha256),
            refs=[outcome.lote.ref for outcome in report.outcomes],
            summary=self._summary(summary, done) if enviar else json.dumps(self._waiting(done)),
            complete=enviar and summary is not None,
        )

    def _summary(self, summary: str | None, done: FileDone) -> str:
        """Asked for only where there is nothing new to tell."""
        if summary is None:
            return json.dumps(self._waiting(done))
        entry = json.loads(summary) | machine.places(done, self.session.settings.folders.pasta)
        return json.dumps(entry, ensure_ascii=False)

    def _waiting(self, done: FileDone) -> dict[str, int | str | None]:
        """The notes of a file that are in no lote, for `situacao`; what is ready waits for none."""
        report = done.report
        if report is None:
            return {}
        counts = Counter(report.rows.situacao)
        unsent = (one for one in report.outcomes if one.state is LoteState.PREPARADO)
        path = done.corrigir
        return {
            "rejeitadas": counts[Situacao.REJEITADA],
            "retidas": counts[Situacao.RETIDA] - sum(len(one.lote.notas) for one in unsent),
            "perguntas": report.asked,
            "corrigir": na_pasta(path, self.session.settings.folders.pasta) if path else None,
        }

    def _broken_off(self, file: FileRun[Settled], failed: Failed) -> FileReport:
        """A file whose result could not be made; its lotes are in the journal all the same."""
        unread = unreadable(file, (interrupted(file.arquivo, failed),)).phase
        history, outcomes = file.phase.history, file.phase.outcomes
        settled = Settled(unread.source, unread.content, history, (), outcomes)
        return lean_report(report_of(file.to(settled), self.options), payloads=False)


def _not_written(report: FileReport, error: OSError) -> FileDone:
    """A file whose result is not on the disk: the others go on, and the next run makes it."""
    details = {"onde": str(error.filename or "saida/"), "motivo": error.strerror or str(error)}
    problem = Problem("resultado-nao-gravado", Severity.ERRO, report.arquivo, details=details)
    return FileDone(report.arquivo, replace(report, problems=(problem, *report.problems)))
