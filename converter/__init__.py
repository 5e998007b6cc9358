"""planilote: invoice spreadsheets in, municipal import files and filled workbooks out.

The same as a library: `validate` a spreadsheet or a DataFrame, `convert` a working folder, hold a
DataFrame of typed notes against `nota_schema()`. What each name stands for is imported when used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from converter.errors import PlaniloteError
    from converter.library import Validation, convert, validate
    from converter.model.notas import Lote
    from converter.model.problems import Problem
    from converter.model.run import RunReport
    from converter.schemas.schema import nota_schema

__version__ = "0.1.0"
__all__ = [
    "Lote",
    "PlaniloteError",
    "Problem",
    "RunReport",
    "Validation",
    "convert",
    "nota_schema",
    "validate",
]

_HOMES = {
    "Lote": "converter.model.notas",
    "PlaniloteError": "converter.errors",
    "Problem": "converter.model.problems",
    "RunReport": "converter.model.run",
    "Validation": "converter.library",
    "convert": "converter.library",
    "nota_schema": "converter.schemas.schema",
    "validate": "converter.library",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
