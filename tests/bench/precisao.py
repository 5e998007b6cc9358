"""Who finds 200 known mistakes: planilote, plain pandera with coerce, and frictionless.

    python -m tests.bench.precisao

The peers get the easier sheet: good cells already canonical (amounts with a point, ISO dates,
bare digits), the mistakes as typed, and the checks their own documentation would lead one to
write from the field catalogue. A cell counts as found when its row and column are named.
"""

import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from converter.model.notas import Typed
from converter.schemas.catalogue import BY_PATH, Kind, Requirement
from converter.schemas.columns import per_row
from converter.stages.validate import validate
from tests.schemas.planilha import FIRST, GOOD, RULES, planilha
from tests.schemas.semeada import Seeded, seeded

Cell = tuple[int | None, str | None]
NUMBERS = (Kind.MONEY, Kind.RATE)
TYPES = {Kind.BOOLEAN: "boolean", Kind.DATETIME: "datetime"}
DIGITS = {Kind.CNPJ: 14, Kind.CPF: 11, Kind.CEP: 8, Kind.MUNICIPIO: 7, Kind.CNAE: 7, Kind.NBS: 9}


class Score(NamedTuple):
    """How many of the seeded cells were named, and how much else was said."""

    tool: str
    found: int
    missed: int
    without_address: int
    invented: int
    seconds: float


def score(tool: str, cells: Mapping[Cell, object], run: Callable[[], set[Cell]]) -> Score:
    """Run a tool once to warm it up and once to be measured."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        run()
        start = time.perf_counter()
        told = run()
        seconds = time.perf_counter() - start
    addressed = {cell for cell in told if None not in cell}
    hits = addressed & set(cells)
    return Score(
        tool,
        len(hits),
        len(cells) - len(hits),
        len(told - addressed),
        len(addressed - hits),
        seconds,
    )


def ours(sheet: Seeded) -> set[Cell]:
    """Give the cells the stage names."""
    typed = validate(planilha(sheet.rows), RULES)
    return {(problem.row, problem.field if problem.column else None) for problem in typed.problems}


def canonical(sheet: Seeded) -> list[dict[str, Any]]:
    """Give the rows as the peers get them."""
    frame = validate(planilha([GOOD]), RULES).frame
    good = {path: _plain(per_row(frame[path])[0]) if path in frame else GOOD[path] for path in GOOD}
    return [
        {
            path: row[path] if (FIRST + place, path) in sheet.mistakes else good[path]
            for path in GOOD
        }
        for place, row in enumerate(sheet.rows)
    ]


def _plain(value: Typed) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def described(path: str) -> dict[str, Any]:
    """Give what the catalogue says of a field in the words of a table schema."""
    field = BY_PATH[path]
    said: dict[str, Any] = {"required": field.required is Requirement.SEMPRE, "type": "string"}
    if field.kind in NUMBERS:
        return said | {"type": "number", "minimum": 0}
    if field.kind in TYPES:
        return said | {"type": TYPES[field.kind]}
    if field.values:
        return said | {"enum": list(field.values)}
    if field.kind in DIGITS or field.pattern:
        return said | {"pattern": field.pattern or rf"\d{{{DIGITS[field.kind]}}}"}
    return said | ({"maxLength": field.size} if field.size else {})


def pandera_coerce(sheet: Seeded) -> Callable[[], set[Cell]]:
    """Plain pandera: one schema, lazy, coercing."""
    import pandas as pd
    import pandera.pandas as pa

    dtypes = {"number": float, "boolean": pd.BooleanDtype(), "datetime": "datetime64[ns]"}
    checks: dict[str, Callable[[Any], pa.Check]] = {
        "minimum": pa.Check.ge,
        "enum": pa.Check.isin,
        "pattern": lambda pattern: pa.Check.str_matches(f"^{pattern}$"),
        "maxLength": lambda size: pa.Check.str_length(max_value=size),
    }

    def column(path: str) -> pa.Column:
        said = described(path)
        return pa.Column(
            dtypes.get(said["type"], str),
            [checks[name](said[name]) for name in said.keys() & checks.keys()],
            nullable=not said["required"],
        )

    schema = pa.DataFrameSchema({path: column(path) for path in GOOD}, coerce=True)
    rows = canonical(sheet)
    for row in rows:
        for path, value in row.items():
            if BY_PATH[path].kind is Kind.BOOLEAN:
                row[path] = {"true": True, "false": False}.get(str(value), value)
    frame = pd.DataFrame(rows, index=range(FIRST, FIRST + len(rows)), dtype=object)

    def run() -> set[Cell]:
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            cases = errors.failure_cases
            places = zip(cases["index"], cases["column"], strict=True)
            return {(None if pd.isna(row) else int(row), path) for row, path in places}
        return set()

    return run


def table_field(path: str) -> dict[str, Any]:
    """Give a field of a table schema."""
    constraints = described(path)
    return {"name": path, "type": constraints.pop("type"), "constraints": constraints}


def frictionless(sheet: Seeded) -> Callable[[], set[Cell]]:
    """Frictionless: a table schema with the constraints the catalogue knows."""
    from frictionless import Resource, Schema

    paths = list(GOOD)
    rows = canonical(sheet)
    schema = Schema.from_descriptor({"fields": [table_field(path) for path in paths]})
    data = [paths, *([row[path] for path in paths] for row in rows)]
    header = FIRST - 1

    def run() -> set[Cell]:
        report = Resource(data=data, schema=schema).validate(limit_errors=10**6)
        flat = report.flatten(["rowNumber", "fieldName"])
        return {(None if row is None else row + header - 1, path) for row, path in flat}

    return run


def scores(sheet: Seeded) -> Iterator[Score]:
    """Each tool's score; frictionless only where it is installed."""
    runs: dict[str, Callable[[], set[Cell]]] = {
        "planilote": lambda: ours(sheet),
        "pandera, coerce=True": pandera_coerce(sheet),
    }
    try:
        runs["frictionless"] = frictionless(sheet)
    except ImportError:
        print("frictionless não está instalado: pip install frictionless")
    for tool, run in runs.items():
        yield score(tool, sheet.mistakes, run)


def main() -> None:
    """Print one line per tool."""
    sheet = seeded()
    print(f"{len(sheet.mistakes)} erros semeados em {len(sheet.rows)} linhas x {len(GOOD)} colunas")
    print(f"{'':28}{'achados':>9}{'perdidos':>10}{'sem lugar':>11}{'inventados':>12}{'s':>8}")
    for line in scores(sheet):
        print(
            f"{line.tool:28}{line.found:>9}{line.missed:>10}{line.without_address:>11}"
            f"{line.invented:>12}{line.seconds:>8.2f}"
        )


if __name__ == "__main__":
    main()
