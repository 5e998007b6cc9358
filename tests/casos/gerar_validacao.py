"""Writes the cases of validation, `tests/casos/valida-*`, so that their tables can be reviewed.

Usage: python -m tests.casos.gerar_validacao [NOME…]

Each row is a note that is right, changed where the case says so, by API path. Rows of text alone
become CSV; a number, a date or a format of its own makes the case an xlsx.
"""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter

from converter.schemas.catalogue import BY_PATH
from tests.casos.formato import FOLDER

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
codigo_municipio = "3505708"
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
        {"data_emissao": "22/11/2026 11:59", "prestador.codigo_municipio": "3505708"},
        {"data_emissao": "22/11/2026 12:30", "prestador.codigo_municipio": "3505708"},
        {"data_emissao": "22/11/2026 10:30", "prestador.codigo_municipio": "1200401"},
        {"data_emissao": "22/11/2026", "prestador.codigo_municipio": "1200401"},
        {"data_emissao": "23/11/2026", "prestador.codigo_municipio": "3505708"},
    ),
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
    "valida-documentos": notas(
        "CPF e CNPJ: dígito, tamanho, letras, repetidos, de um e de outro.",
        *cada(
            DOCUMENTO,
            "12.345.678/0001-96",
            "529.982.247-25",
            "529.982.247-26",
            "111.111.111-11",
            "123",
            "12.ABC.345/01DE-35",
            "12.ABC.345/01DE-36",
            "não tem",
            "",
        ),
    ),
    "valida-cnpj-sem-letras": notas(
        "Com cnpj_alfanumerico desligado, um CNPJ com letras é recusado.",
        *cada(DOCUMENTO, "12.ABC.345/01DE-35", "12.345.678/0001-95"),
        planilote="cnpj_alfanumerico = false\n\n" + BARUERI,
    ),
    "valida-cpf-e-cnpj-em-colunas": notas(
        "CPF e CNPJ em colunas próprias: exatamente um dos dois.",
        {DOCUMENTO: None, "tomador.cpf": "529.982.247-25", "tomador.cnpj": ""},
        {DOCUMENTO: None, "tomador.cpf": "", "tomador.cnpj": "12.345.678/0001-95"},
        {
            DOCUMENTO: None,
            "tomador.cpf": "529.982.247-25",
            "tomador.cnpj": "12.345.678/0001-95",
        },
        {DOCUMENTO: None, "tomador.cpf": "", "tomador.cnpj": ""},
    ),
    "valida-contas-do-iss": notas(
        "Base, ISS e líquido contra a conta: um centavo avisa, mais é erro.",
        *(
            {
                VALOR: "1.000,00",
                ALIQUOTA: "2,5",
                "servico.valor_deducoes": "100,00",
                "servico.base_calculo": base,
                "servico.valor_iss": iss,
                "servico.valor_liquido": liquido,
            }
            for base, iss, liquido in (
                ("900,00", "22,50", "1.000,00"),
                ("900,01", "22,51", "999,99"),
                ("1.000,00", "25,00", "900,00"),
                ("", "", ""),
            )
        ),
    ),
    "valida-iss-retido": notas(
        "ISS retido com os seus valores, sem alíquota, e de pessoa física.",
        {RETIDO: "Sim", ALIQUOTA: "2", "servico.valor_iss_retido": "3,00"},
        {RETIDO: "Sim", ALIQUOTA: "2", "servico.valor_iss_retido": "4,00"},
        {RETIDO: "Não", ALIQUOTA: "2", "servico.valor_iss_retido": "3,00"},
        {RETIDO: "Sim", ALIQUOTA: "", "servico.valor_iss_retido": ""},
        {RETIDO: "Sim", ALIQUOTA: "2", DOCUMENTO: "529.982.247-25"},
    ),
    "valida-deducoes-e-retencoes": notas(
        "Deduções, descontos e retenções não passam do valor do serviço.",
        {"servico.valor_deducoes": "150,00"},
        {"servico.valor_deducoes": "150,01"},
        {"servico.desconto_incondicionado": "200,00"},
        {"servico.valor_ir": "100,00", "servico.valor_pis": "60,00"},
    ),
    "valida-substituicao": notas(
        "Os campos do RPS substituído vêm juntos.",
        {
            "numero_rps_substituido": "12",
            "serie_rps_substituido": "A",
            "tipo_rps_substituido": "1",
        },
        {"numero_rps_substituido": "12"},
        {"serie_rps_substituido": "A"},
    ),
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
        + "\n[municipios.3505708.obrigatorio]\nendereco = true\n"
        + "codigo_tributario_municipio = true\n",
    ),
    "valida-municipio-formatos": notas(
        "Item com ponto e alíquota em fração, como a prefeitura do prestador pede.",
        *cada(ALIQUOTA, "3", "2,5%"),
        planilote=BARUERI
        + '\n[municipios.3505708]\nformato_item_servico = "ii.ss"\nformato_aliquota = "fracao"\n',
    ),
    "valida-municipio-opcoes": notas(
        "A prefeitura tem a sua própria tabela de natureza da operação.",
        *cada("natureza_operacao", "511", "1", "Tributação no município"),
        planilote=BARUERI
        + '\n[municipios.3505708.opcoes.natureza_operacao]\n511 = "Tributado em Barueri"\n',
    ),
    "valida-opcoes-de-outra-cidade": notas(
        "A tabela própria de uma cidade não muda o que as palavras querem dizer em outra.",
        *cada("natureza_operacao", "Imune", "Isenção"),
        planilote=BARUERI
        + '\n[municipios.3550308.opcoes.natureza_operacao]\n3 = "Imune"\n4 = "Isenção"\n',
    ),
    "valida-dois-fusos": notas(
        "O mesmo instante em dois fusos fica, em cada nota, no relógio do seu prestador.",
        *(
            {"data_emissao": momento, "prestador.codigo_municipio": municipio}
            for momento, municipio in (
                ("19/03/2026 22:30", "1200401"),
                ("20/03/2026 00:30", "3505708"),
                ("20/03/2026 08:00-03:00", "1200401"),
            )
        ),
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
    "valida-item-da-lista": notas(
        "O item da LC 116 em todos os formatos, contra a lista em vigor.",
        *cada(ITEM, "1.07", "0107", "107", "01.07", "010701", "01.07.01", "1,07"),
        *cada(ITEM, "99.99", "1", "01.7", "07.14", "suporte", "1.10"),
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
    "valida-exterior": notas(
        "Tomador do exterior: NIF, ou o motivo de não ter, e nenhum CPF ou CNPJ.",
        {DOCUMENTO: "", "tomador.nif": "DE123456789", "tomador.motivo_ausencia_nif": ""},
        {DOCUMENTO: "", "tomador.nif": "", "tomador.motivo_ausencia_nif": "1"},
        {"tomador.nif": "DE123456789", "tomador.motivo_ausencia_nif": ""},
        {DOCUMENTO: "", "tomador.nif": "DE123456789", "tomador.motivo_ausencia_nif": "1"},
    ),
    "valida-contatos": notas(
        "E-mails e telefones como as pessoas os escrevem.",
        *(
            {"tomador.email": email, "tomador.telefone": telefone}
            for email, telefone in (
                ("contas@trigodourado.example", "(41) 3256-8060"),
                ("a@b.example; c@d.example", "3256-8060"),
                ("contas@", "+55 41 99256-8060"),
                ("contas trigo", "41 abc"),
                ("", "4132568060"),
            )
        ),
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
    "valida-simples-depois-de-setembro": notas(
        "Optante pelo Simples depois de 01/09/2026: o aviso do emissor nacional.",
        {"optante_simples_nacional": "Sim", "data_emissao": "31/08/2026"},
        {"optante_simples_nacional": "Sim", "data_emissao": "01/09/2026"},
        {"optante_simples_nacional": "Não", "data_emissao": "01/09/2026"},
    ),
    "valida-ibs-cbs": notas(
        "O grupo de IBS e CBS: códigos, contas e o que falta.",
        *(
            {
                "servico.ibs_cbs_situacao_tributaria": situacao,
                "servico.ibs_cbs_classificacao_tributaria": classe,
                "servico.ibs_cbs_base_calculo": "1.000,00",
                "servico.cbs_aliquota": "0,9",
                "servico.cbs_valor": valor,
            }
            for situacao, classe, valor in (
                ("000", "000001", "9,00"),
                ("000", "000001", "9,01"),
                ("000", "200001", "19,00"),
                ("", "000001", "9,00"),
            )
        ),
    ),
    "valida-dois-prestadores": notas(
        "Notas de dois prestadores e uma de ninguém: só esta fica.",
        *cada(
            "prestador.cnpj", "11.222.333/0001-81", "11.444.777/0001-61", "", "11.222.333/0001-82"
        ),
        planilote=BARUERI.replace("11.222.333/0001-81", "11.222.333/0001-81")
        + '\n[[prestadores]]\ncnpj = "11.444.777/0001-61"\ncodigo_municipio = "3550308"\n',
    ),
    "valida-tomador-e-o-prestador": notas(
        "O prestador como tomador de si mesmo.",
        {DOCUMENTO: "11.222.333/0001-81"},
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


def content(origem: Origem) -> tuple[str, bytes]:
    """The extension and the bytes of a case's file."""
    paths, table = _table(origem)
    header = [path if origem.leiaute == "api" else BY_PATH[path].label for path in paths]
    plain = all(isinstance(cell, str) for row in table for cell in row)
    if plain and not origem.formatadas:
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([header, *table])
        return "csv", text.getvalue().encode("utf-8-sig")
    return "xlsx", _workbook(origem, header, table)


def _table(origem: Origem) -> tuple[list[str], list[list[object]]]:
    rows: list[dict[str, object]] = []
    for number, changes in enumerate(origem.linhas, 1):
        text = f"{BASE['servico.discriminacao']}, chamado {number}"
        own = {} if "referencia" in changes else {"servico.discriminacao": text}
        rows.append({**BASE, **own, **changes})
    dropped = {path for row in rows for path, value in row.items() if value is None}
    paths = [path for path in dict.fromkeys(p for row in rows for p in row) if path not in dropped]
    return paths, [[row.get(path, "") for path in paths] for row in rows]


def _workbook(origem: Origem, header: list[str], table: list[list[object]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **origem.opcoes})
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Notas")
    sheet.write_row(0, 0, header)
    for number, row in enumerate(table, 1):
        for column, cell in enumerate(row):
            _write(book, sheet, number, column, cell)
    shaded = book.add_format({"bg_color": "#FFF2CC", "num_format": "#,##0.00"})
    for number in origem.formatadas:
        for column in range(len(header)):
            sheet.write_blank(number - 1, column, None, shaded)
    for number in origem.ocultas:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    book.close()
    return target.getvalue()


def _write(book: Any, sheet: Any, row: int, column: int, cell: object) -> None:
    how = cell if isinstance(cell, Como) else Como(cell)
    style = book.add_format({"num_format": how.formato})
    if how.formula:
        value = "" if how.valor is None else how.valor
        sheet.write_formula(row, column, how.formula, style, value)
    elif isinstance(how.valor, bool):
        sheet.write_boolean(row, column, how.valor, style)
    elif isinstance(how.valor, date):
        sheet.write_datetime(row, column, how.valor, style)
    elif isinstance(how.valor, int | float):
        sheet.write_number(row, column, how.valor, style)
    elif how.valor:
        sheet.write_string(row, column, str(how.valor), style)


def main(names: list[str]) -> None:
    """Write the cases named, or all of them; what is expected of a new one is left to fill in."""
    for name in names or list(CASOS):
        origem = CASOS[name]
        folder = FOLDER / name
        folder.mkdir(exist_ok=True)
        extension, data = content(origem)
        (folder / f"entrada.{extension}").write_bytes(data)
        for other, text in origem.arquivos.items():
            (folder / other).write_text(text, encoding="utf-8")
        expected = folder / "esperado.json"
        if not expected.exists():
            said = {"sobre": origem.sobre, "linhas": None, "problemas": None}
            expected.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
