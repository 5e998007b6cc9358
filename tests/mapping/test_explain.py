from converter.mapping.explain import explain
from converter.mapping.survey import Verdict
from converter.model.cells import SourceColumn
from tests.mapping.books import HEADER, NOTE, ONE, book, mappings, sheet


def test_it_tells_what_is_used_ignored_and_missing():
    header = (*HEADER[:6], "Valor dos servisos", "Cor")
    (one,) = explain(book(sheet(header, (*NOTE, "azul"))), mappings(), defaults=ONE)
    assert (one.verdict, one.header_row, one.chosen) == (Verdict.NOTAS, 1, ("padrao",))
    best = one.candidates[0]
    assert best.matched[0].column == SourceColumn("A", "Data de emissão")
    assert best.missing == ("Valor dos serviços",)
    assert best.proposals == {"Valor dos serviços": SourceColumn("G", "Valor dos servisos")}
    assert SourceColumn("H", "Cor") in best.ignored


def test_a_skipped_sheet_says_why():
    (notes, other) = explain(
        book(sheet(HEADER, NOTE), sheet(("Nome", "CPF"), ("a", "b"), name="Clientes")), mappings()
    )
    assert notes.signature
    assert (other.verdict, other.chosen) == (Verdict.SEM_NOTAS, ())


def test_disputed_columns_are_listed():
    (one,) = explain(book(sheet((*HEADER, "Valor"), (*NOTE, 1.0))), mappings())
    assert one.candidates[0].disputed == {
        "Valor dos serviços": (
            SourceColumn("G", "Valor dos serviços"),
            SourceColumn("H", "Valor"),
        )
    }
