"""Build, by PyInstaller, the folder `dist/planilote/` with a program that needs no Python.

It is then used as a newcomer would: it lays the example down in an empty folder and converts it.
Prints its size and how soon it starts; exits 1 where it fails. The wheel is `release.py`'s.

Usage: python scripts/pacote.py
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
DATA = {
    "converter": "converter",
    "mappings": "converter/mapping/shipped",
    "entrada": "converter/setup/exemplo",
}
"""What the program carries besides code: where it lies here, and in the package."""
START = """
import multiprocessing, sys

multiprocessing.freeze_support()
if sys.argv[1:2] == ["-c"]:
    # The reader of hostile files is started as Python is: this program stands in for it.
    code = sys.argv[2]
    sys.argv = ["-c", *sys.argv[3:]]
    exec(code)
else:
    from converter.cli import main

    main()
"""


def program() -> Path:
    """Build the single-folder program; the file that starts it."""
    with tempfile.TemporaryDirectory() as scratch:
        start = Path(scratch) / "planilote.py"
        start.write_text(START, encoding="utf-8")
        data = [
            f"--add-data={path}{os.pathsep}{Path(target, path.relative_to(ROOT / source)).parent}"
            for source, target in DATA.items()
            for path in sorted((ROOT / source).rglob("*"))
            if path.is_file() and path.suffix not in (".py", ".pyc") and _carried(path)
        ]
        _run(
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "--onedir",
            "--name=planilote", f"--distpath={DIST}", f"--workpath={scratch}/build",
            f"--specpath={scratch}", f"--paths={ROOT}", "--collect-submodules=converter",
            "--collect-submodules=pandera", "--copy-metadata=pandera", "--collect-data=tzdata",
            *data, str(start),
        )  # fmt: skip
    return DIST / "planilote" / ("planilote.exe" if os.name == "nt" else "planilote")


def _carried(path: Path) -> bool:
    """Of the working folder's `entrada/` only the example travels."""
    return path.parent != ROOT / "entrada" or path.name.startswith("exemplo-")


def prove(command: Path) -> None:
    """Convert the example in an empty folder, and say how large and how quick the program is."""
    with tempfile.TemporaryDirectory(prefix="planilote pacote ") as folder:
        started = time.monotonic()
        _run(str(command), "--version")
        start = time.monotonic() - started
        _run(str(command), "exemplo", "--pasta", folder)
        _run(str(command), "converter", "--quieto", "--pasta", folder)
        made = len(list(Path(folder, "saida").glob("*_resultado.xlsx")))
    if made != 2:
        raise SystemExit(f"{command}: {made} resultados, eram 2")
    size = sum(path.stat().st_size for path in command.parent.rglob("*") if path.is_file())
    print(f"{command}: {size / 2**20:.0f} MB, começa em {start * 1000:.0f} ms, exemplo convertido")


def _run(*words: str) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PLANILOTE_")}
    subprocess.run(words, check=True, env=clean)


def main() -> None:
    """Build the program and prove it."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    prove(program())


if __name__ == "__main__":
    main()
