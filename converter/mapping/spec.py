"""What a mapping says, once read: which header fills which API path."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

Constant = str | int | float | bool


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """How one API path is filled from columns.

    `headers` are alternatives, any of which names the column; `letter` picks it by position
    instead. `join` names several columns whose texts are put together with `separator`. `split`
    cuts the column's text and keeps piece `part` (1 is the first, -1 the last). `values`
    translates what was typed, by `values.key`.
    """

    path: str
    headers: tuple[str, ...] = ()
    letter: str | None = None
    join: tuple[str, ...] = ()
    separator: str = " "
    split: str | None = None
    part: int = 1
    format: str | None = None
    values: Mapping[str, Constant] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """Every header that it names, alternatives and joined ones."""
        return (*self.headers, *self.join)


@dataclass(frozen=True, slots=True)
class MappingSpec:
    """One mapping file, its base already folded in.

    `known` maps a folded header to the paths it fills (more than one where a column is split or
    joined too). `own` are the paths this very file lists, not its base. `free_paths` lets a header
    that is itself a dotted path pass through unlisted. `exact`, when not empty, are the only
    spellings taken, so that a mapping may tell `IssRetido` from `ISS retido`. A `draft` holds
    guesses nobody has confirmed: what it maps is shown, never sent.
    """

    name: str
    description: str
    columns: Mapping[str, ColumnSpec] = field(default_factory=dict)
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    constants: Mapping[str, Constant] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    ignored_sheets: tuple[str, ...] = ()
    ignored_headers: frozenset[str] = frozenset()
    free_paths: bool = False
    exact: frozenset[str] = frozenset()
    draft: bool = False
    shipped: bool = False
    file: Path | None = None

    @property
    def exclusive(self) -> bool:
        """Whether the user wrote which columns count: no other column fills a field unasked."""
        return bool(self.own) and not self.shipped


@dataclass(frozen=True, slots=True)
class Mappings:
    """Every mapping at hand, the user's before the shipped ones, by name."""

    specs: tuple[MappingSpec, ...]

    def named(self, name: str) -> MappingSpec | None:
        """The mapping of that name, None where there is none."""
        return next((spec for spec in self.specs if spec.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in order of preference."""
        return tuple(spec.name for spec in self.specs)
