"""Mapping files of several folders, with their bases and the catalogue folded in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from converter.brazil.headers import fold
from converter.mapping.answers import is_answers
from converter.mapping.parse import ParsedFile, parse
from converter.mapping.spec import ColumnSpec, Mappings, MappingSpec
from converter.schemas.catalogue import FIELDS, Field

SHIPPED = frozenset(
    {
        "padrao", "focus_api", "focus_planilha", "enotas", "abrasf", "abrasf2", "sao_paulo_portal",
        "hotmart", "conta_azul", "protheus", "sankhya",
    }
)  # fmt: skip
"""File names, without `.toml`, of what comes with the product: in a clone the user's own mappings
lie in the same folder, and theirs go first."""


def shipped_folder() -> Path:
    """Where the mappings that come with the product are: in the clone, or in the package."""
    clone = Path(__file__).parents[2] / "mappings"
    if (clone / "padrao.toml").is_file():
        return clone
    return Path(__file__).with_name("shipped")


def load_mappings(folders: Sequence[Path]) -> Mappings:
    """The mappings of `folders` (the user's) followed by the shipped ones.

    A folder that is not there is an empty one. A file of the user replaces the shipped mapping of
    the same name, and may name it as its base.

    Raises:
        MappingError: a file that cannot be used, two of the user's with one name, a base that is
            not there or that goes in circles.
    """
    shipped = shipped_folder()
    together = sorted(shipped.glob("*.toml"))
    ours = _by_name(parse(file) for file in together if file.stem in SHIPPED)
    others = [folder for folder in folders if folder.resolve() != shipped.resolve()]
    files = [file for file in together if file.stem not in SHIPPED]
    files += [file for folder in others for file in sorted(folder.glob("*.toml"))]
    theirs = _by_name(parse(file) for file in files if not is_answers(file))
    their_specs = [_spec(file, theirs, ours, shipped=False) for file in theirs.values()]
    our_specs = [
        _spec(file, {}, ours, shipped=True) for name, file in ours.items() if name not in theirs
    ]
    our_specs.sort(key=lambda spec: (len(spec.known), spec.name))
    return Mappings((*their_specs, *our_specs))


def _by_name(files: Iterable[ParsedFile]) -> dict[str, ParsedFile]:
    named: dict[str, ParsedFile] = {}
    for file in files:
        if file.name in named:
            raise file.error(
                ("nome",),
                f'o nome "{file.name}" já é do mapeamento {named[file.name].file.name}; '
                "dê outro a um dos dois.",
            )
        named[file.name] = file
    return named


def _spec(
    file: ParsedFile,
    theirs: Mapping[str, ParsedFile],
    ours: Mapping[str, ParsedFile],
    *,
    shipped: bool,
    above: tuple[str, ...] = (),
) -> MappingSpec:
    base: MappingSpec | None = None
    if file.base is not None:
        parent = ours.get(file.base) if file.base == file.name else None
        parent = parent or theirs.get(file.base) or ours.get(file.base)
        if parent is None:
            known = ", ".join(sorted({*theirs, *ours} - {file.name}))
            raise file.error(("base",), f'a base "{file.base}" não existe; há {known}.')
        mark = str(parent.file)
        if mark in above or parent is file:
            raise file.error(("base",), f'a base "{file.base}" volta a este mesmo mapeamento.')
        base = _spec(parent, theirs, ours, shipped=shipped, above=(*above, str(file.file)))
    return _folded(file, base, shipped=shipped)


def _folded(file: ParsedFile, base: MappingSpec | None, *, shipped: bool) -> MappingSpec:
    inherited = dict(base.columns) if base else {}
    inherited.update(_catalogue_columns(file.catalogue))
    own = {path: _complete(file, spec, inherited) for path, spec in file.columns.items()}
    taken: dict[str, str] = {}
    for path, spec in own.items():
        for header in _solely(spec):
            first = taken.setdefault(fold(header), path)
            if first != path:
                raise file.error(
                    ("colunas", *path.split(".")),
                    f'o cabeçalho "{header}" serve a dois campos, "{first}" e "{path}"; '
                    "deixe-o em um só.",
                )
    ignored = frozenset(fold(header) for header in file.ignored_headers)
    columns = {
        path: replace(spec, headers=tuple(h for h in spec.headers if fold(h) not in taken))
        for path, spec in inherited.items()
        if path not in own
    } | own
    return MappingSpec(
        name=file.name,
        description=file.description,
        columns=columns,
        known=_known(columns),
        own=frozenset(own),
        constants={**(base.constants if base else {}), **file.constants},
        sheets=file.sheets or (base.sheets if base else ()),
        header_row=file.header_row or (base.header_row if base else None),
        ignored_sheets=(*file.ignored_sheets, *(base.ignored_sheets if base else ())),
        ignored_headers=ignored | (base.ignored_headers if base else frozenset()),
        free_paths=bool(base and base.free_paths) if file.free_paths is None else file.free_paths,
        exact=_exact(file, base, columns),
        draft=file.draft,
        shipped=shipped,
        file=file.file,
    )


def _exact(
    file: ParsedFile, base: MappingSpec | None, columns: Mapping[str, ColumnSpec]
) -> frozenset[str]:
    wanted = bool(base and base.exact) if file.exact is None else file.exact
    if not wanted:
        return frozenset()
    return frozenset(name for spec in columns.values() for name in (*spec.headers, *spec.join))


def _complete(
    file: ParsedFile, spec: ColumnSpec, inherited: Mapping[str, ColumnSpec]
) -> ColumnSpec:
    """A column that only adds a format or a value table keeps its base's headers."""
    if spec.headers or spec.letter or spec.join:
        return spec
    if spec.path not in inherited:
        raise file.error(
            ("colunas", *spec.path.split(".")),
            f'falta dizer qual coluna enche "{spec.path}": coluna, letra, juntar ou dividir.',
        )
    return replace(spec, headers=inherited[spec.path].headers)


def _solely(spec: ColumnSpec) -> tuple[str, ...]:
    """Headers this column does not share: a split or joined one may serve other paths too."""
    return () if spec.split or spec.join else spec.headers


def _known(columns: Mapping[str, ColumnSpec]) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for path, spec in columns.items():
        for header in dict.fromkeys(fold(h) for h in (*spec.headers, *spec.join)):
            known[header] = (*known.get(header, ()), path)
    return known


def _catalogue_columns(parts: Sequence[str]) -> dict[str, ColumnSpec]:
    if not parts:
        return {}
    return {field.path: ColumnSpec(field.path, _headers(field, parts)) for field in FIELDS}


def _headers(field: Field, parts: Sequence[str]) -> tuple[str, ...]:
    headers: list[str] = []
    if "rotulos" in parts:
        headers.append(field.label)
    if "sinonimos" in parts:
        headers.extend(field.synonyms)
    if "caminhos" in parts:
        headers.append(field.path)
    return tuple(headers)
