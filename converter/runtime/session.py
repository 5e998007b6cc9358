"""What one run works with, put together: folder, journal, configuration, files, API, workers."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, TypeVar

from converter.history.related_files import introduce
from converter.journal.journal import Journal
from converter.model.filerun import Decided, FileRun, Understood
from converter.model.notas import Lote
from converter.model.outcome import UNSETTLED
from converter.model.problems import Problem, Severity
from converter.model.progress import Begun, Progress, Step, Tell
from converter.model.run import RunReport
from converter.runtime import cities, config, lookups
from converter.runtime.answers import keep_answers
from converter.runtime.arrivals import Arrivals, arrivals
from converter.runtime.build_result import ResultOptions
from converter.runtime.cells import ToUnderstand
from converter.runtime.choose_workers import open_workers
from converter.runtime.config import RunConfig
from converter.runtime.content import unreadable
from converter.runtime.environment import Api, Environment, open_api
from converter.runtime.estimate import expected
from converter.runtime.guarding import refuse_strangers, refuse_unsaid_ambiente
from converter.runtime.spill import SpillBuffer, packed, portable
from converter.runtime.workers import Failed, Workers
from converter.runtime.workspace import Workspace, beside_the_real, known_refs, open_workspace
from converter.settings import Settings

Understand = Callable[..., FileRun[Understood]]
"""`understand` of the pipeline: the stages that need neither the journal nor the API."""
F = TypeVar("F", bound=FileRun[Any])
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Session:
    """One run's surroundings. `api` is None where nothing is to be sent."""

    settings: Settings
    environment: Environment
    workspace: Workspace
    config: RunConfig
    arrived: Arrivals
    api: Api | None
    workers: Workers
    buffer: SpillBuffer
    tell: Tell

    @property
    def journal(self) -> Journal:
        """The journal of the working folder."""
        return self.workspace.journal

    @property
    def ambiente(self) -> str:
        """Where lotes go."""
        return self.settings.ambiente

    def begun(self) -> Begun:
        """What is ahead."""
        coming = [(file.arquivo, file.phase.size) for file in self.arrived.works]
        size = sum(size for _, size in coming)
        seconds = expected(coming, self.workers.count)
        return Begun(len(coming), size, seconds, self.api is not None)

    def understand_each(
        self, files: Iterable[ToUnderstand], understand: Understand
    ) -> list[FileRun[Understood]]:
        """These files understood, in their order; a worker that dies costs its file an error."""
        ask = partial(understand, config=self.config)
        if self.workers.away:
            ask = partial(_away, understand=understand, config=pickle.dumps(self.config))
        answers = self.work(ask, files, Step.CONFERIDA)
        return [self.buffer.keep(self._or_unreadable(*answered)) for answered in answers]

    def work(
        self, ask: Callable[..., R], files: Iterable[F], last: Step
    ) -> Iterator[tuple[F, R | Failed]]:
        """Each file with what `ask` makes of it, in this process or elsewhere.

        `tell` hears of its steps as `ask` tells them; of one worked on elsewhere only of its end,
        the `last`.
        """
        if not self.workers.away:
            yield from self.workers.each(partial(ask, tell=self.tell), files)
            return
        for file, answer in self.workers.each(ask, map(portable, files)):
            self.tell(Progress(file.arquivo, last))
            yield file, answer

    def _or_unreadable(
        self, file: ToUnderstand, answer: FileRun[Understood] | Failed
    ) -> FileRun[Understood]:
        if not isinstance(answer, Failed):
            return answer
        self.workspace.log.trace(answer.trace)
        return unreadable(file, (interrupted(file.arquivo, answer),))

    def understand_all(self, understand: Understand) -> tuple[Session, deque[FileRun[Understood]]]:
        """The session under which the files to work on are understood, and these, mended first.

        What their municípios ask, and what is known of their customers, may only now be learnt from
        the API: where it changes anything, files are understood again. Mended copies come first,
        so that the rows they came from already know of them.
        """
        session, files = self, self.understand_each(self.arrived.works, understand)
        if self.api is not None:
            learnt = cities.learn(self.journal, self.api, files)
            looked_up = lookups.learn(self.journal, self.api, self.settings, files)
            if learnt or looked_up is not None:
                told = cities.known(self.journal)
                now = self.environment.now()
                chosen = config.load(self.settings, now, told, self.config.remembered)
                chosen = replace(chosen, lookups=looked_up or self.config.lookups)
                session = replace(self, config=chosen)
                files = session.understand_each(files, understand)
        # Kept for later runs, whatever becomes of these files in this one.
        named = {header: name for file in files for header, name in file.phase.chosen.items()}
        self.journal.remember_header_mappings(named)
        introduce(self.journal, self.ambiente, files)
        return session, deque(sorted(files, key=lambda file: not file.phase.mended))

    @contextmanager
    def claiming(self) -> Iterator[None]:
        """While rows are claimed: without an API, all of it is forgotten in the end."""
        if self.api:
            yield
            return
        with self.journal.rehearsal():
            self.journal.discard_unsent(self.ambiente)
            yield

    def ready(self, decided: Iterable[FileRun[Decided]]) -> list[Lote]:
        """The lotes to send, file by file; without an API none is."""
        return [lote for file in decided for lote in file.phase.ready] if self.api else []

    def newly_answered(self, understand: Understand) -> list[FileRun[Understood]]:
        """Files with nothing new until an answer came for one of their lotes in this run."""
        if not self.api or not self.arrived.unchanged:
            return []
        seen = self.journal.files(self.ambiente)
        files = (file for file in self.arrived.unchanged if seen[file.arquivo].stale)
        return self.understand_each(files, understand)

    def options(self, *, payloads: bool) -> ResultOptions:
        """What the results of this run have in common."""
        return ResultOptions(
            self.ambiente,
            self.settings.folders.saida_aqui,
            self.api is not None,
            payloads,
            self.environment.snapshots,
        )

    def report(self, **found: Any) -> RunReport:
        """What the run did, given what became of its files, returns and lotes."""
        folders = self.settings.folders
        report = RunReport(
            ambiente=self.ambiente,
            saida=folders.saida_aqui,
            enviar=self.api is not None,
            apart=bool(folders.ensaio),
            skipped=self.arrived.skipped,
            interrupted=self.workspace.interrupted,
            unknown=len(self.journal.lotes(self.ambiente, states=UNSETTLED, whole=False)),
            **found,
        )
        return replace(report, prefeituras=cities.prefeituras(report.outcomes))


