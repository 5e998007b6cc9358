"""The stages in order: read, map, validate, compose, group, submit, respond, write.

What a file says by itself is worked out first, for all files; then the journal decides what of it
is new; then one process sends; then every file gets its result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack

from converter.history import refs
from converter.history.reconcile import Settled, all_ready, settle
from converter.history.related_files import introduce
from converter.history.unmatched_answers import tell_orphans
from converter.model.notas import Lote
from converter.model.outcome import UNSETTLED, LoteOutcome, LoteState
from converter.model.progress import Begun, Progress, Sending, Step, Tell
from converter.model.run import ReturnDone, RunReport
from converter.runtime import cities
from converter.runtime import config as decided
from converter.runtime.answers import keep_answers
from converter.runtime.arrivals import arrivals
from converter.runtime.environment import World, open_api
from converter.runtime.estimate import expected
from converter.runtime.guarding import asks_first, refuse_strangers
from converter.runtime.mapping_memory import remember, remembered
from converter.runtime.memory import uncollected
from converter.runtime.preparing import prepare_all
from converter.runtime.results import results
from converter.runtime.returns import read_returns
from converter.runtime.spill import Folded, WaitingRoom
from converter.runtime.workers import open_workers
from converter.runtime.workspace import beside_the_real, working_folder
from converter.settings import Settings
from converter.stages.submit import recover, submit
from converter.texts.console import to_send

_SENT_ALL = "enviou-tudo/"
"""Where the journal notes that a run in an ambiente sent all it had: until then it cannot know
what another machine, or a journal that was lost, has sent."""

Confirm = Callable[[str], bool]


@uncollected()
def run(
    settings: Settings,
    world: World,
    names: Sequence[str],
    *,
    enviar: bool,
    tell: Tell,
    confirm: Confirm | None = None,
    payloads: bool = True,
) -> RunReport:
    """Convert `entrada/` (or the named files of it), then read what waits in `retornos/`.

    Args:
        settings: The choices of this run.
        world: The clock, the environment and the network.
        names: Files to convert; all of `entrada/` when empty.
        enviar: False does everything but send.
        tell: Hears what is ahead, then of the steps of each file.
        confirm: Asked once before anything is sent; None sends without asking.
        payloads: Whether the report keeps the payloads of what is not sent, for `--json`.

    Raises:
        Abort: The journal or the folder cannot be used; nothing is lost.
        SettingsError: A choice that cannot be followed.
    """
    ambiente = settings.ambiente
    with ExitStack() as stack:
        office = stack.enter_context(working_folder(settings, world))
        journal, log = office.journal, office.log
        if enviar:
            refuse_strangers(settings, journal)
        refs.known(settings.reenviar, journal, ambiente)
        settings = beside_the_real(settings, journal)
        keep_answers(settings, world)
        policies = decided.load(settings, world.now(), cities.known(journal), remembered(journal))
        arrived = arrivals(settings, world, journal, policies, names)
        api = stack.enter_context(open_api(settings, world, tell)) if enviar else None
        recovered = recover(journal, api.clients, ambiente, log=log) if api else ()

        coming = [arrival.file for arrival in arrived.works]
        sizes = [file.size for file in coming]
        workers = stack.enter_context(open_workers(settings, sizes))
        tell(Begun(len(coming), sum(sizes), expected(coming, workers.count), enviar))
        room = stack.enter_context(WaitingRoom())

        works = (arrival.work() for arrival in arrived.works)
        waiting = list(prepare_all(works, policies, workers, room, tell))
        if api and cities.learn(journal, api, waiting):
            policies = decided.load(
                settings, world.now(), cities.known(journal), policies.remembered
            )
            waiting = list(prepare_all(waiting, policies, workers, room, tell))
        remember(journal, waiting)
        introduce(journal, ambiente, waiting)

        if not api:
            stack.enter_context(journal.rehearsal())
            journal.discard_unsent(ambiente)
        present = {*arrived.stems, *(problem.arquivo for problem in arrived.skipped)}
        # Mended copies first, so that the rows they came from already know of them.
        waiting.sort(key=lambda one: not one.mended)
        settled: Iterable[Settled] = (
            settle(one, settings, policies, journal, present) for one in _let_go(waiting, tell)
        )
        ready: list[Lote] = []
        sent: tuple[LoteOutcome, ...] = ()
        returns: tuple[ReturnDone, ...] = ()
        if api:
            settled = list(settled)
            ready = all_ready(settled)
            if ready and (confirm is None or confirm(to_send(ready, ambiente))):
                tell(Sending(len(ready)))
                sent = submit(
                    ready, journal, api.clients, ambiente, log=log,
                    look_first=journal.recall(_SENT_ALL + ambiente) is None
                    or asks_first(settings),
                )  # fmt: skip
                if not any(outcome.state is LoteState.PREPARADO for outcome in sent):
                    journal.remember(_SENT_ALL + ambiente, "")
            returns = read_returns(settings, office, api)
            stirred = prepare_all(arrived.stirred(journal, ambiente), policies, workers, room, tell)
            settled += [settle(one, settings, policies, journal, present) for one in stirred]
        files = results(
            settings, journal, arrived, settled, sent, policies, workers, tell,
            enviar=enviar, payloads=payloads,
        )  # fmt: skip
        orphans = tell_orphans(settings, journal, present, {done.arquivo for done in files})
        unknown = journal.lotes(ambiente, states=UNSETTLED, whole=False)
        return RunReport(
            ambiente=ambiente,
            saida=settings.folders.saida_aqui,
            enviar=enviar,
            apart=bool(settings.folders.ensaio),
            files=files,
            skipped=arrived.skipped,
            returns=returns,
            orphans=orphans,
            recovered=recovered,
            interrupted=office.interrupted,
            unknown=len(unknown),
            unsent=len(ready) - sum(outcome.state is not LoteState.PREPARADO for outcome in sent),
        )


def _let_go(waiting: list[Folded], tell: Tell) -> Iterator[Folded]:
    """Each one, kept no longer: its payloads go on in lotes."""
    waiting.reverse()
    while waiting:
        tell(Progress(waiting[-1].arquivo, Step.AGRUPANDO))
        yield waiting.pop()
