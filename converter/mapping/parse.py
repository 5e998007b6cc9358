"""One mapping file, checked key by key. Every refusal names the file and the line."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from converter.errors import MappingError
from converter.mapping.paths import PATH, complaint, formats_of
from converter.mapping.source_lines import leaves, line_of
from converter.mapping.spec import ColumnSpec, Constant
from converter.schemas.catalogue import BY_PATH

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
_LETTER = re.compile(r"[A-Z]{1,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A mapping file as written, before its base and the catalogue are folded in."""

    file: Path
    text: str
    name: str
    description: str = ""
    base: str | None = None
    catalogue: tuple[str, ...] = ()
    free_paths: bool | None = None
    exact: bool | None = None
    draft: bool = False
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    ignored_sheets: tuple[str, ...] = ()
    ignored_headers: tuple[str, ...] = ()
    columns: Mapping[str, ColumnSpec] = field(default_factory=dict)
    constants: Mapping[str, Constant] = field(default_factory=dict)

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
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise MappingError(
            file.name, None, "o arquivo não está em UTF-8; salve-o de novo escolhendo UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = re.search(r"at line (\d+)", said)
        raise MappingError(
            file.name,
            int(at[1]) if at else None,
            f"a escrita não é TOML válido ({said}); confira aspas, colchetes e o sinal de igual.",
        ) from error
    return _Reader(file, text).read(tables)


class _Reader:
    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._text = text

    def read(self, tables: dict[str, object]) -> ParsedFile:
        self._known(tables, _TOP, ())
        sheet = self._table(tables, "planilha")
        self._known(sheet, _SHEET, ("planilha",))
        columns, constants = self._columns(self._table(tables, "colunas"))
        for path, value in leaves(self._table(tables, "constantes")):
            at = ("constantes", *path.split("."))
            self._check_path(path, at, new=False)
            if path in constants:
                self._refuse(at, f'"{path}" tem um padrão em [colunas] e outro valor aqui.')
            constants[path] = self._scalar(value, at)
        return ParsedFile(
            file=self._file,
            text=self._text,
            name=self._text_at(tables, "nome") or self._file.stem,
            description=self._text_at(tables, "descricao") or "",
            base=self._text_at(tables, "base"),
            catalogue=self._catalogue(tables),
            free_paths=self._flag(tables, "caminhos_livres"),
            exact=self._flag(tables, "cabecalho_exato"),
            draft=self._flag(tables, "rascunho") or False,
            sheets=self._texts(sheet, "abas", ("planilha",)),
            header_row=self._row(sheet),
            ignored_sheets=self._texts(sheet, "ignorar_abas", ("planilha",)),
            ignored_headers=self._texts(sheet, "ignorar_colunas", ("planilha",)),
            columns=columns,
            constants=constants,
        )

    def _columns(
        self, table: dict[str, object]
    ) -> tuple[dict[str, ColumnSpec], dict[str, Constant]]:
        columns: dict[str, ColumnSpec] = {}
        defaults: dict[str, Constant] = {}
        for path, said in leaves(table, stop=_is_column):
            at = ("colunas", *path.split("."))
            wanted = {"coluna": said} if not isinstance(said, dict) else said
            self._known(wanted, _COLUMN, at)
            self._check_path(path, at, new=wanted.get("campo_novo") is True)
            columns[path] = self._column(path, wanted, at)
            if "padrao" in wanted:
                defaults[path] = self._scalar(wanted["padrao"], (*at, "padrao"))
        return columns, defaults

    def _column(self, path: str, said: dict[str, object], at: tuple[str, ...]) -> ColumnSpec:
        sources = [key for key in ("coluna", "letra", "juntar", "dividir") if key in said]
        if len(sources) > 1:
            first, second = sources[:2]
            self._refuse((*at, second), f'"{path}" usa "{first}" e "{second}"; escolha um só.')
        letter = self._text_at(said, "letra", at)
        if letter is not None and not _LETTER.fullmatch(letter.upper()):
            self._refuse((*at, "letra"), f'"{letter}" não é letra de coluna do Excel, como "F".')
        layout = self._text_at(said, "formato", at)
        formats = formats_of(path)
        if layout is not None and layout not in formats:
            there = f"há {', '.join(formats)}" if formats else "este campo não tem nenhum"
            self._refuse((*at, "formato"), f'formato "{layout}" não existe aqui; {there}.')
        part = said.get("parte", 1)
        if not isinstance(part, int) or isinstance(part, bool) or part == 0:
            self._refuse((*at, "parte"), '"parte" é um número inteiro: 1 para a primeira.')
        split = self._text_at(said, "dividir", at)
        separator = said.get("separador", "/" if split else " ")
        if not isinstance(separator, str) or (split and not separator):
            self._refuse((*at, "separador"), '"separador" é um texto entre aspas.')
        values = said.get("valores", {})
        if not isinstance(values, dict):
            self._refuse((*at, "valores"), '"valores" é uma tabela, como { "Sim" = true }.')
        return ColumnSpec(
            path=path,
            headers=(split,) if split else self._texts(said, "coluna", at),
            letter=letter.upper() if letter else None,
            join=self._texts(said, "juntar", at),
            separator=separator,
            split=separator if split else None,
            part=part,
            format=layout,
            values={
                typed: self._scalar(value, (*at, "valores", typed))
                for typed, value in values.items()
            },
        )

    def _check_path(self, path: str, at: tuple[str, ...], *, new: bool) -> None:
        parent, _, last = path.rpartition(".")
        mistyped = difflib.get_close_matches(last, _COLUMN, n=1, cutoff=0.8)
        if path not in BY_PATH and (parent in BY_PATH or mistyped):
            self._refuse(at, f'"{last}" não é opção de coluna; há {", ".join(_COLUMN)}.')
        wrong = None if new and PATH.fullmatch(path) else complaint(path)
        if wrong is not None:
            self._refuse(at, wrong)

    def _catalogue(self, tables: dict[str, object]) -> tuple[str, ...]:
        parts = self._texts(tables, "catalogo", ())
        for part in parts:
            if part not in CATALOGUE_PARTS:
                self._refuse(
                    ("catalogo",),
                    f'catalogo não tem "{part}"; há {", ".join(CATALOGUE_PARTS)}.',
                )
        return parts

    def _flag(self, tables: dict[str, object], key: str) -> bool | None:
        value = tables.get(key)
        if value is not None and not isinstance(value, bool):
            self._refuse((key,), f"{key} aceita só true ou false.")
        return value

    def _row(self, sheet: dict[str, object]) -> int | None:
        row = sheet.get("linha_cabecalho")
        if row is None:
            return None
        if not isinstance(row, int) or isinstance(row, bool) or row < 1:
            self._refuse(
                ("planilha", "linha_cabecalho"),
                "linha_cabecalho é o número da linha que o Excel mostra, como 5.",
            )
        return row

    def _known(self, table: dict[str, object], keys: Iterable[str], at: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                meant = f'; você quis dizer "{near[0]}"?' if near else f"; há {', '.join(keys)}."
                self._refuse((*at, key), f'a chave "{key}" não existe aqui{meant}')

    def _table(self, tables: dict[str, object], key: str) -> dict[str, object]:
        table = tables.get(key, {})
        if not isinstance(table, dict):
            self._refuse((key,), f"[{key}] precisa ser uma tabela.")
        return table

    def _text_at(self, table: dict[str, object], key: str, at: tuple[str, ...] = ()) -> str | None:
        value = table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self._refuse((*at, key), f'"{key}" é um texto entre aspas.')
        return value

    def _texts(self, table: dict[str, object], key: str, at: tuple[str, ...]) -> tuple[str, ...]:
        value = table.get(key, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(t, str) and t for t in texts):
            keys = (*at, key) if key != "coluna" else at
            self._refuse(keys, f'"{keys[-1]}" é um texto entre aspas ou uma lista deles.')
        return tuple(texts)

    def _scalar(self, value: object, at: tuple[str, ...]) -> Constant:
        if not isinstance(value, str | int | float | bool):
            self._refuse(at, f'"{at[-1]}" é um texto, um número, true ou false.')
        return value

    def _refuse(self, at: tuple[str, ...], sentence: str) -> NoReturn:
        raise MappingError(self._file.name, line_of(self._text, at), sentence)


def _is_column(table: dict[str, object]) -> bool:
    return any(key in _COLUMN for key in table)
