"""Dates against the clock of the prestador's own city."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from converter.brazil import fuso, municipio
from converter.schemas.columns import Mask
from converter.schemas.findings import Finding
from converter.schemas.sheet import Sheet

ISSUED = "data_emissao"
COMPETENCE = "data_competencia"
Question = Callable[[date, datetime], bool]

OPTANTE = "optante_simples_nacional"
CITY = "prestador.codigo_municipio"

REGIME = "regime_especial_tributacao"
RETAINED = "servico.iss_retido"
MEI = "5"

_NEIGHBOURS = 5
"""Dates of a column below which none is odd; and of so many at most one is."""
_SEVERAL = 2
_YEAR = 366

MEI_NATIONAL_SINCE = date(2023, 9, 1)
"""From here on MEI issue nationally (Resolução CGSN 169/2022)."""

NATIONAL_SINCE = date(2026, 9, 1)
"""From here on ME and EPP of Simples issue nationally (Resolução CGSN 189/2026)."""


def not_in_the_future(sheet: Sheet) -> Iterator[Finding]:
    """A note is not issued tomorrow; a competence may be any day of the present month."""
    issued = _compared(sheet, ISSUED, _is_future)
    competence = _compared(sheet, COMPETENCE, lambda day, now: _month(day) > _month(now))
    for path, rows in ((ISSUED, issued), (COMPETENCE, competence)):
        yield Finding("data-no-futuro", path, np.flatnonzero(rows), partial(_future, sheet, path))


def competence_is_recent(sheet: Sheet) -> Iterator[Finding]:
    """A month before the present one may be late; the competence says it where there is one."""
    stated = sheet.present(COMPETENCE)
    for path, asked in ((COMPETENCE, stated), (ISSUED, ~stated)):
        old = _compared(sheet, path, lambda day, now: _month(day) < _month(now))
        rows = np.flatnonzero(old & asked)
        yield Finding("competencia-antiga", path, rows, partial(_competence, sheet, path))


def competence_is_not_after_the_note(sheet: Sheet) -> Iterator[Finding]:
    """A service is not done after its note (ABRASF E2)."""
    issued, competence = sheet.derive(ISSUED, _day), sheet.derive(COMPETENCE, _day)
    both = np.flatnonzero(sheet.present(ISSUED) & sheet.present(COMPETENCE))
    after = both[[competence[row] > issued[row] for row in both]] if len(both) else both
    yield Finding(
        "competencia-depois-da-emissao",
        COMPETENCE,
        after,
        lambda row: {
            "competencia": _written(competence[row]), "emissao": _written(issued[row])
        },
    )  # fmt: skip


def issued_near_its_neighbours(sheet: Sheet) -> Iterator[Finding]:
    """A year typed wrong is a date years apart from all the others."""
    rows = np.flatnonzero(sheet.present(ISSUED))
    moments = sheet.values(ISSUED)[rows] if len(rows) >= _NEIGHBOURS else ()
    if len({moment.year for moment in moments}) < _SEVERAL:
        return
    days = np.array([_day(moment).toordinal() for moment in moments])
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
    late = sheet.test(ISSUED, lambda moment: _day(moment) >= MEI_NATIONAL_SINCE)
    yield Finding("mei-emissor-nacional", REGIME, np.flatnonzero(mei & late))
    retained = sheet.test(RETAINED, bool)
    yield Finding("mei-iss-retido", RETAINED, np.flatnonzero(mei & retained))


def simples_issues_nationally(sheet: Sheet) -> Iterator[Finding]:
    """Said once per prestador, at its first note, with how many there are."""
    late = sheet.test(ISSUED, lambda moment: _day(moment) >= NATIONAL_SINCE)
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


def _compared(sheet: Sheet, path: str, question: Question) -> Mask:
    """Ask something of a date and the present moment where the prestador is."""
    found = np.zeros(sheet.size, dtype=np.bool_)
    if not sheet.has(path):
        return found
    zones = sheet.derive(CITY, lambda codigo: fuso.of(codigo).key)
    for key in set(zones):
        here = sheet.rules.now.astimezone(ZoneInfo(key) if key else fuso.of(""))
        found |= sheet.test(path, partial(_asked, question, here)) & (zones == key)
    return found


def _asked(question: Question, here: datetime, day: date) -> bool:
    return question(day, here)


def _is_future(day: date, now: datetime) -> bool:
    return day > now if isinstance(day, datetime) else day > now.date()


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _city(sheet: Sheet, row: int) -> str:
    return str(sheet.value(CITY, row) or "")


def _written(moment: date) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"
