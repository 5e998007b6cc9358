"""`Resultado`: one line per row of the source, with its situação."""

from collections.abc import Sequence

from converter.model.report import FileReport
from converter.sheets.frame import Nomes, RowLinks, document, lote_links, situacao_styles, top, web
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewColumn, NewSheet

COLUMNS = 13


def resultado(report: FileReport, nomes: Nomes) -> NewSheet:
    """The sheet; its columns are those of the contract, in its order."""
    rows = report.rows
    refs = lote_links(nomes, report.outcomes)
    links = [refs.get(ref or "") for ref in rows.ref]
    title = f"Resultado de {report.arquivo}"
    places, marks = RowLinks(nomes, rows.planilha, rows.row), situacao_styles(rows.situacao)
    return NewSheet(
        nome=nomes.resultado,
        topo=top(report.ambiente, title, sentence("folhas.resultado-ajuda"), columns=COLUMNS),
        colunas=(
            NewColumn("Aba", rows.planilha, "texto", 14),
            NewColumn("Linha", rows.row, "linkinteiro", 8, links=places),
            NewColumn("Prestador", _documents(rows.prestador), "codigo", 20),
            NewColumn("Tomador", rows.tomador, "texto", 32),
            NewColumn("CPF ou CNPJ", _documents(rows.documento), "codigo", 20),
            NewColumn("Valor", rows.valor, "valor", 16),
            NewColumn("Situação", [*map(str, rows.situacao)], "texto", 14, estilos=marks),
            NewColumn("Ref", rows.ref, "codigo", 36, links, [link and "link" for link in links]),
            NewColumn("Ordem no lote", rows.ordem, "inteiro", 8),
            NewColumn("Número da NFS-e", rows.numero, "codigo", 18),
            NewColumn("Código de verificação", rows.codigo_verificacao, "codigo", 34),
            NewColumn("Link", rows.uri, "link", 26, links=[web(uri) for uri in rows.uri]),
            NewColumn("XML da nota", rows.caminho_xml, "codigo", 30),
            NewColumn("Mensagens", rows.mensagens, "mensagem", 70),
        ),
        enderecos=False,
        tab_color="3E7CB1",
    )


def _documents(numbers: Sequence[str | None]) -> list[str | None]:
    """Each with its mask, equal ones the same text: rows have few issuers and customers."""
    masked = {number: document(number) for number in set(numbers)}
    return [masked[number] for number in numbers]
