"""Walks through what offices do to their files between runs.

No service is ever invoiced twice, and none is passed over: one that was not sent at the end is
told of, as an error, at a row that has it.
"""

import json
import random
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from converter.model.problems import Severity
from converter.model.run import RunReport
from tests.runs import DATA, NOW, VALOR, Rows, exemplo, run_in, tabela, told

TAG, TEXT, NAME = "Complemento", "Discriminação do serviço", "Nome ou razão social do tomador"
SENT = (LoteState.GERADO, LoteState.RESPONDIDO)
SIZE = 8
MISTAKE = "abc"
MENDED = ("321,00", "323,00", "324,00")
EDIT = {VALOR: "77,50", TEXT: "Outro serviço", DATA: "29/09/2026 10:00"}


class Office:
    """Files of one folder, each service with a tag that follows it wherever it is typed."""

    def __init__(self, pasta: Path, seed: int) -> None:
        self.pasta = pasta
        self.dice = random.Random(seed)  # noqa: S311 - a walk, not a secret
        self.files: dict[str, Rows] = {}
        self.tags = self.numbers = 0
        self.removed: dict[str, Rows] = {}
        self.edited: set[str] = set()
        self.new_file()

    def new_file(self) -> None:
        self._put(f"mes {len(self.files)}-{self.tags}.csv", [self._note() for _ in range(SIZE)])

    def edit(self) -> None:
        """One thing of one note: edited in two, a note is another (see identidade-e-lotes.md)."""
        name = self._any()
        fresh = [row for row in self.files[name] if row[TAG] not in self.edited]
        if fresh:
            row = self.dice.choice(fresh)
            self.edited.add(row[TAG])
            column = self.dice.choice([VALOR, TEXT, NAME])
            typed = f"{self.dice.randint(100, 999)},50" if column == VALOR else f"{row[column]}."
            row[column] = typed
            self._put(name, self.files[name])

    def edit_two(self) -> None:
        """Two things of one note where it stood when it was sent; once it was told of, undone.

        Moved as well, a note edited in two is another (see identidade-e-lotes.md).
        """
        run_in(self.pasta)
        stood = self.stood()
        here = [
            (name, number)
            for name in sorted(self.files)
            for number, row in enumerate(self.files[name])
            if row[TAG] not in self.edited and stood.get(row[TAG]) == (name, number + 2)
        ]
        if here:
            name, number = self.dice.choice(here)
            row = self.files[name][number]
            one, other = self.dice.sample([VALOR, TEXT, DATA], 2)
            self._put(name, self._with(name, number, **{one: EDIT[one], other: EDIT[other]}))
            run = run_in(self.pasta)
            twice = {tag: times for tag, times in self.sent().items() if times > 1}
            assert not twice, (name, number, twice)
            assert number + 2 in told(run, "linha-alterada", name)
            self._put(name, self._with(name, number, **row))

    def _with(self, name: str, number: int, **cells: str) -> Rows:
        rows = self.files[name]
        return [*rows[:number], {**rows[number], **cells}, *rows[number + 1 :]]

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

    def split(self) -> None:
        """Move half of the rows to a file of their own, once they were sent, and convert.

        A part that planilote sees for the first time when none of its rows is as it was sent is
        a file of other notes (see identidade-e-lotes.md).
        """
        name = self._any()
        rows = self.files[name]
        sent = self.sent()
        if len(rows) >= SIZE - 2 and all(sent[row[TAG]] for row in rows):
            half = len(rows) // 2
            self._put(f"parte {self._number()} de {Path(name).name}", rows[:half])
            self._put(name, rows[half:])
            run_in(self.pasta)

    def join(self) -> None:
        """A new file of the rows of two.

        Of a note that is in both one row only: two rows of one file are two services, however
        alike.
        """
        rows = {
            row[TAG]: dict(row) for name in (self._any(), self._any()) for row in self.files[name]
        }
        self._put(f"soma {self._number()}.csv", list(rows.values()))

    def remove(self) -> None:
        if len(self.files) > 1:
            name = self._any()
            self.removed[name] = self.files.pop(name)
            (self.pasta / "entrada" / name).unlink()

    def restore(self) -> None:
        if self.removed:
            name = self.dice.choice(sorted(self.removed))
            self._put(name, self.removed.pop(name))

    def mistake(self) -> None:
        name = self._any()
        row = {**self._note(), VALOR: MISTAKE}
        self.edited.add(row[TAG])
        self._put(name, [row, *self.files[name]])

    def mend(self) -> None:
        """Mend a workbook that came back, sometimes the file itself too, a little otherwise."""
        saida = self.pasta / "saida"
        came = {
            name: path
            for name in sorted(self.files)
            if (path := saida / Path(name).with_name(f"{Path(name).stem}_corrigir.xlsx")).is_file()
        }
        if not came:
            return
        name = self.dice.choice(list(came))
        copy = self.pasta / "entrada" / f"{self._number()} {came[name].name}"
        shutil.copy(came[name], copy)
        book = openpyxl.load_workbook(copy)
        sheet = book.worksheets[0]
        column = [cell.value for cell in sheet[1]].index(VALOR) + 1
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, column).value == MISTAKE:
                sheet.cell(row, column).value = self.dice.choice(MENDED)
        book.save(copy)
        if self.dice.random() < 0.5:
            self.mend_in_place(name)

    def mend_in_place(self, name: str | None = None) -> None:
        name = name or self._any()
        rows = [
            {**row, VALOR: row[VALOR].replace(MISTAKE, self.dice.choice(MENDED))}
            for row in self.files[name]
        ]
        self._put(name, rows)

    def move_mended(self) -> None:
        """Rename a mended workbook, or throw it away."""
        books = sorted((self.pasta / "entrada").glob("*.xlsx"))
        if books:
            book = self.dice.choice(books)
            if self.dice.random() < 0.3:
                book.unlink()
            else:
                book.rename(book.with_name(f"{self._number()} {book.name}"))

    def run(self) -> None:
        parcial = self.dice.random() < 0.3
        match self.dice.randrange(5):
            case 0:
                run_in(self.pasta, enviar=False, parcial=parcial)
            case 1:
                run_in(self.pasta, confirm=lambda _: False, parcial=parcial)
            case 2:
                run_in(self.pasta, self._any(), parcial=parcial)
            case _:
                run_in(self.pasta, parcial=parcial)

    def sent(self) -> Counter[str]:
        """How often each service is in a lote that the API took."""
        found: Counter[str] = Counter()
        if not (self.pasta / "diario").exists():
            return found
        with Journal(self.pasta / "diario" / "diario.sqlite3", lambda: NOW) as journal:
            for outcome in journal.lotes("simulado", states=SENT):
                for item in json.loads(outcome.lote.payload)["lista_nfse"]:
                    found[item["tomador"]["endereco"]["complemento"]] += 1
        return found

    def stood(self) -> dict[str, tuple[str, int]]:
        """The file and Excel row of each service when it was sent."""
        found: dict[str, tuple[str, int]] = {}
        with Journal(self.pasta / "diario" / "diario.sqlite3", lambda: NOW) as journal:
            for outcome in journal.lotes("simulado", states=SENT):
                items = json.loads(outcome.lote.payload)["lista_nfse"]
                for item, nota in zip(items, outcome.lote.notas, strict=True):
                    tag = item["tomador"]["endereco"]["complemento"]
                    found[tag] = (outcome.lote.arquivo, nota.row)
        return found

    def passed_over(self, run: RunReport) -> list[tuple[str, int]]:
        """Rows of services that were never sent, of which this run did not say why."""
        sent = self.sent()
        found = []
        for done in run.files:
            told = {
                problem.row
                for problem in (done.report.problems if done.report else ())
                if problem.severity is Severity.ERRO
            }
            found += [
                (done.arquivo, number)
                for number, row in enumerate(self._rows(done.arquivo), 2)
                if not sent[row[TAG]] and number not in told
            ]
        return found

    def _rows(self, name: str) -> Rows:
        if name in self.files:
            return self.files[name]
        sheet = openpyxl.load_workbook(self.pasta / "entrada" / name).worksheets[0]
        header, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(map(str, header), map(str, row), strict=True)) for row in rows]

    def _number(self) -> int:
        self.numbers += 1
        return self.numbers

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
        office.split, office.join, office.remove, office.restore, office.mend_in_place,
        office.move_mended, office.run, office.mistake, office.mend, office.edit_two,
    ]  # fmt: skip
    done: list[str] = []
    for _ in range(steps):
        doing = office.dice.choice(doings)
        done.append(doing.__name__)
        doing()
        if doing == office.run:
            twice = {tag: times for tag, times in office.sent().items() if times > 1}
            assert not twice, (seed, done, twice)
    last = run_in(pasta, parcial=True)
    twice = {tag: times for tag, times in office.sent().items() if times > 1}
    assert not twice, (seed, done, twice)
    assert not office.passed_over(last), (seed, done, office.passed_over(last))


@pytest.mark.parametrize("seed", range(4))
def test_no_service_is_invoiced_twice(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, 14)


@pytest.mark.longo
@pytest.mark.parametrize("seed", range(100, 160))
def test_no_service_is_invoiced_twice_on_longer_walks(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, 30)
