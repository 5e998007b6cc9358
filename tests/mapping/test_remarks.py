"""Texts that say of their row that no note must go."""

import pytest

from converter.mapping.remarks import (
    is_legend,
    is_payment,
    is_regime,
    is_situation,
    issued_notes,
    remarks,
    says_whether,
    stops,
)
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue

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
    ("text", "paid"),
    [
        ("pix", True), ("Cartão 6x", True), ("crédito 2 x", True), ("BOLETO BANCÁRIO", True),
        ("boleto em aberto", False), ("pago em pix", False), ("cancelado", False), ("", False),
        (None, False), (310.0, False),
    ],
)  # fmt: skip
def test_what_was_paid_with_is_no_situation(text: RawValue, paid: bool) -> None:
    assert is_payment(text) is paid


@pytest.mark.parametrize(
    ("text", "legend"),
    [
        ("verde = nota já emitida (Ivone)", True),
        ("Amarelo: não faturar", True),
        ("Em vermelho, cancelados", True),
        ("Linhas pintadas de azul já foram faturadas", True),
        ("As notas em cinza já saíram, nota já enviada", True),
        ("camiseta verde, cliente desistiu", False),
        ("verde = pago", False),
        ("Vila Verde", False),
        ("em outubro, cancelado", False),
    ],
)
def test_a_legend_says_what_a_colour_is_of_notes(text: str, legend: bool) -> None:
    assert is_legend(text) is legend


def test_a_text_with_whatever_stands_between_two_is_still_one_text() -> None:
    texts: list[RawValue] = ["um\0outro", "não emitir nota", "não\0emitir nota"]
    assert list(remarks(texts, STATUSES["recado"])) == texts[1:]


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


@pytest.mark.parametrize(
    ("value", "situation", "stop"),
    [
        ("emitir", True, False),
        ("emitida 3391", True, True),
        ("aguardar pgto", True, False),
        ("CANCELADO – devolver sinal?", True, True),
        ("Não faturar", True, True),
        ("Consultoria mensal em TI", False, False),
        ("entregue na portaria do prédio ao lado", False, False),
    ],
)
def test_a_few_words_tell_how_a_row_stands(value: str, *, situation: bool, stop: bool) -> None:
    assert (is_situation(value), stops(value)) == (situation, stop)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("não – dezembro", True), ("já faturado NF 702", True), (True, True), ("talvez", False)],
)
def test_a_yes_or_no_may_have_words_after_it(value: RawValue, *, wanted: bool) -> None:
    assert says_whether(value) is wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [("SIMPLES", True), ("Carnê-leão", True), ("1", False)]
)
def test_the_tax_regime_of_a_client_is_known_by_its_words(value: str, *, wanted: bool) -> None:
    assert is_regime(value) is wanted


@pytest.mark.parametrize(
    "text",
    [
        "NF 2217",
        "NFS-e nº 188",
        "nf2217",
        "Nota fiscal 55",
        "NFe n. 9",
        "Faturado NF 1093",
        "ok NF 1874",
        "Já saiu NF 12",
    ],
)
def test_a_cell_that_is_a_notes_number_says_that_the_note_is_out(text: str) -> None:
    assert issued_notes([text, "liberado", 2217, None]) == {text: None}


@pytest.mark.parametrize(
    "text",
    [
        "NF",
        "nota 10 em redação",
        "ref. NF 2217",
        "2217",
        "emitir NF",
        "faturado em 10/11",
        "faturado à parte o material da NF 12",
    ],
)
def test_what_only_speaks_of_a_note_is_no_number_of_one(text: str) -> None:
    assert issued_notes([text]) == {}
