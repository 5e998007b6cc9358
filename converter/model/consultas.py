"""What the API is asked about a customer, and what it answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Consulta(NamedTuple):
    """A question: `kind` is `cep` or `cnpj`, `key` its characters without punctuation."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """What the API said, and on which day (`26/11/2026`); `data` is None where it found nothing."""

    data: Mapping[str, object] | None
    day: str


@dataclass(frozen=True, slots=True)
class Lookups:
    """What may be asked, and what is known.

    `kinds` are those `planilote.toml` asks for; `api` who answers, for the reader; `why` says why
    one of them could not be asked.
    """

    kinds: frozenset[str] = frozenset()
    answers: Mapping[Consulta, Consulted] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    api: str = "Focus NFe"
