"""Dates against the clock of the prestador's own city."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from converter.brazil import fuso, municipio
from converter.schemas.columns import Ints, Mask
from converter.schemas.findings import Finding, where
from converter.schemas.rules.amounts import RETAINED
from converter.schemas.rules.rate import OPTANTE
from converter.schemas.sheet import CITY, Sheet

ISSUED = "data_emissao"
COMPETENCE = "data_competencia"
REGIME = "regime_especial_tributacao"
MEI = "5"

_NEIGHBOURS = 5
"""Dates of a column below which none is odd; and of so many at most one is."""
_SEVERAL = 2
_YEAR = 366
_EPOCH = date(1970, 1, 1).toordinal()

MEI_NATIONAL_SINCE = date(2023, 9, 1)
"""From here on MEI issue nationally (Resolução CGSN 169/2022)."""

NATIONAL_SINCE = date(2026, 9, 1)
"""From here on ME and EPP of Simples issue nationally (Resolução CGSN 189/2026)."""


def not_in_the_future(sheet: Sheet) -> Iterator[Finding]:
    """A note is not issued tomorrow; a competence may be any day of the present month."""
    issued = _is_future(sheet)
    competence = _months(sheet, COMPETENCE) > _this_month(sheet, COMPETENCE)
    for path, rows in ((ISSUED, issued), (COMPETENCE, competence)):
        yield where("data-no-futuro", path, rows, partial(_future, sheet, path))


def competence_is_recent(sheet: Sheet) -> Iterator[Finding]:
    """A month before the present one may be late; the competence says it where there is one."""
    stated = sheet.present(COMPETENCE)
    for path, asked in ((COMPETENCE, stated), (ISSUED, ~stated)):
        months = _months(sheet, path)
        old = (months > 0) & (months < _this_month(sheet, path))
        rows = np.flatnonzero(old & asked)
        yield Finding("competencia-antiga", path, rows, partial(_competence, sheet, path))


def competence_is_not_after_the_note(sheet: Sheet) -> Iterator[Finding]:
    """A service is not done after its note (ABRASF E2)."""
    issued, competence = sheet.days(ISSUED), sheet.days(COMPETENCE)
    yield where(
        "competencia-depois-da-emissao",
        COMPETENCE,
        (issued > 0) & (competence > issued),
        lambda row: {
            "competencia": _written(date.fromordinal(int(competence[row]))),
            "emissao": _written(date.fromordinal(int(issued[row]))),
        },
    )


def issued_near_its_neighbours(sheet: Sheet) -> Iterator[Finding]:
    """A year typed wrong is a date years apart from all the others."""
    days = sheet.days(ISSUED)
    rows = np.flatnonzero(days)
    days = days[rows]
    if len(rows) < _NEIGHBOURS or len(np.unique(_month_of(days) // 12)) < _SEVERAL:
        return
    middle = int(np.median(days))
    far = np.abs(days - middle) > _YEAR
    if far.sum() * _NEIGHBOURS <= len(rows):
        perto = {"perto": _written(date.fromordinal(middle))}
        yield Finding("data-distante", ISSUED, rows[far], perto)


def mei_issues_nationally(sheet: Sheet) -> Iterator[Finding]:
    """MEI issue on the national emitter (Resolução CGSN 169/2022) and suffer no retention.

    What a MEI pays is fixed (LC 123/2006, art. 18-A, § 3, V), so the tomador has nothing to retain
    (art. 21, § 4, IV; ABRASF E330). Warned only: cities differ in what they still take.
    """
    mei = sheet.test(REGIME, lambda regime: str(regime) == MEI)
    late = sheet.days(ISSUED) >= MEI_NATIONAL_SINCE.toordinal()
    yield where("mei-emissor-nacional", REGIME, mei & late)
    retained = sheet.test(RETAINED, bool)
    yield where("mei-iss-retido", RETAINED, mei & retained)


def simples_issues_nationally(sheet: Sheet) -> Iterator[Finding]:
    """Said once per prestador, at its first note, with how many there are."""
    late = sheet.days(ISSUED) >= NATIONAL_SINCE.toordinal()
    rows = np.flatnonzero(late & sheet.test(OPTANTE, bool))
    if not len(rows):
        return
    issuers = sheet.values("prestador.cnpj")[rows].tolist()
    first = dict(zip(reversed(issuers), reversed(rows.tolist()), strict=True))
    linhas = {first[issuer]: times for issuer, times in Counter(issuers).items()}
    yield Finding(
        "simples-emissor-nacional",
        OPTANTE,
        np.array(sorted(linhas)),
        lambda row: {
            "cnpj": str(sheet.value("prestador.cnpj", row) or ""),
            "data": f"{sheet.value(ISSUED, row):%d/%m/%Y}",
            "linhas": "1 linha" if linhas[row] == 1 else f"{linhas[row]} linhas",
        },
    )


def _future(sheet: Sheet, path: str, row: int) -> dict[str, str]:
    city = _city(sheet, row)
    return {
        "data": _written(sheet.value(path, row)),
        "agora": _written(sheet.rules.now.astimezone(fuso.of(city))),
        "municipio": municipio.nome(city) or "Brasília",
    }


def _competence(sheet: Sheet, path: str, row: int) -> dict[str, str]:
    return {"competencia": f"{sheet.value(path, row):%m/%Y}"}


def _is_future(sheet: Sheet) -> Mask:
    """Where a note is issued later than it is where its prestador is."""
    found = np.zeros(sheet.size, dtype=np.bool_)
    if sheet.has(ISSUED):
        for here, rows in _zones(sheet):
            # A day apart at most, wherever the clock of the note was.
            if (sheet.days(ISSUED) >= here.toordinal() - 1).any():
                found |= sheet.test(ISSUED, partial(_is_after, here)) & rows
    return found


def _zones(sheet: Sheet) -> Iterator[tuple[datetime, Mask]]:
    """The present moment in each time zone, and the rows whose prestador is there."""
    zones = sheet.derive(CITY, lambda codigo: fuso.of(codigo).key)
    for key in set(zones):
        yield sheet.rules.now.astimezone(ZoneInfo(key) if key else fuso.of("")), zones == key


def _is_after(here: datetime, day: date) -> bool:
    return day > here if isinstance(day, datetime) else day > here.date()


def _months(sheet: Sheet, path: str) -> Ints:
    """The months of a column of dates, in order; 0 where there is none."""
    days = sheet.days(path)
    return np.where(days > 0, _month_of(days), 0)


def _this_month(sheet: Sheet, path: str) -> Ints:
    """The present month where the prestador of each row is; 0 where no such date is asked for."""
    found = np.zeros(sheet.size, dtype=np.int64)
    if sheet.has(path):
        for here, rows in _zones(sheet):
            found[rows] = _month_of(np.array([here.toordinal()]))[0]
    return found


def _month_of(days: Ints) -> Ints:
    months = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    return months.astype(np.int64) + 12 * 1970


def _city(sheet: Sheet, row: int) -> str:
    return str(sheet.value(CITY, row) or "")


def _written(moment: date) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"
