"""Runs the commands the pages show, and writes what they answer below each.

A block fenced as `console` holds lines of `$ command` and their answers; one fenced as
`toml planilote.toml` or `csv entrada/notas.csv` is a file of the working folder. Comments do what
a person does between two commands:

    <!-- pasta nova -->            begins again in an empty folder
    <!-- planilha: "FILE" -->      the table below is typed into FILE, made new where there is none
    <!-- aba: "FILE" SHEET -->     the table below is that sheet
    <!-- prefeitura -->            what `saida/lotes/` holds is taken to the simulator's prefeitura
                                   and her return files are put into `retornos/`

Every page begins in a folder with the shipped examples. `make test` and `pipx` are shown and not
run (`scripts/release.py` installs the wheel, and runs `primeira-vez.md` with what it installed);
`planilote simulador` goes on to the end of its page; the clock stands still.

Usage: python scripts/gen_guia.py [--check] [PAGE...]
"""

import contextlib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from unittest import mock

import openpyxl
import requests
from click.testing import CliRunner

from converter import cli, terminal
from converter.page.server import PageServer
from converter.runtime import environment
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings as SimulatorSettings
from converter.texts.command import FORMA
from converter.watching import wakeups

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "README.md",
    "LEIAME.md",
    "docs/guia/primeira-vez.md",
    "docs/guia/comandos.md",
    "docs/guia/planilote-toml.md",
    "docs/guia/responder.md",
    "docs/exemplos/com-erros.md",
)
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
SHOWN = "http://127.0.0.1:8008"
"""Where a page says that the simulator listens."""
_FENCE = re.compile(r"```(\w+)(?: (\S+))?")
_MARK = re.compile(r"<!-- ([a-z ]+?)(?:: (.+))? -->")
_MAKE = {"convert": "converter", "conferir": "conferir", "situacao": "situacao"}
_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_AMOUNT = re.compile(r"[\d.]+,\d\d")


def render(page: str) -> str:
    """The page with every answer as it is now."""
    lines = deque(page.splitlines())
    made: list[str] = []
    with contextlib.ExitStack() as stack:
        stack.enter_context(_standing_still())
        _begin(stack, examples=True)
        shell = _Shell(stack)
        while lines:
            made.append(line := lines.popleft())
            if fence := _FENCE.fullmatch(line):
                block = _until_closed(lines)
                if fence[1] == "console":
                    block = [said for asked in _asked(block) for said in (asked, *shell.run(asked))]
                elif fence[2]:
                    Path(fence[2]).parent.mkdir(parents=True, exist_ok=True)
                    Path(fence[2]).write_text("\n".join(block) + "\n", encoding="utf-8")
                made += [*block, "```"]
            elif mark := _MARK.fullmatch(line):
                made += shell.done(mark[1], shlex.split(mark[2] or ""), lines)
    return "\n".join(made) + "\n"


def _begin(stack: contextlib.ExitStack, *, examples: bool) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="planilote-guia-")))
    stack.enter_context(contextlib.chdir(folder))
    Path("entrada").mkdir()
    # In a clone that is used, the user's own spreadsheets lie beside the examples.
    for example in sorted((ROOT / "entrada").glob("exemplo-*")) if examples else ():
        shutil.copy(example, "entrada")


