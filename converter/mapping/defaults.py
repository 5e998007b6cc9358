"""Values for what a spreadsheet does not say, from `planilote.toml` and from the folder's name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from converter.mapping.spec import Constant


@dataclass(frozen=True, slots=True)
class PrestadorDefaults:
    """One prestador of `planilote.toml`.

    `cnpj` holds its 14 characters without punctuation; `folders` the names of subfolders of
    `entrada/` that stand for it; `values` its API paths (`prestador.inscricao_municipal`,
    `optante_simples_nacional`) and options of its city (`formato_aliquota`, `fuso`).
    """

    cnpj: str
    folders: tuple[str, ...] = ()
    values: Mapping[str, Constant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Defaults:
    """Everything that fills a missing column or a blank cell, in three circles.

    `municipios` is keyed by the IBGE code of the prestador's city. The nearest circle wins:
    prestador, then its município, then `general`.
    """

    general: Mapping[str, Constant] = field(default_factory=dict)
    prestadores: tuple[PrestadorDefaults, ...] = ()
    municipios: Mapping[str, Mapping[str, Constant]] = field(default_factory=dict)
