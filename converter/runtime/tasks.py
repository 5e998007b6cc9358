"""What `situacao`, `resposta`, `retorno` and `simulador` do; the pipeline is not run by them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from converter.disk import write_bytes
from converter.errors import SettingsError
from converter.journal.journal import Journal
from converter.journal.seen import SeenFile
from converter.model.run import RunReport, Standing, WaitingFile
from converter.runtime import cities, returns
from converter.runtime.environment import Environment, open_api
from converter.runtime.workspace import beside_the_real, known_refs, open_workspace
from converter.settings import Settings
from converter.stages.respond import Retorno
from converter.texts.sentences import sentence

if TYPE_CHECKING:
    from converter.simulator.server import RunningSimulator


_MONTH = re.compile(rb'"data_emissao":"([0-9]{4}-[0-9]{2})')


def situacao(
    settings: Settings,
    environment: Environment,
    dated: Mapping[str, tuple[str, ...]] | None = None,
) -> Standing:
    """Every lote of this ambiente, oldest first, and the notes that are in none.

    `dated` are the months that were told before, {} at first: only with it are they told, since
    those of a lote are read from its payload.
    """
    with open_workspace(settings, environment) as workspace:
        journal, ambiente = workspace.journal, settings.ambiente
        outcomes = journal.lotes(ambiente, whole=False)
        held = (_held(settings, seen) for seen in journal.files(ambiente).values())
        return Standing(
            beside_the_real(settings, journal).folders.saida_aqui,
            outcomes,
            journal.replacements(ambiente),
            tuple(filter(None, held)),
            cities.prefeituras(outcomes),
            {} if dated is None else {**dated, **_months(journal, ambiente, dated)},
        )


def _months(journal: Journal, ambiente: str, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The month of each note of the lotes that are not known yet."""
    # A quote inside a text is escaped there, so that only keys are found; parsing costs seconds.
    return {
        ref: tuple(month.decode() for month in _MONTH.findall(payload))
        for ref, payload in journal.payloads(ambiente, known)
    }


def _held(settings: Settings, seen: SeenFile) -> WaitingFile | None:
    """What the last run left of a file that is still there; None of one that was sent whole."""
    if seen.complete or not (settings.folders.entrada / seen.arquivo).is_file():
        return None
    kept = json.loads(seen.summary)
    return WaitingFile(seen.arquivo, **kept) if kept else None


def answer(settings: Settings, environment: Environment, ref: str, path: Path) -> RunReport:
    """Send one return file for one lote."""
    with open_workspace(settings, environment) as workspace, open_api(settings, environment) as api:
        known_refs([ref], workspace.journal, settings.ambiente)
        file = returns.load(path)
        if isinstance(file, Retorno):
            done = returns.answer(settings, workspace, api, [file], ref)
        else:
            done = (file,)
    return RunReport(settings.ambiente, settings.folders.saida_aqui, enviar=True, returns=done)


def play_prefeitura(settings: Settings, environment: Environment, ref: str) -> Path:
    """Write the embedded prefeitura's return file of a lote into `retornos/`.

    Any lote the embedded API has will do, whichever client sent it.
    """
    with open_workspace(settings, environment) as workspace, open_api(settings, environment) as api:
        if api.play is None:
            raise SettingsError(sentence("comando.so-embutida"))
        try:
            name, content = returns.played(workspace.journal, api, settings.ambiente, ref)
        except LookupError:
            known_refs([ref], workspace.journal, settings.ambiente)
            raise SettingsError(sentence("comando.nao-recebido", ref=ref)) from None
    return write_bytes(settings.folders.retornos / returns.rehearsed(ref, name), content)


@contextmanager
def simulator(settings: Settings, endereco: str | None, porta: int) -> Iterator[RunningSimulator]:
    """The embedded API in the foreground; an address given by name may be any of this machine.

    Raises:
        SettingsError: The address cannot be listened on.
    """
    from converter.simulator.server import BindError, serve
    from converter.simulator.settings import CREDITS_A_MINUTE
    from converter.simulator.settings import Settings as SimulatorSettings

    try:
        with serve(
            settings.folders.pasta,
            host=endereco or "127.0.0.1",
            port=porta,
            settings=SimulatorSettings(creditos=CREDITS_A_MINUTE),
            allow_remote=endereco is not None,
        ) as running:
            yield running
    except BindError as error:
        raise SettingsError(str(error.strerror or error)) from error
