"""Sending as a run does it: what an earlier one left open first, then what is ready now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from converter.focus.deliver import POSTED
from converter.focus.judge import Verdict
from converter.model.filerun import Decided, FileRun
from converter.model.notas import Lote
from converter.model.outcome import LoteOutcome, LoteState
from converter.model.problems import Problem, Severity
from converter.model.progress import Sending, Sent
from converter.runtime.guarding import asks_first
from converter.runtime.session import Session
from converter.stages.submit import recover, submit
from converter.texts.outgoing import to_send

Confirm = Callable[[str], bool]
"""Asked with an `Outgoing` whether it may leave."""


class Outgoing(str):
    """What is about to leave, in words; `refs` are its lotes, and change with any note."""

    __slots__ = ("refs",)
    refs: frozenset[str]

    def __new__(cls, words: str, lotes: Sequence[Lote]) -> Outgoing:
        """Give the words with the lotes they are about."""
        made = super().__new__(cls, words)
        made.refs = frozenset(lote.ref for lote in lotes)
        return made


def recover_earlier(session: Session) -> tuple[LoteOutcome, ...]:
    """Find out what became of lotes that an earlier run left open; none without an API."""
    if session.api is None:
        return ()
    log = session.workspace.log
    return recover(session.journal, session.api.clients, session.ambiente, log=log)


def unsent(ready: Sequence[Lote], sent: Sequence[LoteOutcome]) -> int:
    """How many of the lotes that were ready did not go."""
    return len(ready) - sum(outcome.state is not LoteState.PREPARADO for outcome in sent)


def send(
    session: Session,
    ready: Sequence[Lote],
    files: Iterable[FileRun[Decided]],
    confirm: Confirm | None,
) -> tuple[LoteOutcome, ...]:
    """Send what is ready, unless whoever is asked says no; each lote as it ends up.

    `files` are those the lotes come from: who is asked hears of their warnings too.

    Raises:
        KeyboardInterrupt: After the answers in course were stored.
        Abort: The journal cannot be written; nothing is sent that was not written down.
    """
    ambiente, journal = session.ambiente, session.journal
    if session.api is None or not ready:
        return ()
    if confirm is not None:
        words = to_send(ready, ambiente, _warnings(files))
        if not confirm(Outgoing(words, ready)):
            return ()
    session.tell(Sending(len(ready)))
    sent = submit(
        ready,
        journal,
        session.api.clients,
        ambiente,
        log=partial(_log, session),
        ask_first=not journal.has_sent_all(ambiente) or asks_first(session.settings),
    )
    if not any(outcome.state is LoteState.PREPARADO for outcome in sent):
        journal.remember_all_sent(ambiente)
    return sent


def _log(session: Session, event: str, **facts: object) -> None:
    """Write down what sending tells, and let who listens hear of each lote that was answered."""
    session.workspace.log(event, **facts)
    if event == POSTED:
        session.tell(
            Sent(str(facts["ref"]), facts.get("verdict") == Verdict.GENERATED.name.lower())
        )


def refuse(_: str) -> bool:
    """Who lets nothing leave, where only answers are to be read."""
    return False


def _warnings(files: Iterable[FileRun[Decided]]) -> Mapping[str, Sequence[Problem]]:
    """The warnings of each file that has lotes to send."""
    return {
        file.arquivo: [
            each
            for each in (*file.phase.content.load().problems, *file.phase.history.problems)
            if each.severity is Severity.AVISO
        ]
        for file in files
        if file.phase.ready
    }
