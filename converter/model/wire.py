"""What can come back from one request: a complete answer, or a fault that says what it leaves open.

Nothing here needs the HTTP library, so that whoever only reads outcomes stays cheap to import.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ECHOED = "planilote-token-retirado"
"""A header of ours: it is stored with the others, and with it what it says."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer read to its end. `headers` have lower-case names.

    `framed` is False when neither a length nor chunks said where the body ends: a cut one would
    look whole.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    framed: bool = True

    @property
    def echoed(self) -> bool:
        """True where it held the token, which was taken out before anyone saw it."""
        return ECHOED in self.headers


@dataclass(frozen=True, slots=True)
class Fault:
    """No complete answer. `code` is an entry of the texts catalogue.

    `maybe_arrived` is False only when the body of the request surely never left this machine.
    """

    code: str
    maybe_arrived: bool


Heard = Answer | Fault


@dataclass(frozen=True, slots=True)
class MissingToken:
    """There is no usable token for this prestador; `code` says why, `cnpj` for whom."""

    cnpj: str
    code: str = "token-ausente"
