from converter.mapping.defaults import Defaults
from converter.mapping.explain import explain
from tests.mapping.books import HEADER, NOTE, ONE, book, mappings, sheet


def test_it_tells_what_is_used_ignored_and_missing():
    header = (*HEADER[:6], "Valor dos servisos", "Cor")
    table = book(sheet(header, (*NOTE, "azul")), sheet((), name="Plan2"))
    lines = list(explain(table, mappings(), ONE))
    assert lines[:2] == ["Aba “Notas”, cabeçalho na linha 1", "  mapeamento “padrao”: 6 colunas"]
    assert lines[2] == "      A  Data de emissão  →  data_emissao"
    assert "      H  Cor  não é usada" in lines
    assert [line for line in lines if "falta" in line] == [
        "    falta “Valor dos serviços” (parece ser a G “Valor dos servisos”)"
    ]
    assert "  não é convertida: está vazia" in lines


def test_a_skipped_sheet_says_why():
    table = book(sheet(HEADER, NOTE), sheet(("Nome", "CPF"), ("a", "b"), name="Clientes"))
    lines = list(explain(table, mappings(), Defaults()))
    after = lines.index("Aba “Clientes”, cabeçalho na linha 1")
    assert lines[after + 1] == "  não é convertida: não tem as colunas de uma lista de notas"


def test_disputed_columns_are_listed():
    lines = list(explain(book(sheet((*HEADER, "Valor"), (*NOTE, 1.0))), mappings(), ONE))
    assert "    disputam “Valor dos serviços”: G “Valor dos serviços” e H “Valor”" in lines


def test_a_tie_is_told_with_its_names(tmp_path):
    own = '[colunas]\nservico.valor_servicos = "Quanto"\n'
    known = mappings(
        tmp_path,
        um=own + 'servico.discriminacao = "Texto"',
        dois=own + 'tomador.razao_social = "Texto"',
    )
    lines = list(explain(book(sheet(("Quanto", "Texto"), (1.0, "x"))), known, ONE))
    assert "  servem igualmente “dois” e “um”: diga qual com --mapeamento NOME" in lines
