"""Walks through what offices do to their files between runs: no service is ever invoiced twice."""

import json
import random
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from tests.corrida import DATA, NOW, VALOR, Rows, corrida, exemplo, tabela

TAG, TEXT, NAME = "Complemento", "Discriminação do serviço", "Nome ou razão social do tomador"
SENT = (LoteState.GERADO, LoteState.RESPONDIDO)
SIZE = 8
MISTAKES = ("abc", "322,00")


class Office:
    """Files of one folder, each service with a tag that follows it wherever it is typed."""

    def __init__(self, pasta: Path, seed: int) -> None:
        self.pasta = pasta
        self.dice = random.Random(seed)  # noqa: S311 - a walk, not a secret
        self.files: dict[str, Rows] = {}
        self.tags = 0
        self.edited: set[str] = set()
        self.new_file()

    def new_file(self) -> None:
        self._put(f"mes {len(self.files)}-{self.tags}.csv", [self._note() for _ in range(SIZE)])

    def edit(self) -> None:
        """One thing of one note; a note edited in two things at once reads as another."""
        name = self._any()
        fresh = [
            row
            for row in self.files[name]
            if row[TAG] not in self.edited and row[VALOR] not in MISTAKES
        ]
        if fresh:
            row = self.dice.choice(fresh)
            self.edited.add(row[TAG])
            column = self.dice.choice([VALOR, TEXT, NAME])
            typed = f"{self.dice.randint(100, 999)},50" if column == VALOR else f"{row[column]}."
            row[column] = typed
            self._put(name, self.files[name])

    def rename(self) -> None:
        name = self._any()
        rows = self.files.pop(name)
        (self.pasta / "entrada" / name).unlink()
        self._put(f"{self.dice.randint(1, 9)}/{name}", rows)

    def copy(self) -> None:
        name = self._any()
        made = f"cópia {self.tags}-{len(self.files)} de {Path(name).name}"
        self._put(made, [dict(row) for row in self.files[name]])

    def shuffle(self) -> None:
        name = self._any()
        self.dice.shuffle(self.files[name])
        self._put(name, self.files[name])

    def add(self) -> None:
        name = self._any()
        self._put(name, [self._note(), *self.files[name]])

    def drop(self) -> None:
        name = self._any()
        if len(self.files[name]) > SIZE - 2:
            self.files[name].pop(self.dice.randrange(len(self.files[name])))
            self._put(name, self.files[name])

    def mistake(self) -> None:
        name = self._any()
        self._put(name, [{**self._note(), VALOR: "abc"}, *self.files[name]])

    def mend(self) -> None:
        """Mend a workbook that came back, sometimes the file itself too, a little otherwise."""
        saida = self.pasta / "saida"
        for name, rows in sorted(self.files.items()):
            path = saida / Path(name).with_name(f"{Path(name).stem}_corrigir.xlsx")
            if not path.is_file():
                continue
            copy = self.pasta / "entrada" / f"{self.dice.randint(1, 9)} {path.name}"
            shutil.copy(path, copy)
            book = openpyxl.load_workbook(copy)
            sheet = book.worksheets[0]
            column = [cell.value for cell in sheet[1]].index(VALOR) + 1
            for row in range(2, sheet.max_row + 1):
                if sheet.cell(row, column).value == "abc":
                    sheet.cell(row, column).value = "321,00"
            book.save(copy)
            if self.dice.random() < 0.5:
                self._put(
                    name, [{**row, VALOR: row[VALOR].replace("abc", "322,00")} for row in rows]
                )
            return

    def run(self) -> None:
        parcial = self.dice.random() < 0.3
        match self.dice.randrange(4):
            case 0:
                corrida(self.pasta, enviar=False, parcial=parcial)
            case 1:
                corrida(self.pasta, confirm=lambda _: False, parcial=parcial)
            case _:
                corrida(self.pasta, parcial=parcial)

    def sent(self) -> Counter[str]:
        """How often each service is in a lote that the API took."""
        found: Counter[str] = Counter()
        with Journal(self.pasta / "diario" / "diario.sqlite3", lambda: NOW) as journal:
            for outcome in journal.lotes("simulado", states=SENT):
                for item in json.loads(outcome.lote.payload)["lista_nfse"]:
                    found[item["tomador"]["endereco"]["complemento"]] += 1
        return found

    def _any(self) -> str:
        return self.dice.choice(sorted(self.files))

    def _note(self) -> dict[str, str]:
        self.tags += 1
        row = dict(exemplo()[self.tags % 5])
        day = f"{1 + self.tags % 28:02d}/09/2026 10:00"
        text = f"Serviço número {self.tags}"
        return {**row, TAG: f"tag {self.tags}", TEXT: text, VALOR: f"{self.tags}00,00", DATA: day}

    def _put(self, name: str, rows: Rows) -> None:
        self.files[name] = rows
        tabela(self.pasta, rows, name)


def walk(pasta: Path, seed: int, steps: int) -> None:
    office = Office(pasta, seed)
    doings = [
        office.edit, office.edit, office.rename, office.copy, office.shuffle, office.add,
        office.drop, office.mistake, office.mend, office.new_file, office.run, office.run,
    ]  # fmt: skip
    done: list[str] = []
    for _ in range(steps):
        doing = office.dice.choice(doings)
        done.append(doing.__name__)
        doing()
        if doing == office.run:
            twice = {tag: times for tag, times in office.sent().items() if times > 1}
            assert not twice, (seed, done, twice)
    corrida(pasta, parcial=True)
    assert set(office.sent().values()) == {1}, (seed, done, office.sent())


@pytest.mark.parametrize("seed", range(4))
def test_no_service_is_invoiced_twice(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, 14)


@pytest.mark.longo
@pytest.mark.parametrize("seed", range(100, 160))
def test_no_service_is_invoiced_twice_on_longer_walks(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, 30)
