"""A whole address written in one cell, parted into what a note keeps apart.

>>> one = split("Rua do Ouro, 77 Ap 12 - Serra - Belo Horizonte/MG - CEP 30220-000")
>>> one.numero, one.complemento, one.bairro, one.cidade, one.uf, one.cep
('77', 'Ap 12', 'Serra', 'Belo Horizonte', 'MG', '30220-000')
>>> split("Rua do Ouro") is None
True
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from converter.brazil import municipio, uf
from converter.brazil.headers import fold, unaccented

_LONGEST = 300
_CEP = re.compile(
    r"(?:\bcep\b\s*[:.]?\s*)?(?<![\d/.-])(\d{2}\.?\d{3}-?\d{3})(?![\d/-])", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?P<rua>[^,;]{4,}?)\s*(?:[,;]\s*(?:n(?:[º°o]|\.|ro\.?)*\s*)?|\bn(?:[º°]|\.?o\.?|\.)\s*)"
    r"(?P<numero>\d{1,5}(?:\s?[A-Za-z](?!\w))?|s\s*/\s*n[º°o]?|s\.n\.)(?![\d\w])(?P<resto>.*)",
    re.IGNORECASE | re.DOTALL,
)
_STATE = re.compile(r"^(?P<antes>.*?)\s*(?:[-–—/,(]|\s)\s*(?P<uf>[A-Za-z]{2})\s*\)?$", re.DOTALL)
_PIECES = re.compile(r"\s+[-–—|]\s+|\s*[,;\n]\s*|\s+[-–—]|[-–—]\s+")
_WITHIN = re.compile(
    r"(ap|apt|apto|apartamento|bl|bloco|sala|sl|salas|conj|cj|conjunto|loja|lj|andar|casa|cs|fundos|fds|torre|"
    r"quadra|qd|q|lote|lt|galpao|box|ed|edif|edificio|cond|condominio|res|residencial|terreo|sobreloja|sobrado|"
    r"unidade|un|km|\d+ ?[ºªoa]? andar|caixa postal|cx postal|subsolo|mezanino|anexo|kit|kitnet)\b",
    re.IGNORECASE,
)
_BAIRRO = re.compile(r"^bairro\s*:\s*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NOISE = frozenset({"cep", "n", "no", "nro", "bairro"})
_MARKS = " ,;.-–—/|()\n\t"


@dataclass(frozen=True, slots=True)
class Endereco:
    """The parts of an address as typed; what was not there is empty."""

    logradouro: str
    numero: str
    complemento: str = ""
    bairro: str = ""
    cidade: str = ""
    uf: str = ""
    cep: str = ""


def split(text: str) -> Endereco | None:
    """Part an address, None where it cannot be told apart without losing or guessing anything.

    Street and number must be there; the rest may be missing.
    """
    if len(text) > _LONGEST:
        return None
    rest, cep = _without_cep(text)
    rest, cidade, sigla = _without_city(rest)
    found = _NUMBER.fullmatch(rest.strip(_MARKS))
    if found is None or not _LETTERS.search(found["rua"]):
        return None
    parts = _told_apart(found["resto"], cidade)
    if parts is None:
        return None
    made = Endereco(found["rua"].strip(_MARKS), found["numero"], *parts, sigla, cep)
    return made if _whole(text, made) else None


def _told_apart(rest: str, cidade: str) -> tuple[str, str, str] | None:
    """Complement, neighbourhood and city of what follows the number; None if one may be another."""
    pieces = list(filter(None, (piece.strip(_MARKS) for piece in _PIECES.split(rest))))
    if not cidade and len(pieces) > 1 and _is_city(pieces[-1], None):
        cidade = pieces.pop()
    within = list(filter(_is_within, pieces))
    others = [piece for piece in pieces if piece not in within]
    if len(others) > 1 or (others and not cidade and _is_city(others[0], None)):
        return None
    return ", ".join(within), _BAIRRO.sub("", "".join(others)), cidade


def _is_within(piece: str) -> bool:
    return _WITHIN.match(unaccented(piece)) is not None


def _without_cep(text: str) -> tuple[str, str]:
    found = list(_CEP.finditer(text))
    if len(found) != 1:
        return text, ""
    one = found[0]
    return f"{text[: one.start()]} - {text[one.end() :]}".strip(_MARKS), one[1]


def _without_city(text: str) -> tuple[str, str, str]:
    """The address without the city and the state it ends with."""
    found = _STATE.fullmatch(text)
    if found is None or uf.parse(found["uf"]).value is None:
        return text, "", ""
    before = found["antes"].strip(_MARKS)
    pieces = _PIECES.split(before)
    name = pieces[-1].strip(_MARKS)
    sigla = found["uf"].upper()
    if len(pieces) < 2 or not _is_city(name, sigla):
        return text, "", ""
    return before[: before.rindex(pieces[-1])].strip(_MARKS), name, found["uf"]


@lru_cache(maxsize=4096)
def _is_city(name: str, sigla: str | None) -> bool:
    return municipio.parse(name, sigla).value is not None


def _whole(text: str, made: Endereco) -> bool:
    """Whether every word of the text is in one of the parts."""
    parts = (getattr(made, name) for name in Endereco.__dataclass_fields__)
    kept = _words(" ".join(parts))
    return sorted(_words(text)) == sorted(kept)


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.replace("º", " ").replace("°", " "))
    return [word for each in words if (word := fold(each)) and word not in _NOISE]
