"""Which words of a cell keep its row from going without the person's word."""

import pytest

from converter.mapping.sense import Mark
from converter.mapping.statuses import distinct, rows_with, stopping
from converter.model.cells import RawValue
from tests.mapping.test_readings import WHOLE, read, table


@pytest.mark.parametrize(
    ("mark", "value", "stops"),
    [
        (Mark.SITUACAO, "Cancelada", True),
        (Mark.SITUACAO, "ESTORNADO", True),
        (Mark.SITUACAO, "Nota emitida", True),
        (Mark.SITUACAO, "a emitir", False),
        (Mark.SITUACAO, "não emitida", False),
        (Mark.SITUACAO, "não faturado", False),
        (Mark.SITUACAO, "não emitir", True),
        (Mark.EMITIDA, 1190, True),
        (Mark.EMITIDA, "✓", True),
        (Mark.EMITIDA, "sim", True),
        (Mark.EMITIDA, "não", False),
        (Mark.EMITIDA, "pendente", False),
        (Mark.EMITIDA, "0", False),
        (Mark.EMITIR, "N", True),
        (Mark.EMITIR, "não – dezembro", True),
        (Mark.EMITIR, "S", False),
    ],
)
def test_a_word_that_stops_a_row(mark: Mark, value: RawValue, stops: bool) -> None:
    assert bool(stopping(mark, [value])) is stops


def test_blank_cells_stop_nothing_and_each_word_counts_once() -> None:
    column = ["Cancelada", None, "", "Cancelada", "ok"]
    assert distinct(column) == ["Cancelada", "ok"]
    assert rows_with({"Cancelada"}, column, range(2, 7)) == (2, 5)


def by_word(header: str, *values: RawValue) -> dict[str, tuple[int, ...]]:
    """The rows asked about for each word of a column of situations."""
    asked = read(table({**WHOLE, header: values})).questions
    assert {one.codigo for one in asked} <= {"situacao-da-nota"}
    return {one.valor: one.linhas for one in asked}


def test_yes_and_no_of_a_note_may_each_be_that_it_is_there_or_that_it_is_wanted() -> None:
    assert by_word("NF?", "sim", "não", "ok NF 77") == {
        "sim": (2,), "nao": (3,), "ok nf 77": (4,),
    }  # fmt: skip
    assert by_word("Nota", "x", "", "") == {"x": (2,), "(em branco)": (3, 4)}


def test_a_blank_among_situations_says_of_no_row_that_it_goes() -> None:
    assert by_word("Situação", "Faturar", "Pago", "") == {"(em branco)": (4,)}
    # Where only the exception is written, nothing written is the rule.
    assert by_word("Situação", "", "Cancelado", "") == {"cancelado": (3,)}
    assert by_word("Nota emitida?", "Não", "não", "") == {}


@pytest.mark.parametrize("header", ["Cancelado?", "Faltou?", "Cortesia", "Refaturar?"])
def test_a_yes_under_a_header_that_stops_a_note_holds_its_row(header: str) -> None:
    assert by_word(header, "Sim", "Não", "") == {"sim": (2,)}
    assert by_word(header, "x", "", "") == {"x": (2,)}


@pytest.mark.parametrize("header", ["Realizado?", "Paciente compareceu?", "Serviço executado"])
def test_a_row_of_which_nobody_said_that_it_was_done_waits(header: str) -> None:
    assert by_word(header, "Sim", "Não", "sim") == {"nao": (3,)}
    assert by_word(header, "✓", "", "") == {"(em branco)": (3, 4)}


@pytest.mark.parametrize("header", ["Ativo?", "Contrato ativo", "Vigente?"])
def test_a_row_that_is_not_in_force_waits(header: str) -> None:
    assert by_word(header, "Sim", "Não", "sim") == {"nao": (3,)}
    assert by_word("Ativo", "Ativo", "Inativo", "Ativo") == {"inativo": (3,)}


@pytest.mark.parametrize("header", ["Autorizado?", "Nota autorizada?"])
def test_a_note_authorised_may_be_out_or_may_go(header: str) -> None:
    assert by_word(header, "Sim", "Não", "sim") == {"sim": (2, 4), "nao": (3,)}
    assert by_word("Pagamento autorizado?", "Sim", "Não", "sim") == {}


def test_one_and_zero_are_yes_and_no_where_a_header_asks_or_both_are() -> None:
    assert by_word("Realizado?", 1, 0, 1) == {"0": (3,)}
    assert by_word("Cancelado", "1", "0", "0") == {"1": (2,)}
    assert by_word("NF?", 1, 1, 1) == {"1": (2, 3, 4)}
    assert by_word("Realizado", 1, 1, 1) == {}


