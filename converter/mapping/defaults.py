"""Values for what a spreadsheet does not say, from `planilote.toml` and from the folder's name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn, Self

from converter.brazil import cnpj
from converter.brazil.headers import fold
from converter.errors import MappingError
from converter.mapping.paths import complaint
from converter.mapping.source_lines import leaves, line_of
from converter.mapping.spec import Constant

_PRESTADOR_KEYS = (
    "cnpj", "nome", "pastas", "inscricao_municipal", "codigo_municipio", "padroes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrestadorDefaults:
    """One prestador of `planilote.toml`.

    `cnpj` holds its 14 characters without punctuation; `folders` the names of subfolders of
    `entrada/` that stand for it, its own name among them; `values` is by API path.
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

    @classmethod
    def from_table(cls, table: Mapping[str, object], text: str = "") -> Self:
        """Take them from `planilote.toml`.

        `[padroes]` holds API paths for everyone. Each `[[prestadores]]` has its `cnpj`, may have
        `pastas`, `inscricao_municipal` and `codigo_municipio`, and a table `padroes` of its own.
        `[municipios.CODIGO.padroes]` holds those of one prefeitura; other keys of a município
        belong to the rules.

        Args:
            table: The file as read.
            text: The file itself, to tell the line of what is wrong.

        Raises:
            MappingError: An unknown key, a wrong type, a CNPJ or a path that cannot be.
        """
        reader = _Reader(text)
        cities = reader.table(table, "municipios")
        return cls(
            general=reader.values(reader.table(table, "padroes"), ("padroes",)),
            prestadores=reader.prestadores(table.get("prestadores", [])),
            municipios={
                code: reader.values(
                    reader.table(reader.table(cities, code), "padroes"), ("municipios", code)
                )
                for code in cities
            },
        )


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text

    def prestadores(self, said: object) -> tuple[PrestadorDefaults, ...]:
        if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
            self.refuse(("prestadores",), "escreva cada prestador em um bloco [[prestadores]].")
        found = tuple(self._prestador(one) for one in said)
        names = Counter(fold(name) for one in found for name in {one.cnpj, *one.folders})
        twice = next((name for name, times in names.items() if times > 1), None)
        if twice is not None:
            self.refuse(("prestadores",), f'dois prestadores com o nome ou o CNPJ "{twice}".')
        return found

    def _prestador(self, said: Mapping[str, object]) -> PrestadorDefaults:
        for key in said:
            if key not in _PRESTADOR_KEYS:
                known = ", ".join(_PRESTADOR_KEYS)
                self.refuse((key,), f'"{key}" não existe em [[prestadores]]; há {known}.')
        parsed = cnpj.parse(said.get("cnpj"))
        if parsed.value is None:
            self.refuse(("cnpj",), f'o CNPJ "{said.get("cnpj", "")}" do prestador não é válido.')
        folders = said.get("pastas", [])
        folders = [folders] if isinstance(folders, str) else folders
        if not isinstance(folders, list) or not all(isinstance(one, str) for one in folders):
            self.refuse(("pastas",), '"pastas" é um texto entre aspas ou uma lista deles.')
        own = {
            f"prestador.{key}": said[key]
            for key in ("inscricao_municipal", "codigo_municipio")
            if key in said
        }
        nome = said.get("nome")
        named = [nome] if isinstance(nome, str) else []
        values = self.values(own, ("prestadores",)) | self.values(
            self.table(said, "padroes"), ("prestadores",)
        )
        return PrestadorDefaults(parsed.value, tuple(dict.fromkeys((*named, *folders))), values)

    def values(self, table: Mapping[str, object], at: tuple[str, ...]) -> dict[str, Constant]:
        found: dict[str, Constant] = {}
        for path, value in leaves(table):
            keys = (*at, *path.split("."))
            wrong = complaint(path)
            if wrong is not None:
                self.refuse(keys, wrong)
            if not isinstance(value, str | int | float | bool):
                self.refuse(keys, f'"{path}" é um texto, um número, true ou false.')
            found[path] = value
        return found

    def table(self, tables: Mapping[str, object], key: str) -> dict[str, object]:
        table = tables.get(key, {})
        if not isinstance(table, dict):
            self.refuse((key,), f"[{key}] precisa ser uma tabela.")
        return table

    def refuse(self, keys: tuple[str, ...], sentence: str) -> NoReturn:
        raise MappingError("planilote.toml", line_of(self._text, keys), sentence)
