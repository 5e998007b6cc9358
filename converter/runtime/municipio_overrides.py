"""`[municipios.CODIGO]` of `planilote.toml`: what the user knows of a prefeitura."""

from collections.abc import Iterable, Mapping
from typing import cast

from converter.brazil import municipio
from converter.brazil.servico import Formato
from converter.errors import SettingsError
from converter.layouts.municipios import listed
from converter.schemas.catalogue import BY_PATH
from converter.schemas.rules import FLAGS, MunicipioRules
from converter.settings import ARQUIVO, option
from converter.texts.sentences import sentence

_SUFFIX = "_obrigatorio_nfse"
_KEYS = (
    "notas_por_lote", "formato_item_servico", "formato_aliquota", "obrigatorio", "opcoes",
    "padroes", "leiaute",
)  # fmt: skip
_FORMATS = {
    "formato_item_servico": ("iiss", "ii.ss", "iissdd", "livre"),
    "formato_aliquota": ("percentual", "fracao"),
}


def overridden(
    told: Mapping[str, MunicipioRules], tables: Mapping[str, Mapping[str, object]]
) -> dict[str, MunicipioRules]:
    """What the API told of each município, and over it what the user says.

    Raises:
        SettingsError: A município, key or value that does not exist.
    """
    made = dict(told)
    for code, own in tables.items():
        _known(code, own)
        base = made.get(code, MunicipioRules(code))
        own_format = _format(code, own, "formato_item_servico")
        made[code] = MunicipioRules(
            codigo=code,
            flags={**base.flags, **_flags(code, own)},
            itens_lista_servico=base.itens_lista_servico,
            codigos_tributarios=base.codigos_tributarios,
            formato_item_servico=cast(Formato, own_format or base.formato_item_servico),
            formato_aliquota=_format(code, own, "formato_aliquota") or base.formato_aliquota,
            opcoes=_options(code, own) or base.opcoes,
        )
    return made


def limits(tables: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    """How many notes a lote of each município may have, where the user says it.

    Raises:
        SettingsError: Not a number of notes.
    """
    found = {
        code: option(own, "notas_por_lote", int, 0)
        for code, own in tables.items()
        if "notas_por_lote" in own
    }
    for code, most in found.items():
        if most < 1:
            raise _wrong(code, "notas", n=str(most))
    return found


def leiautes(tables: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The layout the prefeitura of each município imports, where the user says it.

    Raises:
        SettingsError: Not a layout there is.
    """
    found = {code: option(own, "leiaute", str, "") for code, own in tables.items()}
    for code, name in found.items():
        if name and name not in listed():
            raise _wrong(code, "valor", chave="leiaute", valor=name, opcoes=listed())
    return {code: name for code, name in found.items() if name}


def _known(code: str, own: Mapping[str, object]) -> None:
    if municipio.nome(code) is None:
        raise SettingsError(sentence("municipios.codigo", arquivo=ARQUIVO, codigo=code))
    for key in own.keys() - set(_KEYS):
        raise _wrong(code, "opcao", chave=key, opcoes=_KEYS)


def _flags(code: str, own: Mapping[str, object]) -> dict[str, bool]:
    said = option(own, "obrigatorio", dict, {})
    names = [flag.removesuffix(_SUFFIX) for flag in FLAGS]
    for name in said:
        if name not in names:
            raise _wrong(code, "lista", chave="obrigatorio", valor=name, opcoes=names)
    return {f"{name}{_SUFFIX}": option(said, name, bool, False) for name in said}


def _format(code: str, own: Mapping[str, object], key: str) -> str:
    said = option(own, key, str, "")
    if said and said not in _FORMATS[key]:
        raise _wrong(code, "valor", chave=key, valor=said, opcoes=_FORMATS[key])
    return said


def _options(code: str, own: Mapping[str, object]) -> dict[str, dict[str, str]]:
    said = option(own, "opcoes", dict, {})
    choices = [path for path, known in BY_PATH.items() if known.values]
    for path, table in said.items():
        if path not in choices:
            raise _wrong(code, "lista", chave="opcoes", valor=path, opcoes=choices)
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise _wrong(code, "tabela", campo=path)
    return said


def _wrong(code: str, key: str, opcoes: Iterable[str] = (), **details: str) -> SettingsError:
    told = sentence(f"municipios.{key}", opcoes=", ".join(opcoes), **details)
    return SettingsError(sentence("municipios.em", arquivo=ARQUIVO, codigo=code, erro=told))
