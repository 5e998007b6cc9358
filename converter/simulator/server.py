"""The simulator on a loopback port: in-process for `simulado`, in the foreground for people."""

import dataclasses
import ipaddress
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waitress import wasyncore
from waitress.adjustments import Adjustments

from converter.simulator import prefeitura
from converter.simulator.app import MAX_BODY, create_app
from converter.simulator.settings import Settings
from converter.simulator.state import DATABASE, Issuer, State
from converter.simulator.wire import SimulatorServer

_THREADS = 8


class BindError(OSError):
    """The address cannot be listened on, or must not be."""


class RunningSimulator:
    """A simulator that is listening at `url`."""

    def __init__(
        self, state: State, settings: Settings, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        """Listen on `host`; port 0 takes a free one. `state` stays the caller's to close.

        Raises:
            BindError: The port is taken or the address is not this machine's.
        """
        self._stopping = threading.Event()
        self._settings = settings
        self._state = state
        self._map: dict[int, object] = {}
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        options = Adjustments(
            host=host,
            port=port,
            threads=_THREADS,
            ident="planilote",
            # The application has the exact limit; waitress also counts the framing of chunks.
            max_request_body_size=MAX_BODY + 1024 * 1024,
            recv_bytes=65536,
            # Goes on reading while it answers: who sends too much still hears why.
            channel_request_lookahead=1,
            # Idle connections cost a descriptor, not a thread; select() would stop at 1024.
            connection_limit=2000,
            backlog=1024,
            asyncore_use_poll=True,
            cleanup_interval=5,
        )
        try:
            self._server = SimulatorServer(
                create_app(state, self._settings), map=self._map, adj=options
            )
        except OSError as error:
            wasyncore.close_all(self._map, ignore_all=True)
            raise BindError(error.errno, f"Não foi possível escutar em {host}:{port}") from error
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self._server.effective_port}"
        self._thread = threading.Thread(target=self._server.run, name="simulador")
        self._thread.start()

    def play(self, ref: str) -> tuple[str, bytes]:
        """Name and bytes of the return file the prefeitura writes for the lote `ref`.

        Raises:
            LookupError: No lote has that ref.
        """
        return prefeitura.play(self._state, ref, self._settings.now())

    def hand_in(self, ref: str, issuer: tuple[str, str, str], content: bytes) -> None:
        """Take a file made without the API; `issuer` is CNPJ, inscrição municipal, município."""
        prefeitura.hand_in(self._state, ref, Issuer(*issuer), content, self._settings.now())

    def wait(self) -> None:
        """Return once the simulator has stopped."""
        while self._thread.is_alive():
            # In slices: Windows tells of Ctrl+C only between waits.
            self._thread.join(0.5)

    def stop(self) -> None:
        """Stop listening, drop what is open and leave no thread behind. May be called again."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        trigger = self._server.trigger
        # Under its lock: else a request that ends now wakes the loop, which closes the trigger
        # before it is pulled here.
        with trigger.lock:
            trigger.thunks.append(self._close)
            trigger.pull_trigger()
        self._thread.join()

    def _close(self) -> None:
        """In the server's own thread, where its sockets may be closed without a race."""
        dispatcher = self._server.task_dispatcher
        dispatcher.shutdown(timeout=2)
        for channel in tuple(self._server.active_channels.values()):
            # Frees a thread that waits for a client to take the rest of its answer.
            channel.handle_close()
        dispatcher.shutdown(timeout=10)
        wasyncore.close_all(self._map, ignore_all=True)


@contextmanager
def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    settings: Settings | None = None,
    allow_remote: bool = False,
) -> Iterator[RunningSimulator]:
    """A simulator whose state lives in `folder`/diario, until the block ends.

    It listens on loopback only, unless `allow_remote`: the user has asked for another address by
    name. Port 0 takes a free one; the default settings admit any token without limit.

    Raises:
        BindError: The address is not loopback, is taken, or does not exist here.
        sqlite3.Error: The state file is damaged.
    """
    if not allow_remote and not _is_loopback(host):
        raise BindError(
            f"O simulador só escuta nesta máquina; {host} a abriria para a rede. "
            "Se é isso mesmo que você quer, peça esse endereço pelo nome."
        )
    settings = dataclasses.replace(settings or Settings(), aberto=allow_remote)
    state = State(folder / DATABASE)
    try:
        simulator = RunningSimulator(state, settings, host, port)
        try:
            yield simulator
        finally:
            simulator.stop()
    finally:
        state.close()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
