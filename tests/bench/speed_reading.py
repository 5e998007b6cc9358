"""What reading may cost beside calamine alone: 10,000 rows of 22 columns, as an office has them."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from converter.mapping.load import load_mappings
from converter.reading import apart
from converter.runtime.memory import gc_paused
from converter.stages.map import map_book
from converter.stages.read import read
from tests.dados.doze import gerar
from tests.mapping.books import ONE

ROWS = 10_000
ROOT = Path(__file__).parent.parent.parent
PEAK = r"""
import io, re, sys
from pathlib import Path
from python_calamine import CalamineWorkbook
from converter.mapping.load import load_mappings
from converter.stages.map import map_book
from converter.stages.read import read
from tests.mapping.books import ONE
def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
data = Path(sys.argv[2]).read_bytes()
mappings = load_mappings([])
before = peak()
if sys.argv[1] == "calamine":
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    kept = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
else:
    kept = map_book(read(data, "n.xlsx").book, mappings, choice=None, defaults=ONE)
print(peak() - before)
"""


@pytest.fixture(scope="module")
def workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        forms = (gerar.MOMENT, gerar.MONEY, gerar.PERCENT)
        moment, money, percent = (book.add_format({"num_format": form}) for form in forms)
        sheet = book.add_worksheet("Notas")
        sheet.write_row(0, 0, gerar.HEADER)
        for row in range(1, ROWS + 1):
            note = gerar.NOTES[row % len(gerar.NOTES)]
            for column, path in enumerate(gerar.PATHS):
                value = note[path]
                if path == "data_emissao":
                    sheet.write_datetime(row, column, value, moment)
                elif path == gerar.RATE:
                    sheet.write_number(row, column, gerar.fraction(value), percent)
                elif isinstance(value, Decimal):
                    sheet.write_number(row, column, float(value) + row / 100, money)
                else:
                    sheet.write_string(row, column, str(value))
    return buffer.getvalue()


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor, the reader's too: other programs share the machine."""
    begin = time.process_time() + of_reader()
    # As in a run, which looks for no cycles either.
    with gc_paused():
        work()
    # The reader clears up after it has answered.
    time.sleep(0.05)
    return time.process_time() + of_reader() - begin


def of_reader() -> float:
    reader = apart._reader
    if reader is None:
        return 0
    return int(Path(f"/proc/{reader._process.pid}/schedstat").read_text().split()[0]) / 1e9


@pytest.mark.skipif(sys.platform != "linux", reason="the reader's time is asked of Linux")
def test_reading_and_mapping_take_little_more_than_calamine(workbook: bytes) -> None:
    mappings = load_mappings([])

    def alone() -> object:
        book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)

    def ours() -> object:
        book = read(workbook, "notas.xlsx").book
        assert book is not None
        return map_book(book, mappings, choice=None, defaults=ONE)

    ours()
    pairs = [(timed(alone), timed(ours)) for _ in range(9)]
    calamine, planilote = (min(times) for times in zip(*pairs, strict=True))
    print(f"calamine {calamine:.3f} s, read and map {planilote:.3f} s: {planilote / calamine:.2f}")
    assert planilote <= 1.6 * calamine


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is asked of Linux")
def test_reading_and_mapping_hold_little_more_than_calamine(
    workbook: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "notas.xlsx"
    path.write_bytes(workbook)
    peaks = {}
    for who in ("calamine", "planilote"):
        done = subprocess.run(
            [sys.executable, "-c", PEAK, who, str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        peaks[who] = float(done.stdout)
    print(peaks)
    assert peaks["planilote"] <= peaks["calamine"] + 150
