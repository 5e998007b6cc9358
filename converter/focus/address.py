"""Where a token may travel to: https, or this very machine."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from converter.errors import Abort

_HOST = re.compile(
    r"(\[[0-9a-f:]+\]|localhost|[\w-]+(?:\.[\w-]+)+)(?::\d*)?(?:[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


def checked_url(url: str) -> str:
    """The address without its final slash, when a token may travel to it.

    Raises:
        Abort: Neither https nor loopback, or more than scheme, host and port.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise Abort("url-invalida", url=_shown(url)) from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    if not (safe and host and bare):
        raise Abort("url-invalida", url=_shown(url))
    return url.rstrip("/")


def _shown(url: str) -> str:
    """What may be shown of an address that is refused: never what stands before an `@`.

    Where there is none, what looks like no host may be a password all the same.
    """
    found = _HOST.fullmatch(url.rpartition("@")[2].rpartition("://")[2])
    scheme = re.match(r"(https?|ftp)://", url, re.IGNORECASE)
    return f"{scheme[0] if scheme else ''}{found[1] if found else '…'}"


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
