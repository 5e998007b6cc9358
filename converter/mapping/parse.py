"""One mapping file, checked key by key. Every refusal names the file and the line."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeGuard

from converter.brazil.dates import Order
from converter.brazil.headers import fold
from converter.brazil.numerals import Convention
from converter.errors import MappingError
from converter.mapping.spec import ColumnSpec, Constant, MappingSpec
from converter.mapping.toml_reader import PATH, TomlReader, leaves, line_of
from converter.schemas.catalogue import BY_PATH, Kind

CATALOGUE_PARTS = ("rotulos", "sinonimos", "caminhos")
_TOP = (
    "nome", "descricao", "rascunho", "base", "catalogo", "caminhos_livres", "cabecalho_exato",
    "planilha", "colunas", "constantes",
)  # fmt: skip
_SHEET = ("abas", "linha_cabecalho", "ignorar_abas", "ignorar_colunas")
_COLUMN = (
    "coluna", "letra", "juntar", "separador", "dividir", "parte", "formato", "valores", "padrao",
    "campo_novo",
)  # fmt: skip
_COLUMN_SOURCES = ("coluna", "letra", "juntar", "dividir")
_LETTER = re.compile(r"[A-Z]{1,3}", re.ASCII)
_DATES = (
    Order.DIA_MES.value, Order.MES_DIA.value, "dd/mm/aa", "mm/dd/aa", "aaaammdd", "ddmmaaaa",
)  # fmt: skip
_NUMBERS = (Convention.BR.value, Convention.EN.value)
_RATES = ("percentual", "fracao")
_FREE = (*_DATES, *_NUMBERS, "numero", "booleano", *(kind.value for kind in Kind))
_BY_KIND = {
    Kind.DATETIME: (*_DATES, "data"),
    Kind.DATE: _DATES,
    Kind.RATE: (*_NUMBERS, *_RATES),
} | dict.fromkeys((Kind.MONEY, Kind.DECIMAL, Kind.INTEGER), _NUMBERS)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A mapping file as written, before its base and the catalogue are folded in.

    `spec` is what it says itself; where `free_paths` or `exact` is None its base has the say.
    """

    file: Path
    text: str
    spec: MappingSpec
    base: str | None = None
    catalogue: tuple[str, ...] = ()
    free_paths: bool | None = None
    exact: bool | None = None

    @property
    def name(self) -> str:
        """What the mapping is called."""
        return self.spec.name

    def error(self, keys: Iterable[str], sentence: str) -> MappingError:
        """A refusal at the line where `keys` stand."""
        return MappingError(self.file.name, line_of(self.text, tuple(keys)), sentence)


