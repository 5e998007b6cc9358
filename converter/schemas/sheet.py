"""One sheet under validation: its typed columns by path, and what was found in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from converter.model.cells import MappedField, MappedSheet
from converter.model.parsed import Parsed
from converter.model.problems import Severity
from converter.schemas.columns import Column, Distinct, Ints, Mask, Rows, objects
from converter.schemas.field import Field, Kind
from converter.schemas.findings import Finding, Findings
from converter.schemas.parsers import as_typed
from converter.schemas.rules import MunicipioRules, Rules


@dataclass(slots=True)
class Sheet:
    """Columns are added while typing; rules only read them and report.

    `told` marks the cells already complained of: nothing more is concluded from them, so that
    one mistake is one problem.
    """

    source: MappedSheet
    rules: Rules
    findings: Findings = field(init=False)
    columns: dict[str, Column] = field(default_factory=dict)
    told: dict[str, Mask] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.findings = Findings(self.source, self.rules)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.source.rows)

    def sources(self, path: str) -> tuple[MappedField, ...]:
        """Give the sheet's columns a path came from, none for one that is not there."""
        if path in self.columns:
            return self.columns[path].sources
        mapped = self.source.fields.get(path)
        return (mapped,) if mapped else ()

    def report(self, finding: Finding) -> None:
        """Keep a finding at its cells, under the policy; an empty one is nothing."""
        if finding.rows is not None and not len(finding.rows):
            return
        severity = self.findings.severity(finding.code)
        if severity is not None:
            self.findings.add(finding, self.sources(finding.path), severity)
        if severity is Severity.ERRO and finding.rows is not None and finding.path in self.told:
            self.mark(finding.path, finding.rows)

    def mark(self, path: str, rows: Rows) -> None:
        """Conclude nothing more from these cells."""
        marks = self.told[path].copy()
        marks[rows] = True
        self.told[path] = marks

    def has(self, path: str) -> bool:
        """Tell whether the sheet has the column, filled or not."""
        return path in self.columns

    def present(self, path: str) -> Mask:
        """Rows with a typed value that no one has complained of."""
        column = self.columns.get(path)
        if column is None:
            return np.zeros(self.size, dtype=np.bool_)
        return column.present & ~self.told[path]

    def missing(self, path: str) -> Mask:
        """Rows where the cell shows nothing at all."""
        column = self.columns.get(path)
        return column.missing() if column else np.ones(self.size, dtype=np.bool_)

    def unread(self, *paths: str) -> Mask:
        """Rows where one of the cells shows something that cannot be relied on."""
        found = np.zeros(self.size, dtype=np.bool_)
        for path in paths:
            if path in self.columns:
                found |= self.columns[path].filled & ~self.present(path)
        return found

    def scaled(self, path: str) -> Ints:
        """Numbers as exact integers (see `columns.SCALES`), zero where absent."""
        column = self.columns.get(path)
        return column.scaled if column else np.zeros(self.size, dtype=np.int64)

    def test(self, path: str, question: Callable[[Any], bool]) -> Mask:
        """Ask something of each distinct typed value; False where there is none."""
        column = self.columns.get(path)
        if column is None:
            return np.zeros(self.size, dtype=np.bool_)
        answers = column.test(lambda value: value is not None and question(value))
        return answers & ~self.told[path]

    def values(self, path: str) -> NDArray[np.object_]:
        """One typed value per row, None where there is none."""
        return self.derive(path, lambda value: value)

    def derive(self, path: str, function: Callable[[Any], Any]) -> NDArray[np.object_]:
        """Compute something of each distinct typed value; None where there is none."""
        column = self.columns.get(path)
        if column is None:
            return np.full(self.size, None, dtype=object)
        derived = (None if value is None else function(value) for value in column.typed)
        return objects(derived)[column.codes]

    def value(self, path: str, row: int) -> Any:
        """Give one typed value, for the details of a problem that is shown."""
        column = self.columns.get(path)
        return None if column is None else column.typed[column.codes[row]]

    def municipio(self, row: int) -> MunicipioRules:
        """Give what the prefeitura of the row's prestador asks."""
        return self.rules.municipio(self.value("prestador.codigo_municipio", row))

    def municipios(self) -> tuple[MunicipioRules, ...]:
        """Give what each prefeitura of the sheet's prestadores asks."""
        column = self.columns.get("prestador.codigo_municipio")
        known = dict.fromkeys(column.typed) if column else {}
        return tuple(self.rules.municipio(str(codigo)) for codigo in known if codigo)

    def tables(self, field: Field) -> tuple[Mapping[str, str], ...]:
        """Give the options of a field in each prefeitura here; its own replace the usual."""
        own = [municipio.opcoes.get(field.path, field.values) for municipio in self.municipios()]
        return tuple(own) or (field.values,)

    def keep(
        self,
        kind: Kind,
        source: MappedField,
        found: Distinct,
        answers: Sequence[Parsed[Any]],
    ) -> None:
        """Turn the answers for the distinct values into a column and its findings.

        A refusal the policy makes less than an error keeps the text as typed; where no text can
        stand for the value (an amount, a date) it stays an error.
        """
        path = source.path
        typed = [answer.value for answer in answers]
        blank = np.zeros(len(answers), dtype=np.bool_)
        told = np.zeros(len(answers), dtype=np.bool_)
        places: dict[tuple[str, Severity], list[int]] = {}
        for place, (value, answer) in enumerate(zip(found.values, answers, strict=True)):
            code = answer.problem or answer.warning
            blank[place] = answer.value is None and answer.problem in (None, "celula-vazia")
            if code and code != "celula-vazia":
                severity = self._severity(path, code)
                if answer.problem and severity is not Severity.ERRO:
                    typed[place] = as_typed(kind, value)
                    severity = Severity.ERRO if typed[place] is None else severity
                told[place] = answer.problem is not None
                if severity is not None:
                    places.setdefault((code, severity), []).append(place)
        filled = ~blank[found.codes]
        self.columns[path] = Column(path, kind, (source,), typed, found.codes, filled)
        self.told[path] = told[found.codes]
        for (code, severity), chosen in places.items():
            marked = np.zeros(len(answers), dtype=np.bool_)
            marked[chosen] = True
            rows: Rows = np.flatnonzero(marked[found.codes])
            finding = Finding(code, path, rows, lambda row: dict(answers[found.codes[row]].details))
            self.findings.add(finding, (source,), severity)

    def _severity(self, path: str, code: str) -> Severity | None:
        """Outside production an invented CNPJ of the prestador travels: Focus' example has one."""
        lenient = path == "prestador.cnpj" and code == "cnpj-digito"
        if lenient and self.rules.ambiente != "producao" and code not in self.rules.severities:
            return Severity.AVISO
        return self.findings.severity(code)
