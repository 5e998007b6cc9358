"""Of columns that say one field alike, the one that says it more exactly."""

from collections.abc import Mapping, Sequence

import pytest

from converter.mapping.preferred import is_invoiced, preferred
from tests.mapping.test_what_a_header_says import AMOUNTS, NAMES, read

DAYS = ("19/03/2026", "20/03/2026")


@pytest.mark.parametrize(
    ("path", "values", "headers", "exact"),
    [
        ("data_emissao", DAYS, ("Data", "Data de emissão"), "Data de emissão"),
        ("servico.valor_servicos", AMOUNTS, ("Valor", "Valor da nota"), "Valor da nota"),
        ("servico.discriminacao", NAMES, ("Serviço", "Descrição"), "Descrição"),
        ("tomador.razao_social", NAMES, ("Nome", "Nome do tomador"), "Nome do tomador"),
        (
            "tomador.razao_social",
            NAMES,
            ("Nome", "Qual o nome que deve sair na nota?"),
            "Qual o nome que deve sair na nota?",
        ),
        (
            "tomador.email",
            ("a@exemplo.com.br", "b@exemplo.com.br"),
            ("Email", "Para qual e-mail mandamos a nota?"),
            "Para qual e-mail mandamos a nota?",
        ),
    ],
)
def test_the_more_exact_header_is_preferred(
    path: str, values: Sequence[str | float], headers: tuple[str, ...], exact: str
) -> None:
    table: Mapping[str, Sequence[str | float]] = dict.fromkeys(headers, values)
    assert [one.cell.column.header for one in preferred(path, read(table))] == [exact]


def test_amounts_none_of_which_is_said_to_be_the_notes_are_all_left() -> None:
    found = read({"Valor": AMOUNTS, "Total": AMOUNTS})
    assert preferred("servico.valor_servicos", found) == found
    assert not any(map(is_invoiced, found))
