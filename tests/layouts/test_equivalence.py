"""What is said of rows that are alike is what is said of each of them."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from converter.layouts import equivalence, verdict
from converter.schemas import row_classes
from converter.schemas.row_classes import row_classes as kinds
from tests.checked import checked
from tests.layouts import amostras
from tests.test_conferir_e_prefeitura import CITIES, rows

OTHER = amostras.full_cnpj("556677880001")
VARIED = {
    "prestador.cnpj": (amostras.PRESTADOR, OTHER),
    "prestador.inscricao_municipal": ("1234567", "7654321", "12345678", "AB12", "0", ""),
    "data_emissao": ("01/10/2026 08:00", "22/11/2026 09:00", "22/11/2026 13:00", "02/03/2007"),
    "servico.discriminacao": ("Olá", "Contrato 77", "a" * 999, "b" * 1100, "|", "😀", "um —"),
    "tomador.razao_social": ("Ana Ltda", "Padaria Pão", "x" * 61, "x" * 80, "Łukasz", "false", "0"),
    "tomador.endereco.logradouro": ("Rua A", "Rua das Acácias", "y" * 51, "y" * 80),
    "tomador.endereco.numero": ("10", "S/N", "0", "123456789", "1234567890"),
    "tomador.endereco.complemento": ("", "Sala 2", "Casa", "z" * 31, "–"),
    "tomador.endereco.bairro": ("Centro", "Serra", "w" * 31, "w" * 41),
    "tomador.endereco.codigo_municipio": ("4106902", "3505708", "3550308", "5208707", "9999999"),
    "tomador.endereco.uf": ("PR", "SP", "GO", ""),
    "tomador.endereco.cep": ("80045-165", "06454-000", ""),
    "tomador.email": ("a@b.example", "contato@paodemel.example", "m" * 70 + "@b.example"),
    "tomador.telefone": ("", "4133334444", "41999998888"),
    "servico.valor_servicos": ("1.000,00", "77,01", "100,00", "0,01"),
    "servico.valor_deducoes": ("", "0,00", "99,99", "100,00", "100,01"),
    "servico.desconto_incondicionado": ("", "0,01", "900,00"),
    "servico.valor_ir": ("", "1,50", "100,00"),
    "servico.valor_iss": ("", "5,00", "2,00"),
    "servico.base_calculo": ("", "100,00"),
}  # fmt: skip


def varied(slug: str, count: int) -> Iterator[dict[str, str]]:
    """Rows of which no two need be alike, and many are."""
    draw = random.Random(slug)  # noqa: S311 - invented data, no secret
    for row in rows(slug, count, seed=3):
        if draw.random() < 0.7:
            row["data_competencia"] = ""
        for path in draw.sample(list(VARIED), draw.randrange(8)):
            row[path] = draw.choice(VARIED[path])
        if draw.random() < 0.1:
            row["tomador.cnpj"] = draw.choice((amostras.PRESTADOR, OTHER))
        yield row


@pytest.mark.parametrize("slug", CITIES)
@pytest.mark.parametrize("competence", [True, False])
def test_rows_are_told_what_each_of_them_is_told_alone(
    monkeypatch: pytest.MonkeyPatch, slug: str, *, competence: bool
) -> None:
    table = list(varied(slug, 300))
    for row in table:
        row["data_competencia"] = row["data_competencia"] if competence else ""
    tabela = {"municipios": {CITIES[slug][0]: {"leiaute": slug}}}
    together, _ = checked(table, tabela)
    monkeypatch.setattr(row_classes, "row_classes", lambda frame, *_, **__: np.arange(len(frame)))
    monkeypatch.setattr(equivalence, "issuer", lambda *who: who)
    alone, _ = checked(table, tabela)
    assert together.problems == alone.problems
    assert together.rejected == alone.rejected
    assert len({one.code for one in alone.problems}) > 3


def test_a_month_of_ordinary_notes_asks_the_city_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(layout: Any, prestador: Any, notas: Any, city: Any) -> Any:
        asked.append(len(notas))
        return real(layout, prestador, notas, city)

    real = verdict.verdict
    monkeypatch.setattr(verdict, "verdict", counted)
    table = list(rows("barueri-pmb004", 1, seed=1))
    for number in range(1, 60):
        other = table[0] | {
            "prestador.inscricao_municipal": f"{1000000 + number}",
            "data_emissao": f"{1 + number % 20}/11/2026 10:00",
            "servico.discriminacao": f"Serviço diferente {number}",
            "servico.valor_servicos": f"{number},10",
            "tomador.razao_social": f"Cliente {number} Ltda",
            "tomador.cnpj": amostras.full_cnpj(f"{number:08d}0001"),
            "tomador.endereco.numero": str(number),
            "tomador.endereco.codigo_municipio": ("4106902", "5208707")[number % 2],
            "tomador.endereco.uf": ("PR", "GO")[number % 2],
        }
        table.append(other)
    checked(table)
    assert asked == [1]


def test_amounts_count_only_where_they_exceed_the_value() -> None:
    frame = pd.DataFrame(
        {
            "servico.valor_servicos": pd.Categorical([100, 50, 10, 10, 11]),
            "servico.valor_ir": pd.Categorical([1, 2, None, 20, 20]),
        }
    )
    first, second, none, more, most = kinds(
        frame, {}, value=equivalence.VALUE, beside=equivalence.BESIDE, following=()
    )
    assert first == second
    assert len({first, none, more, most}) == 4