def interrupted(arquivo: str, failed: Failed) -> Problem:
    """The problem of a file whose work broke off."""
    details = {"motivo": failed.motivo}
    return Problem("arquivo-interrompido", Severity.ERRO, arquivo, details=details)


def _away(file: ToUnderstand, understand: Understand, config: bytes) -> FileRun[Understood]:
    """A file understood by another process or machine: what it needs and gives can travel."""
    return packed(understand(file, _config(config)))


@lru_cache(maxsize=1)
def _config(pickled: bytes) -> RunConfig:
    """The configuration of the run, unpickled once for thousands of files."""
    found = pickle.loads(pickled)  # noqa: S301 - our own bytes, from the process that started us
    if not isinstance(found, RunConfig):
        raise TypeError(type(found))
    return found


@contextmanager
def open_session(
    settings: Settings,
    environment: Environment,
    names: Sequence[str],
    *,
    enviar: bool,
    tell: Tell,
) -> Iterator[Session]:
    """Everything a run works with, while the working folder is ours.

    Raises:
        Abort: The journal or the folder cannot be used.
        SettingsError: A choice that cannot be followed.
    """
    with ExitStack() as stack:
        workspace = stack.enter_context(open_workspace(settings, environment))
        journal = workspace.journal
        refuse_unsaid_ambiente(settings, journal)
        if enviar:
            refuse_strangers(settings, journal)
        known_refs(settings.reenviar, journal, settings.ambiente)
        settings = beside_the_real(settings, journal)
        keep_answers(settings, environment)
        chosen = config.load(
            settings, environment.now(), cities.known(journal), journal.header_mappings()
        )
        chosen = replace(chosen, lookups=lookups.known(journal, settings))
        arrived = arrivals(settings, environment, journal, chosen, names)
        api = stack.enter_context(open_api(settings, environment, tell)) if enviar else None
        sizes = [file.phase.size for file in arrived.works]
        workers = stack.enter_context(open_workers(settings, sizes))
        buffer = stack.enter_context(SpillBuffer())
        yield Session(settings, environment, workspace, chosen, arrived, api, workers, buffer, tell)
