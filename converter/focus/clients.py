"""One client per token, made when its first lote comes."""

from collections.abc import Callable, Mapping
from typing import Self

from converter.focus.address import checked_url
from converter.focus.client import Client, Transport
from converter.focus.tokens import Token, find
from converter.model.notas import Prestador
from converter.model.wire import MissingToken


class Clients:
    """Called with a prestador, answers with the client of its token, or says that there is none.

    `token` is used for everyone where given (the embedded API asks for none); otherwise the
    environment and the keyring are searched. A context manager that closes the connections.

    Raises:
        Abort: The address is neither https nor loopback.
    """

    def __init__(
        self,
        base_url: str,
        ambiente: str,
        *,
        version: str,
        environ: Mapping[str, str],
        token: Token | None = None,
        keyring: Callable[[str, str], str | None] | None = None,
        transport: Transport | None = None,
    ) -> None:
        self._base = checked_url(base_url)
        self._ambiente = ambiente
        self._version = version
        self._environ = environ
        self._token = token
        self._keyring = keyring
        self._transport = transport or Transport()
        self._made: dict[Token, Client] = {}

    def __call__(self, prestador: Prestador) -> Client | MissingToken:
        """The client for this prestador's lotes."""
        token = self._token or find(prestador.cnpj, self._ambiente, self._environ, self._keyring)
        if isinstance(token, MissingToken):
            return token
        if token not in self._made:
            self._made[token] = Client(
                self._base,
                token,
                version=self._version,
                key=f"token-{len(self._made) + 1}",
                transport=self._transport,
            )
        return self._made[token]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        for client in self._made.values():
            client.close()
