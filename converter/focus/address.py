"""Where a token may travel to: https, or this very machine."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from converter.errors import Abort


def checked_url(url: str) -> str:
    """The address without its final slash, when a token may travel to it.

    Raises:
        Abort: Neither https nor loopback, or more than scheme, host and port.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise Abort("url-invalida", url=url) from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    if not (safe and host and bare):
        raise Abort("url-invalida", url=f"{parts.scheme}://{host}")
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
