"""Columns with values and no header: read by their values, never used, never silent."""

from collections.abc import Sequence

import pytest

from converter.mapping.header import header_at
from converter.model.cells import RawSheet, RawValue
from converter.model.columns import Answered, Answers, AnswerUse, ColumnAnswer
from converter.stages.map import map_book
from tests.mapping.books import HEADER, NEXT, NOTE, ONE, book, mappings, sheet


def with_column(values: Sequence[RawValue], *, first: bool = False) -> RawSheet:
    rows = zip((HEADER, NOTE, NEXT), ("", *values), strict=True)
    return sheet(*((value, *row) if first else (*row, value) for row, value in rows))


@pytest.mark.parametrize(
    ("values", "use", "first"),
    [
        ((10.5, 8.25), "pergunta", "servico.valor_deducoes"),
        (("a@b.com.br", "c@d.com.br"), "pergunta", "tomador.email"),
        (("Sim", "Sim"), "ignorada", None),
        ((1, 2), "ignorada", None),
    ],
)
def test_a_column_without_a_header_has_a_reading(
    values: Sequence[RawValue], use: str, first: str | None
) -> None:
    mapped = map_book(book(with_column(values)), mappings(), choice=None, defaults=ONE)
    reading = mapped.columns[-1]
    assert (reading.coluna, reading.cabecalho, reading.situacao) == ("H", "", use)
    assert next(iter(reading.sugestoes), None) == first
    assert reading.motivos == ("a coluna não tem cabeçalho",)
    assert bool(mapped.waiting) == (use == "pergunta")


def test_it_is_answered_by_its_letter() -> None:
    answer = ColumnAnswer("H", "", AnswerUse.CAMPO, "tomador.email")
    answered = Answered({"Notas": Answers((answer,))})
    one = with_column(("a@b.com.br", "c@d.com.br"))
    mapped = map_book(book(one), mappings(), choice=None, defaults=ONE, answered=answered)
    assert list(mapped.sheets[0].fields["tomador.email"].values) == ["a@b.com.br", "c@d.com.br"]
    assert not mapped.questions


def test_what_was_answered_of_a_header_stays_known() -> None:
    plain = sheet(HEADER, NOTE, NEXT)
    numbered = with_column((1, 2), first=True)
    assert header_at(plain, 1).signature == header_at(numbered, 1).signature


def test_a_note_beside_the_table_is_no_column() -> None:
    rows = [HEADER, NOTE, (*NEXT, "ligar antes"), NOTE, NOTE]
    assert len(header_at(sheet(*rows), 1).cells) == len(HEADER)
