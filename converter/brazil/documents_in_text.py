"""CPF and CNPJ written within a text: `Ana Prado - CPF 529.982.247-25`."""

import re
from collections.abc import Sequence

from converter.brazil import cnpj, cpf

_WRITTEN = re.compile(
    r"(?<![\w.,/-])(?:\d{3}\.?\d{3}\.?\d{3}-?\d{2}|\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2})(?![\w/-])"
)

_MASKED = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}")
_LABEL = re.compile(
    r"\W*\b(?:cpf\s*/\s*cnpj|cnpj\s*/\s*cpf|cpf|cnpj|cgc)\b\W*(?:n[ºo°]?\W*)?$", re.IGNORECASE
)
_AROUND = " \t\n-–—|/\\,;:()[]•·"
_NO_NAME = re.compile(r"[\d:(]|\b(?:cpf|cnpj|cgc|resp)\b", re.IGNORECASE)
_FEWEST_LETTERS = 3


def name_and_document(text: str) -> tuple[str, str] | None:
    """What stands around the only CPF or CNPJ of a text, and that, as written.

    One written with its dots and dashes counts though it is mistyped. None where there is no name,
    or more than the name: `Ana (529.982.247-25), filha de Rui`; nor where the figures may be of the
    name itself, as the owner's CPF is of a microempresa's: `ANA PRADO 52998224725`.
    """
    if sum(map(str.isdigit, text)) < 11:
        return None
    found = [one for one in _WRITTEN.finditer(text) if _counts(one.group())]
    if len(found) != 1:
        return None
    document = found[0].group()
    before, after = text[: found[0].start()], text[found[0].end() :]
    bare = _LABEL.sub("", before)
    if bare == before and not _MASKED.fullmatch(document):
        return None
    names = [part for part in (bare.strip(_AROUND), after.strip(_AROUND)) if part]
    return (names[0], document) if len(names) == 1 and _is_name(names[0]) else None


def _is_name(text: str) -> bool:
    """Whether nothing but a name is left: no figure, no label, nothing in parentheses."""
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and not _NO_NAME.search(text)


def _counts(text: str) -> bool:
    return _MASKED.fullmatch(text) is not None or bool(documents_in(text))


def documents_in(text: str) -> Sequence[str]:
    """The digits of every valid CPF or CNPJ that stands in a text, in order."""
    if sum(map(str.isdigit, text)) < 11:
        return ()
    found = (one.group() for one in _WRITTEN.finditer(text))
    values = ((cpf.parse(each) if _is_short(each) else cnpj.parse(each)).value for each in found)
    return tuple(value for value in values if value is not None)


def _is_short(text: str) -> bool:
    return sum(map(str.isdigit, text)) == 11
