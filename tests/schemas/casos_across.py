"""Rows that keep or break each rule across fields: cells changed in the good row."""

import dataclasses
from typing import NamedTuple

from converter.model.cells import RawValue
from converter.schemas.rules import MunicipioRules, Rules
from tests.schemas.planilha import GOOD, RULES

PRODUCTION = dataclasses.replace(RULES, ambiente="producao")
EXEMPT = {
    "optante_simples_nacional": "Não",
    "servico.valor_deducoes": None,
    "servico.base_calculo": None,
    "servico.valor_iss": None,
    "servico.iss_retido": "Não",
    "servico.valor_iss_retido": None,
    "servico.valor_liquido": None,
}
"""A note without the amounts that depend on the rate."""

SIMPLES = {
    "optante_simples_nacional": "Sim",
    "regime_especial_tributacao": "6",
    "data_emissao": "31/08/2026",
    "data_competencia": "31/08/2026",
}
"""An optante before all of them had to issue nationally."""
LATE = dataclasses.replace(RULES, severities={"competencia-antiga": "silencio"})

ZERO = {path: None for path in GOOD if "valor" in path or "base" in path} | {
    "servico.valor_servicos": "0,00",
    "servico.ibs_uf_aliquota": None,
    "servico.cbs_aliquota": None,
}
AUGUST_2023 = {"data_emissao": "31/08/2023", "data_competencia": "31/08/2023"}
UNTAXED = {"servico.iss_retido": "Não", "servico.valor_iss_retido": None}
NOBODY = {path: None for path in GOOD if path.startswith("tomador.")}
HEALTH = {
    "servico.ibs_cbs_situacao_tributaria": "200",
    "servico.ibs_cbs_classificacao_tributaria": "200029",
}
"""Services of human health pay 40 % of the rates (LC 214/2025, art. 130)."""

BARUERI = MunicipioRules(
    "3505708",
    flags=dict.fromkeys(
        (
            "endereco_obrigatorio_nfse",
            "cpf_cnpj_obrigatorio_nfse",
            "codigo_cnae_obrigatorio_nfse",
            "codigo_tributario_municipio_obrigatorio_nfse",
        ),
        True,
    ),
    itens_lista_servico=frozenset({"1.07", "17.01"}),
    codigos_tributarios=frozenset({"6209-1/0000", "620910000"}),
)
CITY = dataclasses.replace(RULES, municipios={"3505708": BARUERI})
NO_DOCUMENT = dataclasses.replace(
    RULES,
    municipios={"3505708": MunicipioRules("3505708", {"cpf_cnpj_obrigatorio_nfse": False})},
)
OWN_TABLE = dataclasses.replace(
    RULES,
    municipios={
        "3505708": MunicipioRules(
            "3505708", opcoes={"natureza_operacao": {"1": "Exigível", "52": "Fora do município"}}
        )
    },
)


class Case(NamedTuple):
    """Cells changed in the good row; the code and the path where it must be told."""

    code: str
    path: str
    cells: dict[str, RawValue]
    rules: Rules = RULES
