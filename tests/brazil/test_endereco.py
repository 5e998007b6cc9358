"""Whole addresses: parted where nothing is lost or guessed, else left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.brazil.endereco import Endereco, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Rua das Acácias, 999, sala 34 - Alto da XV - Curitiba/PR - CEP 80045-165",
            ("Rua das Acácias", "999", "sala 34", "Alto da XV", "Curitiba", "PR", "80045-165"),
        ),
        (
            "Av. Brasil, 1500 Loja 2 - Jd. Brasil - Campinas/SP - CEP 13070-178",
            ("Av. Brasil", "1500", "Loja 2", "Jd. Brasil", "Campinas", "SP", "13070-178"),
        ),
        (
            "Rua do Ouro, 77 - Serra, Belo Horizonte - MG, 30220-000",
            ("Rua do Ouro", "77", "", "Serra", "Belo Horizonte", "MG", "30220-000"),
        ),
        (
            "Rua da Paz nº 12, 3º andar, Centro, Ji-Paraná/RO",
            ("Rua da Paz", "12", "3º andar", "Centro", "Ji-Paraná", "RO", ""),
        ),
        ("Av. Paulista, s/n, Jardins", ("Av. Paulista", "s/n", "", "Jardins", "", "", "")),
        ("Rua 13, 45", ("Rua 13", "45", "", "", "", "", "")),
    ],
)
def test_an_address_is_parted(text: str, parts: tuple[str, ...]) -> None:
    assert split(text) == Endereco(*parts)


@pytest.mark.parametrize(
    "text",
    [
        "Rua do Ouro",
        "Rua Sete de Setembro",
        "Rod. MG-10 km 22 - Vespasiano/MG",
        "Rua X, 10 - Vila Y - Zona Sul - Recife/PE",
        "Rua do Ouro, 77 - Campinas",
        "Rua Chile, 1.200, Prado Velho, Curitiba (PR)",
        "Quadra 5, Lote 12, Setor Sul, Goiânia/GO",
        "",
    ],
)
def test_what_cannot_be_told_apart_stays_whole(text: str) -> None:
    assert split(text) is None


@given(st.text(alphabet="Rua do Ouro, 12 - SP/CEP304º\n", max_size=80))
def test_no_word_is_ever_lost(text: str) -> None:
    made = split(text)
    if made is not None:
        kept = " ".join(getattr(made, name) for name in Endereco.__dataclass_fields__)
        assert sum(map(str.isdigit, kept)) == sum(map(str.isdigit, text))
