"""Municípios, and what each asks for."""

from tests.casos.validacao.origem import ALIQUOTA, BARUERI, ENDERECO, Origem, cada, notas

CASOS: dict[str, Origem] = {
    "valida-lugares": notas(
        "Município, UF e CEP que se contradizem.",
        ENDERECO,
        ENDERECO | {"tomador.endereco.uf": "SP"},
        ENDERECO | {"tomador.endereco.cep": "01310-100"},
        ENDERECO | {"tomador.endereco.nome_municipio": "Curitba"},
        ENDERECO | {"tomador.endereco.nome_municipio": "Bom Jesus", "tomador.endereco.uf": ""},
        ENDERECO | {"tomador.endereco.uf": "XX", "tomador.endereco.cep": "8004516"},
    ),
    "valida-municipio-por-codigo": notas(
        "Código do IBGE, sem dígito, de outro estado, com o nome ao lado.",
        *(
            ENDERECO
            | {
                "tomador.endereco.codigo_municipio": codigo,
                "tomador.endereco.nome_municipio": nome,
            }
            for codigo, nome in (
                ("4106902", "Curitiba"),
                ("410690", ""),
                ("4106903", ""),
                ("3550308", "Curitiba"),
                (4106902, ""),
            )
        ),
    ),
    "valida-municipio-exige": notas(
        "O que a prefeitura do prestador exige, dito no planilote.toml.",
        ENDERECO | {"servico.codigo_tributario_municipio": "620910000"},
        ENDERECO | {"servico.codigo_tributario_municipio": "", "tomador.endereco.logradouro": ""},
        planilote=BARUERI
        + "\n[municipios.4106902.obrigatorio]\nendereco = true\n"
        + "codigo_tributario_municipio = true\n",
    ),
    "valida-municipio-formatos": notas(
        "Item com ponto e alíquota em fração, como a prefeitura do prestador pede.",
        *cada(ALIQUOTA, "3", "2,5%"),
        planilote=BARUERI
        + '\n[municipios.4106902]\nformato_item_servico = "ii.ss"\nformato_aliquota = "fracao"\n',
    ),
    "valida-municipio-opcoes": notas(
        "A prefeitura tem a sua própria tabela de natureza da operação.",
        *cada("natureza_operacao", "511", "1", "Tributação no município"),
        planilote=BARUERI
        + '\n[municipios.4106902.opcoes.natureza_operacao]\n511 = "Tributado em Barueri"\n',
    ),
    "valida-opcoes-de-outra-cidade": notas(
        "A tabela própria de uma cidade não muda o que as palavras querem dizer em outra.",
        *cada("natureza_operacao", "Imune", "Isenção"),
        planilote=BARUERI
        + '\n[municipios.3550308.opcoes.natureza_operacao]\n3 = "Imune"\n4 = "Isenção"\n',
    ),
    "valida-campos-da-cidade": notas(
        "Campos que só algumas cidades têm chegam à nota pelo caminho com pontos.",
        {
            "servico.valor_nao_incluso_base_calculo": "10,00",
            "consumidor_final": "Sim",
            "servico.codigo_nbs": "1.1501.30.00",
        },
        {
            "servico.valor_nao_incluso_base_calculo": "",
            "consumidor_final": "",
            "servico.codigo_nbs": "115013000",
        },
        leiaute="api",
    ),
}
