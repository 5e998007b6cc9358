"""One deadline and one size for a whole exchange, whatever of it drips.

A read timeout starts anew with every byte, so a peer that sends one now and then holds a run for
ever: in the status line, the headers, an endless row of `100 Continue`, the length of a chunk, the
trailers. Here every read of the socket is given what is left of the exchange's time and bytes.
"""

from __future__ import annotations

import io
import socket
import zlib
from collections.abc import Callable
from http.client import HTTPResponse
from typing import TYPE_CHECKING

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.poolmanager import PoolManager, ProxyManager

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class TooLargeError(OSError):
    """More came than an answer may have."""


class Exchange:
    """What is left of one exchange; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._end = 0.0
        self._bytes = 0

    def begin(self, seconds: float, size: int) -> None:
        """From now on so many seconds and so many bytes."""
        self._end = self._clock() + seconds
        self._bytes = size

    def left(self) -> float:
        """Seconds left.

        Raises:
            TimeoutError: None are.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError("the exchange takes too long")
        return left

    def took(self, size: int) -> None:
        """So many bytes came.

        Raises:
            TooLargeError: More than were left.
        """
        self._bytes -= size
        if self._bytes < 0:
            raise TooLargeError("the answer is too large")


class _Metered(io.RawIOBase):
    """The socket's own stream, within an exchange."""

    def __init__(self, raw: io.RawIOBase, connection: socket.socket, exchange: Exchange) -> None:
        self._raw = raw
        self._connection = connection
        self._patience = connection.gettimeout()
        self._exchange = exchange

    def readable(self) -> bool:
        """True: nothing else is done with it."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """As any stream, for no longer than the exchange has."""
        left = self._exchange.left()
        self._connection.settimeout(left if self._patience is None else min(self._patience, left))
        size = self._raw.readinto(buffer)
        self._exchange.took(size or 0)
        return size

    def close(self) -> None:
        """Close the socket's stream too."""
        self._raw.close()
        super().close()


def adapter(exchange: Exchange) -> HTTPAdapter:
    """What a session sends its requests through, so that they keep to the exchange."""

    class Response(HTTPResponse):
        def __init__(
            self, sock: socket.socket, debuglevel: int = 0, method: str | None = None
        ) -> None:
            super().__init__(sock, debuglevel, method)
            self.fp = io.BufferedReader(_Metered(self.fp.detach(), sock, exchange))

    class Plain(HTTPConnection):
        response_class = Response

    class Secure(HTTPSConnection):
        response_class = Response

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    pools = {"http": PlainPool, "https": SecurePool}

    class Bounded(HTTPAdapter):
        def init_poolmanager(
            self, connections: int, maxsize: int, block: bool = False, **options: object
        ) -> None:
            super().init_poolmanager(connections, maxsize, block, **options)
            self.poolmanager.pool_classes_by_scheme = pools

        def proxy_manager_for(self, proxy: str, **options: object) -> PoolManager:
            manager: PoolManager = super().proxy_manager_for(proxy, **options)
            # A SOCKS proxy has pools of its own, which know how to speak to it.
            if type(manager) is ProxyManager:
                manager.pool_classes_by_scheme = pools
            return manager

    return Bounded()


def decoded(raw: bytes, encoding: str, most: int) -> bytes | None:
    """A body as it was before it was compressed for the way; None where it is cut or unreadable.

    We ask for none, and urllib3 takes the half of a compressed body for the whole.
    """
    kinds = [kind.strip().lower() for kind in encoding.split(",") if kind.strip()]
    for kind in reversed(kinds):
        if kind == "identity":
            continue
        if kind not in {"gzip", "x-gzip", "deflate"}:
            return None
        inflated = _inflated(raw, zlib.MAX_WBITS | 32, most)
        if inflated is None and kind == "deflate":
            inflated = _inflated(raw, -zlib.MAX_WBITS, most)
        if inflated is None:
            return None
        raw = inflated
    return raw


def _inflated(raw: bytes, window: int, most: int) -> bytes | None:
    inflater = zlib.decompressobj(window)
    try:
        content = inflater.decompress(raw, most)
    except zlib.error:
        return None
    return content if inflater.eof and not inflater.unused_data.strip(b"\0") else None