def parse(file: Path) -> ParsedFile:
    """The mapping in `file`.

    Raises:
        MappingError: not UTF-8, not TOML, an unknown key, a wrong type or an impossible path.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError(
            file.name, None, "o arquivo não está em UTF-8; salve-o de novo escolhendo UTF-8."
        ) from error
    return _parsed(str(file), text)


@lru_cache(maxsize=64)
def _parsed(path: str, text: str) -> ParsedFile:
    """The same text again says the same: a watch and the page read the mappings at every run."""
    file = Path(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = re.search(r"at line (\d+)", said)
        raise MappingError(
            file.name,
            int(at[1]) if at else None,
            f"a escrita não é TOML válido ({said}); confira aspas, colchetes e o sinal de igual.",
        ) from error
    return _Reader(file, text).read(tables)


class _Reader(TomlReader):
    def __init__(self, file: Path, text: str) -> None:
        super().__init__(file.name, text)
        self._path = file

    def read(self, tables: dict[str, object]) -> ParsedFile:
        self.only(tables, _TOP)
        sheet = self.table(tables, "planilha")
        self.only(sheet, _SHEET, ("planilha",))
        columns, constants = self._columns(self.table(tables, "colunas"))
        for path, value in leaves(self.table(tables, "constantes")):
            at = ("constantes", *path.split("."))
            self._check_path(path, at, new=False)
            if path in constants:
                self.refuse(at, f'"{path}" tem um padrão em [colunas] e outro valor aqui.')
            constants[path] = self.constant(value, at)
        # The order of these is the order in which what is wrong with a file is told.
        name = self.text(tables, "nome") or self._path.stem
        description = self.text(tables, "descricao") or ""
        base, catalogue = self.text(tables, "base"), self._catalogue(tables)
        free_paths = self.flag(tables, "caminhos_livres")
        exact = self.flag(tables, "cabecalho_exato")
        spec = MappingSpec(
            name,
            description,
            columns,
            constants=constants,
            draft=self.flag(tables, "rascunho") or False,
            sheets=self._of_sheet(sheet, "abas"),
            header_row=self._header_row(sheet),
            ignored_sheets=self._of_sheet(sheet, "ignorar_abas"),
            ignored_headers=frozenset(map(fold, self._of_sheet(sheet, "ignorar_colunas"))),
            file=self._path,
        )
        return ParsedFile(self._path, self._text, spec, base, catalogue, free_paths, exact)

    def _of_sheet(self, sheet: dict[str, object], key: str) -> tuple[str, ...]:
        return self.texts(sheet.get(key, []), ("planilha", key))

    def _columns(
        self, table: dict[str, object]
    ) -> tuple[dict[str, ColumnSpec], dict[str, Constant]]:
        columns: dict[str, ColumnSpec] = {}
        defaults: dict[str, Constant] = {}
        for path, entry in leaves(table, stop=_is_column):
            at = ("colunas", *path.split("."))
            column = entry if isinstance(entry, dict) else {"coluna": entry}
            self.only(column, _COLUMN, at)
            self._check_path(path, at, new=column.get("campo_novo") is True)
            columns[path] = self._column(path, column, at)
            if "padrao" in column:
                defaults[path] = self.constant(column["padrao"], (*at, "padrao"))
        return columns, defaults

    def _column(self, path: str, column: Mapping[str, object], at: tuple[str, ...]) -> ColumnSpec:
        sources = [key for key in _COLUMN_SOURCES if key in column]
        if len(sources) > 1:
            first, second = sources[:2]
            self.refuse((*at, second), f'"{path}" usa "{first}" e "{second}"; escolha um só.')
        letter = self._letter(column, at)
        layout = self._format(path, column, at)
        part = column.get("parte", 1)
        if not _is_whole(part) or part == 0:
            self.refuse((*at, "parte"), '"parte" é um número inteiro: 1 para a primeira.')
        split = self.text(column, "dividir", at)
        separator = column.get("separador", "/" if split else " ")
        if not isinstance(separator, str) or (split and not separator):
            self.refuse((*at, "separador"), '"separador" é um texto entre aspas.')
        return ColumnSpec(
            path=path,
            headers=(split,) if split else self.texts(column.get("coluna", []), at),
            letter=letter,
            join=self.texts(column.get("juntar", []), (*at, "juntar")),
            separator=separator,
            split=separator if split else None,
            part=part,
            format=layout,
            values=self._values(column, at),
        )

    def _letter(self, column: Mapping[str, object], at: tuple[str, ...]) -> str | None:
        letter = self.text(column, "letra", at)
        if letter is not None and not _LETTER.fullmatch(letter.upper()):
            self.refuse((*at, "letra"), f'"{letter}" não é letra de coluna do Excel, como "F".')
        return letter.upper() if letter else None

    def _format(self, path: str, column: Mapping[str, object], at: tuple[str, ...]) -> str | None:
        layout = self.text(column, "formato", at)
        formats = formats_of(path)
        if layout is not None and layout not in formats:
            there = f"há {', '.join(formats)}" if formats else "este campo não tem nenhum"
            self.refuse((*at, "formato"), f'formato "{layout}" não existe aqui; {there}.')
        return layout

    def _values(self, column: Mapping[str, object], at: tuple[str, ...]) -> dict[str, Constant]:
        values = column.get("valores", {})
        if not isinstance(values, dict):
            self.refuse((*at, "valores"), '"valores" é uma tabela, como { "Sim" = true }.')
        return {
            typed: self.constant(value, (*at, "valores", typed)) for typed, value in values.items()
        }

    def _check_path(self, path: str, at: tuple[str, ...], *, new: bool) -> None:
        if path in BY_PATH:
            return
        parent, _, last = path.rpartition(".")
        if parent in BY_PATH or difflib.get_close_matches(last, _COLUMN, n=1, cutoff=0.8):
            self.refuse(at, f'"{last}" não é opção de coluna; há {", ".join(_COLUMN)}.')
        if not (new and PATH.fullmatch(path)):
            self.known(path, at)

    def _catalogue(self, tables: dict[str, object]) -> tuple[str, ...]:
        parts = self.texts(tables.get("catalogo", []), ("catalogo",))
        for part in parts:
            if part not in CATALOGUE_PARTS:
                there = ", ".join(CATALOGUE_PARTS)
                self.refuse(("catalogo",), f'catalogo não tem "{part}"; há {there}.')
        return parts

    def _header_row(self, sheet: dict[str, object]) -> int | None:
        row = sheet.get("linha_cabecalho")
        if row is not None and (not _is_whole(row) or row < 1):
            self.refuse(
                ("planilha", "linha_cabecalho"),
                "linha_cabecalho é o número da linha que o Excel mostra, como 5.",
            )
        return row


def _is_column(table: dict[str, object]) -> bool:
    return any(key in _COLUMN for key in table)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def formats_of(path: str) -> Sequence[str]:
    """The formats a column of `path` may declare; outside the catalogue they also give its type."""
    known = BY_PATH.get(path)
    return _FREE if known is None else _BY_KIND.get(known.kind, ())
