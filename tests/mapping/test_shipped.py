"""Every shipped mapping recognises its own layout, alone and wholly."""

import pytest

from converter.mapping.spec import MappingSpec
from converter.mapping.survey import survey
from tests.mapping.books import book, mappings, sheet

OWN = [spec.name for spec in mappings().specs if spec.own]


def first_headers(spec: MappingSpec) -> list[str]:
    found = [column.headers[0] for column in spec.columns.values() if column.headers]
    return found + [name for column in spec.columns.values() for name in column.join]


@pytest.mark.parametrize("name", OWN)
def test_a_sheet_with_all_its_headers_is_recognised_without_doubt(name):
    spec = mappings().named(name)
    assert spec is not None
    (seen,) = survey(book(sheet(first_headers(spec), ["1"])), mappings())
    assert [fit.mapping.name for fit in seen.chosen] == [name]
    assert not seen.chosen[0].ignored
    assert not seen.chosen[0].absent


@pytest.mark.parametrize("name", ["padrao", "focus_api"])
def test_the_catalogue_is_recognised_by_its_first_headers(name):
    spec = mappings().named(name)
    assert spec is not None
    (seen,) = survey(book(sheet(first_headers(spec), ["1"])), mappings())
    assert [fit.mapping.name for fit in seen.chosen] == [name]
    assert not seen.chosen[0].duplicates


def test_abrasf_says_two_for_no():
    from converter.mapping.defaults import Defaults
    from converter.stages.map import map_book

    header = ("DataEmissao", "ValorServicos", "IssRetido", "Discriminacao", "ItemListaServico")
    rows = [(None, 1.0, 1.0, "a", "1.07"), (None, 1.0, "2", "a", "1.07")]
    result = map_book(book(sheet(header, *rows)), mappings(), choice=None, defaults=Defaults())
    assert result.sheets[0].mapeamento == "abrasf"
    assert list(result.sheets[0].fields["servico.iss_retido"].values) == [True, False]
