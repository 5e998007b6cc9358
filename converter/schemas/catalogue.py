"""The field catalogue, from `fields.toml`: for schemas, headers, templates, drafts, reference."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from converter import facts
from converter.schemas.field import EMIT_OF, Emit, Field, Kind, Requirement
from converter.texts.labels import label_of

__all__ = [
    "BY_PATH",
    "FIELDS",
    "GROUPS",
    "MULTILINE",
    "Emit",
    "Field",
    "Kind",
    "Requirement",
    "is_sent",
    "kind_of",
    "label_of",
]

MULTILINE = frozenset({"servico.discriminacao"})
"""Texts of as many lines as the prefeitura prints, which several columns may say together."""

_FIELDS = Path(__file__).with_name("fields.toml")
_NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


def _load() -> Iterator[Field]:
    said = facts.load(_FIELDS)
    options = {name: MappingProxyType(table) for name, table in said["opcoes"].items()}
    for path, entry in said["campos"].items():
        yield _field(path, entry, options, said["fontes"])


def _field(
    path: str,
    entry: Mapping[str, Any],
    options: Mapping[str, Mapping[str, str]],
    sources: Mapping[str, str],
) -> Field:
    kind, source = Kind(entry["tipo"]), entry["fonte"]
    return Field(
        path,
        kind,
        label_of(path),
        entry["grupo"],
        entry["ajuda"],
        synonyms=tuple(entry.get("sinonimos", ())),
        size=entry.get("tamanho"),
        pattern=entry.get("expressao", ""),
        shape=entry.get("forma", ""),
        required=Requirement(entry.get("obrigatorio", Requirement.NUNCA)),
        when=entry.get("quando", ""),
        values=options[entry["opcoes"]] if "opcoes" in entry else _NO_OPTIONS,
        default=entry.get("padrao"),
        example=entry.get("exemplo", ""),
        source=sources.get(source, source),
        virtual=entry.get("virtual", False),
        recommended=entry.get("recomendado", False),
        computed=entry.get("calculado", False),
        emit=Emit(entry["emite"]) if "emite" in entry else EMIT_OF[kind],
    )


FIELDS: tuple[Field, ...] = tuple(_load())

BY_PATH: Mapping[str, Field] = MappingProxyType({field.path: field for field in FIELDS})

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(field.group for field in FIELDS))


def is_sent(path: str) -> bool:
    """Whether a column is part of the note: the prestador is said once for all of a lote."""
    virtual = path in BY_PATH and BY_PATH[path].virtual
    return not virtual and not path.startswith("prestador.")


def kind_of(path: str) -> Kind:
    """The kind of a field's values; one outside the catalogue is a text."""
    return BY_PATH[path].kind if path in BY_PATH else Kind.TEXT
