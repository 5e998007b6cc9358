"""The pandera schema of a sheet of notes, made from the field catalogue.

Columns first: what each must be, asked once of each distinct value. Then the rules between fields,
each a named check, in the order of `rules.order`. pandera finds; `failures` says it at the cells.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.api.base.checks import CheckResult

from converter.model.problems import Severity
from converter.schemas.catalogue import FIELDS, Field, Kind, Requirement
from converter.schemas.columns import BEYOND, SCALES, Series, apart, objects
from converter.schemas.findings import Finding
from converter.schemas.rules import Rules
from converter.schemas.rules.order import RULES, Rule
from converter.schemas.sheet import Sheet

NUMBERS = (Kind.MONEY, Kind.RATE, Kind.DECIMAL, Kind.INTEGER)

TYPES: Mapping[Kind, frozenset[type]] = (
    dict.fromkeys(Kind, frozenset({str}))
    | dict.fromkeys(NUMBERS, frozenset({Decimal, int}))
    | {
        Kind.BOOLEAN: frozenset({bool}),
        Kind.CHOICE: frozenset({str, int}),
        Kind.DATE: frozenset({date, datetime}),
        Kind.DATETIME: frozenset({date, datetime}),
    }
)
"""What a value of each kind is to Python: amounts are exact, a float is none of them."""

SHAPES: Mapping[Kind, str] = {
    Kind.CNPJ: r"[0-9A-Z]{12}[0-9]{2}",
    Kind.CPF: r"[0-9]{11}",
    Kind.CEP: r"[0-9]{8}",
    Kind.MUNICIPIO: r"[0-9]{7}",
    Kind.UF: r"[A-Z]{2}",
    Kind.NBS: r"[0-9]{9}",
    Kind.PAIS: r"[0-9]{4}",
    Kind.PHONE: r"[0-9]{8,11}|[+0-9 ().-]{4,20}",
}
"""What the parsers promise; a value that breaks it is our mistake, and is held all the same."""

Predicate = Callable[[Any], bool]
PredicateOf = Callable[[Sheet], Predicate | None]
"""What to ask of a value in this sheet; None where its type says all."""


class Subject:
    """The sheet that the checks of one schema look at, and in which they mark what they found.

    Where none is given, each frame that is validated is a sheet of its own.
    """

    def __init__(self, rules: Rules, sheet: Sheet | None) -> None:
        self._rules = rules
        self._given = sheet
        self.sheet = sheet or Sheet.of_frame(pd.DataFrame(), rules)

    def take(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Look at this frame from here on, before any check does."""
        self.sheet = self._given or Sheet.of_frame(frame, self._rules)
        return frame

    def refuses(self, finding: Finding) -> bool:
        """Tell whether to fail: a sheet for all that is to be said of it, a frame for errors."""
        severity = self.sheet.findings.severity(finding.code)
        if finding.is_empty or severity is None:
            return False
        return severity is Severity.ERRO or self._given is not None


class Between(pa.Check):
    """A rule between fields: its failure cases name the guilty cell and what is wrong with it.

    pandera of itself would blame every column of the row.
    """

    def __init__(self, rule: Rule, subject: Subject) -> None:
        super().__init__(rule, name=rule.__name__, ignore_na=False)
        self._rule = rule
        self._subject = subject

    def __call__(self, check_obj: pd.DataFrame, column: str | None = None) -> CheckResult:
        """Look for what the rule finds; see `pandera.Check`."""
        cases = [_cases(finding, check_obj.index) for finding in self._findings()]
        passed = not cases
        return CheckResult(passed, passed, check_obj, pd.concat(cases) if cases else None)

    def _findings(self) -> Iterator[Finding]:
        for finding in self._rule(self._subject.sheet):
            if self._subject.refuses(finding):
                self._subject.sheet.tell(finding)
                yield finding


