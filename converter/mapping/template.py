"""Which fill-in workbooks there are, and which columns of the catalogue each has."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from converter import facts
from converter.brazil import data_files, uf
from converter.schemas.catalogue import FIELDS, Field, Kind, Requirement

FACTS = facts.load(Path(__file__).with_name("templates.toml"))
VERSION: int = FACTS["versao"]
_WITHOUT_EXAMPLE = frozenset(FACTS["exemplo"]["sem"])
_GROUPS_WITHOUT_EXAMPLE = tuple(FACTS["exemplo"]["comecos"])
_WORDING = 70
"""Characters of a service's wording in the drop-down list."""


@dataclass(frozen=True, slots=True)
class Template:
    """One workbook: its file name without `.xlsx`, what it is for, and its columns in order."""

    name: str
    purpose: str
    fields: tuple[Field, ...]


def _templates() -> Iterator[Template]:
    models = FACTS["modelos"]
    for name, model in models.items():
        like = models.get(model.get("como"), {})
        columns = {*model.get("colunas", ()), *like.get("colunas", ())}
        groups: Collection[str] = model.get("grupos", ())
        fields = (one for one in FIELDS if one.path in columns or one.group in groups)
        left_out: Collection[str] = model.get("menos", ())
        yield Template(
            name, model["para"], tuple(one for one in fields if one.path not in left_out)
        )


TEMPLATES: tuple[Template, ...] = tuple(_templates())


def template(name: str) -> Template | None:
    """The template of that name, `modelo-` and `.xlsx` optional; None where there is none."""
    wanted = name.removesuffix(".xlsx").removeprefix("modelo-")
    return next((one for one in TEMPLATES if one.name == f"modelo-{wanted}"), None)


def choices(field: Field) -> tuple[str, ...]:
    """The drop-down list of a field, each entry one that the validators read; () without one."""
    if field.kind is Kind.BOOLEAN:
        return ("Sim", "Não")
    if field.kind is Kind.UF:
        return tuple(uf.nomes())
    if field.kind is Kind.ITEM_SERVICO:
        return tuple(map(_service, data_files.rows("servicos")))
    return tuple(f"{code} - {meaning}" for code, meaning in field.values.items())


def _service(record: tuple[str, ...]) -> str:
    """`01.07 - Suporte técnico`: up to the first number of the wording, which could be a code."""
    code, wording = record[:2]
    words = re.split(r"[0-9]", wording, maxsplit=1)[0]
    short = words if len(words) <= _WORDING else words[:_WORDING].rpartition(" ")[0]
    return f"{code[:2]}.{code[2:]} - {short.strip(' ,;.(-')}"


def example(field: Field) -> str | datetime | Decimal | None:
    """What the example row shows for a field, as the type its cell should have."""
    if field.path in _WITHOUT_EXAMPLE or field.path.startswith(_GROUPS_WITHOUT_EXAMPLE):
        return None
    text = field.example
    if field.kind is Kind.DATETIME:
        return datetime.strptime(text, "%d/%m/%Y %H:%M")
    if field.kind in (Kind.MONEY, Kind.RATE, Kind.DECIMAL):
        return Decimal(text.replace(".", "").replace(",", "."))
    if field.values:
        return next((one for one in choices(field) if one.startswith(f"{text} - ")), text)
    return text


def obligation(field: Field) -> str:
    """In words, when the column must be filled."""
    if field.required is Requirement.SEMPRE:
        return "obrigatória" if field.default is None else f"em branco vale {field.default}"
    return field.when if field.required is Requirement.CONDICIONAL else "opcional"
