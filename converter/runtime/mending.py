"""What a person mends or answers away from Excel, by the way it goes in a workbook to mend.

The workbook that `_corrigir` would be is made, filled in and read back by the functions that do
so for one that comes from Excel: what can be answered there can be answered here, and no more.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from converter.disk import write_bytes
from converter.errors import SettingsError
from converter.model.cells import MappedSheet
from converter.model.problems import Problem
from converter.model.report import FileReport
from converter.runtime.answers import keep
from converter.runtime.cells import read_cells
from converter.runtime.environment import Environment
from converter.runtime.snapshot import Snapshot
from converter.settings import Settings
from converter.sheets.corrigir import numbered
from converter.sheets.filled import Typed, filled
from converter.sheets.waiting_rows import WaitingRows
from converter.stages.write import package_of, sheets_to_fix, workbook_to_fix
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewSheet

_NUMBERED = re.compile(r"_corrigir(?:_(\d+))?\.xlsx\Z")


def answer(
    settings: Settings, environment: Environment, seen: Snapshot, typed: Typed
) -> tuple[Problem, ...]:
    """Keep what was answered of columns and questions in `mappings/`.

    What cannot be followed is given back as problems, and nothing of it is kept.

    Raises:
        SettingsError: The file changed since it was looked at.
        OSError: The folder cannot be written to.
    """
    report = _asking(seen.report)
    data = workbook_to_fix(_sheets(settings, report, seen, typed))
    said = read_cells(data, report.arquivo).said
    if not said.problems:
        keep(settings, said.source, environment.now().date())
    return said.problems


def mend(settings: Settings, seen: Snapshot, typed: Typed) -> Path:
    """Write the mended copy into `entrada/`, beside its source; nothing there is written over.

    Raises:
        SettingsError: The file changed since it was looked at, or no row of it waits.
        OSError: The folder cannot be written to.
    """
    waiting = seen.report.to_fix
    sheets = _sheets(settings, seen.report, seen, typed)
    if not sheets or any((planilha, row) not in waiting for planilha, row, _ in typed.cells):
        raise SettingsError(sentence("pagina.nada-a-corrigir", arquivo=seen.report.arquivo))
    path = _free(settings.folders.entrada / numbered(f"{seen.stem}_corrigir.xlsx"))
    return write_bytes(path, workbook_to_fix(sheets))


def missing_fields(report: FileReport, sheet: MappedSheet, rows: Sequence[int]) -> list[str]:
    """The paths of fields that these rows lack and no column could be: a mended copy has them."""
    raw = (one for one in (report.book.sheets if report.book else ()) if one.name == sheet.planilha)
    return [path for one in raw for path in WaitingRows(report, one, sheet, rows).missing_fields()]


def _sheets(
    settings: Settings, report: FileReport, seen: Snapshot, typed: Typed
) -> Sequence[NewSheet]:
    package = package_of(report, _source(settings, report))
    sheets = sheets_to_fix(replace(report, book=seen.book()), package, None)
    return filled(sheets, typed)


def _source(settings: Settings, report: FileReport) -> bytes:
    """The file as it was when it was looked at."""
    try:
        data = (settings.folders.entrada / report.arquivo).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != report.sha256:
        raise SettingsError(sentence("pagina.mudou", arquivo=report.arquivo))
    return data


def _asking(report: FileReport) -> FileReport:
    """The report with a row of each sheet: without one there is nothing to answer about."""
    known = {planilha for planilha, _ in report.to_fix}
    first = {
        (sheet.planilha, sheet.header_row + 1)
        for sheet in report.sheets
        if sheet.planilha not in known
    }
    return replace(report, to_fix=report.to_fix | first)


def _free(path: Path) -> Path:
    """The next name that nobody has."""
    while path.exists():
        found = _NUMBERED.search(path.name)
        number = int(found[1] or 1) + 1 if found else 2
        path = path.with_name(_NUMBERED.sub(f"_corrigir_{number}.xlsx", path.name))
    return path
