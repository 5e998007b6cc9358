"""Only reading and validating a csv, in a process of its own: ours or frictionless.

    python -m tests.bench.validacao planilote|frictionless planilha.csv

Frictionless gets a table schema with the constraints of the field catalogue, amounts declared
with their decimal comma, and the same cells.
"""

import sys
from pathlib import Path

from tests.bench.dados import ALIQUOTA, DATA, HEADERS, NOME, UF, VALOR


def ours(path: Path) -> int:
    """Give the number of problems the first stages find."""
    from datetime import UTC, datetime

    from converter.mapping.defaults import Defaults
    from converter.mapping.load import load_mappings
    from converter.schemas.rules import Rules
    from converter.stages.map import map_book
    from converter.stages.read import read
    from converter.stages.validate import validate

    book = read(path.read_bytes(), path.name).book
    if book is None:
        raise SystemExit(f"{path} não se deixa ler")
    mapped = map_book(book, load_mappings([]), choice=None, defaults=Defaults.from_table({}, ""))
    rules = Rules(now=datetime(2026, 11, 22, 15, tzinfo=UTC))
    typed = [validate(sheet, rules) for sheet in mapped.sheets]
    return sum(len(sheet.problems) + sheet.problems_beyond for sheet in typed)


def frictionless(path: Path) -> int:
    """Give the number of problems frictionless finds."""
    from frictionless import Dialect, Resource, Schema, formats

    said: dict[int, dict[str, object]] = {
        DATA: {"type": "datetime", "format": "%d/%m/%Y %H:%M"},
        NOME: {"type": "string", "constraints": {"required": True, "maxLength": 115}},
        UF: {"type": "string", "constraints": {"pattern": "[A-Z]{2}"}},
        VALOR: {"type": "number", "decimalChar": ",", "groupChar": "."},
        ALIQUOTA: {"type": "number", "decimalChar": ",", "constraints": {"maximum": 100}},
    }
    fields = [
        {"name": header, **said.get(place, {"type": "string"})}
        for place, header in enumerate(HEADERS)
    ]
    resource = Resource(
        path=path.name,
        basepath=str(path.parent),
        encoding="cp1252",
        dialect=Dialect(controls=[formats.CsvControl(delimiter=";")]),
        schema=Schema.from_descriptor({"fields": fields}),
    )
    return len(resource.validate(limit_errors=10**6).flatten(["rowNumber"]))


if __name__ == "__main__":
    print({"planilote": ours, "frictionless": frictionless}[sys.argv[1]](Path(sys.argv[2])))
