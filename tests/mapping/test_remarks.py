"""Texts that say of their row that no note must go."""

import pytest

from converter.mapping.remarks import remarks
from converter.mapping.vocabulary import vocabulary

STATUSES = vocabulary().statuses


@pytest.mark.parametrize(
    "text",
    [
        "desistiram, devolver metade. NÃO emitir nota",
        "não tirar NF este mês",
        "Cliente não quer nota",
        "s/ NF? nf já saiu pela matriz",
        "Já foi faturado em outubro",
        "segurar a nota até assinar",
        "emitir só depois do dia 20",
        "dispensou nota fiscal",
    ],
)
def test_a_word_about_the_note_itself_counts_in_any_column(text: str) -> None:
    assert remarks([text, "amam foto em p&b", None], STATUSES["recado"]) == {text: None}


@pytest.mark.parametrize(
    "text",
    ["Aluno desistiu", "TRANCADO", "cortesia do mês", "Valor estornado", "sem custo (retorno)"],
)
def test_what_undoes_a_sale_counts_where_the_text_is_not_the_notes(text: str) -> None:
    assert remarks([text], STATUSES["recado"] + STATUSES["aviso"])


@pytest.mark.parametrize(
    "text",
    [
        "Emissão de laudo técnico",
        "Faturamento do mês de outubro",
        "Troca da suspensão dianteira",
        "Não inclui peças",
        "Notas de aula revisadas",
    ],
)
def test_an_ordinary_description_says_nothing_of_the_kind(text: str) -> None:
    assert not remarks([text], STATUSES["recado"] + STATUSES["aviso"])
