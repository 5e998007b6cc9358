"""Writes `templates/*.xlsx` from the field catalogue; with `--check`, only compares."""

import io
import sys
import zipfile
from pathlib import Path

from converter.disk import write_bytes
from converter.mapping.template import TEMPLATES
from converter.mapping.template_book import draw

ROOT = Path(__file__).parent.parent


def parts(workbook: bytes) -> dict[str, bytes]:
    """Give each part of a workbook unpacked: compression differs between zlib builds."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main(arguments: list[str]) -> int:
    """Write or compare; 1 where a workbook is missing or stale."""
    folder = ROOT / "templates"
    folder.mkdir(exist_ok=True)
    checking = "--check" in arguments
    stale = []
    for template in TEMPLATES:
        path = folder / f"{template.name}.xlsx"
        drawn = draw(template)
        if path.is_file() and parts(path.read_bytes()) == parts(drawn):
            continue
        stale.append(path.name)
        if not checking:
            write_bytes(path, drawn)
    for name in stale:
        print(f"templates/{name}", "está velho: rode make templates" if checking else "escrito")
    return 1 if stale and checking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