@pytest.mark.parametrize(
    "header",
    ["Lançado?", "Já lançado no sistema?", "Emitido na prefeitura?", "Transmitido", "Portal",
     "Feito no portal?", "Nota feita à mão?", "RPS emitido?"],
)  # fmt: skip
def test_a_yes_of_what_was_entered_is_a_note_that_is_out(header: str) -> None:
    asked = read(table({**WHOLE, header: ("Sim", "Não", "Não")})).questions
    assert [(one.codigo, one.linhas) for one in asked] == [("coluna-de-nota-emitida", (2,))]


def test_what_was_entered_may_be_something_else_than_the_note() -> None:
    assert by_word("Boleto lançado?", "Sim", "Não", "") == {}
    assert by_word("Horas lançadas?", "Sim", "Não", "") == {}
    assert by_word("Guia emitida?", "Sim", "Não", "") == {}
    assert by_word("Paciente saiu?", "Sim", "Não", "") == {}


@pytest.mark.parametrize("header", ["Faturamento manual", "RPS?", "Nota avulsa"])
def test_how_a_note_is_made_may_be_that_it_is_there(header: str) -> None:
    assert by_word(header, "Sim", "Não", "sim") == {"sim": (2, 4), "nao": (3,)}


def test_a_receipt_stands_in_place_of_a_note() -> None:
    assert by_word("Só recibo?", "Sim", "Não", "") == {"sim": (2,)}


@pytest.mark.parametrize(
    "header",
    ["Relatório entregue?", "Chaves entregues", "Contrato assinado?", "Boleto enviado?",
     "Brinde entregue?"],
)  # fmt: skip
def test_a_paper_that_was_not_handed_over_says_nothing_of_the_service(header: str) -> None:
    assert by_word(header, "Sim", "Não", "sim") == {}


@pytest.mark.parametrize(
    ("header", "word"),
    [("Serviço entregue?", "nao"), ("OS concluída?", "nao"), ("Chamado encerrado?", "nao"),
     ("Relatório aprovado?", "nao"),
     ("Orçamento aprovado?", "nao"), ("Entregue?", "nao")],
)  # fmt: skip
def test_what_was_ordered_and_not_done_waits(header: str, word: str) -> None:
    assert by_word(header, "Sim", "Não", "sim") == {word: (3,)}
    assert by_word("Pedido cancelado?", "Sim", "Não", "") == {"sim": (2,)}


def test_what_was_paid_or_sent_is_no_situation_of_the_note() -> None:
    assert by_word("Pagamento confirmado?", "Sim", "Não", "") == {}
    assert by_word("Boleto entregue?", "Sim", "Não", "") == {}


@pytest.mark.parametrize("header", ["Emitir nota?", "Emitir NF", "Faturar"])
@pytest.mark.parametrize("mark", ["x", "✓", "Sim"])
def test_a_row_not_ticked_among_those_to_issue_waits(header: str, mark: str) -> None:
    ways = read(table({**WHOLE, header: (mark, "", "")})).questions
    assert [(one.valor, one.linhas) for one in ways] == [("(em branco)", (3, 4))]
    # Where only the exception is written, nothing written is the rule.
    noes = read(table({**WHOLE, header: ("não", "", "")})).questions
    assert [one.linhas for one in noes] == [(2,)]


def test_a_row_in_another_currency_waits() -> None:
    assert by_word("Moeda", "USD", "BRL", "R$") == {"usd": (2,)}
    assert by_word("Moeda", "1", "1", "1") == {}


CIF_FOB = ("CIF", "FOB", "1 - Destinatário")


@pytest.mark.parametrize("header", ["Tipo Frete", "CIF/FOB", "Modalidade"])
def test_who_is_named_alone_is_not_the_customer_where_another_pays_the_freight(header: str) -> None:
    def rows(*names: str) -> dict[str, tuple[int, ...]]:
        whole = {**dict.fromkeys(names, WHOLE["Cliente"]), **WHOLE, header: CIF_FOB}
        asked = read(table({one: of for one, of in whole.items() if one != "Cliente"})).questions
        return {one.valor: one.linhas for one in asked if one.valor}

    assert rows("Destinatário") == {"cif": (2,)}
    assert rows("Remetente") == {"fob": (3,), "1 destinatario": (4,)}
    assert rows("Tomador", "Destinatário") == {}
