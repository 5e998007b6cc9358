"""Builds the wheel, installs it in an empty environment and uses it there as a newcomer would.

What works in a clone may fail once installed: a data file left out, a dependency not declared. The
shipped example is converted, and the page of the first ten minutes must show what the installed
program answers.

Usage: python scripts/release.py [--destino PASTA]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from converter import __version__

ROOT = Path(__file__).resolve().parent.parent
FIRST_TIME = "docs/guia/primeira-vez.md"
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
        wheel = build(Path(scratch, "wheel"))
        program = install(wheel, Path(scratch, "env"))
        _use(program, Path(scratch, "minhas notas"))
        first_time(program)
        destino.mkdir(exist_ok=True)
        shutil.copy(wheel, destino)
        size = wheel.stat().st_size / 1024
    print(
        f"{wheel.name} ({size:.0f} KB): instalado num ambiente vazio, converteu o exemplo, e "
        f"{FIRST_TIME} mostra o que ele responde. Está em {destino}."
    )


def build(folder: Path) -> Path:
    """The wheel of this clone, made in `folder`."""
    _pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, home: Path) -> Path:
    """The wheel and what it needs in a new environment, which has nothing else; its Python."""
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _pip(str(python), "install", "--constraint", str(ROOT / "constraints.txt"), str(wheel))
    return python


def first_time(python: Path) -> None:
    """Run the page of the first ten minutes with an installed planilote."""
    command = [python, ROOT / "scripts" / "gen_guia.py", "--check", FIRST_TIME]
    subprocess.run(command, cwd=python.parent, env=_environ(), check=True)


def _is_dated() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = rf"^## {re.escape(__version__)} \(\d{{4}}-\d\d-\d\d\)$"
    if not re.search(heading, changelog, flags=re.MULTILINE):
        sys.exit(f"CHANGELOG.md: falta o título “## {__version__} (AAAA-MM-DD)”.")


def _use(python: Path, pasta: Path) -> None:
    pasta.mkdir()
    program = python.with_name("planilote.exe" if os.name == "nt" else "planilote")
    started = time.monotonic()
    subprocess.run([program, "--version"], cwd=pasta, env=_environ(), check=True)
    print(f"começa em {(time.monotonic() - started) * 1000:.0f} ms")
    for command in (
        [program, "exemplo"],
        [program, "converter"],
        [program, "modelo"],
        [program, "guia", "primeira-vez"],
        [python, "-c", USE],
    ):
        subprocess.run(command, cwd=pasta, env=_environ(), check=True, stdout=subprocess.DEVNULL)
    made = [path.name for path in (pasta / "saida").glob("*_resultado.xlsx")]
    if len(made) != 2:
        sys.exit(f"O pacote instalado não escreveu os dois resultados do exemplo: {made}")


def _pip(python: str, *arguments: str) -> None:
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments, "--quiet"]
    subprocess.run(command, check=True)


def _environ() -> dict[str, str]:
    """Nothing that would lead Python back into the clone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONUTF8": "1"}


if __name__ == "__main__":
    main()
