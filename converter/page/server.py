"""The page on a loopback port, until it is ended."""

import logging
import threading
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from converter.errors import SettingsError
from converter.page.app import LARGEST, create_app
from converter.page.desk import Desk
from converter.page.security import OPENING, Guard
from converter.page.table import Files
from converter.page.worker import Load, Task, Worker
from converter.runtime.environment import Environment
from converter.texts.sentences import sentence

HOST = "127.0.0.1"
_THREADS = 8
LOOK, IDLE = 60.0, 10
"""Seconds between two looks at whether anybody asks, and looks in a row at which nobody did.

An open page asks by itself, once a minute at the least; counted in looks, a sleep is no absence.
"""


class PageServer:
    """The page, listening at `address`; `opening` is the address that lets one browser in.

    Raises:
        SettingsError: The port is taken.
    """

    def __init__(self, load: Load, environment: Environment, port: int = 0) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._guard = Guard()
        # The system lets nobody else into it.
        self._folder = TemporaryDirectory(prefix="planilote-", ignore_cleanup_errors=True)
        environment = replace(environment, snapshots=Path(self._folder.name))
        self.worker = Worker(load, environment)
        files = Files(Path(self._folder.name))
        self._desk = Desk(load, environment, self.worker, files, self.stop)
        app = create_app(self._desk, self._guard)
        self._asked, self._stopping = threading.Event(), threading.Event()
        self.ended = threading.Event()
        app.before_request(self._asked.set)
        self._map: dict[int, object] = {}
        options = Adjustments(
            host=HOST,
            port=port,
            threads=_THREADS,
            ident="planilote",
            # A body that says it is larger is refused before it is read.
            max_request_body_size=LARGEST,
        )
        try:
            self._server = TcpWSGIServer(app, map=self._map, adj=options)
        except OSError as error:
            wasyncore.close_all(self._map, ignore_all=True)
            self._folder.cleanup()
            raise SettingsError(sentence("pagina.porta-em-uso", porta=port)) from error
        number = self._server.effective_port
        self._guard.names = frozenset({f"{HOST}:{number}", f"localhost:{number}"})
        self.address = f"http://{HOST}:{number}"
        self.opening = f"{self.address}{OPENING}?chave={self._guard.key}"

    def run(self) -> None:
        """Check what lies in `entrada/`, and answer until stopped or interrupted."""
        self.worker.start(Task.CONFERIR)
        threading.Thread(target=self.watch, daemon=True).start()
        try:
            self._server.run()
        finally:
            self.ended.set()
            self._desk.switch.turn_off()
            self._hang_up()

    def watch(self) -> None:
        """End with the window: once no page has asked for a while, and nothing is at work."""
        silent = 0
        while not self.ended.wait(LOOK):
            silent = 0 if self._asked.is_set() or self.worker.state.task else silent + 1
            self._asked.clear()
            if silent >= IDLE:
                self.stop()
                return

    def close(self) -> None:
        """Wait for what is at work, then leave nothing behind."""
        self.worker.wait()
        self._folder.cleanup()

    def stop(self) -> None:
        """Stop listening, from any thread; may be called again."""
        if self._stopping.is_set() or self.ended.is_set():
            return
        self._stopping.set()
        trigger = self._server.trigger
        with trigger.lock:
            trigger.thunks.append(self._close)
            trigger.pull_trigger()

    def _close(self) -> None:
        """In the server's own thread, once the answer that is being given has left."""
        self._server.task_dispatcher.shutdown(timeout=2)
        self._hang_up()

    def _hang_up(self) -> None:
        """Close what is listened to, and each connection with the file it was sending."""
        # Closed through the map alone, a connection leaves its files open.
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        wasyncore.close_all(self._map, ignore_all=True)
