"""A problem is a value: a stable code at an address. Its sentences live in `texts`."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`erro` holds the note back; `aviso` travels with it; `info` is only told in `Resumo`."""

    ERRO = "erro"
    AVISO = "aviso"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where. Fields that do not apply are None (a whole file has no row).

    `row` and `column` are what Excel shows; `field` is the API path; `value` is the cell as
    typed; `details` fills the placeholders of the catalogue's sentences.
    """

    code: str
    severity: Severity
    arquivo: str
    planilha: str | None = None
    row: int | None = None
    column: str | None = None
    header: str | None = None
    field: str | None = None
    value: str | None = None
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)
