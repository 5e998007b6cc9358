"""The page on a loopback port, until it is ended."""

from __future__ import annotations

import logging

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from converter.errors import SettingsError
from converter.page.app import LARGEST, create_app
from converter.page.desk import Desk
from converter.page.security import OPENING, Guard
from converter.page.worker import Load, Task, Worker
from converter.runtime.environment import Environment

HOST = "127.0.0.1"
_THREADS = 8


class PageServer:
    """The page, listening at `address`; `opening` is the address that lets one browser in.

    Raises:
        SettingsError: The port is taken.
    """

    def __init__(self, load: Load, environment: Environment, port: int = 0) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._guard = Guard()
        self.worker = Worker(load, environment)
        app = create_app(Desk(load, environment, self.worker, self.stop), self._guard)
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
            raise SettingsError(
                f"A porta {port} já está em uso. Escolha outra com --porta, ou deixe sem ela."
            ) from error
        number = self._server.effective_port
        self._guard.names = frozenset({f"{HOST}:{number}", f"localhost:{number}"})
        self.address = f"http://{HOST}:{number}"
        self.opening = f"{self.address}{OPENING}?chave={self._guard.key}"

    def run(self) -> None:
        """Check what lies in `entrada/`, and answer until stopped or interrupted."""
        self.worker.start(Task.CONFERIR)
        try:
            self._server.run()
        finally:
            wasyncore.close_all(self._map, ignore_all=True)

    def stop(self) -> None:
        """Stop listening, from any thread."""
        trigger = self._server.trigger
        with trigger.lock:
            trigger.thunks.append(self._close)
            trigger.pull_trigger()

    def _close(self) -> None:
        """In the server's own thread, once the answer that is being given has left."""
        self._server.task_dispatcher.shutdown(timeout=2)
        wasyncore.close_all(self._map, ignore_all=True)
