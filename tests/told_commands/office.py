"""Somebody in a working folder, who types what the program says."""

import re
import shlex
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from converter import cli
from converter.simulator.server import RunningSimulator
from tests.runs import Rows, real, tabela

NOTAS = "notas de setembro.csv"
REAL = ("--ambiente", "homologacao")
_SAID = re.compile(
    r"(?<!\bo )(?<!\bdo )planilote (?:[a-z]+)\b.*?(?=\. |; |, | \(|\)|”|$)", re.MULTILINE
)


def said(text: str) -> list[str]:
    """The commands a text says to run, in their order."""
    return [found.rstrip(". ") for found in _SAID.findall(text)]


def said_of(text: str, words: str) -> str:
    """The line of a text that has some words in it."""
    return next(line for line in text.splitlines() if words in line)


def ref_in(text: str) -> str:
    """The first ref of a text."""
    return re.findall(r"pl[0-9a-f]{30}", text)[0]


class Office:
    """Somebody in a working folder, who types what is said and goes to the prefeitura."""

    def __init__(self, folder: Path, api: RunningSimulator) -> None:
        self.folder = folder
        self._api = api
        self.environ = real(api.url)
        self.rehearses_outside = False
        self.code = 0

    def types(self, command: str, *, embedded: bool = False, answer: str = "") -> str:
        """What a command answers, typed in the folder; `embedded` leaves the API to the program."""
        program, *words = shlex.split(command)
        assert program == "planilote", command
        real_one = self.rehearses_outside or "--ambiente" in words
        env = self.environ if real_one and not embedded else {}
        result = CliRunner().invoke(cli.main, words, env=env, prog_name="planilote", input=answer)
        self.code = result.exit_code
        assert not result.output.startswith("Uso:"), result.output
        return result.output

    def follows(self, text: str) -> str:
        """What the last command that a text says answers."""
        answers = [self.types(command) for command in said(text)]
        assert answers, text
        return answers[-1]

    def has(self, rows: Rows, name: str = NOTAS) -> None:
        tabela(self.folder, rows, name)

    def sends(self) -> str:
        return self.types(f"planilote converter {' '.join(REAL)}")

    def goes_to_the_prefeitura(self) -> list[Path]:
        """Each import file taken there, each return file brought home."""
        home = []
        for file in sorted((self.folder / "saida" / "lotes").iterdir()):
            _, content = self._api.play(file.stem)
            home.append(self.folder / "retornos" / f"{file.stem}.ret")
            home[-1].write_bytes(content)
        return home

    def takes_by_hand(self, ref: str, file: Path, issuer: tuple[str, str, str]) -> None:
        """A file that no API made is taken to the prefeitura, and her answer brought home."""
        self._api.hand_in(ref, issuer, file.read_bytes())
        (self.folder / "retornos" / f"{ref}.ret").write_bytes(self._api.play(ref)[1])

    def resumo(self, name: str = "notas de setembro_resultado.xlsx") -> str:
        sheet = openpyxl.load_workbook(self.folder / "saida" / name)["Resumo"]
        cells = (cell.value for row in sheet.iter_rows() for cell in row)
        return "\n".join(str(value) for value in cells if value)

    def messages(self) -> str:
        sheet = openpyxl.load_workbook(self.folder / "saida" / "notas de setembro_resultado.xlsx")[
            "Resultado"
        ]
        return "\n".join(str(row[-1]) for row in sheet.iter_rows(values_only=True))
