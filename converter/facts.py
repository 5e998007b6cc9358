"""Our data files in TOML, parsed once and kept beside them as Python keeps its bytecode."""

import marshal
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any


def load(path: Path) -> dict[str, Any]:
    """What one of our TOML files says: parsed, or as it was parsed before it last changed."""
    status = path.stat()
    stamp = f"{status.st_mtime_ns} {status.st_size}"
    kept = path.parent / "__pycache__" / f"{path.name}.{sys.implementation.cache_tag}"
    with suppress(OSError, EOFError, ValueError, TypeError):
        found, said = marshal.loads(kept.read_bytes())  # noqa: S302 - as trusted as bytecode
        if found == stamp:
            return dict(said)
    import tomllib  # seldom needed: once after each change

    parsed = tomllib.loads(path.read_text(encoding="utf-8"))
    if not sys.dont_write_bytecode:
        # A folder that may not be written to is no reason to stop.
        with suppress(OSError, ValueError):
            _write(kept, marshal.dumps((stamp, parsed)))
    return parsed


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(data)
    unfinished.replace(path)
