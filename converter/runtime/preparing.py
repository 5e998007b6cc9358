"""How a file is understood here or elsewhere, and what is told of one whose work broke off."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Protocol

from converter.model.filerun import FileRun, Understood
from converter.model.problems import Problem, Severity
from converter.model.progress import Tell, unheard
from converter.runtime.config import RunConfig
from converter.runtime.content import Question
from converter.runtime.spill import packed
from converter.runtime.workers import Failed


class Understand(Protocol):
    """The stages that need neither the journal nor the API."""

    def __call__(
        self, file: Question, config: RunConfig, tell: Tell = unheard
    ) -> FileRun[Understood]:
        """What the file says."""


def elsewhere(
    understand: Understand, config: RunConfig
) -> Callable[[Question], FileRun[Understood]]:
    """The same for another process or machine: what it needs and what it gives can travel."""
    return partial(_away, understand=understand, config=pickle.dumps(config))


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
