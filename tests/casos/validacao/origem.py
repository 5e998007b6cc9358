"""What a case of validation is made of: notes that are right, changed by API path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Row = Mapping[str, object]

BASE: Row = {
    "data_emissao": "19/03/2026",
    "tomador.cpf_cnpj": "12.345.678/0001-95",
    "tomador.razao_social": "Padaria Trigo Dourado",
    "servico.discriminacao": "Suporte técnico",
    "servico.item_lista_servico": "01.07",
    "servico.iss_retido": "Não",
    "servico.valor_servicos": "150,00",
}
BARUERI = """\
[[prestadores]]
cnpj = "11.222.333/0001-81"
inscricao_municipal = "12345"
codigo_municipio = "4106902"
"""


@dataclass(frozen=True)
class Como:
    """A cell of an xlsx as it is stored: a value under a number format, or a formula."""

    valor: object
    formato: str = "General"
    formula: str = ""


@dataclass(frozen=True)
class Origem:
    """What a case is made of. `ocultas` and `formatadas` are Excel rows; the latter have no value.

    `opcoes` are those of the XlsxWriter workbook.
    """

    sobre: str
    linhas: Sequence[Row]
    arquivos: Mapping[str, str] = field(default_factory=dict)
    ocultas: Sequence[int] = ()
    formatadas: Sequence[int] = ()
    opcoes: Mapping[str, object] = field(default_factory=dict)
    leiaute: str = "csv"


def notas(sobre: str, *linhas: Row, planilote: str = BARUERI, **mais: Any) -> Origem:
    """A case; `mapeamento` and `planilote` are texts written beside the table."""
    arquivos = {"planilote.toml": planilote}
    if "mapeamento" in mais:
        arquivos["mapeamento.toml"] = mais.pop("mapeamento")
    return Origem(sobre, linhas, arquivos, **mais)


def cada(path: str, *valores: object, **mais: object) -> list[Row]:
    """One row for each value of a field."""
    return [{path: valor, **mais} for valor in valores]


def dia(texto: str) -> datetime:
    return datetime.fromisoformat(texto)


ITEM, VALOR, RETIDO = (
    "servico.item_lista_servico",
    "servico.valor_servicos",
    "servico.iss_retido",
)
DOCUMENTO, ALIQUOTA = "tomador.cpf_cnpj", "servico.aliquota"
ENDERECO = {
    "tomador.endereco.logradouro": "Rua das Acácias",
    "tomador.endereco.numero": "999",
    "tomador.endereco.bairro": "Alto da XV",
    "tomador.endereco.nome_municipio": "Curitiba",
    "tomador.endereco.uf": "PR",
    "tomador.endereco.cep": "80045-165",
}
