"""`Resultado`: one line per row of the source, with its fate."""

from converter.model.report import FileReport
from converter.sheets.frame import Nomes, RowLinks, document, lote_links, situacao_styles, top, web
from converter.texts import folhas
from converter.workbook.folha import Coluna, Folha

COLUMNS = 13


def resultado(report: FileReport, nomes: Nomes) -> Folha:
    """The sheet; its columns are those of the contract, in its order."""
    rows = report.rows
    refs = lote_links(nomes, [outcome.lote.ref for outcome in report.outcomes])
    return Folha(
        nome=nomes.resultado,
        topo=top(
            report.ambiente,
            f"Resultado de {report.arquivo}",
            folhas.RESULTADO_AJUDA,
            columns=COLUMNS,
        ),
        colunas=(
            Coluna("Aba", rows.planilha, "texto", 14),
            Coluna(
                "Linha",
                rows.row,
                "linkinteiro",
                8,
                links=RowLinks(nomes, rows.planilha, rows.row),
                estilo_titulo="titulodireita",
            ),
            Coluna("Prestador", [document(each) for each in rows.prestador], "codigo", 20),
            Coluna("Tomador", rows.tomador, "texto", 32),
            Coluna("CPF ou CNPJ", [document(each) for each in rows.documento], "codigo", 20),
            Coluna("Valor", rows.valor, "valor", 16, estilo_titulo="titulodireita"),
            Coluna(
                "Situação",
                [each.value for each in rows.situacao],
                "texto",
                14,
                estilos=situacao_styles(rows.situacao),
            ),
            Coluna(
                "Ref",
                rows.ref,
                "codigo",
                36,
                links=[refs.get(ref or "") for ref in rows.ref],
                estilos=["link" if (ref or "") in refs else None for ref in rows.ref],
            ),
            Coluna("Ordem no lote", rows.ordem, "inteiro", 8, estilo_titulo="titulodireita"),
            Coluna("Número da NFS-e", rows.numero, "codigo", 18),
            Coluna("Código de verificação", rows.codigo_verificacao, "codigo", 34),
            Coluna("Link", rows.uri, "link", 26, links=[web(uri) for uri in rows.uri]),
            Coluna("XML da nota", rows.caminho_xml, "codigo", 30),
            Coluna("Mensagens", rows.mensagens, "mensagem", 70),
        ),
        cor_da_aba="3E7CB1",
    )
