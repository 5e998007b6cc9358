"""Values for what a spreadsheet does not say, from `planilote.toml` and from the folder's name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from converter.brazil import cnpj
from converter.brazil.headers import fold
from converter.mapping.spec import Constant
from converter.mapping.toml_reader import TomlReader, leaves

_PRESTADOR_FIELDS = ("inscricao_municipal", "codigo_municipio")
_PRESTADOR_KEYS = ("cnpj", "nome", "pastas", *_PRESTADOR_FIELDS, "padroes")


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
        reader = _Reader("planilote.toml", text)
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


class _Reader(TomlReader):
    def prestadores(self, blocks: object) -> tuple[PrestadorDefaults, ...]:
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            self.refuse(("prestadores",), "escreva cada prestador em um bloco [[prestadores]].")
        found = tuple(map(self._prestador, blocks))
        names = Counter(fold(name) for one in found for name in {one.cnpj, *one.folders})
        twice = next((name for name, times in names.items() if times > 1), None)
        if twice is not None:
            self.refuse(("prestadores",), f'dois prestadores com o nome ou o CNPJ "{twice}".')
        return found

    def _prestador(self, block: Mapping[str, object]) -> PrestadorDefaults:
        self.only(block, _PRESTADOR_KEYS, where="em [[prestadores]]")
        parsed = cnpj.parse(block.get("cnpj"))
        if parsed.value is None:
            self.refuse(("cnpj",), f'o CNPJ "{block.get("cnpj", "")}" do prestador não é válido.')
        nome = block.get("nome")
        named = [nome] if isinstance(nome, str) else []
        folders = dict.fromkeys(
            (*named, *self.texts(block.get("pastas", []), ("pastas",), blank=True))
        )
        own = {f"prestador.{key}": block[key] for key in _PRESTADOR_FIELDS if key in block}
        padroes = self.table(block, "padroes")
        values = self.values(own, ("prestadores",)) | self.values(padroes, ("prestadores",))
        return PrestadorDefaults(parsed.value, tuple(folders), values)

    def values(self, table: Mapping[str, object], at: tuple[str, ...]) -> dict[str, Constant]:
        found: dict[str, Constant] = {}
        for path, value in leaves(table):
            keys = (*at, *path.split("."))
            self.known(path, keys)
            found[path] = self.constant(value, keys, path)
        return found
