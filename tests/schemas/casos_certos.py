"""What each rule across fields allows."""

from tests.schemas.casos_across import (
    CITY,
    EXEMPT,
    HEALTH,
    LATE,
    NO_DOCUMENT,
    OWN_TABLE,
    SIMPLES,
    ZERO,
    Case,
)
from tests.schemas.planilha import GOOD

PASS = [
    Case("dois-documentos", "", {"tomador.cpf": None}),
    Case("tomador-sem-documento", "", {"tomador.cnpj": None}, NO_DOCUMENT),
    Case(
        "intermediario-sem-documento",
        "",
        {"intermediario.razao_social": "Ponte Clara", "intermediario.cnpj": "11444777000161"},
    ),
    Case("cep-fora-da-uf", "", {"tomador.endereco.cep": None}),
    Case("uf-difere-do-municipio", "", {"tomador.endereco.uf": None}),
    Case("data-no-futuro", "", {"data_emissao": "22/11/2026"}),
    Case("data-no-futuro", "", {"data_emissao": "22/11/2026", "data_competencia": "22/11/2026"}),
    Case("competencia-antiga", "", {"data_emissao": "01/11/2026 00:01"}),
    Case(
        "substituicao-incompleta",
        "",
        {"numero_rps_substituido": "1042", "serie_rps_substituido": "A"},
    ),
    Case("valor-iss-difere", "", {**EXEMPT, "natureza_operacao": "3", "servico.valor_iss": "0"}),
    Case("valor-iss-difere", "", {"servico.valor_iss": None}),
    Case("valor-liquido-difere", "", {**EXEMPT, "servico.valor_liquido": "1.490,25"}),
    Case("iss-retido-sem-aliquota", "", {**EXEMPT, "servico.aliquota": None}),
    Case("aliquota-acima-do-maximo", "", {**EXEMPT, "servico.aliquota": "5"}),
    Case("aliquota-abaixo-do-minimo", "", {**EXEMPT, "servico.aliquota": "2"}),
    Case(
        "aliquota-abaixo-do-minimo",
        "",
        {**EXEMPT, "servico.aliquota": "1,5", "servico.item_lista_servico": "7.02"},
    ),
    Case("aliquota-zero", "", {**EXEMPT, "servico.aliquota": "0", "natureza_operacao": "4"}),
    *(
        Case("aliquota-zero", "", {**EXEMPT, "servico.aliquota": "0", **how})
        for how in (
            {"regime_especial_tributacao": "2"},
            {"regime_especial_tributacao": "3"},
            {"servico.exportacao": "Sim"},
        )
    ),
    Case(
        "valor-iss-difere",
        "",
        {**EXEMPT, "regime_especial_tributacao": "3", "servico.valor_iss": "77,00"},
    ),
    Case("valor-iss-difere", "", {**EXEMPT, "natureza_operacao": "2", "servico.valor_iss": "0,00"}),
    Case(
        "valor-liquido-difere",
        "",
        {
            "servico.tipo_retencao_pis_cofins": "2",
            "servico.valor_cofins": "45,00",
            "servico.valor_liquido": "1.458,00",
        },
    ),
    Case(
        "valor-liquido-difere",
        "",
        {
            "servico.tipo_retencao_pis_cofins": "3",
            "servico.valor_cofins": "45,00",
            "servico.valor_liquido": "1.448,25",
        },
    ),
    Case("valor-servicos-zero", "", ZERO | {"prestador.codigo_municipio": "3550308"}),
    Case(
        "ibs-cbs-valor-difere",
        "",
        {**HEALTH, "servico.ibs_uf_valor": "0,60", "servico.cbs_valor": "5,40"},
    ),
    Case(
        "ibs-cbs-valor-difere",
        "",
        {
            **HEALTH,
            "servico.ibs_uf_aliquota": "0,04",
            "servico.ibs_uf_valor": "0,60",
            "servico.cbs_aliquota": "0,36",
            "servico.cbs_valor": "5,40",
        },
    ),
    Case(
        "aliquota-zero",
        "",
        {**EXEMPT, "servico.aliquota": "0", **SIMPLES},
        LATE,
    ),
    Case(
        "ibs-cbs-incompleto",
        "",
        {path: None for path in GOOD if "ibs" in path or "cbs" in path},
    ),
    Case("campo-exigido-pelo-municipio", "", {}, CITY),
    Case("item-fora-da-lista-do-municipio", "", {"servico.item_lista_servico": "17.01.01"}, CITY),
    Case("opcao-fora-da-tabela-do-municipio", "", {"natureza_operacao": "52"}, OWN_TABLE),
    Case("texto-longo", "", {"tomador.razao_social": "x" * 115}),
    Case(
        "codigo-formato",
        "",
        {"servico.codigo_indicador_operacao": "100301"},
    ),
]
