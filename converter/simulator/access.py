"""Who asks, and how often: tokens and the credits of a minute."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Request

from converter.simulator import errors

_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def is_own_name(host: str) -> bool:
    """Whether a Host header names this very machine, as who asks it knows it."""
    try:
        return (urlsplit(f"//{host}").hostname or "") in _OWN_NAMES
    except ValueError:
        return False


def token_of(request: Request) -> str:
    """The token of a request: user of Basic auth, else `?token=`.

    Raises:
        ApiError: 401, when there is none.
    """
    basic = request.authorization
    if basic is not None and basic.type == "basic" and basic.username:
        return str(basic.username)
    token = request.args.get("token", "")
    if not token:
        raise errors.unauthorised()
    return token


def fingerprint(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    content = b"planilote simulador\0" + token.encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Which tokens may act for which CNPJs; with `allowed` None, any token for any CNPJ."""

    allowed: Mapping[str, frozenset[str]] | None = None

    def admit(self, token: str, *, lotes: bool) -> None:
        """Raises ApiError for a token nobody issued: 400 to a POST of lotes, 401 elsewhere."""
        if self.allowed is not None and token not in self.allowed:
            raise errors.rejected() if lotes else errors.unauthorised()

    def authorise(self, token: str, cnpj: str) -> None:
        """Raises ApiError (400) when the token belongs to another company."""
        if self.allowed is not None and cnpj not in self.allowed.get(token, frozenset()):
            raise errors.rejected()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a token has left: credits of a window, and seconds until they come back."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool = False

    def headers(self) -> dict[str, str]:
        """The three headers the API sends with every answer."""
        return {
            "Rate-Limit-Limit": str(self.limit),
            "Rate-Limit-Remaining": str(self.remaining),
            "Rate-Limit-Reset": str(self.reset),
        }


class Credits:
    """`limit` requests a minute per token. Safe between threads."""

    WINDOW = 60.0

    def __init__(self, limit: int, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back."""
        self._limit = limit
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def spend(self, owner: str) -> Allowance:
        """One credit of this token, or the news that none is left."""
        now = self._clock()
        with self._lock:
            start, used = self._windows.get(owner, (now, 0))
            if now - start >= self.WINDOW:
                start, used = now, 0
            exceeded = used >= self._limit
            used += not exceeded
            self._windows[owner] = (start, used)
        reset = max(1, -int(-(start + self.WINDOW - now) // 1))
        return Allowance(self._limit, self._limit - used, reset, exceeded)
