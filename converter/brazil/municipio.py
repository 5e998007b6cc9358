"""The 5,571 municípios of IBGE's table (with Brasília and Fernando de Noronha), by code or name.

>>> parse("3550308").value
'3550308'
>>> parse("São Paulo - SP").value
'3550308'
>>> nome("3550308"), uf("3550308")
('São Paulo', 'SP')
"""

import re
from collections.abc import Mapping
from functools import cache

from converter.brazil import headers, raw, tables
from converter.brazil import uf as ufs
from converter.model.parsed import Parsed

EXTERIOR = "9999999"
"""What fiscal documents write for a city abroad (ABRASF 2.02, E60 and E109)."""

_NAME_AND_UF = re.compile(r"(.+?) ?[-/,(] ?([A-Za-z]{2})\)?")
_NAMED = 5
"""Candidates told by name; the others are counted."""


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    return {codigo: (name, sigla) for codigo, name, sigla in tables.rows("municipios")}


@cache
def _by_six_digits() -> Mapping[str, str]:
    return {codigo[:6]: codigo for codigo in _table()}


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    names = headers.fold_all([name for name, _ in _table().values()])
    for codigo, folded in zip(_table(), names, strict=True):
        found[folded] = (*found.get(folded, ()), codigo)
    return found


def nome(codigo: str) -> str | None:
    """Give the name of a seven-digit code, None where the table does not have it."""
    found = _table().get(codigo)
    return found[0] if found else None


def uf(codigo: str) -> str | None:
    """Give the state of a seven-digit code, None where the table does not have it."""
    found = _table().get(codigo)
    return found[1] if found else None


def parse(value: object, uf: str | None = None) -> Parsed[str]:
    """Give the seven-digit code of a cell that holds a code or a name.

    Args:
        value: The cell. Six digits, the code without its check digit, are completed with a
            warning; a name is found whatever its accents and case.
        uf: The state beside it, which tells apart municípios of one name.
    """
    cell = raw.code(value)
    if not isinstance(cell, raw.Cell):
        return cell
    text = cell.text
    if text.isascii() and text.isdigit():
        return _of_code(text)
    return _of_name(" ".join(text.split()), uf)


def _of_code(digits: str) -> Parsed[str]:
    if digits in _table():
        return Parsed(digits)
    if len(digits) == 6 and (codigo := _by_six_digits().get(digits)):
        return Parsed(
            codigo, None, "municipio-sem-digito", (("completo", codigo), ("nome", _full(codigo)))
        )
    if len(digits) not in (6, 7):
        return raw.refuse("municipio-tamanho", tamanho=str(len(digits)))
    return raw.refuse("municipio-desconhecido")


def _of_name(text: str, sigla: str | None) -> Parsed[str]:
    candidates = _by_name().get(headers.fold(text), ())
    parts = None if candidates else _NAME_AND_UF.fullmatch(text)
    if parts and ufs.parse(parts[2]).value:
        sigla = parts[2]
        candidates = _by_name().get(headers.fold(parts[1]), ())
    if not candidates:
        return raw.refuse("municipio-nome")
    if sigla and (state := ufs.parse(sigla).value):
        within = tuple(codigo for codigo in candidates if _table()[codigo][1] == state)
        if not within:
            return raw.refuse("municipio-uf", uf=state, candidatos=_listed(candidates))
        candidates = within
    if len(candidates) > 1:
        return raw.refuse("municipio-ambiguo", candidatos=_listed(candidates))
    return Parsed(candidates[0])


def _full(codigo: str) -> str:
    return "/".join(_table()[codigo])


def _listed(codigos: tuple[str, ...]) -> str:
    named = ", ".join(f"{_full(codigo)} ({codigo})" for codigo in codigos[:_NAMED])
    return named + (f" e mais {len(codigos) - _NAMED}" if len(codigos) > _NAMED else "")
