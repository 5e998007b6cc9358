"""The first half of a run: every file prepared, wherever the work is done."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from converter.model.problems import Problem, Severity
from converter.model.progress import Progress, Step, Tell, unheard
from converter.runtime.batch import FileWork, Prepared, prepare, prepare_again
from converter.runtime.config import Policies
from converter.runtime.spill import Folded, WaitingRoom, fold, packed
from converter.runtime.workers import Failed, Workers

Question = FileWork | Problem | Folded
"""A file to prepare, one that cannot be read after all, or one to prepare again."""


def prepare_all(
    questions: Iterable[Question],
    policies: Policies,
    workers: Workers,
    room: WaitingRoom,
    tell: Tell,
) -> Iterator[Folded]:
    """Each file prepared, in the order given; a worker that dies costs its file an error.

    `tell` hears of the steps of each file, or of its end where it is worked on elsewhere.
    """
    ask: Callable[[Question], Folded] = partial(_here, policies=policies, tell=tell)
    if workers.away:
        ask = partial(_away, policies=pickle.dumps(policies))
        questions = (_to_travel(question) for question in questions)
    for question, answer in workers.each(ask, questions):
        if workers.away:
            tell(Progress(question.arquivo, Step.CONFERIDA))
        if isinstance(answer, Failed):
            problem = interrupted(question.arquivo, answer)
            yield _given_up(question, problem)
        else:
            yield room.keep(answer)


def interrupted(arquivo: str, failed: Failed) -> Problem:
    """The problem of a file whose work broke off."""
    details = {"motivo": failed.motivo}
    return Problem("arquivo-interrompido", Severity.ERRO, arquivo, details=details)


def _here(question: Question, policies: Policies, tell: Tell = unheard) -> Folded:
    if isinstance(question, FileWork):
        return fold(prepare(question, policies, tell))
    if isinstance(question, Folded):
        return fold(prepare_again(question.whole(), policies, tell))
    return _given_up(question, question)


def _away(question: Question, policies: bytes) -> Folded:
    return packed(_here(question, _policies(policies)))


def _to_travel(question: Question) -> Question:
    return question.to_travel() if isinstance(question, Folded) else question


def _given_up(question: Question, problem: Problem) -> Folded:
    sha256 = "" if isinstance(question, Problem) else question.sha256
    return fold(Prepared(FileWork(question.arquivo, b"", sha256), problems=(problem,)))


@lru_cache(maxsize=1)
def _policies(pickled: bytes) -> Policies:
    """The policies of the run, unpickled once for thousands of files."""
    found = pickle.loads(pickled)  # noqa: S301 - our own bytes, from the process that started us
    if not isinstance(found, Policies):
        raise TypeError(type(found))
    return found