@contextlib.contextmanager
def _standing_still() -> Iterator[None]:
    """Nothing of this machine: its clock, its environment, its terminal."""
    world = environment.Environment(
        environ=os.environ,
        now=lambda: NOW,
        seconds=lambda: 2e9,
        sleep=lambda _: None,
        pause=lambda _: None,
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PLANILOTE", "FOCUS"))}
    with (
        mock.patch.object(environment, "Environment", return_value=world),
        mock.patch.object(terminal, "monotonic", return_value=0.0),
        mock.patch.object(RunningSimulator, "wait", return_value=None),
        mock.patch.object(PageServer, "run", PageServer._close),
        mock.patch.object(wakeups, "wakeups", _two_looks),
        mock.patch.object(cli.running, "monotonic", count(step=3600).__next__),
        mock.patch.dict(os.environ, clean, clear=True),
    ):
        yield


def _two_looks(*_: object) -> Iterator[None]:
    """A watch that looks twice and is then ended with Ctrl-C."""
    yield
    yield
    raise KeyboardInterrupt


def _until_closed(lines: deque[str]) -> list[str]:
    block = []
    while lines:
        line = lines.popleft()
        if line == "```":
            return block
        block.append(line)
    raise ValueError("bloco sem fim")


def _asked(block: list[str]) -> list[str]:
    return [line for line in block if line.startswith("$ ")]


class _Shell:
    """Who sits at the machine: types the commands of a page, and does what lies between them."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack
        self._simulator: RunningSimulator | None = None

    def run(self, asked: str) -> list[str]:
        """What a command answers, line by line."""
        program, *words = shlex.split(asked.removeprefix("$ "))
        if program == "make" and words[0] in _MAKE:
            extra = shlex.split(words[1].removeprefix("ARGS=")) if len(words) > 1 else []
            with mock.patch.dict(os.environ, {FORMA: "make"}):
                return self._planilote([_MAKE[words[0]], *extra])
        return self._programs()[program](words)

    def done(self, mark: str, words: list[str], lines: deque[str]) -> list[str]:
        """What a comment asks for, and the lines that stand below it."""
        match mark:
            case "pasta nova":
                _begin(self._stack, examples=False)
            case "planilha":
                table = _table_below(lines)
                _type_in(Path(words[0]), table)
                return ["", *table, ""]
            case "aba":
                _table_below(lines)
                return ["", *_table(Path(words[0]), " ".join(words[1:])), ""]
            case "prefeitura":
                self._answer_lotes()
        return []

    def _programs(self) -> dict[str, Callable[[list[str]], list[str]]]:
        return {
            "planilote": self._planilote,
            "ls": _ls,
            "cp": _cp,
            "cd": _cd,
            "export": self._export,
            "make": lambda _: [],
            "pipx": lambda _: [],
        }

    def _planilote(self, words: list[str]) -> list[str]:
        if words[0] == "simulador":
            self._begin_simulator()
            words = [*words, "--porta", "0"]
        if words[0] == "vigiar":
            words = [*words, "--sem-avisos"]
        result = CliRunner().invoke(cli.main, words, prog_name="planilote")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        if result.output.startswith("Uso: ") and "--help" not in words:
            raise ValueError(f"a página usa mal o comando: {words}")
        said = re.sub(r"http://127\.0\.0\.1:\d+", SHOWN, result.output)
        said = re.sub(r"chave=\S+", "chave=…", said)
        said = said.replace(str(Path.cwd()), "a pasta do escritório")
        return said.rstrip("\n").split("\n")

    def _begin_simulator(self) -> None:
        if self._simulator is None:
            chosen = SimulatorSettings(now=lambda: NOW)
            self._simulator = self._stack.enter_context(serve(Path.cwd(), settings=chosen))

    def _export(self, words: list[str]) -> list[str]:
        name, _, value = words[0].partition("=")
        if self._simulator is not None:
            value = value.replace(SHOWN, self._simulator.url)
        os.environ[name] = value
        return []

    def _answer_lotes(self) -> None:
        """As the buttons of the simulator's page do."""
        if self._simulator is None:
            raise ValueError("a página não começou o simulador")
        for file in sorted(Path("saida/lotes").iterdir()):
            url = f"{self._simulator.url}/simulador/lotes/{file.stem}/retorno"
            answer = requests.post(url, headers={"Accept": "application/octet-stream"}, timeout=60)
            answer.raise_for_status()
            name = answer.headers["Content-Disposition"].partition("filename=")[2].strip('"')
            Path("retornos", name).write_bytes(answer.content)


def _ls(words: list[str]) -> list[str]:
    return sorted(path.name for folder in words for path in Path(folder).iterdir())


def _cp(words: list[str]) -> list[str]:
    *sources, target = words
    for source in sources:
        shutil.copy(ROOT / source if not Path(source).exists() else source, target)
    return []


def _cd(words: list[str]) -> list[str]:
    os.chdir(words[0])
    return []


def _table_below(lines: deque[str]) -> list[str]:
    """Takes the table that follows, with the blank lines around it."""
    table = []
    while lines and not lines[0]:
        lines.popleft()
    while lines and lines[0].startswith("|"):
        table.append(lines.popleft())
    while lines and not lines[0]:
        lines.popleft()
    return table


def _type_in(path: Path, table: Sequence[str]) -> None:
    """Fill a workbook as the table says: below its own headers, or a new one with these."""
    header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    book = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet.title if path.exists() else "Planilha1"
    there = {cell.value: cell.column for cell in sheet[1] if cell.value}
    for place, name in enumerate(header, 1):
        if not there:
            sheet.cell(1, place, name)
        elif name not in there:
            raise ValueError(f"{path} não tem a coluna {name}")
        for number, row in enumerate(rows, 2):
            sheet.cell(number, there.get(name, place), _typed(row[place - 1]))
    book.save(path)


def _typed(text: str) -> object:
    """What Excel in Portuguese makes of what is typed."""
    if date := _DATE.fullmatch(text):
        return datetime(int(date[3]), int(date[2]), int(date[1]))
    if _AMOUNT.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return text or None


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


def main(arguments: list[str]) -> int:
    """Write the pages; with `--check` only tell which are out of date."""
    stale = []
    for name in [word for word in arguments if word != "--check"] or PAGES:
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
