"""One client per token, made when its first lote comes."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Self

from converter.focus.address import checked_url
from converter.focus.client import Client, Transport
from converter.focus.tokens import Token, find
from converter.model.notas import Prestador
from converter.model.wire import MissingToken


@dataclass(slots=True, repr=False, eq=False)
class Clients:
    """Called with a prestador, answers with the client of its token, or says that there is none.

    `token` is used for everyone where given (the embedded API asks for none); otherwise the
    environment and the keyring are searched. A context manager that closes the connections.

    Raises:
        Abort: The address is neither https nor loopback.
    """

    base_url: str
    ambiente: str
    _: KW_ONLY
    version: str
    environ: Mapping[str, str]
    token: Token | None = None
    keyring: Callable[[str, str], str | None] | None = None
    transport: Transport | None = None
    made: dict[Token, Client] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        checked_url(self.base_url)

    def __call__(self, prestador: Prestador) -> Client | MissingToken:
        """The client for this prestador's lotes."""
        token = self.token or find(prestador.cnpj, self.ambiente, self.environ, self.keyring)
        if isinstance(token, MissingToken):
            return token
        if token not in self.made:
            self.made[token] = Client(
                self.base_url,
                token,
                version=self.version,
                key=f"token-{len(self.made) + 1}",
                transport=self.transport or Transport(),
            )
        return self.made[token]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        for client in self.made.values():
            client.close()
