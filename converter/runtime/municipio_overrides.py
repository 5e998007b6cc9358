"""`[municipios.CODIGO]` of `planilote.toml`: what the user knows of a prefeitura."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from converter.brazil import municipio
from converter.brazil.servico import Formato
from converter.errors import SettingsError
from converter.layouts.municipios import MAX_NOTAS
from converter.schemas.catalogue import BY_PATH
from converter.schemas.rules import FLAGS, MunicipioRules
from converter.settings import ARQUIVO, option

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
            raise _wrong(code, f"notas_por_lote = {most} não serve; escreva 1 ou mais.")
    return found


def leiautes(tables: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The layout the prefeitura of each município imports, where the user says it.

    Raises:
        SettingsError: Not a layout there is.
    """
    found = {code: option(own, "leiaute", str, "") for code, own in tables.items()}
    for code, name in found.items():
        if name and name not in MAX_NOTAS:
            raise _wrong(code, f"leiaute = “{name}” não serve; escolha: {', '.join(MAX_NOTAS)}.")
    return {code: name for code, name in found.items() if name}


def _known(code: str, own: Mapping[str, object]) -> None:
    if municipio.nome(code) is None:
        raise SettingsError(
            f"{ARQUIVO}: “{code}” não é o código de um município; são os 7 algarismos do IBGE, "
            "como em [municipios.3505708]."
        )
    for key in own.keys() - set(_KEYS):
        raise _wrong(code, f"não existe a opção “{key}”. As que existem: {', '.join(_KEYS)}.")


def _flags(code: str, own: Mapping[str, object]) -> dict[str, bool]:
    said = option(own, "obrigatorio", dict, {})
    names = [flag.removesuffix(_SUFFIX) for flag in FLAGS]
    for name in said:
        if name not in names:
            raise _wrong(code, f"em obrigatorio não existe “{name}”; há {', '.join(names)}.")
    return {f"{name}{_SUFFIX}": option(said, name, bool, False) for name in said}


def _format(code: str, own: Mapping[str, object], key: str) -> str:
    said = option(own, key, str, "")
    if said and said not in _FORMATS[key]:
        raise _wrong(code, f"{key} = “{said}” não serve; escolha: {', '.join(_FORMATS[key])}.")
    return said


def _options(code: str, own: Mapping[str, object]) -> dict[str, dict[str, str]]:
    said = option(own, "opcoes", dict, {})
    choices = [path for path, known in BY_PATH.items() if known.values]
    for path, table in said.items():
        if path not in choices:
            raise _wrong(code, f"em opcoes não existe “{path}”; há {', '.join(choices)}.")
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise _wrong(code, f'as opções de “{path}” são linhas como 1 = "Exigível".')
    return said


def _wrong(code: str, sentence: str) -> SettingsError:
    return SettingsError(f"{ARQUIVO}: em [municipios.{code}] {sentence}")
