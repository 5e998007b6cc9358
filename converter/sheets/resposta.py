"""`Resposta`: the answer of the prefeitura, one line per note."""

from converter.model.outcome import Message
from converter.model.report import FileReport
from converter.sheets.frame import (
    Nomes,
    RowLinks,
    document,
    lote_links,
    situacao_styles,
    told_moment,
    top,
    web,
)
from converter.texts import folhas, resultado
from converter.workbook.folha import Celula, Coluna, Folha, Linha

COLUMNS = 13


def resposta(report: FileReport, nomes: Nomes) -> Folha:
    """The sheet; before any answer it says what to do to get one."""
    refs = lote_links(nomes, [outcome.lote.ref for outcome in report.outcomes])
    answers = [
        (outcome, answer, notas_by_order.get(answer.ordem))
        for outcome in report.outcomes
        if outcome.answers
        for notas_by_order in [{nota.ordem: nota for nota in outcome.lote.notas}]
        for answer in outcome.answers
    ]
    header = top(report.ambiente, "Resposta da prefeitura", folhas.RESPOSTA_AJUDA, columns=COLUMNS)
    if not answers:
        line = Linha((Celula(folhas.SEM_RESPOSTA, "passo", colunas=COLUMNS),), 32)
        header = (*header[:-1], line)
    notas = [nota for _, _, nota in answers]
    planilhas = [nota.planilha if nota else "" for nota in notas]
    rows = [nota.row if nota else 0 for nota in notas]
    return Folha(
        nome=nomes.resposta,
        topo=header,
        colunas=(
            Coluna(
                "Ref",
                [outcome.lote.ref for outcome, _, _ in answers],
                "link",
                36,
                links=[refs[outcome.lote.ref] for outcome, _, _ in answers],
            ),
            Coluna(
                "Prestador",
                [document(outcome.lote.prestador.cnpj) for outcome, _, _ in answers],
                "codigo",
                20,
            ),
            Coluna(
                "Ordem no lote",
                [answer.ordem for _, answer, _ in answers],
                "inteiro",
                9,
                estilo_titulo="titulodireita",
            ),
            Coluna("Aba", planilhas, "texto", 16),
            Coluna(
                "Linha",
                [row or None for row in rows],
                "linkinteiro",
                8,
                links=RowLinks(nomes, planilhas, rows),
                estilo_titulo="titulodireita",
            ),
            Coluna("Tomador", [nota.tomador if nota else None for nota in notas], "texto", 34),
            Coluna(
                "Valor",
                [nota.valor if nota else None for nota in notas],
                "valor",
                16,
                estilo_titulo="titulodireita",
            ),
            Coluna(
                "Situação",
                [answer.situacao.value for _, answer, _ in answers],
                "texto",
                14,
                estilos=situacao_styles([answer.situacao for _, answer, _ in answers]),
            ),
            Coluna("Número da NFS-e", [each.numero for _, each, _ in answers], "codigo", 18),
            Coluna(
                "Código de verificação",
                [each.codigo_verificacao for _, each, _ in answers],
                "codigo",
                34,
            ),
            Coluna(
                "Emissão", [told_moment(each.data_emissao) for _, each, _ in answers], "codigo", 20
            ),
            Coluna(
                "Link",
                [each.uri for _, each, _ in answers],
                "link",
                30,
                links=[web(each.uri) for _, each, _ in answers],
            ),
            Coluna("XML da nota", [each.caminho_xml for _, each, _ in answers], "codigo", 30),
            Coluna(
                "Mensagens",
                ["\n".join(map(told, answer.messages)) for _, answer, _ in answers],
                "mensagem",
                60,
            ),
        ),
        cor_da_aba="3BA55D",
    )


def told(message: Message) -> str:
    """A message of the API or the prefeitura with its code and its correction, word for word."""
    text = resultado.dito(message)
    return f"{text} ({message.correction})" if message.correction else text
