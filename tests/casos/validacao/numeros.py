"""Percentages, codes and amounts, as people and Excel write them."""

from tests.casos.validacao.origem import (
    ALIQUOTA,
    DOCUMENTO,
    ENDERECO,
    ITEM,
    VALOR,
    Como,
    Origem,
    cada,
    notas,
)

CASOS: dict[str, Origem] = {
    "valida-porcento": notas(
        "Alíquota em célula de porcentagem: 0,03 mostrado como 3% é 3; 0,03 sem o formato avisa.",
        {ALIQUOTA: Como(0.03, "0%")},
        {ALIQUOTA: Como(0.025, "0.00%")},
        {ALIQUOTA: "3%"},
        {ALIQUOTA: "2,5 %"},
    ),
    "valida-aliquota-fracao": notas(
        "Uma coluna toda em fração é lida como fração, com um aviso.",
        *cada(ALIQUOTA, 0.03, 0.02, 0.05),
    ),
    "valida-aliquota-faixa": notas(
        "Alíquotas fora de 2% a 5%, e zero.",
        *cada(ALIQUOTA, "1", "2", "5", "5,01", "0", "100", "-3", "três"),
    ),
    "valida-codigos-numericos": notas(
        "O Excel comeu os zeros: voltam só onde o dígito verificador confirma.",
        {
            DOCUMENTO: 7504505000132,
            "tomador.endereco.cep": 6454000,
            ITEM: 1.07,
            **{path: v for path, v in ENDERECO.items() if path != "tomador.endereco.cep"},
        },
        {DOCUMENTO: 1234567890, ITEM: 107},
        {DOCUMENTO: 191, ITEM: 17.2},
        {DOCUMENTO: 7504505000133, ITEM: 1.7},
    ),
    "valida-notacao-cientifica": notas(
        "O CNPJ que o Excel gravou como 1,23457E+13 está perdido: não há como adivinhar.",
        *cada(DOCUMENTO, "1,23457E+13", "1.23457E+13", "12.345.678/0001-95"),
    ),
    "valida-valor-decidido-pela-virgula": notas(
        "1.500 é mil e quinhentos porque a coluna tem 1.250,40.",
        *cada(VALOR, "1.500", "1.250,40", "980", "12.000"),
    ),
    "valida-valor-decidido-pelo-ponto": notas(
        "1,500 é mil e quinhentos porque a coluna tem 1,250.40.",
        *cada(VALOR, "1,500", "1,250.40", "980.10"),
    ),
    "valida-valor-indeciso": notas(
        "Nada na coluna diz se 1.500 é mil e quinhentos: a pergunta mostra as duas leituras.",
        *cada(VALOR, "1.500", "980"),
    ),
    "valida-valor-coluna-mista": notas(
        "A mesma coluna com vírgula e com ponto decimal: o que não se decide é apontado.",
        *cada(VALOR, "1.250,40", "1,250.40", "1.500"),
    ),
    "valida-valor-com-moeda": notas(
        "R$, espaços comuns e espaços que não quebram não mudam o valor.",
        *cada(
            VALOR, "R$ 1.500,00", "R$\u00a01.500,00", " 150,00\u00a0", "R$1500,00", "1\u00a0500,00"
        ),
    ),
    "valida-valor-recusado": notas(
        "O que não é um valor em reais, um problema em cada célula.",
        *cada(
            VALOR, "0", "-150,00", "(150,00)", "1.500,001", "150,0", "cento e cinquenta", "²", ""
        ),
        {VALOR: "99999999999999999999"},
    ),
    "valida-valor-com-ruido": notas(
        "0,1 + 0,2 no Excel é 0,30000000000000004: é trinta centavos, não um erro de casas.",
        *cada(VALOR, 0.1 + 0.2, 1234.5600000000001, 1999.995, 150),
    ),
}
