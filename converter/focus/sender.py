"""The client as the stages see it, so that they need neither a socket nor the HTTP library."""

from typing import Protocol

from converter.model.wire import Heard


class Sender(Protocol):
    """The three calls of a lote, as `stages` need them."""

    @property
    def key(self) -> str:
        """Equal for two senders that share a token; says nothing about the token itself."""

    def create(self, ref: str, payload: bytes) -> Heard:
        """`POST /v2/lotes_rps?ref=`."""

    def fetch(self, ref: str) -> Heard:
        """`GET /v2/lotes_rps/REF`."""

    def answer(self, ref: str, content: bytes) -> Heard:
        """`POST /v2/lotes_rps/REF/resposta`."""

    def pause(self, seconds: float) -> bool:
        """Wait; False when the run is being interrupted."""

    def interrupt(self) -> None:
        """No request is begun from now on and every pause ends."""
