"""Builds the wheel, installs it in an empty environment and converts the shipped example with it.

What works in a clone may fail once installed: a data file left out, a dependency not declared.

Usage: python scripts/release.py [--destino PASTA]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from converter import __version__

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "entrada" / "exemplo-servicos.csv"
USE = """
import importlib.resources, converter
assert converter.validate("entrada/exemplo-servicos.csv").ok
assert importlib.resources.files("converter").joinpath("py.typed").is_file()
print(converter.__file__)
"""


def main() -> None:
    """Build, install, use; the wheel is left in `dist/`."""
    parser = argparse.ArgumentParser(prog="make release")
    parser.add_argument("--destino", type=Path, default=ROOT / "dist", help="onde fica o pacote")
    destino: Path = parser.parse_args().destino
    _is_dated()
    with tempfile.TemporaryDirectory() as scratch:
        built = Path(scratch, "wheel")
        _pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", str(built), str(ROOT))
        (wheel,) = built.glob("*.whl")
        _use(wheel, Path(scratch))
        destino.mkdir(exist_ok=True)
        shutil.copy(wheel, destino)
    print(
        f"{wheel.name}: instalado num ambiente vazio, converteu {EXAMPLE.name}. Está em {destino}."
    )


def _is_dated() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = rf"^## {re.escape(__version__)} \(\d{{4}}-\d\d-\d\d\)$"
    if not re.search(heading, changelog, flags=re.MULTILINE):
        sys.exit(f"CHANGELOG.md: falta o título “## {__version__} (AAAA-MM-DD)”.")


def _use(wheel: Path, scratch: Path) -> None:
    home, pasta = scratch / "env", scratch / "pasta"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _pip(str(python), "install", "--constraint", str(ROOT / "constraints.txt"), str(wheel))
    (pasta / "entrada").mkdir(parents=True)
    shutil.copy(EXAMPLE, pasta / "entrada")
    for command in (
        ["-m", "converter", "converter"],
        ["-m", "converter", "modelo"],
        ["-c", USE],
    ):
        subprocess.run([python, *command], cwd=pasta, env=_environ(), check=True)
    if not (pasta / "saida" / f"{EXAMPLE.stem}_resultado.xlsx").is_file():
        sys.exit("O pacote instalado não escreveu o resultado do exemplo.")


def _pip(python: str, *arguments: str) -> None:
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet"]
    subprocess.run(command, check=True)


def _environ() -> dict[str, str]:
    """Nothing that would lead Python back into the clone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONUTF8": "1"}


if __name__ == "__main__":
    main()
