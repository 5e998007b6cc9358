"""What each row's own city would refuse, said before anything leaves.

Of a city whose layout is not known nothing is foreseen here: the rules between fields warn of what
most of them refuse.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from converter.brazil import municipio
from converter.model.cells import MappedSheet, SourceColumn
from converter.model.notas import Prestador, TypedSheet
from converter.model.problems import Problem, Severity
from converter.model.rows import ComposedSheet
from converter.schemas.catalogue import BY_PATH, is_sent
from converter.schemas.derived_columns import columns_of
from converter.schemas.shown import shown

if TYPE_CHECKING:
    from converter.layouts.verdict import Objection, ObjectionKind

_ALL_ISSUED = 10**9
"""A note the city issued at any time may be replaced: which ones it has is not known here."""

Severities = Callable[[str], Severity | None]
Finding: TypeAlias = "tuple[Sequence[int], Sequence[Objection]]"
"""What is said of the rows at these places, which are alike."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the cities would say, and (sheet, row) of the rows they would refuse."""

    problems: tuple[Problem, ...] = ()
    rejected: frozenset[tuple[str, int]] = frozenset()


def foresee(
    sheets: Sequence[tuple[ComposedSheet, TypedSheet]],
    *,
    layouts: Mapping[str, str],
    rejected: Collection[tuple[str, int]],
    now: datetime,
    severity: Severities,
) -> Foreseen:
    """Hold the rows against the layout and the checks of their own city.

    Args:
        sheets: The rows of a file, composed, and their typed columns.
        layouts: The layout each município imports, by IBGE code, where it is known.
        rejected: (sheet, row) of rows that are held already: no more is said of them.
        now: The moment of the run, aware.
        severity: How grave a code is; None where the user silenced it.
    """
    problems: list[Problem] = []
    refused: set[tuple[str, int]] = set()
    for sheet, typed in sheets:
        known = _known(sheet, layouts, rejected)
        if not known:
            continue
        for prestador, findings in _findings(sheet, typed, known, layouts, now):
            cidade = _city(prestador.codigo_municipio, layouts)
            count = len(known[prestador])
            told = list(_problems(typed.source, cidade, findings, count, severity))
            problems += told
            refused |= {
                (sheet.planilha, one.row)
                for one in told
                if one.severity is Severity.ERRO and one.row is not None
            }
    return Foreseen(tuple(problems), frozenset(refused))


def _known(
    sheet: ComposedSheet, layouts: Mapping[str, str], rejected: Collection[tuple[str, int]]
) -> dict[Prestador, list[int]]:
    """The places of the rows that may go, by prestador, where the layout of the city is known."""
    held = {row for planilha, row in rejected if planilha == sheet.planilha}
    known = {one for one in set(sheet.prestador) if one and one.codigo_municipio in layouts}
    found: dict[Prestador, list[int]] = defaultdict(list)
    for place, (row, prestador) in enumerate(zip(sheet.rows, sheet.prestador, strict=True)):
        if prestador in known and row not in held:
            found[prestador].append(place)
    return found


def _findings(
    sheet: ComposedSheet,
    typed: TypedSheet,
    by_prestador: Mapping[Prestador, Sequence[int]],
    layouts: Mapping[str, str],
    now: datetime,
) -> Iterator[tuple[Prestador, list[Finding]]]:
    """What is said of the rows of each prestador, asked once for rows that are alike.

    The one that is asked for all is one of them, beside its own prestador.
    """
    # Here, since the layouts cost more to import than most runs have use for.
    from converter.layouts.equivalence import issuer

    kinds = _kinds(typed, by_prestador.keys(), layouts, now)
    answers: dict[tuple[Hashable, int], list[Objection]] = {}
    for prestador, places in by_prestador.items():
        alike = prestador if kinds.compared else issuer(*prestador)
        rows: dict[int, list[int]] = defaultdict(list)
        for place in places:
            rows[kinds.numbers[place]].append(place)
        new = {
            (alike, kind): same[0] for kind, same in rows.items() if (alike, kind) not in answers
        }
        asked = _asked(sheet, prestador, [*new.values()], layouts, now)
        answers.update(zip(new, asked, strict=True))
        yield (
            prestador,
            [(same, found) for kind, same in rows.items() if (found := answers[alike, kind])],
        )


class _Kinds(NamedTuple):
    """The kind of each row; whether some row has a prestador of the sheet for its tomador."""

    numbers: Sequence[int]
    compared: bool


