"""The first half of a run: every file understood, wherever the work is done."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Protocol

from converter.model.filerun import FileRun, Understood
from converter.model.problems import Problem, Severity
from converter.model.progress import Progress, Step, Tell, unheard
from converter.runtime.config import RunConfig
from converter.runtime.content import Question, unreadable
from converter.runtime.spill import SpillBuffer, packed, portable
from converter.runtime.workers import Failed, Workers


class Understand(Protocol):
    """The stages that need neither the journal nor the API."""

    def __call__(
        self, file: Question, config: RunConfig, tell: Tell = unheard
    ) -> FileRun[Understood]:
        """What the file says."""


def understand_all(
    files: Iterable[Question],
    understand: Understand,
    config: RunConfig,
    workers: Workers,
    buffer: SpillBuffer,
    tell: Tell,
) -> Iterator[FileRun[Understood]]:
    """Each file understood, in the order given; a worker that dies costs its file an error.

    `tell` hears of the steps of each file, or of its end where it is worked on elsewhere.
    """
    ask: Callable[[Question], FileRun[Understood]]
    if workers.away:
        ask = partial(_away, understand=understand, config=pickle.dumps(config))
    else:
        ask = partial(understand, config=config, tell=tell)
    for question, answer in workers.each(ask, (portable(file) for file in files)):
        if workers.away:
            tell(Progress(question.arquivo, Step.CONFERIDA))
        if isinstance(answer, Failed):
            problem = interrupted(question.arquivo, answer)
            yield buffer.keep(unreadable(question, (problem,)))
        else:
            yield buffer.keep(answer)


def interrupted(arquivo: str, failed: Failed) -> Problem:
    """The problem of a file whose work broke off."""
    details = {"motivo": failed.motivo}
    return Problem("arquivo-interrompido", Severity.ERRO, arquivo, details=details)


def _away(question: Question, understand: Understand, config: bytes) -> FileRun[Understood]:
    return packed(understand(question, _config(config)))


@lru_cache(maxsize=1)
def _config(pickled: bytes) -> RunConfig:
    """The configuration of the run, unpickled once for thousands of files."""
    found = pickle.loads(pickled)  # noqa: S301 - our own bytes, from the process that started us
    if not isinstance(found, RunConfig):
        raise TypeError(type(found))
    return found
