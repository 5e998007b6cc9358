"""A table checked as `conferir` does, without a journal or an API."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from converter.model.filerun import Content
from converter.model.rows import ComposedSheet
from converter.runtime import config
from converter.runtime.config import RunConfig
from converter.settings import Folders, Settings
from tests.layouts import amostras
from tests.runs import understand_bytes

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
NOTE = {
    "prestador.cnpj": amostras.PRESTADOR,
    "prestador.inscricao_municipal": "1234567",
    "prestador.codigo_municipio": "3505708",
    "data_emissao": "20/11/2026 10:00",
    "optante_simples_nacional": "Não",
    "tomador.cnpj": amostras.full_cnpj("075045050001"),
    "tomador.razao_social": "Padaria Pão de Mel Ltda",
    "tomador.endereco.logradouro": "Rua das Acácias",
    "tomador.endereco.numero": "10",
    "tomador.endereco.bairro": "Centro",
    "tomador.endereco.codigo_municipio": "4106902",
    "tomador.endereco.uf": "PR",
    "tomador.endereco.cep": "80045-165",
    "servico.discriminacao": "Suporte",
    "servico.item_lista_servico": "01.07",
    "servico.codigo_tributario_municipio": "620910000",
    "servico.codigo_municipio": "3505708",
    "servico.valor_servicos": "1.000,00",
    "servico.iss_retido": "Não",
}
"""An ordinary note, by the API's paths: what most cities take."""


def checked(
    rows: Sequence[Mapping[str, str]], tabela: Mapping[str, Any] | None = None
) -> tuple[Content, ComposedSheet]:
    """What is said of the rows (one sheet), and the rows with their JSON."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [";".join(names), *(";".join(row.get(name, "") for name in names) for row in rows)]
    data = "\n".join(lines).encode()
    content, (sheet,) = understand_bytes("notas.csv", data, _rules(json.dumps(tabela or {})))
    return content, sheet


@cache
def _rules(tabela: str) -> RunConfig:
    """Of a folder that holds nothing but the `planilote.toml`."""
    nowhere = Folders(Path(__file__).with_name("nada"))
    return config.load(Settings(nowhere, tabela=json.loads(tabela)), NOW, {}, {})
