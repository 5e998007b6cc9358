"""The field catalogue: the single source for schemas, headers, templates, drafts and reference."""

from collections.abc import Mapping
from types import MappingProxyType

from converter.schemas.field import Emit, Field, Kind, Requirement
from converter.schemas.fields import (
    endereco,
    geral,
    intermediario,
    reforma,
    retencoes,
    servico,
    tomador,
    valores,
)

__all__ = ["BY_PATH", "FIELDS", "GROUPS", "Emit", "Field", "Kind", "Requirement"]

FIELDS: tuple[Field, ...] = tuple(
    field
    for module in (geral, tomador, endereco, servico, valores, retencoes, intermediario, reforma)
    for field in module.FIELDS
)

BY_PATH: Mapping[str, Field] = MappingProxyType({field.path: field for field in FIELDS})

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(field.group for field in FIELDS))
