"""Runs the commands the pages show, and writes what they answer below each.

A block fenced as `console` holds lines of `$ command` and their answers; one fenced as
`toml planilote.toml` or `csv entrada/notas.csv` is a file of the working folder. A comment
`<!-- pasta nova -->` begins again in an empty folder, and `<!-- aba: FILE SHEET -->` is followed by
that sheet as a table. Every page begins in a folder with the shipped examples. `make test` is
shown and not run; the clock stands still.

Usage: python scripts/gen_guia.py [--check]
"""

import contextlib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from unittest import mock

import openpyxl
from click.testing import CliRunner

from converter import cli, terminal
from converter.page.server import PageServer
from converter.runtime import environment
from converter.simulator.server import RunningSimulator
from converter.texts.command import FORMA
from converter.watching import wakeups

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "README.md",
    "LEIAME.md",
    "docs/guia/comandos.md",
    "docs/guia/planilote-toml.md",
    "docs/guia/responder.md",
    "docs/exemplos/com-erros.md",
)
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
_FENCE = re.compile(r"```(\w+)(?: (\S+))?")
_SHEET = re.compile(r"<!-- aba: (\S+) (.+) -->")
_MAKE = {"convert": "converter", "conferir": "conferir", "situacao": "situacao"}


def render(page: str) -> str:
    """The page with every answer as it is now."""
    lines = iter(page.splitlines())
    made: list[str] = []
    with contextlib.ExitStack() as stack:
        stack.enter_context(_standing_still())
        _begin(stack, examples=True)
        for line in lines:
            made.append(line)
            fence, sheet = _FENCE.fullmatch(line), _SHEET.fullmatch(line)
            if line == "<!-- pasta nova -->":
                _begin(stack, examples=False)
            elif sheet:
                made += ["", *_table(Path(sheet[1]), sheet[2]), ""]
                _skip_table(lines)
            elif fence:
                block = _until_closed(lines)
                if fence[1] == "console":
                    block = [said for asked in _commands(block) for said in (asked, *_run(asked))]
                elif fence[2]:
                    Path(fence[2]).parent.mkdir(parents=True, exist_ok=True)
                    Path(fence[2]).write_text("\n".join(block) + "\n", encoding="utf-8")
                made += [*block, "```"]
    return "\n".join(made) + "\n"


def _begin(stack: contextlib.ExitStack, *, examples: bool) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="planilote-guia-")))
    stack.enter_context(contextlib.chdir(folder))
    shutil.copytree(ROOT / "entrada", folder / "entrada") if examples else Path("entrada").mkdir()


@contextlib.contextmanager
def _standing_still() -> Iterator[None]:
    """Nothing of this machine: its clock, its environment, its terminal."""
    world = environment.Environment(now=lambda: NOW, seconds=lambda: 2e9, sleep=lambda _: None)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PLANILOTE", "FOCUS"))}
    with (
        mock.patch.object(environment, "Environment", return_value=world),
        mock.patch.object(terminal, "monotonic", return_value=0.0),
        mock.patch.object(RunningSimulator, "wait", return_value=None),
        mock.patch.object(PageServer, "run", return_value=None),
        mock.patch.object(wakeups, "wakeups", _two_looks),
        mock.patch.object(cli.watch, "monotonic", count(step=3600).__next__),
        mock.patch.dict(os.environ, clean, clear=True),
    ):
        yield


def _two_looks(*_: object) -> Iterator[None]:
    """A watch that looks twice and is then ended with Ctrl-C."""
    yield
    yield
    raise KeyboardInterrupt


def _until_closed(lines: Iterator[str]) -> list[str]:
    block = []
    for line in lines:
        if line == "```":
            return block
        block.append(line)
    raise ValueError("bloco sem fim")


def _commands(block: list[str]) -> list[str]:
    return [line for line in block if line.startswith("$ ")]


def _run(asked: str) -> list[str]:
    """What a command answers, line by line."""
    program, *words = shlex.split(asked.removeprefix("$ "))
    if program == "make" and words[0] in _MAKE:
        extra = words[1].removeprefix("ARGS=").split() if len(words) > 1 else []
        with mock.patch.dict(os.environ, {FORMA: "make"}):
            return _planilote([_MAKE[words[0]], *extra])
    return _PROGRAMS[program](words)


def _planilote(words: list[str]) -> list[str]:
    if words[0] == "simulador":
        words = [*words, "--porta", "0"]
    if words[0] == "vigiar":
        words = [*words, "--sem-avisos"]
    result = CliRunner().invoke(cli.main, words, prog_name="planilote")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.output.startswith("Uso: ") and "--help" not in words:
        raise ValueError(f"a página usa mal o comando: {words}")
    said = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8008", result.output)
    said = re.sub(r"chave=\S+", "chave=…", said)
    said = said.replace(str(Path.cwd()), "a pasta do escritório")
    return said.rstrip("\n").split("\n")


def _ls(words: list[str]) -> list[str]:
    return sorted(path.name for folder in words for path in Path(folder).iterdir())


def _cp(words: list[str]) -> list[str]:
    *sources, target = words
    for source in sources:
        shutil.copy(ROOT / source if not Path(source).exists() else source, target)
    return []


_PROGRAMS: dict[str, Callable[[list[str]], list[str]]] = {
    "planilote": _planilote,
    "ls": _ls,
    "cp": _cp,
    "make": lambda _: [],
}


def _table(path: Path, name: str) -> Iterator[str]:
    """A sheet as a table, from its header on, without the columns that are blank."""
    rows = [
        [_shown(cell) for cell in row]
        for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    ]
    first = next(index for index, row in enumerate(rows) if sum(map(bool, row)) > 3)
    header, *body = rows[first:]
    kept = [place for place in range(len(header)) if any(row[place] for row in body)]
    yield "| " + " | ".join(header[place] for place in kept) + " |"
    yield "|" + "---|" * len(kept)
    for row in body:
        yield "| " + " | ".join(row[place] for place in kept) + " |"


def _shown(cell: object) -> str:
    """A cell as Excel in Portuguese shows it."""
    if isinstance(cell, float):
        return f"{cell:,.2f}".translate(str.maketrans(",.", ".,"))
    return "" if cell is None else str(cell).replace("|", "\\|")


def _skip_table(lines: Iterator[str]) -> None:
    """Past the blank line, the old table and the blank line after it."""
    for line in lines:
        if line.startswith("|"):
            break
    for line in lines:
        if not line.startswith("|"):
            return


def main(arguments: list[str]) -> int:
    """Write the pages; with `--check` only tell which are out of date."""
    stale = []
    for name in PAGES:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        made = render(text)
        if made != text:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(made, encoding="utf-8", newline="\n")
    for name in stale:
        print(name)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