def _kinds(
    typed: TypedSheet, prestadores: Collection[Prestador], layouts: Mapping[str, str], now: datetime
) -> _Kinds:
    from converter.layouts import by_slug, equivalence
    from converter.layouts.base import City
    from converter.schemas.row_classes import row_classes, said

    frame = typed.frame[[path for path in typed.frame.columns if is_sent(path)]]
    issuers = {prestador.cnpj for prestador in prestadores}
    cities = {prestador.codigo_municipio for prestador in prestadores}
    numbers = row_classes(
        frame,
        equivalence.keys(
            [by_slug(layouts[city]) for city in cities],
            City(now=now).clock.date(),
            issuers,
            cities | said(frame, "servico.codigo_municipio"),
            competence=bool(said(frame, "data_competencia")),
        ),
        value=equivalence.VALUE,
        beside=equivalence.BESIDE,
        following=equivalence.FOLLOWING,
    )
    compared = any(not issuers.isdisjoint(said(frame, path)) for path in equivalence.COMPARED)
    return _Kinds(numbers.tolist(), compared)


def _asked(
    sheet: ComposedSheet,
    prestador: Prestador,
    places: Sequence[int],
    layouts: Mapping[str, str],
    now: datetime,
) -> list[list[Objection]]:
    """What the prestador's city says of each of these rows."""
    from converter.layouts import by_slug
    from converter.layouts.base import City
    from converter.layouts.verdict import verdict

    city = City(
        now=now,
        proxima_nfse=_ALL_ISSUED,
        cnpj=prestador.cnpj,
        codigo_municipio=prestador.codigo_municipio,
    )
    notas = [json.loads(sheet.objects[place], parse_float=Decimal) for place in places]
    objections: list[list[Objection]] = [[] for _ in places]
    layout = by_slug(layouts[prestador.codigo_municipio])
    for one in verdict(layout, prestador._asdict(), notas, city):
        objections[one.nota].append(one)
    return objections


def _problems(
    typed: MappedSheet,
    cidade: str,
    findings: Sequence[Finding],
    notas: int,
    severity: Severities,
) -> Iterator[Problem]:
    """One problem for each objection; once for what is no more than told, or warned of all."""
    columns = columns_of(typed)
    once = _told_once(findings, notas, columns.keys(), severity)
    told = [
        (place, order, grave, objection)
        for places, objections in findings
        for order, objection in enumerate(objections)
        if (grave := severity(objection.kind.value)) is not None
        for place in places[: 1 if _same(objection) in once else None]
    ]
    already: set[_Same] = set()
    for place, _, grave, objection in sorted(told, key=itemgetter(0, 1)):
        same = _same(objection)
        if same not in once:
            yield _problem(typed, columns, cidade, objection, grave, place)
        elif same not in already:
            already.add(same)
            yield _problem(typed, columns, cidade, objection, grave, None)


def _problem(
    typed: MappedSheet,
    columns: Mapping[str, SourceColumn],
    cidade: str,
    objection: Objection,
    grave: Severity,
    place: int | None,
) -> Problem:
    """An objection at the cell of the row at `place`, or at its column where it is no row's."""
    campo = objection.campo or ""
    column = columns.get(campo)
    return Problem(
        code=objection.kind.value,
        severity=grave,
        arquivo=typed.arquivo,
        planilha=typed.planilha,
        row=None if place is None else typed.rows[place],
        column=column.letter if column else None,
        header=column.header if column else None,
        field=objection.campo,
        value=None if place is None else _value(typed, campo, place),
        details=_details(cidade, objection),
    )


def _told_once(
    findings: Sequence[Finding], notas: int, columns: Collection[str | None], severity: Severities
) -> set[_Same]:
    """What speaks of no row: what is only told, and a warning of all `notas` no column can mend."""
    times: Counter[_Same] = Counter()
    for places, objections in findings:
        for objection in objections:
            times[_same(objection)] += len(places)
    return {
        same
        for same, count in times.items()
        for grave in (severity(same.kind.value),)
        if grave is Severity.INFO
        or (grave is not Severity.ERRO and count == notas and same.campo not in columns)
    }


def _city(codigo: str, layouts: Mapping[str, str]) -> str:
    from converter.layouts import by_slug

    return municipio.nome(codigo) or by_slug(layouts[codigo]).nome


class _Same(NamedTuple):
    """What two objections to different rows have in common where they are the same."""

    kind: ObjectionKind
    codigo: str
    campo: str | None
    mensagem: str


def _same(objection: Objection) -> _Same:
    return _Same(objection.kind, objection.codigo, objection.campo, objection.mensagem)


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
        "motivo": f"{objection.mensagem.removesuffix('.')}.",
        "conserto": objection.correcao,
    }
