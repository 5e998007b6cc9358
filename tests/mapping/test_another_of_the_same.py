"""A second column of what one column says already: asked about where it may say otherwise."""

from collections.abc import Sequence

import pytest

from converter.model.cells import RawValue
from tests.mapping.test_readings import AMOUNTS, DATES, DOCS, NAMES, read, said, table

PLAIN: dict[str, Sequence[RawValue]] = {
    "Data": DATES, "Cliente": NAMES, "CNPJ do cliente": DOCS,
    "Descrição": ("Aula", "Curso", "Aula"),
}  # fmt: skip
COMPANY = ("90.830.166/0001-28",) * len(DOCS)
PART = (*AMOUNTS[:-1], 1.5)


@pytest.mark.parametrize("header", ["CGC_EMP", "CNPJ_EMP", "CNPJ emp."])
def test_the_document_of_a_company_cut_short_is_the_issuers(header: str) -> None:
    mapped = said(read(table({header: COMPANY, **PLAIN, "Valor": AMOUNTS})))
    assert mapped[header] == ("usada", "prestador.cnpj")


@pytest.mark.parametrize("header", ["CGC_XYZ", "CNPJ zt"])
def test_documents_of_others_under_words_nobody_knows_are_asked_about(header: str) -> None:
    mapped = said(read(table({header: COMPANY, **PLAIN, "Valor": AMOUNTS})))
    assert mapped[header] == ("pergunta", None)


@pytest.mark.parametrize("header", ["Valor pago", "valor_pago", "Valor recebido", "Total pago"])
@pytest.mark.parametrize("amount", ["Valor", "Valor do plano", "Mensalidade"])
def test_another_amount_that_was_paid_is_asked_about(amount: str, header: str) -> None:
    mapped = said(read(table({**PLAIN, amount: AMOUNTS, header: PART})))
    assert mapped[header] == ("pergunta", None)


def test_the_same_amount_that_was_paid_is_let_be() -> None:
    mapped = said(read(table({**PLAIN, "Valor": AMOUNTS, "Valor pago": AMOUNTS})))
    assert mapped["Valor pago"] == ("ignorada", None)
    assert mapped["Valor"] == ("usada", "servico.valor_servicos")


def test_what_was_paid_is_let_be_where_another_amount_is_the_notes() -> None:
    mapped = said(read(table({**PLAIN, "Valor da nota": AMOUNTS, "Valor pago": PART})))
    assert mapped["Valor pago"] == ("ignorada", None)
