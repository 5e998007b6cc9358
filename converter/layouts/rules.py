"""The rules by which a city reads the notes of a file, in the order of its table of codes.

What is asked of one field stands in the table, in two columns. `exige` is what the field must be:
one of `KINDS`, or `um de` and its options (`um de 1,2,3`); with `ou nada` behind it may be blank
too, with `, e só então` it must not be so where it is not asked for. `quando` names the notes of
which it is asked, by circumstances of the layout that must all hold (`completa; tomador com CNPJ`).
What is asked of several fields together is a function of the layout's `nota` module; `quando` says
of which notes as well.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from converter.layouts import dados
from converter.layouts.codes import Code
from converter.layouts.positional import amount, is_amount, used


class View(Protocol):
    """A note of a file, beside what else its rules look at."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Its fields by name as the file has them, '' for one it has not."""


ViewT = TypeVar("ViewT", bound=View)
Test = Callable[[ViewT], bool]
Kinds = Mapping[str, Callable[[str], bool]]

_ONLY_THEN = ", e só então"

KINDS: Kinds = {
    "preenchido": bool,
    "nada": lambda raw: not raw,
    "texto": lambda raw: bool(raw.strip("| ")),
    "letras e números": dados.is_plain,
    "usado": used,
    "zeros": lambda raw: not used(raw),
    "número": lambda raw: amount(raw) is not None,
    "não zero": lambda raw: amount(raw) != 0,
    "valor": is_amount,
    "data": lambda raw: dados.day(raw) is not None,
    "hora": dados.is_hour,
    "CEP": dados.is_cep,
    "UF": dados.is_uf,
    "município": dados.is_municipio,
    "CPF ou CNPJ": lambda raw: dados.is_document("1", raw) or dados.is_document("2", raw),
    "e-mail": lambda raw: dados.are_emails(raw, 1),
    "e-mails": dados.are_emails,
}


class CityRules(Generic[ViewT]):
    """Every rule of a city.

    Args:
        codes: The city's table; a code without a rule here is found elsewhere.
        circumstances: What `quando` names, by its name.
        between: The rules between fields, by code, of the notes that `quando` names.
        kinds: What `exige` names, by its name.

    Raises:
        ValueError: The table names a circumstance that there is not.
    """

    def __init__(
        self,
        codes: Mapping[str, Code],
        circumstances: Mapping[str, Test[ViewT]],
        between: Mapping[str, Test[ViewT]],
        kinds: Kinds = KINDS,
    ) -> None:
        self._circumstances = circumstances
        self._rules: list[tuple[Code, frozenset[str], Test[ViewT]]] = []
        for code in codes.values():
            when = list(filter(None, code.quando.split("; ")))
            if code.codigo in between:
                wrong = between[code.codigo]
            elif code.exige.endswith(_ONLY_THEN):
                wrong = _just_then(circumstances[when.pop()], code.nome, _right(code, kinds))
            elif code.exige:
                wrong = _wrong(code.nome, _right(code, kinds))
            else:
                continue
            if unknown := {*when} - circumstances.keys():
                raise ValueError(f"{code.codigo}: {unknown}")
            self._rules.append((code, frozenset(when), wrong))

    def broken(self, note: ViewT, records: Container[str]) -> Iterator[Code]:
        """The codes of what is wrong in a note, of these of its records, in the table's order."""
        here = {name for name, holds in self._circumstances.items() if holds(note)}
        for code, when, wrong in self._rules:
            if code.registro in records and when <= here and wrong(note):
                yield code


def _just_then(holds: Test[ViewT], nome: str, right: Callable[[str], bool]) -> Test[ViewT]:
    return lambda note: holds(note) is not right(note.fields[nome])


def _wrong(nome: str, right: Callable[[str], bool]) -> Callable[[View], bool]:
    return lambda note: not right(note.fields[nome])


def _right(code: Code, kinds: Kinds) -> Callable[[str], bool]:
    exige = code.exige.removesuffix(_ONLY_THEN)
    wanted = exige.removesuffix(" ou nada")
    options = wanted.removeprefix("um de ")
    right = kinds[wanted] if options == wanted else frozenset(options.split(",")).__contains__
    return right if wanted == exige else lambda raw: not raw or right(raw)
