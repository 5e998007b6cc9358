"""The rules by which a city reads the notes of a file, in the order of its table of codes.

What is asked of one field stands in the table, in two columns. `exige` is what the field must be:
one of `VALUE_TESTS`, or `um de` and its options (`um de 1,2,3`); followed by `ou nada`, it may be
blank too; followed by `, e só então`, it must not be so in the other notes. `quando` names the
notes of which it is asked, by circumstances of the layout that must all hold
(`completa; tomador com CNPJ`).
What is asked of several fields together is a function of the layout's `nota` module; `quando` says
of which notes as well.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from converter.layouts import predicates
from converter.layouts.base import City
from converter.layouts.codes import Code
from converter.layouts.positional import amount, is_amount, used


@dataclass(frozen=True, slots=True)
class View:
    """A note beside the city that reads it: its fields by name, '' for one it has not."""

    fields: Mapping[str, str]
    city: City

    def __getitem__(self, nome: str) -> str:
        return self.fields[nome]


ViewT = TypeVar("ViewT", bound=View)
NoteTest = Callable[[ViewT], bool]
ValueTest = Callable[[str], bool]
ValueTests = Mapping[str, ValueTest]

_ONLY_THEN = ", e só então"

VALUE_TESTS: ValueTests = {
    "preenchido": bool,
    "nada": lambda raw: not raw,
    "texto": lambda raw: bool(raw.strip("| ")),
    "letras e números": predicates.is_plain,
    "usado": used,
    "zeros": lambda raw: not used(raw),
    "número": lambda raw: amount(raw) is not None,
    "não zero": lambda raw: amount(raw) != 0,
    "valor": is_amount,
    "data": lambda raw: predicates.day(raw) is not None,
    "hora": predicates.is_hour,
    "CEP": predicates.is_cep,
    "UF": predicates.is_uf,
    "município": predicates.is_municipio,
    "CPF ou CNPJ": lambda raw: predicates.is_document("1", raw) or predicates.is_document("2", raw),
    "e-mail": lambda raw: predicates.are_emails(raw, 1),
    "e-mails": predicates.are_emails,
}


class CityRules(Generic[ViewT]):
    """Every rule of a city.

    Args:
        codes: The city's table; a code without a rule here is found elsewhere.
        circumstances: What `quando` names, by its name.
        between: The rules between fields, by code, of the notes that `quando` names.
        value_tests: What `exige` names, by its name.

    Raises:
        ValueError: The table names a circumstance that there is not.
    """

    def __init__(
        self,
        codes: Mapping[str, Code],
        circumstances: Mapping[str, NoteTest[ViewT]],
        between: Mapping[str, NoteTest[ViewT]],
        value_tests: ValueTests = VALUE_TESTS,
    ) -> None:
        self._circumstances = circumstances
        self._rules: list[tuple[Code, frozenset[str], NoteTest[ViewT] | None, ValueTest]] = []
        for code in codes.values():
            when = list(filter(None, code.quando.split("; ")))
            wrong = between.get(code.codigo)
            right = _right(code, value_tests) if code.exige else bool
            if wrong is None and code.exige.endswith(_ONLY_THEN):
                wrong = _just_then(circumstances[when.pop()], code.nome, right)
            if unknown := {*when} - circumstances.keys():
                raise ValueError(f"{code.codigo}: {unknown}")
            if wrong or code.exige:
                self._rules.append((code, frozenset(when), wrong, right))

    def broken(self, note: ViewT, lines: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """(code, line) of what is wrong in a note that has these records, in the table's order."""
        here = {name for name, holds in self._circumstances.items() if holds(note)}
        fields = note.fields
        for code, when, wrong, right in self._rules:
            asked = code.registro in lines and when <= here
            if asked and (wrong(note) if wrong else not right(fields[code.nome])):
                yield code.codigo, lines[code.registro]


def _just_then(holds: NoteTest[ViewT], nome: str, right: ValueTest) -> NoteTest[ViewT]:
    return lambda note: holds(note) is not right(note.fields[nome])


def _right(code: Code, value_tests: ValueTests) -> ValueTest:
    exige = code.exige.removesuffix(_ONLY_THEN)
    wanted = exige.removesuffix(" ou nada")
    options = wanted.removeprefix("um de ")
    right = frozenset(options.split(",")).__contains__ if options != wanted else value_tests[wanted]
    return right if wanted == exige else lambda raw: not raw or right(raw)
