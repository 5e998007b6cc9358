"""What every sheet begins with, and how identifiers and moments are shown."""

from datetime import UTC, datetime

import pytest

from converter.sheets.frame import Nomes, RowLinks, document, moment, told_moment, top, web


def celula(planilha: str, cell: str) -> str | None:
    return f"'{planilha}'!{cell}" if planilha == "Março" else None


NOMES = Nomes("Resumo", "Resultado", "Erros", "Resposta", ("Lote 1",), celula)


@pytest.mark.parametrize(
    ("number", "wanted"),
    [("11222333000181", "11.222.333/0001-81"), ("11144477735", "111.444.777-35"),
     ("NIF-1", "NIF-1"), (None, None)],
)  # fmt: skip
def test_a_document_wears_its_mask(number: str | None, wanted: str | None) -> None:
    assert document(number) == wanted


def test_a_moment_is_told_by_the_clock_of_brasilia() -> None:
    told = moment(datetime(2026, 10, 29, 2, 30, tzinfo=UTC))
    assert told == "28/10/2026 23:30:00 (horário de Brasília)"
    assert moment(None) == "ainda sem envio"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("2026-10-29", "29/10/2026"), ("2026-10-29T10:20:30-03:00", "29/10/2026 10:20:30"),
     ("ontem", "ontem"), ("", None)],
)  # fmt: skip
def test_a_moment_of_the_prefeitura_is_by_her_own_clock(text: str, wanted: str | None) -> None:
    assert told_moment(text) == wanted


def test_a_rehearsal_says_so_at_the_head_of_its_sheets() -> None:
    assert (
        len(top("simulado", "Resumo", columns=4)) == len(top("producao", "Resumo", columns=4)) + 1
    )


def test_a_row_is_linked_where_its_sheet_came_along() -> None:
    links = RowLinks(NOMES, ["Março", "Abril"], [7, 8])
    assert list(links) == ["'Março'!A7", None]
    assert links[0:1] == ["'Março'!A7"]


@pytest.mark.parametrize(
    ("uri", "wanted"),
    [("https://nfe.exemplo.gov.br/1", "https://nfe.exemplo.gov.br/1"), ("javascript:x()", None),
     (None, None)],
)  # fmt: skip
def test_only_an_address_of_the_web_is_followed(uri: str | None, wanted: str | None) -> None:
    assert web(uri) == wanted
