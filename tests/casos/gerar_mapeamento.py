"""Writes the cases of mapping, `tests/casos/mapa-*`, so that their tables can be reviewed here.

Usage: python -m tests.casos.gerar_mapeamento [--esperado] [NOME…]

Tables of one sheet become CSV, books xlsx. `--esperado` writes what mapping finds into
`esperado.json` too: review the difference before keeping it.
"""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter

from tests.casos.formato import FOLDER, Caso
from tests.casos.test_mapeamento import found

Table = Sequence[Sequence[object]]

CABECALHO = (
    *("Data de emissão", "CPF/CNPJ do tomador", "Nome do tomador", "Discriminação do serviço"),
    *("Item da lista de serviços (LC 116)", "ISS retido", "Valor dos serviços"),
)
PADARIA = (
    *("19/03/2026", "12.345.678/0001-95", "Padaria Trigo Dourado", "Suporte técnico"),
    *("01.07", "Não", "150,00"),
)
ANA = ("20/03/2026", "529.982.247-25", "Ana Prado", "Aula de violão", "08.02", "Não", "90,50")
API = (
    *("data_emissao", "tomador.cpf_cnpj", "tomador.razao_social", "servico.discriminacao"),
    *("servico.item_lista_servico", "servico.iss_retido", "servico.valor_servicos"),
)
SOMA = (None, None, None, None, None, None, "240,50")


@dataclass(frozen=True)
class Origem:
    """What a case is made of. `arquivos` are texts written beside the table."""

    sobre: str
    abas: Mapping[str, Table]
    ocultas: frozenset[str] = frozenset()
    arquivos: Mapping[str, str] = field(default_factory=dict)
    pasta: str = ""


def uma(sobre: str, *linhas: Sequence[object], pasta: str = "", **arquivos: str) -> Origem:
    """A table of one sheet; the other files by name, without `.toml`."""
    named = {f"{name}.toml": text for name, text in arquivos.items()}
    return Origem(sobre, {"entrada": linhas}, arquivos=named, pasta=pasta)


TITULO = ("", "ESCRITÓRIO MODELO", "", "", "", "", "", "")
DOIS_PRESTADORES = """\
[padroes]
prestador.codigo_municipio = "4106902"

[[prestadores]]
cnpj = "11.222.333/0001-81"
nome = "Ponte Clara"

[[prestadores]]
cnpj = "11.444.777/0001-61"
pastas = "Oficina do Zé"
"""

