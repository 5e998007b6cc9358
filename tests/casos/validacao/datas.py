"""Dates, the two ways they read, and the clock of the prestador."""

from tests.casos.validacao.origem import Como, Origem, cada, dia, notas

CASOS: dict[str, Origem] = {
    "valida-data-escritas": notas(
        "Cada jeito de escrever a mesma data, e o fuso de um dígito só.",
        *cada(
            "data_emissao",
            "19/03/2026 12:07",
            "2026-03-19",
            "2026-03-19T12:07:26",
            "2026-03-19T12:07:26-03:00",
            "2026-03-19T12:07:26-3:00",
            "2026-03-19T15:07:26Z",
            "19.03.2026",
            "19-03-2026",
            "19/03/26",
        ),
    ),
    "valida-data-recusada": notas(
        "O que não é uma data, ou é de um dia que não existe.",
        *cada("data_emissao", "31/02/2026", "19/13/2026", "ontem", "2026", "", "19/03/1926"),
    ),
    "valida-data-mes-primeiro": notas(
        "Uma coluna com 03/19/2026 está com o mês antes: é dito, não trocado.",
        *cada("data_emissao", "03/19/2026", "03/04/2026"),
    ),
    "valida-data-mes-primeiro-declarado": notas(
        "O mapeamento diz mm/dd/aaaa, e a mesma coluna é lida.",
        *cada("data_emissao", "03/19/2026", "03/04/2026"),
        mapeamento='base = "padrao"\n\n[colunas]\n'
        'data_emissao = { coluna = "Data de emissão", formato = "mm/dd/aaaa" }\n',
    ),
    "valida-data-serial": notas(
        "O número de série do Excel sem formato de data vale, com um aviso.",
        *cada("data_emissao", 46100, 46100.5, "46100"),
        {"data_emissao": Como(dia("2026-03-19T12:07"), "dd/mm/yyyy hh:mm")},
    ),
    "valida-data-1904": notas(
        "Num livro que conta desde 1904 as datas são as que a pessoa vê.",
        {"data_emissao": Como(dia("2026-03-19"), "dd/mm/yyyy")},
        {"data_emissao": Como(dia("2026-03-20T09:30"), "dd/mm/yyyy hh:mm")},
        opcoes={"date_1904": True},
    ),
    "valida-data-no-futuro": notas(
        "O futuro é o do fuso do prestador: às 12h30 de Barueri são 10h30 no Acre.",
        {"data_emissao": "22/11/2026 11:59", "prestador.codigo_municipio": "4106902"},
        {"data_emissao": "22/11/2026 12:30", "prestador.codigo_municipio": "4106902"},
        {"data_emissao": "22/11/2026 10:30", "prestador.codigo_municipio": "1200401"},
        {"data_emissao": "22/11/2026", "prestador.codigo_municipio": "1200401"},
        {"data_emissao": "23/11/2026", "prestador.codigo_municipio": "4106902"},
    ),
    "valida-dois-fusos": notas(
        "O mesmo instante em dois fusos fica, em cada nota, no relógio do seu prestador.",
        *(
            {"data_emissao": momento, "prestador.codigo_municipio": municipio}
            for momento, municipio in (
                ("19/03/2026 22:30", "1200401"),
                ("20/03/2026 00:30", "4106902"),
                ("20/03/2026 08:00-03:00", "1200401"),
            )
        ),
    ),
    "valida-simples-depois-de-setembro": notas(
        "Optante pelo Simples depois de 01/09/2026: o aviso do emissor nacional.",
        {"optante_simples_nacional": "Sim", "data_emissao": "31/08/2026"},
        {"optante_simples_nacional": "Sim", "data_emissao": "01/09/2026"},
        {"optante_simples_nacional": "Não", "data_emissao": "01/09/2026"},
    ),
}
