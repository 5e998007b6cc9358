"""What each row's own city would refuse, said before anything leaves.

Of a city whose layout is not known nothing is foreseen here: the rules between fields warn of what
most of them refuse.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from converter.brazil import municipio
from converter.model.cells import MappedSheet
from converter.model.notas import Prestador
from converter.model.problems import Problem, Severity
from converter.model.rows import ComposedSheet
from converter.schemas.catalogue import BY_PATH
from converter.schemas.derived_columns import columns_of
from converter.schemas.shown import shown

if TYPE_CHECKING:
    from converter.layouts.verdict import Objection

_ALL_ISSUED = 10**9
"""A note the city issued at any time may be replaced: which ones it has is not known here."""

_TEXT = re.compile(r'("discriminacao":)"(?=[^"]*\w)[ -!#-\[\]-{}~¡-¬®-ÿ]{1,900}"')
_FOLLOWS = re.compile(r'"(?:base_calculo|valor_liquido)":[0-9.]+,')
_VALUE = re.compile(r'("valor_servicos":)(?!0\.00)[0-9]{1,12}\.[0-9]{2}(?![0-9])')
_BESIDE = re.compile(
    r'"(?:valor_(?:deducoes|pis|cofins|inss|ir|csll|iss|iss_retido|nao_incluso_base_calculo)'
    r'|outras_retencoes|desconto_\w+)":(?!0\.00)'
)
_DAY = re.compile(r'("data_emissao":")([0-9-]{10})(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?(?=")')
_LONG_AGO = "2018-02-14"
"""A day since which every rule of every layout is in force."""

Severities = Callable[[str], Severity | None]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the cities would say, and (sheet, row) of the rows they would refuse."""

    problems: tuple[Problem, ...] = ()
    rejected: frozenset[tuple[str, int]] = frozenset()


def foresee(
    sheets: Sequence[tuple[ComposedSheet, MappedSheet]],
    *,
    layouts: Mapping[str, str],
    rejected: Collection[tuple[str, int]],
    now: datetime,
    severity: Severities,
) -> Foreseen:
    """Hold the rows against the layout and the checks of their own city.

    Args:
        sheets: The rows of a file, composed, and as they were typed.
        layouts: The layout each município imports, by IBGE code, where it is known.
        rejected: (sheet, row) of rows that are held already: no more is said of them.
        now: The moment of the run, aware.
        severity: How grave a code is; None where the user silenced it.
    """
    problems: list[Problem] = []
    refused: set[tuple[str, int]] = set()
    for sheet, typed in sheets:
        for prestador, places in _known(sheet, layouts, rejected).items():
            layout = layouts[prestador.codigo_municipio]
            for cidade, places_said in _said(sheet, prestador, places, layout, now):
                told = _problems(sheet, typed, cidade, places_said, len(places), severity)
                problems += told
                refused |= {
                    (sheet.planilha, one.row)
                    for one in told
                    if one.severity is Severity.ERRO and one.row is not None
                }
    return Foreseen(tuple(problems), frozenset(refused))


def _alike(nota: str, today: str) -> str:
    """The note with what no layout looks into put alike, so that a month has few of them.

    An ordinary text, an amount beside which nothing is withheld or taken off, what follows from
    it by arithmetic, and a day of the past say nothing to a city that another does not.
    """
    nota = _TEXT.sub(r'\1"x"', nota)
    nota = _FOLLOWS.sub("", nota)
    if not _BESIDE.search(nota):
        nota = _VALUE.sub(r"\g<1>1.00", nota)
    day = _DAY.search(nota)
    if day and _LONG_AGO < day[2] < today and '"data_competencia"' not in nota:
        nota = f"{nota[: day.start()]}{day[1]}{_LONG_AGO}{nota[day.end() :]}"
    return nota


def _known(
    sheet: ComposedSheet, layouts: Mapping[str, str], rejected: Collection[tuple[str, int]]
) -> dict[Prestador, list[int]]:
    """The places of the rows that may go, by prestador, where the layout of the city is known."""
    found: dict[Prestador, list[int]] = defaultdict(list)
    for place, (row, prestador) in enumerate(zip(sheet.rows, sheet.prestador, strict=True)):
        held = (sheet.planilha, row) in rejected
        if prestador and prestador.codigo_municipio in layouts and not held:
            found[prestador].append(place)
    return found


def _said(
    sheet: ComposedSheet, prestador: Prestador, places: Sequence[int], slug: str, now: datetime
) -> Iterator[tuple[str, Sequence[tuple[int, Objection]]]]:
    """The name of the city, and each objection with the place of its row."""
    # Here, since the layouts cost more to import than most runs have use for.
    from converter.layouts import by_slug
    from converter.layouts.base import City
    from converter.layouts.verdict import verdict

    layout = by_slug(slug)
    city = City(
        now=now,
        proxima_nfse=_ALL_ISSUED,
        cnpj=prestador.cnpj,
        codigo_municipio=prestador.codigo_municipio,
    )
    issuer = {
        "cnpj": prestador.cnpj,
        "inscricao_municipal": prestador.inscricao_municipal,
        "codigo_municipio": prestador.codigo_municipio,
    }
    alike: dict[str, list[int]] = defaultdict(list)
    for place in places:
        alike[_alike(sheet.objects[place], f"{now:%Y-%m-%d}")].append(place)
    notas = [json.loads(text, parse_float=Decimal) for text in alike]
    objections = verdict(layout, issuer, notas, city)
    groups = list(alike.values())
    said = [(place, one) for one in objections for place in groups[one.nota]]
    nome = municipio.nome(prestador.codigo_municipio) or layout.nome
    yield nome, sorted(said, key=lambda pair: pair[0])


def _problems(
    sheet: ComposedSheet,
    typed: MappedSheet,
    cidade: str,
    said: Sequence[tuple[int, Objection]],
    notas: int,
    severity: Severities,
) -> list[Problem]:
    """One problem for each objection; once for what is no more than told, or warned of all."""
    columns = columns_of(typed)
    times = Counter(_same(objection) for _, objection in said)
    once: set[object] = set()
    made: list[Problem] = []
    for place, objection in said:
        grave = severity(objection.kind.value)
        column = columns.get(objection.campo or "")
        of_all = column is None and times[_same(objection)] == notas
        whole = grave is Severity.INFO or (grave is not Severity.ERRO and of_all)
        if grave is None or (whole and _same(objection) in once):
            continue
        once.add(_same(objection))
        made.append(
            Problem(
                code=objection.kind.value,
                severity=grave,
                arquivo=typed.arquivo,
                planilha=sheet.planilha,
                row=None if whole else sheet.rows[place],
                column=column.letter if column else None,
                header=column.header if column else None,
                field=objection.campo,
                value=None if whole else _value(typed, objection.campo or "", place),
                details=_details(cidade, objection),
            )
        )
    return made


def _same(objection: Objection) -> object:
    return objection.kind, objection.codigo, objection.campo, objection.mensagem


def _value(typed: MappedSheet, campo: str, place: int) -> str | None:
    field = typed.fields.get(campo)
    return shown(field.values[place]) if field and field.column else None


def _details(cidade: str, objection: Objection) -> dict[str, str]:
    known = BY_PATH.get(objection.campo or "")
    return {
        "rotulo": known.label if known else objection.campo or "",
        "ajuda": known.help if known else "",
        "cidade": cidade,
        "codigo": objection.codigo,
        "motivo": _ended(objection.mensagem),
        "conserto": objection.correcao,
    }


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
