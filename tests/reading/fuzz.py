"""Feeds reading with damaged and hostile files, each within two seconds and 500 MB.

Usage: python -m tests.reading.fuzz FORMAT SEED COUNT [WHERE TO PUT THE FILE AT FAULT]

Every file of the corpus is mutated: bytes of the file, and bytes or numbers of the parts of a zip
put together again with right checksums. Whatever comes, `read` must return.
"""

import io
import random
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from converter.reading import apart
from converter.reading.limits import Limits
from converter.reading.open import open_file
from converter.reading.refusal import FileRefused
from converter.stages.read import read
from tests.casos.formato import FOLDER

SECONDS, MEMORY = 2, 500 * 2**20
SMALL = 60_000
FORMATS = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "html", "xml")
NUMBERS = (b"0", b"-1", b"65536", b"1048577", b"4294967295", b"99999999999999999999", b"1e400")
WORDS = (b"AAAA1", b"XFD1048576", b"", b"<", b"&x;", b"\x00", b"</c>", b'"', b"<c r='A1' t='e'/>")
LIMITS = Limits(inflated_bytes=64 * 2**20, cells=3_000_000, sparse_cells=2_000_000)


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, and now and then the end cut off or a piece repeated."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 40))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, 0x41))
    cut = rng.randrange(len(changed) + 1)
    return bytes(rng.choice((changed, changed, changed[:cut], changed + changed[cut:])))


def reworded(data: bytes, rng: random.Random) -> bytes:
    """A number or a piece of markup replaced by a worse one."""
    found = list(re.finditer(rng.choice((rb"\d+", rb'"[^"]*"', rb"<[^>]*>")), data))
    if not found:
        return flipped(data, rng)
    place = rng.choice(found)
    return data[: place.start()] + rng.choice(NUMBERS + WORDS) + data[place.end() :]


def repacked(data: bytes, rng: random.Random) -> bytes:
    """A zip with one part mutated and everything around it in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    change: Callable[[bytes, random.Random], bytes] = rng.choice((flipped, reworded, reworded))
    parts[name] = change(parts[name], rng)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()


def whole_zip(data: bytes) -> bool:
    """Whether the parts can be taken out to be mutated."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            return archive.testzip() is None
        except (zipfile.BadZipFile, RuntimeError):
            return False


def seeds(form: str) -> list[tuple[str, bytes]]:
    """The readable files of a format in the corpus, with the names they go by."""
    dados = FOLDER.parent / "dados" / "doze"
    paths = sorted([*FOLDER.glob("*/entrada.*"), *dados.glob("notas*")])
    small = [(path.name, path.read_bytes()) for path in paths if path.stat().st_size < SMALL]
    found = []
    for name, content in small:
        try:
            opened = open_file(content, name, LIMITS)
        except FileRefused:
            continue
        if opened.format == form:
            found.append((name, content))
    return found


def mutated(data: bytes, rng: random.Random) -> bytes:
    """One file, damaged in one of the ways above."""
    if whole_zip(data) and rng.random() < 0.8:
        return repacked(data, rng)
    return (reworded if rng.random() < 0.5 else flipped)(data, rng)


def main(form: str, seed: int, count: int) -> None:
    """Read `count` mutations of a format; a hang, an abort or an exception ends it badly."""
    apart.budget = lambda *_: apart.Budget(SECONDS, MEMORY)
    rng = random.Random(f"{form}{seed}")  # noqa: S311 - mutations, not secrets
    files = seeds(form)
    codes: dict[str, int] = {}
    for turn in range(count):
        name, data = rng.choice(files)
        damaged = mutated(data, rng)
        outcome = read(damaged, name, LIMITS)
        code = outcome.problems[0].code if outcome.problems else "lido"
        if code == "leitura-interrompida":
            if len(sys.argv) > 4:
                Path(sys.argv[4]).write_bytes(damaged)
            sys.exit(f"{form}, seed {seed}, turn {turn}, {name}: {outcome.problems[0].details}")
        codes[code] = codes.get(code, 0) + 1
    print(dict(sorted(codes.items())))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