def nota_schema(rules: Rules | None = None, sheet: Sheet | None = None) -> pa.DataFrameSchema:
    """Give the schema of typed notes: one a row, API paths as columns, exact values.

    To be validated with `lazy=True`; it refuses what would hold a note back. A failure case of a
    column has the code of the problem as its check; one of a rule between fields has the rule's
    name, and the code as its failure case. What the codes mean is in `docs/erros.md`.

    Args:
        rules: The clock, the policies, and what each prefeitura asks; without them, those of now.
        sheet: The sheet of the frame to validate, which knows of cells that could not be read, and
            of which warnings are told too; without it, any number of frames.
    """
    subject = Subject(sheet.rules if sheet else rules or Rules(datetime.now(UTC)), sheet)
    return pa.DataFrameSchema(
        {field.path: _column(field, subject) for field in _fields(sheet)},
        checks=[Between(rule, subject) for rule in RULES],
        parsers=pa.Parser(subject.take),
        coerce=False,
        name="nota",
    )


def _fields(sheet: Sheet | None) -> Iterator[Field]:
    """Give the fields to ask for: of one sheet, which has few of them, no others than it must have.

    pandera copies each column it is given, twenty times as long as it takes to pass one by.
    """
    for field in FIELDS:
        always = field.required is Requirement.SEMPRE
        if not field.virtual and (sheet is None or always or sheet.has(field.path)):
            yield field


def _column(field: Field, subject: Subject) -> pa.Column:
    """Give a column; it has no dtype, since pandera would hash all categories to compare two."""
    always = field.required is Requirement.SEMPRE
    checks = [_check(code, ask, field, subject) for code, ask in _asked(field)]
    return pa.Column(None, checks, nullable=not always, required=always)


def _asked(field: Field) -> Iterator[tuple[str, PredicateOf]]:
    """Give what is asked of each value of a field, by the code of a no."""
    yield "valor-fora-do-contrato", lambda _: None
    if field.kind in NUMBERS:
        limit = Decimal(BEYOND).scaleb(-SCALES[field.kind])
        yield "numero-negativo", lambda _: partial(operator.le, 0)
        yield "valor-fora-do-contrato", lambda _: partial(operator.gt, limit)
    elif field.values:
        yield "opcao-desconhecida", lambda sheet: _options(field, sheet).__contains__
    elif field.kind in SHAPES:
        yield "valor-fora-do-contrato", lambda _: _matches(SHAPES[field.kind])
    elif field.pattern:
        yield "codigo-formato", lambda _: _matches(field.pattern)
    elif field.size:
        yield "texto-longo", lambda _: lambda value: len(value) <= (field.size or 0)


def _check(code: str, ask: PredicateOf, field: Field, subject: Subject) -> pa.Check:
    """Ask something once of each distinct value; cells already complained of pass."""
    types = TYPES[field.kind]

    def passes(series: Series) -> "pd.Series[bool]":
        sheet = subject.sheet
        distinct, codes = apart(series)
        right = [*map(types.__contains__, map(type, distinct))]
        answers: Iterable[bool] = right
        if question := ask(sheet):
            answers = map(question, distinct)
            if not all(right):
                answers = (ok and question(one) for ok, one in zip(right, distinct, strict=True))
        good = np.array([*answers, True], dtype=np.bool_)[codes] | sheet.told[field.path]
        sheet.mark(field.path, np.flatnonzero(~good))
        return pd.Series(good, index=series.index)

    return pa.Check(passes, name=code, error=code, ignore_na=False)


def _matches(pattern: str) -> Predicate:
    whole = re.compile(pattern).fullmatch
    return lambda value: whole(value) is not None


def _options(field: Field, sheet: Sheet) -> frozenset[object]:
    """Give the options in force in a sheet: the usual ones and those of its municípios."""
    options = {option for table in (field.values, *sheet.tables(field)) for option in table}
    return frozenset(options | {int(option) for option in options if option.isdecimal()})


def _cases(finding: Finding, index: pd.Index) -> pd.DataFrame:
    """Give a finding as failure cases: the path, the Excel row or none, and what was found."""
    rows = objects([None]) if finding.rows is None else index[finding.rows].astype(object)
    return pd.DataFrame(
        {"column": finding.path, "index": rows, "failure_case": objects([finding] * len(rows))}
    )


# pandera loads what validates a DataFrame at the first one, which takes as long as its import.
pa.DataFrameSchema().validate(pd.DataFrame())
