"""What fills a missing column or a blank cell: the nearest of five circles of defaults."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from converter.brazil import cnpj
from converter.brazil.headers import fold
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.mapping.rows import Column
from converter.mapping.spec import Constant
from converter.mapping.values import text_of
from converter.model.cells import RawValue, is_blank
from converter.schemas.catalogue import FIELDS, Requirement

CNPJ = "prestador.cnpj"
MUNICIPIO = "prestador.codigo_municipio"
CATALOGUE_DEFAULTS: Mapping[str, Constant] = {
    field.path: field.default
    for field in FIELDS
    if field.default is not None and field.required is Requirement.SEMPRE
}
"""Only for fields the API insists on: the others it fills by itself when they are left out."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """`values` by path: one value for all rows, or one per row where prestadores differ.

    `origins` says in Portuguese whence each comes; `folder_cnpj` is what the folder's name stands
    for.
    """

    values: Mapping[str, Constant | Sequence[Constant | None]]
    origins: Mapping[str, str]
    folder_cnpj: str | None


def resolve(
    defaults: Defaults,
    constants: Mapping[str, Constant],
    *,
    folder: str,
    prestadores: Column | None,
    municipios: Column | None,
) -> Resolved:
    """Give what stands in for each path that the sheet leaves open.

    Args:
        defaults: From `planilote.toml`.
        constants: From the mapping.
        folder: Path of the file's folder under `entrada/`, "" when it lies in `entrada/` itself.
        prestadores: The column of `prestador.cnpj`, None when the sheet has none.
        municipios: The column of `prestador.codigo_municipio`, likewise.
    """
    folder_cnpj = _cnpj_of_folder(defaults, folder)
    usual = _usual_cnpj(defaults, constants, folder_cnpj)
    circles = _Circles(defaults, constants)
    keys = _keys(prestadores, municipios, usual)
    if keys is None:
        found = circles.around(usual, None)
        if usual is not None:
            found.setdefault(CNPJ, (usual, _origin_of(folder_cnpj)))
        return Resolved(
            {path: value for path, (value, _) in found.items()},
            {path: origin for path, (_, origin) in found.items()},
            folder_cnpj,
        )
    around = {key: circles.around(*key) for key in set(keys)}
    if usual is not None:
        for (own, _), found in around.items():
            if own == usual:
                found.setdefault(CNPJ, (usual, _origin_of(folder_cnpj)))
    values: dict[str, Constant | Sequence[Constant | None]] = {}
    origins: dict[str, str] = {}
    for path in dict.fromkeys(path for found in around.values() for path in found):
        by_key = {key: found[path][0] if path in found else None for key, found in around.items()}
        distinct = set(map(repr, by_key.values()))
        first = next(iter(by_key.values()))
        values[path] = (
            first if len(distinct) == 1 and first is not None else [by_key[key] for key in keys]
        )
        origins[path] = next(found[path][1] for found in around.values() if path in found)
    return Resolved(values, origins, folder_cnpj)


class _Circles:
    def __init__(self, defaults: Defaults, constants: Mapping[str, Constant]) -> None:
        self._defaults = defaults
        self._constants = constants
        self._by_cnpj = {one.cnpj: one for one in defaults.prestadores}

    def around(self, own: str | None, municipio: str | None) -> dict[str, tuple[Constant, str]]:
        """Value and origin per path, the nearest circle last to be written."""
        prestador = self._by_cnpj.get(own) if own else None
        values = prestador.values if prestador else {}
        city = municipio or _text(
            self._constants.get(MUNICIPIO),
            values.get(MUNICIPIO),
            self._defaults.general.get(MUNICIPIO),
        )
        found: dict[str, tuple[Constant, str]] = {}
        for origin, circle in (
            ("o catálogo", CATALOGUE_DEFAULTS),
            ("planilote.toml", self._defaults.general),
            ("planilote.toml, no município", self._defaults.municipios.get(city, {})),
            ("planilote.toml, no prestador", values),
            ("o mapeamento", self._constants),
        ):
            found.update((path, (value, origin)) for path, value in circle.items())
        return found


def _keys(
    prestadores: Column | None, municipios: Column | None, usual: str | None
) -> list[tuple[str | None, str | None]] | None:
    if prestadores is None and municipios is None:
        return None
    count = len(prestadores if prestadores is not None else municipios or ())
    own: Iterable[str | None] = [usual] * count
    if prestadores is not None:
        known = {value: cnpj.parse(value).value or "" for value in set(prestadores)}
        known |= {value: usual for value in known if is_blank(value)}  # type: ignore[misc]
        own = [known[value] for value in prestadores]
    cities: Iterable[str | None] = [None] * count
    if municipios is not None:
        texts = {value: text_of(value) or None for value in set(municipios)}
        cities = [texts[value] for value in municipios]
    return list(zip(own, cities, strict=True))


def _usual_cnpj(
    defaults: Defaults, constants: Mapping[str, Constant], folder_cnpj: str | None
) -> str | None:
    """The prestador of rows that name none: by mapping, by folder, or the only one there is."""
    for said in (constants.get(CNPJ), folder_cnpj, defaults.general.get(CNPJ)):
        parsed = None if said is None else cnpj.parse(said).value
        if parsed is not None:
            return parsed
    return defaults.prestadores[0].cnpj if len(defaults.prestadores) == 1 else None


def _cnpj_of_folder(defaults: Defaults, folder: str) -> str | None:
    for name in reversed([part for part in folder.split("/") if part]):
        for prestador in defaults.prestadores:
            if fold(name) in _names(prestador):
                return prestador.cnpj
        for word in (name, *name.split()):
            parsed = cnpj.parse(word).value
            if parsed is not None:
                return parsed
    return None


def _names(prestador: PrestadorDefaults) -> set[str]:
    return {fold(prestador.cnpj), *map(fold, prestador.folders)}


def _origin_of(folder_cnpj: str | None) -> str:
    return "o nome da pasta" if folder_cnpj else "planilote.toml, o único prestador"


def _text(*values: RawValue) -> str:
    return next((text_of(value) for value in values if value is not None), "")
