"""Finding the token of a prestador without ever writing it down."""

import re
from collections.abc import Callable, Mapping

from converter.model.wire import MissingToken

SERVICE = "planilote"
_USABLE = re.compile(r"[!-9;-~]{8,200}")


def usable(secret: str) -> bool:
    """Whether a text may travel as a token: a colon or an accent would change the header."""
    return _USABLE.fullmatch(secret) is not None


class Token:
    """A secret that shows itself only to `reveal`: not in `repr`, logs, tracebacks or pickles."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def reveal(self) -> str:
        """The token, for the header of a request and nothing else."""
        return self._secret

    def __repr__(self) -> str:
        return "Token(***)"

    def __reduce__(self) -> str:
        raise TypeError("a token is not written down")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and other._secret == self._secret

    def __hash__(self) -> int:
        return hash(self._secret)


def find(
    cnpj: str,
    ambiente: str,
    environ: Mapping[str, str],
    keyring: Callable[[str, str], str | None] | None = None,
) -> Token | MissingToken:
    """The token of a prestador: its own variable, the common one, then the keyring.

    `keyring` is `keyring.get_password`, or None where the extra is not installed; the service is
    `planilote-<ambiente>` and the user the CNPJ, or `padrao` for a common one.
    """
    digits = re.sub(r"[^0-9A-Za-z]", "", cnpj).upper()
    secret = environ.get(f"FOCUS_TOKEN_{digits}") or environ.get("FOCUS_TOKEN")
    if not secret and keyring is not None:
        service = f"{SERVICE}-{ambiente}"
        secret = keyring(service, digits) or keyring(service, "padrao")
    if not secret:
        return MissingToken(cnpj)
    secret = secret.strip()
    if not usable(secret):
        return MissingToken(cnpj, "token-ilegivel")
    return Token(secret)


def system_keyring() -> Callable[[str, str], str | None] | None:
    """`keyring.get_password` where the extra is installed, guarded against a missing backend."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None

    def get(service: str, user: str) -> str | None:
        try:
            return keyring.get_password(service, user)
        except KeyringError:
            return None

    return get
