import hashlib
import pickle
import re
from pathlib import Path

import pytest

import converter.reading
from converter.model.problems import Severity
from converter.stages.read import Limits, read
from converter.texts.catalogue import CATALOGUE, assumption, hint, message
from tests.casos.formato import FOLDER

CSV = b"Tomador;Valor\r\nAna;10,00\r\n"
SOURCES = sorted(Path(converter.reading.__path__[0]).glob("*.py"))


def test_a_book_says_what_file_it_came_from() -> None:
    outcome = read(CSV, "loja/notas.csv")
    assert outcome.problems == ()
    assert outcome.book is not None
    assert outcome.book.arquivo == "loja/notas.csv"
    assert outcome.book.sha256 == hashlib.sha256(CSV).hexdigest()
    assert outcome.book.size == len(CSV)
    assert [sheet.name for sheet in outcome.book.sheets] == ["notas"]


def test_reading_travels_between_processes() -> None:
    for name in ("xlsx-erros-e-formulas/entrada.xlsx", "csv-aspas-abertas/entrada.csv"):
        outcome = read((FOLDER / name).read_bytes(), name)
        assert pickle.loads(pickle.dumps(outcome)) == outcome  # noqa: S301 - our own bytes


def test_reading_twice_finds_the_same() -> None:
    data = (FOLDER / "xlsx-tipos" / "entrada.xlsx").read_bytes()
    assert read(data, "notas.xlsx") == read(data, "notas.xlsx")


def test_a_refusal_is_a_problem_with_a_place_and_words() -> None:
    data = (FOLDER / "xlsx-celula-perdida-no-fim" / "entrada.xlsx").read_bytes()
    outcome = read(data, "notas.xlsx")
    assert outcome.book is None
    (problem,) = outcome.problems
    assert (problem.severity, problem.arquivo) == (Severity.ERRO, "notas.xlsx")
    assert "XFD1048576" in message(problem)
    assert "“Notas”" in message(problem)
    assert "Ctrl+End" in hint(problem)


@pytest.mark.parametrize("limits", [Limits(file_bytes=10), Limits(fields=3)])
def test_a_file_beyond_the_limits_is_told_so(limits: Limits) -> None:
    assert [problem.code for problem in read(CSV, "notas.csv", limits).problems] == [
        "arquivo-grande"
    ]


def test_a_large_text_file_reads_like_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small = read(CSV, "notas.csv")
    monkeypatch.setattr("converter.reading.delimited._LARGE", 0)
    assert read(CSV, "notas.csv") == small


def test_a_large_workbook_reads_like_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (FOLDER / "xlsx-tipos" / "entrada.xlsx").read_bytes()
    small = read(data, "notas.xlsx")
    monkeypatch.setattr("converter.reading.grid._IN_MEMORY", 0)
    assert read(data, "notas.xlsx") == small


@pytest.mark.parametrize("extension", ["csv", "xlsx", "xls", "tsv", "txt"])
def test_only_a_name_that_misleads_is_told(extension: str) -> None:
    book = read(CSV, f"notas.{extension}").book
    assert book is not None
    told = [said for said in book.assumptions if said.code == "formato-pelo-conteudo"]
    assert bool(told) == (extension in {"xlsx", "xls"})


def test_every_assumption_is_a_finished_sentence() -> None:
    for path in sorted(FOLDER.glob("*/entrada.*")):
        book = read(path.read_bytes(), path.name).book
        for said in book.assumptions if book else ():
            assert "…" not in assumption(said)
            assert "{" not in assumption(said)


def test_every_refusal_of_the_corpus_is_a_finished_sentence() -> None:
    for path in sorted(FOLDER.glob("*/entrada.*")):
        for problem in read(path.read_bytes(), path.name).problems:
            assert "…" not in message(problem) + hint(problem)
            assert "{" not in message(problem) + hint(problem)


def test_every_code_that_reading_uses_has_its_words() -> None:
    pattern = re.compile(r'(?:FileRefused|Assumption|_problem)\(\s*"([a-z0-9-]+)"')
    used = {code for path in SOURCES for code in pattern.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 10
    assert used <= CATALOGUE.keys()
