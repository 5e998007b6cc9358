"""The codec of zips and of what is kept: isal, several times faster, where it has a wheel, or zlib.

Both read and write the same format (RFC 1950 and 1951) with functions of the same names.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zlib as codec
else:
    try:
        from isal import isal_zlib as codec
    except ImportError:
        import zlib as codec

QUICK = 3 if codec.__name__ == "zlib" else 1
"""The level for what is written in a hurry; isal's makes payloads as small as zlib's usual one."""
RAW = -15
"""The `wbits` of a stream with neither header nor checksum, as in a zip."""

__all__ = ["QUICK", "RAW", "codec"]
