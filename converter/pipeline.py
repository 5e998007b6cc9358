"""The stages in order: read, map, validate, compose, group, submit, respond, write.

What a file says by itself is worked out first, for all files; then the journal decides what of it
is new; then one process sends; then every file gets its result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from converter.model.outcome import LoteOutcome, LoteState
from converter.model.run import RunReport
from converter.run import cities
from converter.run import policies as decided
from converter.run.arrivals import arrivals
from converter.run.batch import prepare_all
from converter.run.folder import working_folder
from converter.run.mapping_desk import remember, remembered
from converter.run.results import results, stirred
from converter.run.returns import read_returns
from converter.run.settle import settle
from converter.run.world import World, open_api
from converter.settings import Settings
from converter.stages.report import First
from converter.stages.submit import recover, submit
from converter.texts.console import to_send

_UNKNOWN = (LoteState.ENVIANDO, LoteState.DESCONHECIDO)

Tell = Callable[[str], None]
Confirm = Callable[[str], bool]


def run(
    settings: Settings,
    world: World,
    names: Sequence[str],
    *,
    enviar: bool,
    tell: Tell,
    confirm: Confirm | None = None,
) -> RunReport:
    """Convert `entrada/` (or the named files of it), then read what waits in `retornos/`.

    Args:
        settings: The choices of this run.
        world: The clock, the environment and the network.
        names: Files to convert; all of `entrada/` when empty.
        enviar: False does everything but send.
        tell: Hears a line of progress.
        confirm: Asked once before anything is sent; None sends without asking.

    Raises:
        Abort: The journal or the folder cannot be used; nothing is lost.
        SettingsError: A choice that cannot be followed.
    """
    ambiente = settings.ambiente
    with ExitStack() as stack:
        office = stack.enter_context(working_folder(settings, world))
        journal, log = office.journal, office.log
        policies = decided.load(settings, world.now(), cities.known(journal), remembered(journal))
        arrived = arrivals(settings, world, journal, policies, names)
        api = stack.enter_context(open_api(settings, world)) if enviar else None
        recovered = recover(journal, api.clients, ambiente, log=log) if api else ()

        prepared = list(prepare_all(arrived.works, policies, None, tell))
        if api and cities.learn(journal, api, prepared):
            policies = decided.load(
                settings, world.now(), cities.known(journal), policies.remembered
            )
            prepared = list(prepare_all(arrived.works, policies, None, tell))
        remember(journal, prepared)
        this_run: dict[str, First] = {}
        # Mended copies first, so that the rows they came from already know of them.
        settled = [
            settle(one, settings, policies, journal, this_run, enviar=enviar)
            for one in sorted(prepared, key=lambda one: not one.origins)
        ]
        ready = [lote for one in settled for lote in one.ready]
        sent: tuple[LoteOutcome, ...] = ()
        if api and ready and (confirm is None or confirm(to_send(ready, ambiente))):
            sent = submit(ready, journal, api.clients, ambiente, log=log, look_first=journal.born)
        returns = read_returns(settings, office, api) if api else ()
        settled += stirred(settings, policies, journal, arrived, this_run)
        files = results(settings, journal, arrived, settled, sent, policies, enviar=enviar)
        unknown = journal.lotes(ambiente, states=_UNKNOWN, whole=False)
        return RunReport(
            ambiente=ambiente,
            enviar=enviar,
            files=files,
            skipped=arrived.skipped,
            returns=returns,
            recovered=recovered,
            interrupted=office.interrupted,
            unknown=len(unknown),
            unsent=len(ready) - sum(outcome.state is not LoteState.PREPARADO for outcome in sent),
        )
