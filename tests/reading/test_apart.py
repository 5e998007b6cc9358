"""A file costs at most its own error, whatever it makes the libraries that read it do."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from converter.model.cells import Formatted, Percent, RawValue
from converter.reading import apart
from converter.reading.limits import Limits
from converter.reading.open import Opened
from converter.reading.refusal import FileRefused
from tests.dados.doze import gerar

XLSX = Path(gerar.__file__).parent / "notas.xlsx"
LIMITS = Limits()


@pytest.fixture(autouse=True)
def _a_reader_of_its_own() -> Iterator[None]:
    """None is left over that a test made behave badly."""
    yield
    if apart._reader is not None:
        apart._reader.end()


def read_by(
    misbehave: str, monkeypatch: pytest.MonkeyPatch, most: apart.Budget | None = None
) -> Callable[[], Opened]:
    """Reads a good file in a process whose reader does something else first."""
    boot = f"from converter.reading import apart\n{misbehave}\napart.open_file = spoilt\n"
    monkeypatch.setattr(apart, "_BOOT", apart._BOOT.replace("serve()", f"exec({boot!r}); serve()"))
    monkeypatch.setattr(apart, "_reader", None)
    if most is not None:
        monkeypatch.setattr(apart, "budget", lambda *_: most)
    return lambda: apart.open_apart(XLSX.read_bytes(), "notas.xlsx", LIMITS)


def why(read: Callable[[], Opened]) -> str:
    with pytest.raises(FileRefused) as refused:
        read()
    assert refused.value.code == "leitura-interrompida"
    return refused.value.details["motivo"]


def cells(opened: Opened) -> Opened:
    """A book with its rows as one kind of sequence."""
    sheets = (replace(sheet, rows=[tuple(row) for row in sheet.rows]) for sheet in opened.sheets)
    return replace(opened, sheets=tuple(sheets))


def test_a_book_comes_through_whole() -> None:
    opened = apart.open_apart(XLSX.read_bytes(), "notas.xlsx", LIMITS)
    assert cells(opened) == cells(apart.open_file(XLSX.read_bytes(), "notas.xlsx", LIMITS))


@pytest.mark.parametrize(
    "rows",
    [
        [("a", 1.0, None), ("a", 2.5, "")],
        [("a",), (), ("a", date(2026, 1, 1), datetime(2026, 1, 1), Percent(0.05), 0.05)],
        [(Formatted(1.005, 2), 1.005), (Formatted(1.005, 2, "US$"), 1.005)],
        [(True, 1.0), (0.0, False)],
        [(1, 1.0)],
    ],
)
def test_what_is_packed_comes_out_as_it_was(rows: list[tuple[RawValue, ...]]) -> None:
    packed = apart._packed(rows)
    found = rows if packed is None else apart._unpacked(*packed)
    assert list(map(tuple, found)) == rows
    assert [[type(value) for value in row] for row in found] == [list(map(type, r)) for r in rows]


def test_a_reader_serves_one_file_after_another() -> None:
    apart.open_apart(XLSX.read_bytes(), "notas.xlsx", LIMITS)
    first = apart._reader
    apart.open_apart(XLSX.read_bytes(), "notas.xlsx", LIMITS)
    assert apart._reader is first


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not count for us there")
def test_reading_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    forever = "def spoilt(*_):\n    while True: pass"
    read = read_by(forever, monkeypatch, apart.Budget(seconds=0, memory=2**30))
    assert "passou de 0 segundos" in why(read)


def test_reading_that_fills_the_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    filling = "def spoilt(*_):\n    return bytearray(2**40)"
    assert "MB de memória" in why(read_by(filling, monkeypatch))


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_a_reader_that_dies_costs_one_file(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dying = f"import os\ndef spoilt(*_):\n    {end}"
    assert "faz parar o programa" in why(read_by(dying, monkeypatch))
    monkeypatch.undo()
    assert apart.open_apart(XLSX.read_bytes(), "notas.xlsx", LIMITS).sheets


def test_what_no_reader_foresaw_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = "def spoilt(*_):\n    raise KeyError('x')"
    assert "(KeyError)" in why(read_by(wrong, monkeypatch))


def test_what_reads_strangers_bytes_knows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOCUS_TOKEN_07504505000132", "segredo")
    seeing = (
        "import os\ndef spoilt(*_):\n"
        "    raise type('Viu' if 'segredo' in str(os.environ) else 'Nada', (Exception,), dict())"
    )
    assert "(Nada)" in why(read_by(seeing, monkeypatch))


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_is_left_to_who_holds_the_journal() -> None:
    apart.open_apart(XLSX.read_bytes(), "notas.xlsx", LIMITS)
    reader = apart._reader
    assert reader is not None
    os.kill(reader._process.pid, signal.SIGINT)
    assert apart.open_apart(XLSX.read_bytes(), "notas.xlsx", LIMITS).sheets
    assert apart._reader is reader


def test_the_budget_grows_with_what_is_inside_and_stays_small_for_a_small_file() -> None:
    small, large = apart.budget(b"x" * 10_000, LIMITS), apart.budget(b"x" * 10_000_000, LIMITS)
    assert small.seconds <= 3
    assert small.memory < 2**30
    assert large.seconds > 40
