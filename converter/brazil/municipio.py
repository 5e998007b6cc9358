"""The 5,571 municípios of IBGE's table (with Brasília and Fernando de Noronha), by code or name.

>>> parse("3550308").value
'3550308'
>>> parse("São Paulo - SP").value
'3550308'
>>> nome("3550308"), uf("3550308")
('São Paulo', 'SP')
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from converter.brazil import data_files, headers, raw
from converter.brazil import uf as ufs
from converter.model.parsed import Parsed

_MARKED = re.compile(r"(.+?) ?[-/,;|(\[] ?([^-/,;|(\[\])]+) ?[)\]]?")
_SPACED = re.compile(r"(.+) ([A-Za-z]{2})")
_COUNTRY = re.compile(r"(.+?) ?[-/,(] ?bra[sz]il\)?", re.IGNORECASE)
EXTERIOR = "9999999"
"""What fiscal documents write for a city abroad (ABRASF 2.02, E60 and E109)."""

_NAMED = 5
"""Candidates told by name; the others are counted."""


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    return {codigo: (name, sigla) for codigo, name, sigla in data_files.rows("municipios")}


@cache
def _by_six_digits() -> Mapping[str, str]:
    return {codigo[:6]: codigo for codigo in _table()}


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    return _grouped([(codigo, name) for codigo, (name, _) in _table().items()])


@cache
def _by_former_name() -> Mapping[str, tuple[str, ...]]:
    return _grouped([(codigo, name) for codigo, name in data_files.rows("municipios_antigos")])


def _grouped(named: Sequence[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for codigo, name in named:
        folded = headers.fold(name)
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

    Six digits, the code without its check digit, are completed with a warning; a name is found
    whatever its accents and case, and `uf`, the state beside it, tells apart those of one name.
    """
    text = raw.code(value)
    if not isinstance(text, str):
        return text
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
    """Find a name, parted from its state before anything is folded: Itagi/BA is no Itagibá."""
    if country := _COUNTRY.fullmatch(text):
        text = country[1]
    name, state = _parted(text)
    if state is not None:
        sigla = state
    candidates = _by_name().get(headers.fold(name), ())
    within = candidates
    if sigla and (known := ufs.parse(sigla).value):
        within = tuple(codigo for codigo in candidates if _table()[codigo][1] == known)
        if not within:
            return _elsewhere(name, known, candidates)
    if not within:
        return _formerly(name, None) or raw.refuse("municipio-nome")
    if len(within) > 1:
        return raw.refuse("municipio-ambiguo", candidatos=_listed(within))
    return Parsed(within[0])


def _parted(text: str) -> tuple[str, str | None]:
    """Give the name and the state a text ends with, unless all of it is a name (`Ji-Paraná`)."""
    words = headers.fold_words(text)
    alike = _by_name().get(headers.fold(text), ())
    if any(headers.fold_words(_table()[codigo][0]) == words for codigo in alike):
        return text, None
    for parting in (_MARKED, _SPACED):
        parts = parting.fullmatch(text)
        if parts and (state := ufs.parse(parts[2]).value):
            known = _by_name().get(headers.fold(parts[1]), ())
            if parting is _MARKED or any(_table()[codigo][1] == state for codigo in known):
                return parts[1], state
    return text, None


def _elsewhere(name: str, state: str, candidates: tuple[str, ...]) -> Parsed[str]:
    former = _formerly(name, state)
    if former is not None:
        return former
    if not candidates:
        return raw.refuse("municipio-nome")
    return raw.refuse("municipio-uf", uf=state, candidatos=_listed(candidates))


def _formerly(name: str, state: str | None) -> Parsed[str] | None:
    """Refuse a name a município had once, with the one it has now."""
    known = _by_former_name().get(headers.fold(name), ())
    found = tuple(codigo for codigo in known if state in (None, _table()[codigo][1]))
    return raw.refuse("municipio-nome-antigo", candidatos=_listed(found)) if found else None


def _full(codigo: str) -> str:
    return "/".join(_table()[codigo])


def _listed(codigos: tuple[str, ...]) -> str:
    named = ", ".join(f"{_full(codigo)} ({codigo})" for codigo in codigos[:_NAMED])
    return named + (f" e mais {len(codigos) - _NAMED}" if len(codigos) > _NAMED else "")
