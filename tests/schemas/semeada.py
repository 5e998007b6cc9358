"""A sheet of good rows with one known mistake in each of 200 cells."""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from converter.model.cells import Fault, FaultKind, RawValue
from tests.schemas.planilha import FIRST, GOOD

ROWS = 120
MISTAKES = 200


class Mistake(NamedTuple):
    """What is typed, where, and the code that must say so; one per `group` and row."""

    group: str
    path: str
    value: RawValue
    code: str


class Seeded(NamedTuple):
    """The rows and, by (Excel row, path), the mistake each of the 200 cells holds."""

    rows: Sequence[Mapping[str, RawValue]]
    mistakes: Mapping[tuple[int, str], Mistake]


KINDS = (
    Mistake("prestador", "prestador.cnpj", None, "campo-obrigatorio-vazio"),
    Mistake("prestador", "prestador.cnpj", "11.222.333/0001", "cnpj-tamanho"),
    Mistake("prestador", "prestador.codigo_municipio", "3505799", "municipio-desconhecido"),
    Mistake("date", "data_emissao", "31/02/2026", "data-inexistente"),
    Mistake("date", "data_emissao", "ontem", "data-formato"),
    Mistake("date", "data_emissao", "23/11/2026", "data-no-futuro"),
    Mistake("date", "data_emissao", "19/10/2026", "competencia-antiga"),
    Mistake("date", "data_emissao", None, "campo-obrigatorio-vazio"),
    Mistake("natureza", "natureza_operacao", "7", "opcao-desconhecida"),
    Mistake("regime", "regime_especial_tributacao", "8", "opcao-desconhecida"),
    Mistake("optante", "optante_simples_nacional", "talvez", "simnao-desconhecido"),
    Mistake("document", "tomador.cnpj", "12.345.678/0001-96", "cnpj-digito"),
    Mistake("document", "tomador.cnpj", "1,23457E+13", "numero-cientifico"),
    Mistake("document", "tomador.cnpj", "00.000.000/0000-00", "cnpj-zeros"),
    Mistake("document", "tomador.cpf", "111.111.111-11", "cpf-repetido"),
    Mistake("name", "tomador.razao_social", "Padaria " * 20, "texto-longo"),
    Mistake("name", "tomador.razao_social", "Padaria\x07", "texto-com-controle"),
    Mistake("name", "tomador.razao_social", None, "nome-em-branco"),
    Mistake("phone", "tomador.telefone", "3256-806", "telefone-tamanho"),
    Mistake("phone", "tomador.telefone", "ligar à tarde", "telefone-caractere"),
    Mistake("email", "tomador.email", "financeiro.trigodourado.com.br", "email-formato"),
    Mistake("street", "tomador.endereco.logradouro", "Rua " * 40, "texto-longo"),
    Mistake("number", "tomador.endereco.numero", "12345678901", "texto-longo"),
    Mistake("place", "tomador.endereco.codigo_municipio", "4106903", "municipio-desconhecido"),
    Mistake("place", "tomador.endereco.codigo_municipio", "3550308", "uf-difere-do-municipio"),
    Mistake("place", "tomador.endereco.uf", "SP", "uf-difere-do-municipio"),
    Mistake("place", "tomador.endereco.uf", "XX", "uf-desconhecida"),
    Mistake("place", "tomador.endereco.cep", "8004-516", "cep-tamanho"),
    Mistake("place", "tomador.endereco.cep", "01310-100", "cep-fora-da-uf"),
    Mistake("text", "servico.discriminacao", None, "campo-obrigatorio-vazio"),
    Mistake("text", "servico.discriminacao", "Suporte 🎧", "texto-fora-da-tabela"),
    Mistake("item", "servico.item_lista_servico", "7.14", "servico-inexistente"),
    Mistake("item", "servico.item_lista_servico", "suporte", "servico-formato"),
    Mistake("cnae", "servico.codigo_cnae", "6209-9/99", "cnae-desconhecido"),
    Mistake("nbs", "servico.codigo_nbs", "11502", "nbs-formato"),
    Mistake("money", "servico.valor_servicos", "mil e quinhentos", "numero-formato"),
    Mistake("money", "servico.valor_servicos", "-1.500,00", "numero-negativo"),
    Mistake("money", "servico.valor_servicos", None, "campo-obrigatorio-vazio"),
    Mistake("money", "servico.valor_deducoes", "2.000,00", "deducoes-maiores-que-valor"),
    Mistake("money", "servico.base_calculo", "1.500,00", "base-calculo-difere"),
    Mistake("money", "servico.base_calculo", None, "base-calculo-ausente"),
    Mistake("money", "servico.aliquota", "30", "aliquota-acima-do-maximo"),
    Mistake("money", "servico.aliquota", "três", "numero-formato"),
    Mistake("money", "servico.valor_iss", "45,00", "valor-iss-difere"),
    Mistake("money", "servico.valor_iss", "42,01", "valor-iss-por-centavo"),
    Mistake("money", "servico.valor_iss_retido", "24,00", "valor-iss-retido-difere"),
    Mistake("money", "servico.iss_retido", "às vezes", "simnao-desconhecido"),
    Mistake("money", "servico.iss_retido", None, "campo-obrigatorio-vazio"),
    Mistake(
        "money", "servico.valor_pis", Fault(FaultKind.ERROR_VALUE, "#REF!"), "celula-erro-excel"
    ),
    Mistake("money", "servico.valor_liquido", "1.500,00", "valor-liquido-difere"),
    Mistake("reform", "servico.cbs_valor", "15,00", "ibs-cbs-valor-difere"),
    Mistake("reform", "servico.cbs_aliquota", "101", "percentual-faixa"),
    Mistake("reform", "servico.ibs_cbs_situacao_tributaria", "00", "codigo-formato"),
    Mistake(
        "reform",
        "servico.ibs_cbs_classificacao_tributaria",
        "200001",
        "classificacao-difere-da-situacao",
    ),
)


def seeded(seed: int = 2026) -> Seeded:
    """Give the sheet; the same seed gives the same sheet."""
    chance = random.Random(seed)  # noqa: S311 - a test's own dice
    rows = [dict(GOOD) for _ in range(ROWS)]
    mistakes: dict[tuple[int, str], Mistake] = {}
    taken: set[tuple[int, str]] = set()
    kinds = list(KINDS)
    while len(mistakes) < MISTAKES:
        kind = kinds[len(mistakes) % len(kinds)]
        place = chance.randrange(ROWS)
        if (place, kind.group) in taken:
            continue
        taken.add((place, kind.group))
        rows[place][kind.path] = kind.value
        if kind.path == "tomador.cpf":
            rows[place]["tomador.cnpj"] = None
        mistakes[FIRST + place, kind.path] = kind
    return Seeded(rows, mistakes)
