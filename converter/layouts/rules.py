"""The rules by which a city reads the notes of a file, in the order of its table of codes.

What is asked of one field stands in the table, in two columns. `exige` is what the field must be:
one of `KINDS`, or `um de` and its options (`um de 1,2,3`); with `ou nada` behind it may be blank
too, with `, e só então` it must not be so where it is not asked for. `quando` names the notes of
which it is asked, by circumstances of the layout that must all hold (`completa; tomador com CNPJ`).
What is asked of several fields together is a function of the layout's `nota` module; `quando` says
of which notes as well.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TypeVar

from converter.layouts import dados
from converter.layouts.codes import Code
from converter.layouts.positional import amount, is_amount, used


class Fields(Protocol):
    """A note of a file, beside what else its rules look at: the value of each field by name."""

    def __getitem__(self, nome: str, /) -> str:
        """The field as the file has it, '' where it has none."""


Note = TypeVar("Note", bound=Fields)
Test = Callable[[Note], bool]
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


def rules(
    codes: Mapping[str, Code],
    circumstances: Mapping[str, Test[Note]],
    between: Mapping[str, Test[Note]],
    kinds: Kinds = KINDS,
) -> Iterator[tuple[Code, Test[Note]]]:
    """Every rule of a city: its code, and what tells that a note breaks it.

    Args:
        codes: The city's table; a code without a rule here is found elsewhere.
        circumstances: What `quando` names, by its name.
        between: The rules between fields, by code, of the notes that `quando` names.
        kinds: What `exige` names, by its name.
    """
    for code in codes.values():
        wrong = between.get(code.codigo) or (_wrong(code, kinds) if code.exige else None)
        if wrong is not None:
            yield code, _broken(code, circumstances, wrong)


def _wrong(code: Code, kinds: Kinds) -> Callable[[Fields], bool]:
    exige = code.exige.removesuffix(_ONLY_THEN)
    wanted = exige.removesuffix(" ou nada")
    options = wanted.removeprefix("um de ")
    right = kinds[wanted] if options == wanted else frozenset(options.split(",")).__contains__
    if wanted == exige:
        return lambda note: not right(note[code.nome])
    return lambda note: bool(note[code.nome]) and not right(note[code.nome])


def _broken(code: Code, circumstances: Mapping[str, Test[Note]], wrong: Test[Note]) -> Test[Note]:
    when = [circumstances[name] for name in filter(None, code.quando.split("; "))]
    if not code.exige.endswith(_ONLY_THEN):
        return lambda note: all(holds(note) for holds in when) and wrong(note)
    *when, last = when
    return lambda note: all(holds(note) for holds in when) and last(note) is wrong(note)