CASOS: dict[str, Origem] = {
    "mapa-titulo-e-margem": uma(
        "Logotipo e título acima, coluna vazia à esquerda: o cabeçalho é a linha 4.",
        TITULO,
        ("", "", "Notas de março", "", "", "", "", ""),
        ("",) * 8,
        ("", *CABECALHO),
        ("", *PADARIA),
        ("", *ANA),
    ),
    "mapa-cabecalho-em-duas-linhas": uma(
        "Grupos mesclados na linha de cima distinguem o CNPJ do prestador do CNPJ do tomador.",
        ("", "Prestador", "", "Tomador", "", "Serviço", "", "", ""),
        (
            *("Data", "CNPJ", "Inscrição municipal", "CNPJ", "Razão social", "Descrição"),
            *("Item LC 116", "ISS retido", "Valor"),
        ),
        (
            *("19/03/2026", "11222333000181", "12345", "12345678000195", "Padaria", "Suporte"),
            *("01.07", "N", "150,00"),
        ),
    ),
    "mapa-total-no-pe": uma(
        "A linha TOTAL é deixada de fora, com uma palavra.",
        CABECALHO,
        PADARIA,
        ANA,
        ("TOTAL", *SOMA[1:]),
    ),
    "mapa-subtotais": uma(
        "Subtotais no meio e um total geral no fim.",
        CABECALHO,
        PADARIA,
        ANA,
        ("", "", "Subtotal", *SOMA[3:]),
        PADARIA,
        ("", "", "Subtotal", None, None, None, "150,00"),
        ("Total geral", None, None, None, None, None, "390,50"),
    ),
    "mapa-soma-sem-palavra": uma(
        "Um valor sozinho que é a soma dos de cima é um total, mesmo sem a palavra.",
        CABECALHO,
        PADARIA,
        ANA,
        SOMA,
    ),
    "mapa-valor-sozinho": uma(
        "Um valor sozinho que não é soma de nada continua sendo uma linha, para ser recusada.",
        CABECALHO,
        PADARIA,
        ANA,
        (*SOMA[:6], "99,00"),
    ),
    "mapa-linhas-so-numeradas": uma(
        "Linhas só com o número de ordem estão em branco, mas isso é dito.",
        ("Linha nº", *CABECALHO),
        (1, *PADARIA),
        (2, *ANA),
        (3, *[""] * 7),
        (4, *[""] * 7),
    ),
    "mapa-cabecalho-repetido": uma(
        "Relatório paginado: o cabeçalho se repete no meio.",
        CABECALHO,
        PADARIA,
        CABECALHO,
        ANA,
    ),
    "mapa-rodape-de-relatorio": uma(
        "O rodapé do sistema não é uma nota.",
        CABECALHO,
        PADARIA,
        ("",) * 7,
        ("Gerado em 21/03/2026 às 10:15", *[""] * 6),
    ),
    "mapa-cliente-chamado-total": uma(
        "Uma cliente chamada Total é uma cliente.",
        CABECALHO,
        ("19/03/2026", "12.345.678/0001-95", "Total", *PADARIA[3:]),
    ),
    "mapa-so-cabecalho": uma("Cabeçalho sem nenhuma nota abaixo.", CABECALHO),
    "mapa-cabecalhos-a-moda-da-casa": uma(
        "Acentos, maiúsculas, pontos e espaços no cabeçalho não importam.",
        (
            *(" DATA EMISSÃO: ", "C.N.P.J. / C.P.F.", "nome_do_cliente", "DESCRICAO DO SERVIÇO"),
            *("Item LC-116", "I.S.S. Retido?", "Valor (R$)"),
        ),
        PADARIA,
    ),
    "mapa-coluna-duplicada": uma(
        "Duas colunas de valor: as duas são nomeadas e nada é enviado.",
        (*CABECALHO, "Valor total"),
        (*PADARIA, "150,00"),
    ),
    "mapa-coluna-com-erro-de-digitacao": uma(
        "Falta o valor, e há uma coluna quase igual: ela é proposta, não usada.",
        (*CABECALHO[:6], "Valor dos servisos"),
        PADARIA,
    ),
    "mapa-coluna-obrigatoria-ausente": uma(
        "Falta a discriminação: um problema, não um por linha.",
        (*CABECALHO[:3], *CABECALHO[4:]),
        (*PADARIA[:3], *PADARIA[4:]),
        (*ANA[:3], *ANA[4:]),
    ),
    "mapa-coluna-opcional-parecida": uma(
        "Uma coluna opcional com erro de digitação não se perde em silêncio.",
        (*CABECALHO, "Aliqota do ISS"),
        (*PADARIA, "3"),
    ),
    "mapa-focus-2015": uma(
        "As dezenove colunas que a Focus publicou em 2015.",
        (
            *("data_emissao", "nome", "valor", "item_lista_servico", "aliquota_iss", "tax_rate"),
            *("iss_retido", "discriminacao", "email", "cpf_cnpj", "telefone", "logradouro"),
            *("numero", "complemento", "bairro", "cep", "nome_municipio", "codigo_municipio"),
            "uf",
        ),
        (
            *("2026-03-19", "Padaria Trigo Dourado", "150.00", "01.07", "2.00", "13.45", "N"),
            *("Suporte técnico", "contato@trigodourado.com.br", "12345678000195", "4132568060"),
            *("Rua das Acácias", "999", "Sala 34", "Alto da XV", "80045165", "Curitiba"),
            *("4106902", "PR"),
        ),
    ),
    "mapa-focus-api-com-pontos": uma("Nomes da API com pontos.", API, PADARIA),
    "mapa-focus-api-com-sublinhados": uma(
        "Nomes da API com sublinhados.", [name.replace(".", "_") for name in API], PADARIA
    ),
    "mapa-campo-de-uma-prefeitura": uma(
        "Um campo que só uma prefeitura tem passa, se escrito com pontos.",
        (*CABECALHO, "imovel.codigo_cib"),
        (*PADARIA, "1058"),
    ),
    "mapa-abrasf": uma(
        "Nomes ABRASF, em que 2 é não.",
        (
            *("DataEmissao", "CpfCnpj", "RazaoSocial", "Discriminacao", "ItemListaServico"),
            *("IssRetido", "ValorServicos", "OptanteSimplesNacional"),
        ),
        (*PADARIA[:5], "2", "150.00", "1"),
    ),
    "mapa-abrasf-exigibilidade": uma(
        "A exigibilidade da ABRASF 2 numera de outro jeito que a natureza da operação.",
        (
            *("DataEmissao", "CpfCnpj", "RazaoSocial", "Discriminacao", "ItemListaServico"),
            *("IssRetido", "ValorServicos", "ExigibilidadeISS"),
        ),
        (*PADARIA[:5], "2", "150.00", "5"),
        (*ANA[:5], "2", "90.50", "2"),
    ),
    "mapa-enotas": uma(
        "Planilha no jeito do eNotas, com DDD e telefone em duas colunas.",
        (
            *("ChaveUnica", "CnpjEmpresa", "NomeCliente", "CpfCnpjCliente", "EmailCliente"),
            *("DDDCliente", "TelefoneCliente", "CodigoMunicipioCliente", "ValorTotal"),
            *("Discriminacao", "DataCompetencia", "ItemListaServico", "IssRetidoFonte"),
        ),
        (
            *("V-1", "11222333000181", "Ana Prado", "52998224725", "ana@exemplo.com.br", "41"),
            *("32568060", "Curitiba", "90,50", "Aula de violão", "20/03/2026", "08.02", "Não"),
        ),
    ),
    "mapa-prestador-pela-pasta": uma(
        "A subpasta de entrada/ diz quem é o prestador.",
        CABECALHO,
        PADARIA,
        pasta="Oficina do Zé",
        planilote=DOIS_PRESTADORES,
    ),
    "mapa-prestador-indefinido": uma(
        "Dois prestadores cadastrados, e nada diz de quem são as notas.",
        CABECALHO,
        PADARIA,
        planilote=DOIS_PRESTADORES,
    ),
    "mapa-prestador-fora-da-pasta": uma(
        "A coluna vale, mas uma nota de outro prestador na pasta é apontada.",
        (*CABECALHO, "CNPJ do prestador"),
        (*PADARIA, "11.444.777/0001-61"),
        (*ANA, "11.222.333/0001-81"),
        pasta="Oficina do Zé",
        planilote=DOIS_PRESTADORES,
    ),
    "mapa-padroes-por-prestador": uma(
        "Cada prestador da planilha leva os seus padrões; a coluna preenchida vale mais.",
        (*CABECALHO, "CNPJ do prestador", "Optante pelo Simples"),
        (*PADARIA, "11.444.777/0001-61", ""),
        (*ANA, "11.222.333/0001-81", ""),
        (*ANA, "11.222.333/0001-81", "Sim"),
        planilote=DOIS_PRESTADORES.replace(
            'pastas = "Oficina do Zé"\n',
            "[prestadores.padroes]\noptante_simples_nacional = true\n",
        )
        + "\n[municipios.4106902.padroes]\noptante_simples_nacional = false\n",
    ),
    "mapa-juntar-dividir-traduzir": uma(
        "Um mapeamento do usuário junta, divide e traduz colunas.",
        (
            *("Dia", "Doc", "Quem", "Cidade/UF", "Serviço", "Mês", "LC", "Retém", "Quanto"),
            "Tributação",
        ),
        (
            *("03/19/2026", "12345678000195", "Padaria", "Embu-Guaçu/SP", "Suporte", "março"),
            *("01.07", "fica aqui", "150,00", "NORMAL"),
        ),
        mapeamento="""\
[colunas]
data_emissao = { coluna = "Dia", formato = "mm/dd/aaaa" }
tomador.cpf_cnpj = "Doc"
tomador.razao_social = "Quem"
tomador.endereco.nome_municipio = { dividir = "Cidade/UF", parte = 1 }
tomador.endereco.uf = { dividir = "Cidade/UF", parte = 2 }
servico.discriminacao = { juntar = ["Serviço", "Mês"], separador = ", " }
servico.item_lista_servico = "LC"
servico.iss_retido = { coluna = "Retém", valores = { "Fica aqui" = true } }
servico.valor_servicos = "Quanto"
natureza_operacao = { coluna = "Tributação", valores = { Normal = 1, Isento = 3 } }
""",
    ),
    "mapa-dois-mapeamentos-iguais": uma(
        "Dois mapeamentos do usuário servem igualmente: os dois são nomeados.",
        ("Quando", "Quanto", "Texto"),
        ("19/03/2026", "150,00", "Suporte"),
        mapeamento_um="""\
[colunas]
data_emissao = "Quando"
servico.valor_servicos = "Quanto"
servico.discriminacao = "Texto"
""",
        mapeamento_dois="""\
[colunas]
data_emissao = "Quando"
servico.valor_servicos = "Quanto"
tomador.razao_social = "Texto"
""",
    ),
    "mapa-nada-reconhecido": uma(
        "Nenhum cabeçalho conhecido: a saída é o rascunho.",
        ("Col1", "Col2", "Col3"),
        ("a", "b", "c"),
    ),
    "mapa-duas-abas-diferentes": Origem(
        "Duas abas com cabeçalhos diferentes, cada uma com o seu mapeamento.",
        {
            "Março": (CABECALHO, PADARIA),
            "Abril": ((), [name.replace(".", "_") for name in API], ANA),
        },
    ),
    "mapa-abas-que-nao-sao-notas": Origem(
        "Cadastro, resumo, aba oculta e aba vazia são nomeados e pulados.",
        {
            "Resumo": (("Cliente", "Total"), ("Padaria", "150,00")),
            "Clientes": (("Nome", "CNPJ", "E-mail", "CEP"), ("Padaria", "1", "a@b.c", "80045165")),
            "Notas": (CABECALHO, PADARIA),
            "Antigas": (CABECALHO, ANA),
            "Plan3": (),
            "Leia-me": (("Não mexer nas fórmulas",),),
        },
        ocultas=frozenset({"Antigas"}),
    ),
    "mapa-so-aba-oculta": Origem(
        "A única aba com notas está oculta.",
        {"Capa": (), "Notas": (CABECALHO, PADARIA)},
        ocultas=frozenset({"Notas"}),
    ),
}


def content(origem: Origem) -> tuple[str, bytes]:
    """The extension and the bytes of a case's file."""
    if set(origem.abas) == {"entrada"}:
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(origem.abas["entrada"])
        return "csv", text.getvalue().encode("utf-8-sig")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})
    for name, rows in origem.abas.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if name in origem.ocultas:
            sheet.hide()
    book.close()
    return "xlsx", target.getvalue()


def main(arguments: list[str]) -> None:
    """Write the cases named, or all of them."""
    wanted = [name for name in arguments if not name.startswith("--")] or list(CASOS)
    for name in wanted:
        origem = CASOS[name]
        folder = FOLDER / name
        folder.mkdir(exist_ok=True)
        extension, data = content(origem)
        entrada = folder / f"entrada.{extension}"
        entrada.write_bytes(data)
        for other, text in origem.arquivos.items():
            (folder / other).write_text(text, encoding="utf-8")
        if "--esperado" in arguments:
            said = {"sobre": origem.sobre} | ({"pasta": origem.pasta} if origem.pasta else {})
            said["mapeamento"] = found(Caso(name, entrada, said))
            shown = json.dumps(said, ensure_ascii=False, indent=2)
            (folder / "esperado.json").write_text(shown + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
