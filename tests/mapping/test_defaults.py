import tomllib

import pytest

from converter.errors import MappingError
from converter.mapping.defaults import Defaults, PrestadorDefaults
from tests.mapping.books import PRESTADOR

TEXT = """
[padroes]
servico.iss_retido = false

[[prestadores]]
cnpj = "11.222.333/0001-81"
nome = "Ponte Clara"
pastas = ["ponte clara filial"]
inscricao_municipal = "12345"
codigo_municipio = 3505708
[prestadores.padroes]
optante_simples_nacional = true

[municipios.3505708]
formato_aliquota = "fracao"
[municipios.3505708.padroes]
natureza_operacao = 1
"""


def test_the_three_circles_come_from_planilote_toml():
    assert Defaults.from_table(tomllib.loads(TEXT), TEXT) == Defaults(
        {"servico.iss_retido": False},
        (
            PrestadorDefaults(
                PRESTADOR,
                ("Ponte Clara", "ponte clara filial"),
                {
                    "prestador.inscricao_municipal": "12345",
                    "prestador.codigo_municipio": 3505708,
                    "optante_simples_nacional": True,
                },
            ),
        ),
        {"3505708": {"natureza_operacao": 1}},
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[prestadores]]\ncnpj = "11222333000182"', 2, "não é válido"),
        ('[[prestadores]]\ncnpj = "11222333000181"\nim = "1"', 3, "inscricao_municipal"),
        ('[[prestadores]]\ncnpj = "11222333000181"\npasta = "x"', 3, 'quis dizer "pastas"'),
        ("[prestadores]\ncnpj = 1", 1, "[[prestadores]]"),
        ("[padroes]\nservico.iss_retidos = false", 2, "servico.iss_retido"),
        ("[padroes]\niss_retido = false", 2, 'quis dizer "servico.iss_retido"'),
        ("[padroes]\nservico.iss_retido = [1]", 2, "true ou false"),
        ("padroes = 1", 1, "tabela"),
        ('[[prestadores]]\ncnpj = "11222333000181"\npastas = 3', 3, "lista"),
        (
            '[[prestadores]]\ncnpj = "11222333000181"\n[[prestadores]]\ncnpj = "11222333000181"',
            1,
            "dois prestadores",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_line(text, line, words):
    with pytest.raises(MappingError) as caught:
        Defaults.from_table(tomllib.loads(text), text)
    assert (caught.value.file, caught.value.line) == ("planilote.toml", line)
    assert words in str(caught.value)


def test_an_empty_file_gives_nothing():
    assert Defaults.from_table({}) == Defaults()
