"""What pandera found in a sheet, said at the cells."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.config import config_context
from pandera.errors import SchemaError, SchemaErrorReason

from converter.brazil import cnpj
from converter.schemas.catalogue import BY_PATH, Field
from converter.schemas.columns import Rows
from converter.schemas.findings import Details, Finding
from converter.schemas.schema import nota_schema
from converter.schemas.sheet import CITY, Sheet
from converter.schemas.shown import options


def check(sheet: Sheet) -> None:
    """Validate a typed sheet; what fails becomes findings at its cells.

    Raises:
        RuntimeError: A check broke off, which is a mistake of ours.
    """
    paths = [path for path in sheet.columns if path not in BY_PATH or not BY_PATH[path].virtual]
    # Whatever the environment says to pandera: it can be told there to check nothing.
    whole = config_context(validation_enabled=True, validation_depth="SCHEMA_AND_DATA")
    try:
        with whole:
            nota_schema(sheet=sheet).validate(sheet.frame(paths), lazy=True)
    except pa.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            for finding in _findings(sheet, error):
                sheet.report(finding)


def _findings(sheet: Sheet, error: SchemaError) -> Iterator[Finding]:
    match error.reason_code:
        case SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
            yield Finding("coluna-obrigatoria-ausente", str(error.failure_cases), None)
        case SchemaErrorReason.SERIES_CONTAINS_NULLS:
            yield _empty(sheet, str(error.column_name), _rows(sheet, error.failure_cases))
        case SchemaErrorReason.DATAFRAME_CHECK if error.column_name is None:
            for finding, cases in error.failure_cases.groupby("failure_case", sort=False):
                whole = finding.rows is None
                yield replace(finding, rows=None if whole else _rows(sheet, cases))
        case SchemaErrorReason.DATAFRAME_CHECK:
            path, code = str(error.column_name), str(error.check.error)
            rows = _rows(sheet, error.failure_cases)
            yield Finding(code, path, rows, _details(sheet, BY_PATH[path], code))
        case _:
            raise RuntimeError(str(error))


def _rows(sheet: Sheet, cases: pd.DataFrame) -> Rows:
    return pd.Index(sheet.source.rows).get_indexer(pd.Index(cases["index"].astype(np.int64)))


def _empty(sheet: Sheet, path: str, rows: Rows) -> Finding:
    """A cell that must be filled and is not; one that could not be read was told as such."""
    rows = rows[sheet.missing(path)[rows]]
    if path != CITY or any(source.column for source in sheet.sources(path)):
        return Finding("campo-obrigatorio-vazio", path, rows)
    # Not a cell: `planilote.toml` says it, and only of prestadores it knows.
    rows = rows[~sheet.missing("prestador.cnpj")[rows]]
    return Finding("prestador-sem-municipio", path, rows, partial(_issuer, sheet))


def _issuer(sheet: Sheet, row: int) -> dict[str, str]:
    return {"cnpj": cnpj.masked(str(sheet.value("prestador.cnpj", row) or ""))}


def _details(sheet: Sheet, field: Field, code: str) -> Details:
    match code:
        case "opcao-desconhecida":
            merged: dict[str, str] = {}
            for table in sheet.tables(field):
                merged |= table
            return {"opcoes": options(merged)}
        case "codigo-formato":
            return {"formato": field.shape}
        case "texto-longo":
            limit = str(field.size)
            return lambda row: {"tamanho": str(len(sheet.value(field.path, row))), "limite": limit}
    return {}
