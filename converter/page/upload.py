"""Files that a person drops on the page, put into the folder they belong to."""

import re
import shutil
import unicodedata
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import IO

from converter.disk import set_aside, write_whole
from converter.errors import SettingsError
from converter.texts.sentences import sentence

LONGEST = 120
"""Characters of a name, and of a folder's."""
DEEPEST = 6
_DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]')


_ALONE = Lock()
"""Held from the look whether a name is taken until the file has it: two may be sent at once."""


class NameTaken(SettingsError):  # noqa: N818 - it is told, and nothing broke
    """There is another file of that name already; it was left as it is."""

    code = "nome-ocupado"


def safe_name(name: str, kinds: Collection[str] | None = None) -> PurePosixPath:
    """A name given by a browser, as one that stays inside its folder on every system.

    Args:
        name: The file's name, with the folders before it where a folder was dropped.
        kinds: The endings that are taken, without the dot; None takes any.

    Raises:
        SettingsError: It leads out of the folder, is hidden, or no system would keep it so.
    """
    parts = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")
    path = PurePosixPath(*parts)
    bad = not name.strip() or len(parts) > DEEPEST or any(not _is_safe(part) for part in parts)
    if bad:
        raise SettingsError(sentence("pagina.nome-recusado", nome=name[:LONGEST]))
    if kinds is not None and path.suffix[1:].casefold() not in kinds:
        raise SettingsError(sentence("pagina.tipo-recusado", nome=path.name))
    return path


def _is_safe(part: str) -> bool:
    return (
        0 < len(part) <= LONGEST
        and not part.startswith((".", "~"))
        and not part.endswith((".", " "))
        and part == part.strip()
        and not _FORBIDDEN.search(part)
        and not _DEVICES.fullmatch(part)
    )


def keep(folder: Path, name: PurePosixPath, content: IO[bytes], replaced: Path | None) -> Path:
    """The file put into `folder`, whole or not at all.

    `name` is what `safe_name` gave; `replaced` is where another file of that name goes, None
    leaves it and refuses.

    Raises:
        NameTaken: Another file has the name.
        SettingsError: A folder on the way is a link that leads elsewhere.
        OSError: The disk fails.
    """
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SettingsError(sentence("pagina.nome-recusado", nome=str(name)))
    with _ALONE:
        if path.exists():
            if _same(path, content):
                return path
            if replaced is None:
                raise NameTaken(sentence("pagina.nome-ocupado", nome=path.name))
            _put_away(path, replaced)
        return write_whole(path, lambda stream: shutil.copyfileobj(content, stream))


def _same(path: Path, content: IO[bytes]) -> bool:
    content.seek(0)
    with path.open("rb") as present:
        while True:
            ours, theirs = present.read(2**16), content.read(2**16)
            if ours != theirs:
                content.seek(0)
                return False
            if not ours:
                return True


def _put_away(path: Path, folder: Path) -> None:
    """Keep what is replaced, out of the folder that is read."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = shutil.copy2(path, folder / path.name)
    set_aside(Path(aside), "de")
