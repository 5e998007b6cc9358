"""Files that are either whole or not there: temporary file, flush, fsync, rename."""

import contextlib
import os
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from converter.crash import point

_OURS = re.compile(r"\.[0-9a-f]{16}\.parcial")


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> Path:
    """The file at `path`, replaced in one step by what `write` puts in it.

    Where the old file is open in another program (Windows refuses the rename), the new one is
    kept beside it as `<nome> (2).<ext>`, and that path is returned.

    Raises:
        OSError: The disk is full or the folder cannot be written to; the old file is intact.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    point("arquivo-antes")
    temporary = path.with_name(f".{secrets.token_hex(8)}.parcial")
    try:
        with temporary.open("xb") as stream:
            write(stream)
            point("arquivo-meio")
            stream.flush()
            os.fsync(stream.fileno())
        path = _rename(temporary, path)
        point("arquivo-depois")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


def write_bytes(path: Path, content: bytes) -> Path:
    """`write_whole` for content already in memory."""
    return write_whole(path, lambda stream: stream.write(content))


def sweep(folder: Path) -> None:
    """Remove what a run that died was writing in a folder, which nobody else uses now."""
    for path in folder.rglob(".*.parcial"):
        if _OURS.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()


def set_aside(path: Path, why: str) -> Path | None:
    """Move a file that must not be written over out of the way, under its date.

    With `why` "editado em" `notas_resultado.xlsx` becomes `notas_resultado (editado em
    2026-11-22 14h05).xlsx`. None where another program holds the file, which then stays.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime)
    aside = free(path.with_stem(f"{path.stem} ({why} {written:%Y-%m-%d %Hh%M})"))
    try:
        path.rename(aside)
    except PermissionError:
        return None
    return aside


def free(path: Path, numbered: str = " ({})") -> Path:
    """A path that nothing has: this one, or the first beside it with a number, from 2 on."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_stem(path.stem + numbered.format(number))
    return found


def _rename(temporary: Path, path: Path) -> Path:
    for number in range(2, 100):
        try:
            temporary.replace(path)
        except PermissionError:
            if not path.exists():
                raise
            path = path.with_name(
                f"{path.stem.removesuffix(f' ({number - 1})')} ({number}){path.suffix}"
            )
        else:
            sync_folder(path.parent)
            return path
    raise PermissionError(path)


def sync_folder(folder: Path) -> None:
    """Make a rename or a removal in it durable, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network shares cannot: the file itself is whole and synced all the same.
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
