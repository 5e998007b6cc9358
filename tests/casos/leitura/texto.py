"""Text files: CSV in every encoding, HTML and XML under the name of a workbook."""

from tests.casos.leitura.feitio import caso, delimited


@caso("csv-utf8-bom", "csv")
def _() -> bytes:
    return delimited().encode("utf-8-sig")


@caso("csv-cp1252", "csv")
def _() -> bytes:
    return delimited().encode("cp1252")


@caso("csv-cp850", "csv")
def _() -> bytes:
    return delimited().encode("cp850")


@caso("csv-mac-roman", "csv")
def _() -> bytes:
    return delimited(end="\r").encode("mac_roman")


@caso("csv-utf16", "txt")
def _() -> bytes:
    return delimited("\t").encode("utf-16")


@caso("csv-acento-so-no-fim", "csv")
def _() -> bytes:
    plain = "".join(f"Cliente {row};Servico {row};10,00\r\n" for row in range(60))
    return ("Tomador;Servico;Valor\r\n" + plain + "Zé;Revisão;10,00\r\n").encode("cp1252")


@caso("csv-bom-que-mente", "csv")
def _() -> bytes:
    return b"\xef\xbb\xbf" + delimited().encode("cp1252")


@caso("csv-binario", "csv")
def _() -> bytes:
    return bytes(range(256)) * 8


@caso("html-com-nome-de-xls", "xls")
def _() -> bytes:
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
        "<title>Notas</title><style>td{color:red}</style></head><body>\r\n"
        "<table><tr><td colspan=3><b>Relatório de&nbsp;notas</b></td></tr></table>\r\n"
        "<table border=1>\r\n<tr><th>Tomador<th>Descrição<th>Valor</tr>\r\n"
        "<tr><td rowspan=2>José &amp; Irmãos</td><td>Revisão<br>completa</td><td>1.500,00</tr>\r\n"
        "<tr><td>Pintura</td><td>   320,90 </td></tr>\r\n</table></body></html>"
    ).encode("cp1252")


@caso("html-tabela-dentro-de-tabela", "xls")
def _() -> bytes:
    return (
        "<table><tr><td>Menu</td><td><table><tr><td>Tomador</td><td>Valor</td></tr>"
        "<tr><td>José</td><td>10,00</td></tr></table></td></tr></table>"
    ).encode()


@caso("html-sem-tabela", "xls")
def _() -> bytes:
    return b"<html><body><h1>Sess\xc3\xa3o expirada</h1></body></html>"


@caso("xml-2003-com-nome-de-xls", "xls")
def _() -> bytes:
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Styles><Style ss:ID="p"><NumberFormat ss:Format="0.00%"/></Style></Styles>'
        '<Worksheet ss:Name="Notas"><Table>'
        '<Row ss:Index="2"><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">Data</Data>'
        '</Cell><Cell><Data ss:Type="String">Alíquota</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="DateTime">2026-10-05T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-10-05T09:30:00.000</Data></Cell>'
        '<Cell ss:StyleID="p"><Data ss:Type="Number">0.03</Data></Cell>'
        '<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Formula="=1/0">'
        '<Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=1+1"/></Row>'
        "</Table></Worksheet></Workbook>"
    ).encode()


@caso("xml-de-nota-com-nome-de-xls", "xls")
def _() -> bytes:
    return b'<?xml version="1.0"?><nfeProc xmlns="http://www.portalfiscal.inf.br/nfe"/>'
