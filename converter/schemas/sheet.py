"""One sheet under validation: its columns by path, and what was found in them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

import numpy as np
import pandas as pd

from converter.model.cells import MappedField, MappedSheet
from converter.model.problems import Severity
from converter.schemas.catalogue import BY_PATH, Field
from converter.schemas.columns import (
    SCALES,
    Column,
    Ints,
    Mask,
    Objects,
    Rows,
    Series,
    apart,
    per_row,
    scale,
)
from converter.schemas.findings import Finding, Findings
from converter.schemas.rules import MunicipioRules, Rules

CITY = "prestador.codigo_municipio"


@dataclass(slots=True)
class Sheet:
    """What the rules between fields look at: they ask, and change nothing.

    `shown` marks the cells that show something, typed or not. `told` marks those already
    complained of: nothing more is concluded from them, so that one mistake is one problem.
    """

    source: MappedSheet
    rules: Rules
    findings: Findings = field(init=False)
    columns: dict[str, Column] = field(default_factory=dict)
    shown: dict[str, Mask] = field(default_factory=dict)
    told: dict[str, Mask] = field(default_factory=dict)
    _sources: dict[str, tuple[MappedField, ...]] = field(default_factory=dict)
    _scaled: dict[str, Ints] = field(default_factory=dict)
    _days: dict[str, Ints] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.findings = Findings(self.source, self.rules)

    @classmethod
    def of_frame(cls, frame: pd.DataFrame, rules: Rules) -> Self:
        """Give a sheet of typed values that come from no cells: what is there is what is shown."""
        sheet = cls(MappedSheet("", "", "", 0, frame.index.tolist(), {}), rules)
        for path in map(str, frame.columns):
            sheet.put(path, frame[path].array)
        return sheet

    def put(
        self,
        path: str,
        values: Column,
        shown: Mask | None = None,
        told: Mask | None = None,
        sources: tuple[MappedField, ...] = (),
    ) -> None:
        """Set the values of a path, with the columns of the sheet they come from, nearest first."""
        self.columns[path] = values
        self.shown[path] = apart(values)[1] >= 0 if shown is None else shown
        self.told[path] = self._none() if told is None else told
        self._sources[path] = sources
        self._scaled.pop(path, None)
        self._days.pop(path, None)

    def frame(self, paths: list[str]) -> pd.DataFrame:
        """Give some columns as a DataFrame whose index are the rows as Excel numbers them."""
        index = pd.Index(self.source.rows, dtype=np.int64)
        data = {path: _series(self.columns[path], index) for path in paths}
        return pd.DataFrame(data, index, copy=False)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.source.rows)

    def sources(self, path: str) -> tuple[MappedField, ...]:
        """Give the sheet's columns a path came from, none for one that is not there."""
        if path in self.columns:
            return self._sources[path]
        mapped = self.source.fields.get(path)
        return (mapped,) if mapped else ()

    def report(self, finding: Finding) -> None:
        """Keep a finding at its cells, under the policy; an empty one is nothing."""
        severity = self.findings.severity(finding.code)
        if severity is not None and not finding.is_empty:
            self.findings.add(finding, self.sources(finding.path), severity)
            self.tell(finding)

    def tell(self, finding: Finding) -> None:
        """Conclude nothing more from the cells of a finding that holds their rows."""
        if finding.rows is not None and self.findings.severity(finding.code) is Severity.ERRO:
            self.mark(finding.path, finding.rows)

    def mark(self, path: str, rows: Rows) -> None:
        """Conclude nothing more from these cells."""
        if path in self.told and len(rows):
            marks = self.told[path].copy()
            marks[rows] = True
            self.told[path] = marks

    def has(self, path: str) -> bool:
        """Tell whether the sheet has the column, filled or not."""
        return path in self.columns

    def present(self, path: str) -> Mask:
        """Rows with a typed value that no one has complained of."""
        return self._filled(path) & ~self.told[path] if path in self.columns else self._none()

    def missing(self, path: str) -> Mask:
        """Rows where the cell shows nothing and which got no value from elsewhere."""
        if path not in self.columns:
            return ~self._none()
        return ~self.shown[path] & ~self._filled(path)

    def unread(self, *paths: str) -> Mask:
        """Rows where one of the cells shows something that cannot be relied on."""
        found = self._none()
        for path in paths:
            if path in self.columns:
                found |= self.shown[path] & ~self.present(path)
        return found

    def scaled(self, path: str) -> Ints:
        """Numbers as exact integers (see `columns.SCALES`), zero where absent."""
        if path not in self.columns:
            return np.zeros(self.size, dtype=np.int64)
        if path not in self._scaled:
            places = SCALES[BY_PATH[path].kind]
            distinct, codes = apart(self.columns[path])
            numbers = [*(scale(value, places) for value in distinct), 0]
            self._scaled[path] = np.array(numbers, dtype=np.int64)[codes]
        return self._scaled[path]

    def days(self, path: str) -> Ints:
        """The days of a column of dates, as `date.toordinal` counts them; 0 where there is none."""
        if path not in self.columns:
            return np.zeros(self.size, dtype=np.int64)
        if path not in self._days:
            distinct, codes = apart(self.columns[path])
            days: Iterable[int] = (
                date.toordinal(day) if isinstance(day, date) else 0 for day in distinct
            )
            if set(map(type, distinct)) <= {date, datetime}:
                days = map(date.toordinal, distinct)
            self._days[path] = np.fromiter((*days, 0), np.int64)[codes]
        return np.where(self.told[path], 0, self._days[path])

    def test(self, path: str, question: Callable[[Any], bool]) -> Mask:
        """Ask something of each distinct typed value; False where there is none."""
        if path not in self.columns:
            return self._none()
        distinct, codes = apart(self.columns[path])
        answers = np.fromiter((*map(question, distinct), False), np.bool_, len(distinct) + 1)
        return answers[codes] & ~self.told[path]

    def values(self, path: str) -> Objects:
        """One typed value per row, None where there is none."""
        return self.derive(path, lambda value: value)

    def derive(self, path: str, function: Callable[[Any], Any]) -> Objects:
        """Compute something of each distinct typed value; None where there is none."""
        if path not in self.columns:
            return np.full(self.size, None, dtype=object)
        return per_row(self.columns[path], function)

    def value(self, path: str, row: int) -> Any:
        """Give one typed value, for the details of a problem that is shown."""
        if path not in self.columns:
            return None
        value = self.columns[path][row]
        # What pandas gives for a missing one is a float, which no value is.
        return None if isinstance(value, float) else value

    def municipio(self, row: int) -> MunicipioRules:
        """Give what the prefeitura of the row's prestador asks."""
        return self.rules.municipio(self.value(CITY, row))

    def municipios(self) -> tuple[MunicipioRules, ...]:
        """Give what each prefeitura of the sheet's prestadores asks."""
        known = apart(self.columns[CITY])[0] if CITY in self.columns else ()
        return tuple(self.rules.municipio(str(codigo)) for codigo in known)

    def tables(self, field: Field) -> tuple[Mapping[str, str], ...]:
        """Give the options of a field in each prefeitura here; its own replace the usual."""
        own = [municipio.opcoes.get(field.path, field.values) for municipio in self.municipios()]
        return tuple(own) or (field.values,)

    def _filled(self, path: str) -> Mask:
        return apart(self.columns[path])[1] >= 0

    def _none(self) -> Mask:
        return np.zeros(self.size, dtype=np.bool_)


def _series(values: Column, index: "pd.Index[int]") -> Series:
    """Give a column as it is: of objects that happen to be dates pandas would make its own."""
    dtype = None if isinstance(values, pd.Categorical) else object
    return pd.Series(values, index, dtype=dtype, copy=False)
