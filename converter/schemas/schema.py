"""The pandera schema of a typed sheet: the contract, where it must be said which cells break it."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from converter.brazil import cnpj
from converter.schemas.catalogue import BY_PATH, Field, Kind
from converter.schemas.columns import BEYOND, Column
from converter.schemas.contract import (
    ALWAYS,
    MOMENTS,
    NUMBERS,
    VIRTUAL,
    Tables,
    options,
    questions,
    tables,
)
from converter.schemas.findings import Details, Finding
from converter.schemas.sheet import Sheet

CITY = "prestador.codigo_municipio"


def check_schema(sheet: Sheet) -> None:
    """Hold the typed sheet against its schema; what fails becomes findings at its cells."""
    frame = _frame(sheet)
    kinds = tuple((path, sheet.columns[path].kind) for path in frame.columns)
    try:
        schema(kinds, tables(sheet)).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        _report(sheet, errors.failure_cases)


@lru_cache(maxsize=64)
def schema(columns: tuple[tuple[str, Kind], ...], in_force: Tables) -> pa.DataFrameSchema:
    """Give the schema of a set of typed columns; what every note needs is always part of it.

    Args:
        columns: Paths with their kinds.
        in_force: Allowed values of the fields that have options.
    """
    allowed = dict(in_force)
    always = {field.path: field.kind for field in ALWAYS}
    kinds = dict(columns)
    kinds |= {path: kind for path, kind in always.items() if path not in kinds}
    return pa.DataFrameSchema(
        {
            path: pa.Column(
                _dtype(kind),
                _checks(kind, BY_PATH.get(path), allowed.get(path)),
                nullable=path not in always,
            )
            for path, kind in kinds.items()
        },
        coerce=False,
    )


def _dtype(kind: Kind) -> str | None:
    """Give the type of a column; texts have none, since pandera would hash all their categories."""
    if kind in NUMBERS:
        return "Int64"
    if kind is Kind.BOOLEAN:
        return "boolean"
    return "datetime64[s]" if kind in MOMENTS else None


def _checks(kind: Kind, known: Field | None, allowed: frozenset[object] | None) -> list[pa.Check]:
    if kind in NUMBERS:
        signed = known is None
        return (
            []
            if signed
            else [
                pa.Check.ge(0, error="numero-negativo"),
                pa.Check.lt(BEYOND, error="valor-fora-do-contrato"),
            ]
        )
    asked = questions(kind, known, allowed)
    return [_check(code, question) for code, question in asked.items()]


def _check(code: str, question: Callable[[Any], bool]) -> pa.Check:
    """Ask each category once. A missing value is not asked: its code is -1, the last answer."""

    def answer(series: "pd.Series[Any]") -> "pd.Series[bool]":
        categories = series.cat.categories
        answers = np.fromiter((*map(question, categories), True), np.bool_, len(categories) + 1)
        return pd.Series(answers[series.cat.codes.to_numpy()], index=series.index)

    return pa.Check(answer, error=code, ignore_na=True)


def _frame(sheet: Sheet) -> pd.DataFrame:
    """Lay the columns out for pandera; categories keep its checks on distinct values."""
    data = {path: _array(column) for path, column in sheet.columns.items() if path not in VIRTUAL}
    return pd.DataFrame(data, index=pd.Index(sheet.source.rows, dtype=np.int64), copy=False)


def _array(column: Column) -> Any:
    absent = ~column.present
    if column.kind in NUMBERS:
        return pd.arrays.IntegerArray(column.scaled, absent)
    if column.kind is Kind.BOOLEAN:
        return pd.arrays.BooleanArray(column.test(bool), absent)
    if column.kind in MOMENTS:
        return pd.array(_moments(column), dtype="datetime64[s]")
    codes = {value: place for place, value in enumerate(dict.fromkeys(column.typed))}
    gap = codes.pop(None, None)
    values = list(codes)
    places = [
        -1 if value is None else codes[value] - (gap is not None and codes[value] > gap)
        for value in column.typed
    ]
    return pd.Categorical.from_codes(
        np.array(places, dtype=np.int32)[column.codes],
        categories=pd.Index(values, dtype=object),
    )


def _moments(column: Column) -> Any:
    """Give local times: the contract is about being a date, not about zones."""
    local = [
        value.replace(tzinfo=None) if isinstance(value, datetime) else value
        for value in column.typed
    ]
    return np.array(local, dtype="datetime64[s]")[column.codes]


def _report(sheet: Sheet, failures: pd.DataFrame) -> None:
    positions = pd.Index(sheet.source.rows)
    for key, cases in failures.groupby(["column", "check"], dropna=False, sort=False):
        path, check = map(str, key)
        if check == "column_in_dataframe":
            for missing in cases["failure_case"]:
                sheet.report(Finding("coluna-obrigatoria-ausente", missing, None))
        elif cases["index"].isna().any():
            sheet.report(Finding("valor-fora-do-contrato", path, None))
        else:
            rows = positions.get_indexer(pd.Index(cases["index"].astype(np.int64)))
            rows = rows[~sheet.told[path][rows]]
            sheet.mark(path, rows)
            code = "campo-obrigatorio-vazio" if check == "not_nullable" else check
            if path == CITY and not any(source.column for source in sheet.sources(path)):
                # Not a cell: `planilote.toml` says it, and only of prestadores it knows.
                rows = rows[~sheet.missing("prestador.cnpj")[rows]]
                code = "prestador-sem-municipio"
            sheet.report(Finding(code, path, rows, _details(sheet, path, code)))


def _details(sheet: Sheet, path: str, code: str) -> Details:
    known = BY_PATH.get(path)
    if known is None:
        return {}
    if code == "prestador-sem-municipio":
        return lambda row: {"cnpj": cnpj.format(str(sheet.value("prestador.cnpj", row) or ""))}
    if code == "opcao-desconhecida":
        merged: dict[str, str] = {}
        for table in sheet.tables(known):
            merged |= table
        return {"opcoes": options(merged)}
    if code == "codigo-formato":
        return {"formato": known.shape}
    if code == "texto-longo":
        limit = str(known.size)
        return lambda row: {"tamanho": str(len(str(sheet.value(path, row)))), "limite": limit}
    return {}
