"""Yes and no, texts, rows as a whole, and what planilote.toml says of all."""

from tests.casos.validacao.origem import (
    ALIQUOTA,
    BARUERI,
    DOCUMENTO,
    ENDERECO,
    ITEM,
    RETIDO,
    VALOR,
    Como,
    Origem,
    cada,
    notas,
)

CASOS: dict[str, Origem] = {
    "valida-sim-nao": notas(
        "Sim e não de todos os jeitos; o que não é um nem outro é perguntado.",
        *cada(RETIDO, "Sim", "não", "S", "n", "1", "0", "VERDADEIRO", "Falso", "true", "false"),
        *cada(RETIDO, True, False, 1, 0, 1.0, "X", "talvez", "2", ""),
    ),
    "valida-linhas-ocultas-e-em-branco": notas(
        "Linha oculta é lida; linha vazia ou só formatada é contada como em branco.",
        {},
        {VALOR: "90,00"},
        {VALOR: Como(80.0, "#,##0.00")},
        ocultas=(3,),
        formatadas=(5, 6),
    ),
    "valida-erros-do-excel": notas(
        "#REF!, #N/D e fórmula sem resultado: abra e salve no Excel.",
        {VALOR: Como("#REF!", formula="=#REF!")},
        {DOCUMENTO: Como("#N/A", formula="=NA()")},
        {VALOR: Como(None, formula="=100+50")},
        {VALOR: Como(150, formula="=100+50")},
    ),
    "valida-linha-repetida": notas(
        "A mesma nota duas vezes no arquivo; com referências diferentes são duas notas.",
        {"referencia": "A-1"},
        {"referencia": "A-2"},
        {"referencia": "A-1", VALOR: "99,00"},
        {"referencia": ""},
        {"referencia": ""},
    ),
    "valida-constantes-do-mapeamento": notas(
        "O que o mapeamento diz para todas as notas; a célula preenchida vale mais.",
        *cada("natureza_operacao", "", "2"),
        mapeamento='base = "padrao"\n\n[constantes]\nnatureza_operacao = 3\n'
        'optante_simples_nacional = false\nservico.codigo_pais_ext = "1058"\n'
        '[colunas]\nservico.aliquota = { coluna = "Alíquota do ISS (%)", padrao = "2,5" }\n',
        planilote='mapeamento = "mapeamento"\n\n' + BARUERI,
    ),
    "valida-severidade": notas(
        "planilote.toml sobe, desce e cala um código.",
        {ALIQUOTA: "1", DOCUMENTO: "529.982.247-25", RETIDO: "Sim"},
        ENDERECO | {"tomador.endereco.cep": "01310-100", ALIQUOTA: "2"},
        planilote=BARUERI
        + '\n[severidade]\naliquota-abaixo-do-minimo = "info"\niss-retido-pessoa-fisica = "erro"\n'
        + 'cep-fora-da-uf = "silencio"\ncoluna-recomendada-ausente = "silencio"\n'
        + 'competencia-antiga = "aviso"\n',
    ),
    "valida-textos-hostis": notas(
        "Controles, emojis, larguras e textos longos: recusados ou levados inteiros.",
        *cada(
            "servico.discriminacao",
            "Suporte 🙂 técnico",
            "linha um\nlinha dois",
            "com \x07 campainha",
            "=SOMA(A1)",
            "x" * 3000,
            "   ",
        ),
        *cada("tomador.razao_social", "Padaria ½ ² ａｂ", "", "x" * 200),
    ),
    "valida-cada-erro-da-linha": notas(
        "Uma linha com seis erros: os seis são ditos de uma vez.",
        {
            "data_emissao": "31/02/2026",
            DOCUMENTO: "12.345.678/0001-96",
            "tomador.razao_social": "",
            ITEM: "99.99",
            RETIDO: "talvez",
            VALOR: "abc",
        },
        {},
    ),
}
