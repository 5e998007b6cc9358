"""What fills a missing column or a blank cell: the nearest of six circles of defaults."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from converter.brazil import cnpj
from converter.brazil import municipio as known_cities
from converter.brazil.headers import fold
from converter.mapping.above import Above
from converter.mapping.defaults import Defaults
from converter.mapping.rows import Column
from converter.mapping.spec import Constant
from converter.mapping.values import text_of
from converter.model.cells import RawValue, is_blank
from converter.schemas.catalogue import FIELDS, Requirement

CNPJ = "prestador.cnpj"
MUNICIPIO = "prestador.codigo_municipio"
_Key = tuple[str | None, str | None]
"""CNPJ of the prestador and município of a row, as far as they are known."""
CATALOGUE = "o catálogo"
"""The origin of a default that need not be told: it is the same for everyone."""
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
    above: Sequence[Above] = (),
) -> Resolved:
    """Give what stands in for each path that the sheet leaves open.

    Args:
        defaults: From `planilote.toml`.
        constants: From the mapping.
        folder: Path of the file's folder under `entrada/`, "" when it lies in `entrada/` itself.
        prestadores: The column of `prestador.cnpj`, None when the sheet has none.
        municipios: The column of `prestador.codigo_municipio`, likewise.
        above: What is written above the table.
    """
    folder_cnpj = _cnpj_of_folder(defaults, folder)
    written = {each.path: each.value for each in above}
    usual = _usual_cnpj(defaults, {**written, **constants}, folder_cnpj)
    keys = _keys(prestadores, municipios, usual)
    # The city written above a table is of the company written there, and of no other.
    others = tuple(each for each in above if each.path != MUNICIPIO)
    around = {
        (own, city): _around(
            defaults, constants, above if own in (None, usual) else others, own, city
        )
        for own, city in dict.fromkeys(keys)
    }
    if usual is not None:
        _add_usual(usual, around, by_folder=bool(folder_cnpj))
    paths = dict.fromkeys(path for found in around.values() for path in found)
    given = {path: _given(path, around, keys) for path in paths}
    return Resolved(
        {path: value for path, (value, _) in given.items()},
        {path: origin for path, (_, origin) in given.items()},
        folder_cnpj,
    )


def _add_usual(
    usual: str, around: Mapping[_Key, dict[str, tuple[Constant, str]]], *, by_folder: bool
) -> None:
    """Give the CNPJ of the usual prestador to what is around him, where nothing else says it."""
    origin = "o nome da pasta" if by_folder else "planilote.toml, o único prestador"
    for (own, _), found in around.items():
        if own == usual:
            found.setdefault(CNPJ, (usual, origin))


def _given(
    path: str, around: Mapping[_Key, Mapping[str, tuple[Constant, str]]], keys: Sequence[_Key]
) -> tuple[Constant | Sequence[Constant | None], str]:
    """One value for all rows where each has the same, else one per row; and whence it comes."""
    origin = next(found[path][1] for found in around.values() if path in found)
    by_key = {key: found[path][0] if path in found else None for key, found in around.items()}
    first, *others = by_key.values()
    if first is not None and all(repr(other) == repr(first) for other in others):
        return first, origin
    return [by_key[key] for key in keys], origin


def _around(
    defaults: Defaults,
    constants: Mapping[str, Constant],
    above: Sequence[Above],
    own: str | None,
    municipio: str | None,
) -> dict[str, tuple[Constant, str]]:
    """Value and origin per path around one prestador, the nearest circle last to be written."""
    values = next((one.values for one in defaults.prestadores if one.cnpj == own), {})
    # Nobody labelled it: what the user wrote of that very prestador goes before.
    cities = [one for one in above if one.path == MUNICIPIO]
    city = municipio or _city_told((constants, values), cities, defaults.general)
    found: dict[str, tuple[Constant, str]] = {}
    for origin, circle in (
        (CATALOGUE, CATALOGUE_DEFAULTS),
        ("planilote.toml", defaults.general),
        *_written(cities),
        ("planilote.toml, no município", defaults.municipios.get(city, {})),
        ("planilote.toml, no prestador", values),
        *_written([one for one in above if one not in cities]),
        ("o mapeamento", constants),
    ):
        found.update((path, (value, origin)) for path, value in circle.items())
    return found


def _city_told(
    nearer: Iterable[Mapping[str, Constant]],
    above: Sequence[Above],
    general: Mapping[str, Constant],
) -> str:
    """The code of the city that the first of the circles says, empty where none does."""
    named = (known_cities.parse(one.value).value for one in above)
    asked = (*map(_municipio, nearer), *named, _municipio(general))
    return next((text_of(code) for code in asked if code is not None), "")


def _municipio(circle: Mapping[str, Constant]) -> Constant | None:
    return circle.get(MUNICIPIO)


def _written(above: Sequence[Above]) -> Iterator[tuple[str, Mapping[str, Constant]]]:
    """A circle for each thing written above the table."""
    for one in above:
        yield f"a linha {one.row}, acima da tabela", {one.path: one.value}


def _keys(
    prestadores: Column | None, municipios: Column | None, usual: str | None
) -> Sequence[_Key]:
    """Prestador and município of each row; one pair for all where no column says either."""
    issuers: Iterable[str | None] = repeat(usual)
    cities: Iterable[str | None] = repeat(None)
    if prestadores is None and municipios is None:
        return [(usual, None)]
    if prestadores is not None:
        issuers = _read_once(
            prestadores, lambda value: usual if is_blank(value) else cnpj.parse(value).value or ""
        )
    if municipios is not None:
        cities = _read_once(municipios, lambda value: text_of(value) or None)
    return list(zip(issuers, cities, strict=False))


def _read_once(column: Column, read: Callable[[RawValue], str | None]) -> Iterator[str | None]:
    """What `read` makes of each value, each distinct one read once."""
    return map({value: read(value) for value in set(column)}.__getitem__, column)


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
            if fold(name) in map(fold, (prestador.cnpj, *prestador.folders)):
                return prestador.cnpj
        for word in (name, *name.split()):
            parsed = cnpj.parse(word).value
            if parsed is not None:
                return parsed
    return None
