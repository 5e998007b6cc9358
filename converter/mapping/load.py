"""Mapping files of several folders, with their bases and the catalogue folded in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


_NOTHING = MappingSpec("", "")
"""What a mapping without a base builds on."""


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
    files = list(_files(shipped, folders))
    of_ours = [file for file in files if file.parent == shipped and file.stem in SHIPPED]
    ours = _by_name(of_ours)
    theirs = _by_name(file for file in files if file not in of_ours and not is_answers(file))
    their_specs = [_spec(file, theirs, ours) for file in theirs.values()]
    our_specs = [_spec(file, {}, ours) for name, file in ours.items() if name not in theirs]
    our_specs.sort(key=lambda spec: (len(spec.known), spec.name))
    return Mappings((*their_specs, *our_specs))


def _files(shipped: Path, folders: Iterable[Path]) -> Iterator[Path]:
    yield from sorted(shipped.glob("*.toml"))
    for folder in folders:
        if folder.resolve() != shipped.resolve():
            yield from sorted(folder.glob("*.toml"))


def _by_name(files: Iterable[Path]) -> dict[str, ParsedFile]:
    named: dict[str, ParsedFile] = {}
    for file in map(parse, files):
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
    derived: tuple[ParsedFile, ...] = (),
) -> MappingSpec:
    """The mapping of `file` on its bases; `derived` are the files that name it as theirs.

    A base is looked for among the user's first, but for one of the file's own name.
    """
    shipped = ours.get(file.name) is file
    if file.base is None:
        return _folded(file, _NOTHING, shipped=shipped)
    near, far = (ours, theirs) if file.base == file.name else (theirs, ours)
    parent = near.get(file.base) or far.get(file.base)
    if parent is None:
        known = ", ".join(sorted({*theirs, *ours} - {file.name}))
        raise file.error(("base",), f'a base "{file.base}" não existe; há {known}.')
    if parent in (file, *derived):
        raise file.error(("base",), f'a base "{file.base}" volta a este mesmo mapeamento.')
    return _folded(file, _spec(parent, theirs, ours, (file, *derived)), shipped=shipped)


def _folded(file: ParsedFile, base: MappingSpec, *, shipped: bool) -> MappingSpec:
    """What a file says, over what its base and the catalogue say."""
    inherited = {**base.columns, **_catalogue_columns(file.catalogue)}
    said = file.spec
    own = {path: _complete(file, spec, inherited) for path, spec in said.columns.items()}
    taken = _headers_of(file, own)
    left = {path: spec for path, spec in inherited.items() if path not in own}
    columns = {path: _without(spec, taken) for path, spec in left.items()} | own
    exact = bool(base.exact) if file.exact is None else file.exact
    return replace(
        said,
        columns=columns,
        known=_known(columns),
        own=frozenset(own),
        constants={**base.constants, **said.constants},
        sheets=said.sheets or base.sheets,
        header_row=said.header_row or base.header_row,
        ignored_sheets=(*said.ignored_sheets, *base.ignored_sheets),
        ignored_headers=base.ignored_headers | said.ignored_headers,
        free_paths=base.free_paths if file.free_paths is None else file.free_paths,
        exact=frozenset(name for spec in columns.values() for name in spec.named if exact),
        shipped=shipped,
    )


def _without(spec: ColumnSpec, taken: Mapping[str, str]) -> ColumnSpec:
    """The column without the headers that another field has `taken`."""
    return replace(spec, headers=tuple(h for h in spec.headers if fold(h) not in taken))


def _headers_of(file: ParsedFile, own: Mapping[str, ColumnSpec]) -> Mapping[str, str]:
    """The field that each header fills alone; one that is split or joined may fill others too."""
    taken: dict[str, str] = {}
    for path, spec in own.items():
        for header in () if spec.split or spec.join else spec.headers:
            first = taken.setdefault(fold(header), path)
            if first != path:
                raise file.error(
                    ("colunas", *path.split(".")),
                    f'o cabeçalho "{header}" serve a dois campos, "{first}" e "{path}"; '
                    "deixe-o em um só.",
                )
    return taken


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


def _known(columns: Mapping[str, ColumnSpec]) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for path, spec in columns.items():
        for header in dict.fromkeys(map(fold, spec.named)):
            known[header] = (*known.get(header, ()), path)
    return known


def _catalogue_columns(parts: Sequence[str]) -> dict[str, ColumnSpec]:
    if not parts:
        return {}
    return {field.path: ColumnSpec(field.path, _headers(field, parts)) for field in FIELDS}


def _headers(field: Field, parts: Sequence[str]) -> tuple[str, ...]:
    return (
        *((field.label,) if "rotulos" in parts else ()),
        *(field.synonyms if "sinonimos" in parts else ()),
        *((field.path,) if "caminhos" in parts else ()),
    )
