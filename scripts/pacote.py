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
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
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
        data = [f"--add-data={path}{os.pathsep}{target.parent}" for path, target in carried()]
        _run(
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "--onedir",
            "--name=planilote", f"--distpath={DIST}", f"--workpath={scratch}/build",
            f"--specpath={scratch}", f"--paths={ROOT}", "--collect-submodules=converter",
            "--collect-submodules=pandera", "--copy-metadata=pandera", "--collect-data=tzdata",
            *data, str(start),
        )  # fmt: skip
    return DIST / "planilote" / ("planilote.exe" if os.name == "nt" else "planilote")


def carried() -> Iterator[tuple[Path, Path]]:
    """What the program carries besides code, as the wheel does: where it lies, and where it goes.

    A file keeps its name: PyInstaller is told of folders only.
    """
    with (ROOT / "pyproject.toml").open("rb") as stream:
        wheel = tomllib.load(stream)["tool"]["hatch"]["build"]["targets"]["wheel"]
    for source, target in {"converter": "converter", **wheel["force-include"]}.items():
        here = ROOT / source
        for path in [here] if here.is_file() else sorted(here.rglob("*")):
            kept = path.suffix != ".py" and "__pycache__" not in path.parts
            if path.is_file() and kept:
                yield path, Path(target) / path.relative_to(here)


def prove(command: Path) -> None:
    """Convert the example in an empty folder, and say how large and how quick the program is."""
    with tempfile.TemporaryDirectory(prefix="planilote pacote ") as folder:
        started = time.monotonic()
        _run(str(command), "--version")
        start = time.monotonic() - started
        _run(str(command), "exemplo", "--pasta", folder)
        started = time.monotonic()
        _run(str(command), "converter", "--quieto", "--pasta", folder)
        whole = time.monotonic() - started
        _run(str(command), "guia")
        made = len(list(Path(folder, "saida").glob("*_resultado.xlsx")))
    if made != 2:
        raise SystemExit(f"{command}: {made} resultados, eram 2")
    size = sum(path.stat().st_size for path in command.parent.rglob("*") if path.is_file())
    print(
        f"{command}: {size / 2**20:.0f} MB, começa em {start * 1000:.0f} ms, "
        f"exemplo convertido em {whole:.1f} s"
    )


def _run(*words: str) -> None:
    """Run it where nothing leads back to a Python or to this clone."""
    kept = {key: value for key, value in os.environ.items() if not _leads_back(key)}
    subprocess.run(words, check=True, env=kept)


def _leads_back(name: str) -> bool:
    return name.startswith(("PLANILOTE_", "PYTHON", "FOCUS_"))


def main() -> None:
    """Build the program and prove it."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    prove(program())


if __name__ == "__main__":
    main()
