"""Everything found in one sheet, kept as arrays until it is known which problems are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from converter.model.address import column_of
from converter.model.cells import MappedField, MappedSheet, is_blank
from converter.model.problems import Problem, Severity
from converter.schemas.catalogue import BY_PATH
from converter.schemas.columns import Mask, Rows
from converter.schemas.rules import SILENCE, Rules
from converter.schemas.shown import shown
from converter.texts.catalogue import CATALOGUE

SURPLUS = "celulas-a-mais"
Details = Mapping[str, str] | Callable[[int], Mapping[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One code at the cells of one path.

    `rows` are positions in the sheet's arrays, not Excel rows; None speaks of the sheet as a
    whole. `details` may be asked for per position, so that nothing is computed for a problem
    that is not shown. As a failure case of pandera it shows its code.
    """

    code: str
    path: str
    rows: Rows | None
    details: Details = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it speaks of rows and there are none."""
        return self.rows is not None and not len(self.rows)

    def __str__(self) -> str:
        return self.code


def where(code: str, path: str, rows: Mask, details: Details | None = None) -> Finding:
    """One code at the cells of one path, in the rows that are marked."""
    return Finding(code, path, np.flatnonzero(rows), details or {})


@dataclass(slots=True)
class Findings:
    """Collects findings, applies the severity policy, and turns the first into problems."""

    sheet: MappedSheet
    rules: Rules
    held: Mask = field(init=False)
    kept: list[tuple[Finding, Severity, tuple[MappedField, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.held = np.zeros(len(self.sheet.rows), dtype=np.bool_)

    def add(self, finding: Finding, sources: tuple[MappedField, ...], severity: Severity) -> None:
        """Keep a finding; an error holds its rows, of a whole sheet all of them."""
        if severity is Severity.ERRO:
            self.held[slice(None) if finding.rows is None else finding.rows] = True
        self.kept.append((finding, severity, sources))

    def severity(self, code: str) -> Severity | None:
        """Give the severity of a code under the user's policy, None when it is silenced."""
        chosen = self.rules.severities.get(code)
        if chosen is None:
            return CATALOGUE[code].severity
        return None if chosen == SILENCE else Severity(chosen)

    def problems(self) -> tuple[tuple[Problem, ...], int]:
        """Give the first problems in sheet order, errors first where not all fit, and the rest."""
        self._leave_moved_cells()
        sizes = [1 if found.rows is None else len(found.rows) for found, _, _ in self.kept]
        total = sum(sizes)
        limit = self.rules.max_problems
        which = np.repeat(np.arange(len(sizes)), sizes)
        rows = np.concatenate(
            [np.array([-1]) if found.rows is None else found.rows for found, _, _ in self.kept]
            or [np.zeros(0, np.intp)]
        )
        order = np.array([_place(sources) for _, _, sources in self.kept], dtype=np.int64)
        order = order[which] if total else which
        if total > limit:
            errors = np.array([severity is not Severity.ERRO for _, severity, _ in self.kept])
            chosen = np.lexsort((order, rows, errors[which]))[:limit]
            which, rows, order = which[chosen], rows[chosen], order[chosen]
        shown_first = np.lexsort((which, order, rows))
        problems = tuple(
            self._problem(place, row)
            for place, row in zip(
                which[shown_first].tolist(), rows[shown_first].tolist(), strict=True
            )
        )
        return problems, total - len(problems)

    def _leave_moved_cells(self) -> None:
        """Tell nothing else of a row with cells too many: they stand under other headers."""
        told = [found.rows for found, _, _ in self.kept if found.code == SURPLUS]
        if told:
            moved = np.concatenate([rows for rows in told if rows is not None])
            self.kept = [
                (found, severity, sources)
                if found.rows is None or found.code == SURPLUS
                else (replace(found, rows=np.setdiff1d(found.rows, moved)), severity, sources)
                for found, severity, sources in self.kept
            ]

    def _problem(self, place: int, row: int) -> Problem:
        finding, severity, sources = self.kept[place]
        known = BY_PATH.get(finding.path)
        details = finding.details(row) if callable(finding.details) else finding.details
        source = _source(sources, row)
        column = source.column if source else None
        return Problem(
            code=finding.code,
            severity=severity,
            arquivo=self.sheet.arquivo,
            planilha=self.sheet.planilha,
            row=None if finding.rows is None else self.sheet.rows[row],
            column=column.letter if column else None,
            header=column.header if column else None,
            field=finding.path,
            value=None if finding.rows is None or source is None else shown(source.values[row]),
            details={
                "rotulo": known.label if known else finding.path,
                "ajuda": known.help if known else "",
                **details,
            },
        )


def _source(sources: tuple[MappedField, ...], row: int) -> MappedField | None:
    """Give the column that holds the row's value: the first filled one, else the first."""
    if row < 0 or len(sources) < 2:
        return sources[0] if sources else None
    return next((source for source in sources if not is_blank(source.values[row])), sources[0])


def _place(sources: tuple[MappedField, ...]) -> int:
    """Give the number of a sheet column, A first; what no column carries comes after all."""
    column = next((source.column for source in sources if source.column), None)
    return 1 << 20 if column is None else column_of(column.letter)
