from converter.mapping.explain import explain, told
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


def test_it_is_told_in_lines():
    header = (*HEADER[:6], "Valor dos servisos", "Cor")
    table = book(sheet(header, (*NOTE, "azul")), sheet((), name="Plan2"))
    lines = list(told(explain(table, mappings(), defaults=ONE)))
    assert lines[0] == "Aba “Notas”, cabeçalho na linha 1"
    assert "      A  Data de emissão  →  data_emissao" in lines
    assert "      H  Cor  não é usada" in lines
    assert "    falta “Valor dos serviços” (parece ser a G “Valor dos servisos”)" in lines
    assert "  não é convertida: está vazia" in lines


def test_a_tie_is_told_with_its_names(tmp_path):
    own = '[colunas]\nservico.valor_servicos = "Quanto"\n'
    known = mappings(
        tmp_path,
        um=own + 'servico.discriminacao = "Texto"',
        dois=own + 'tomador.razao_social = "Texto"',
    )
    lines = list(told(explain(book(sheet(("Quanto", "Texto"), (1.0, "x"))), known)))
    assert "  servem igualmente “dois” e “um”: diga qual com --mapeamento NOME" in lines
