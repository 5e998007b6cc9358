"""Writes the `entrada.*` of the cases that are not plain text, so that they can be reviewed here.

Usage: python -m tests.casos.gerar_leitura [--rascunho] [NOME…]

`--rascunho` prints what reading finds in each, as a draft of its `esperado.json`. The files that
LibreOffice has to write are made by `tests/casos/libreoffice.py`.
"""

import io
import json
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from converter.stages.read import read
from tests.casos import biff12
from tests.casos.formato import FOLDER
from tests.casos.test_leitura import found

Content = Callable[[], bytes]
CASOS: dict[str, tuple[str, Content]] = {}

NOTAS = (
    ("Tomador", "Descrição do serviço", "Valor"),
    ("José da Conceição", "Manutenção elétrica e pintura", "1.500,00"),
    ("Ótica São João", "Instalação de câmeras", "320,90"),
)


def caso(nome: str, extension: str) -> Callable[[Content], Content]:
    """Register the function that makes the file of a case."""

    def register(make: Content) -> Content:
        CASOS[nome] = (extension, make)
        return make

    return register


def delimited(separator: str = ";", end: str = "\r\n") -> str:
    """The notes as a text file."""
    return "".join(separator.join(row) + end for row in NOTAS)


def workbook(fill: Callable[[Any, Any], None], **options: object) -> bytes:
    """An xlsx with one sheet, `Notas`, filled by a function of the book and the sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    book.set_properties({"created": datetime(2026, 1, 1)})
    fill(book, book.add_worksheet("Notas"))
    book.close()
    return buffer.getvalue()


def with_parts(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A zip with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return buffer.getvalue()


def notes(_: Any, sheet: Any) -> None:
    """The notes from A1."""
    for index, row in enumerate(NOTAS):
        sheet.write_row(index, 0, row)


TALL = 40
SHEET = "xl/worksheets/sheet1.xml"


def replaced(part: str, old: str, new: str) -> bytes:
    """The workbook of the notes with a piece of one of its parts replaced."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return with_parts(workbook(notes), change)


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


@caso("arquivo-vazio", "xlsx")
def _() -> bytes:
    return b""


@caso("pdf-com-nome-de-planilha", "xlsx")
def _() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@caso("csv-com-nome-de-xlsx", "xlsx")
def _() -> bytes:
    return delimited().encode("cp1252")


@caso("xls-que-e-xlsx", "xls")
def _() -> bytes:
    return workbook(notes)


@caso("zip-de-planilhas", "xlsx")
def _() -> bytes:
    return zipped({"janeiro.csv": delimited(), "fevereiro.csv": delimited()})


@caso("word-com-nome-de-planilha", "xlsx")
def _() -> bytes:
    relation = (
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/>'
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{space}">{relation}</Relationships>',
            "word/document.xml": "<document/>",
        }
    )


@caso("xlsx-titulo-e-margens", "xlsx")
def _() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("C3:E3", "Notas de outubro de 2026", book.add_format({"bold": True}))
        for index, row in enumerate(NOTAS):
            sheet.write_row(4 + index, 2, row)

    return workbook(fill)


@caso("xlsx-tipos", "xlsx")
def _() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        hour = book.add_format({"num_format": "hh:mm"})
        length = book.add_format({"num_format": "[h]:mm"})
        money = book.add_format({"num_format": '"R$ "#,##0.00'})
        sheet.write_row(0, 0, ("Texto", "Inteiro", "Valor", "Sim", "Dia", "Momento", "Hora"))
        sheet.write_string(1, 0, "07504505000132")
        sheet.write_number(1, 1, 7504505000132)
        sheet.write_number(1, 2, 1234.5, money)
        sheet.write_boolean(1, 3, True)
        sheet.write_datetime(1, 4, date(2026, 10, 5), day)
        sheet.write_datetime(1, 5, datetime(2026, 10, 5, 9, 30), moment)
        sheet.write_datetime(1, 6, time(9, 30), hour)
        sheet.write_number(1, 7, 1.5, length)
        sheet.write_string(2, 0, "  espaços  e\nquebra  ")
        sheet.write_number(2, 1, 0)
        sheet.write_number(2, 2, -0.01)
        sheet.write_boolean(2, 3, False)
        sheet.write_number(2, 4, 46300)

    return workbook(fill)


@caso("xlsx-erros-e-formulas", "xlsx")
def _() -> bytes:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("Valor", "Base", "Total", "Texto"))
        sheet.write_formula("A2", "=NA()", None, "#N/A")
        sheet.write_formula("B2", "=Z99*2", None, "#REF!")
        sheet.write_formula("C2", "=10*2", None, 20)
        sheet.write_formula("D2", '="a"&"b"', None, "ab")
        sheet.write_formula("A3", "=SUM(A1:A2)")
        sheet.write_row("B3", (0, 0.0, "0"))

    return workbook(fill)


@caso("xlsx-formula-sem-resultado", "xlsx")
def _() -> bytes:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Valor</t></is></c></row>'
        '<row r="2"><c r="A2"><f>10*2</f><v></v></c><c r="B2"><f>10*2</f></c></row>'
        '<row r="4"><c r="C4"><f>10*2</f><v/></c>'
        '<c r="D4" t="str"><f>""</f><v></v></c></row>'
    )
    return with_parts(
        workbook(lambda _, sheet: sheet.write(0, 0, "x")),
        lambda parts: parts.update({SHEET: sheet_of(rows)}),
    )


def sheet_of(rows: str, opening: str = "") -> bytes:
    """A sheet part with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{opening}<worksheet xmlns="{space}">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


@caso("xlsx-porcento", "xlsx")
def _() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("Alíquota", "Própria", "Número", "Texto", "Falsa"))
        sheet.write_number(1, 0, 0.03, book.add_format({"num_format": 9}))
        sheet.write_number(1, 1, 0.0292, book.add_format({"num_format": "0.0000%"}))
        sheet.write_number(1, 2, 3)
        sheet.write_string(1, 3, "3%", book.add_format({"num_format": "0.00%"}))
        sheet.write_number(1, 4, 3, book.add_format({"num_format": '0.00"%"'}))

    return workbook(fill)


@caso("xlsx-1904", "xlsx")
def _() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "Data de emissão")
        sheet.write_datetime(1, 0, date(2026, 10, 5), book.add_format({"num_format": 14}))

    return workbook(fill, date_1904=True)


@caso("xlsx-planilhas-e-linhas-ocultas", "xlsx")
def _() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        notes(book, sheet)
        sheet.set_row(1, None, None, {"hidden": True})
        listas = book.add_worksheet("Listas")
        listas.write(0, 0, "Sim")
        listas.hide()
        book.add_worksheet("Vazia")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Notas!$C$2:$C$3"})
        book.add_chartsheet("Gráfico").set_chart(chart)

    return workbook(fill)


@caso("xlsx-espaco-de-nomes-com-prefixo", "xlsx")
def _() -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts[SHEET] = (
            f'<x:worksheet xmlns:x="{space}"><x:sheetData><x:row r="2"><x:c r="B2" t="str">'
            '<x:v>Valor</x:v></x:c></x:row><x:row r="3"><x:c r="B3" s="1"><x:v>0.03</x:v></x:c>'
            '<x:c r="C3" t="e"><x:v>#REF!</x:v></x:c><x:c r="D3"><x:f>1+1</x:f></x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        ).encode()

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_number(0, 0, 0.03, book.add_format({"num_format": 10}))

    return with_parts(workbook(fill), change)


@caso("xlsx-celulas-sem-endereco", "xlsx")
def _() -> bytes:
    rows = (
        '<row r="3"><c t="str"><v>Tomador</v></c><c t="str"><v>Valor</v></c></row>'
        '<row><c t="str"><v>José</v></c><c><v>10.5</v></c><c t="e"><v>#N/A</v></c></row>'
    )
    return with_parts(workbook(notes), lambda parts: parts.update({SHEET: sheet_of(rows)}))


@caso("xlsx-celula-perdida-no-fim", "xlsx")
def _() -> bytes:
    return workbook(lambda book, sheet: (notes(book, sheet), sheet.write("XFD1048576", " ")))


@caso("xlsx-celula-perdida-na-ultima-linha", "xlsx")
def _() -> bytes:
    return workbook(lambda book, sheet: (notes(book, sheet), sheet.write("B1048576", "fim")))


@caso("xlsx-formatada-ate-o-fim", "xlsx")
def _() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        notes(book, sheet)
        sheet.write_blank("XFD1048576", None, book.add_format({"bg_color": "yellow"}))

    return workbook(fill)


@caso("xlsx-endereco-impossivel", "xlsx")
def _() -> bytes:
    return replaced(SHEET, '<c r="A3"', '<c r="AAAA99999999"')


@caso("xlsx-bomba", "xlsx")
def _() -> bytes:
    return with_parts(
        workbook(notes), lambda parts: parts.update({"xl/media/image1.bmp": b"\x00" * (40 << 20)})
    )


@caso("xlsx-cortado", "xlsx")
def _() -> bytes:
    content = workbook(notes)
    return content[: len(content) * 2 // 3]


@caso("xlsx-um-byte-trocado", "xlsx")
def _() -> bytes:
    content = bytearray(workbook(notes))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        content[archive.getinfo(SHEET).header_offset + 120] ^= 0x55
    return bytes(content)


@caso("xlsx-entidades", "xlsx")
def _() -> bytes:
    rows = '<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>'
    opening = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return with_parts(workbook(notes), lambda parts: parts.update({SHEET: sheet_of(rows, opening)}))


@caso("xlsx-contagem-que-mente", "xlsx")
def _() -> bytes:
    return replaced("xl/sharedStrings.xml", 'uniqueCount="9"', 'uniqueCount="99999999999"')


@caso("xlsx-com-senha", "xlsx")
def _() -> bytes:
    return compound("EncryptionInfo", "EncryptedPackage")


@caso("email-com-nome-de-planilha", "xls")
def _() -> bytes:
    return compound("__substg1.0_0037001F")


def compound(*names: str) -> bytes:
    """The skeleton of a compound file: header, one FAT sector, one directory sector."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 10
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    directory = b""
    for index, name in enumerate(("Root Entry", *names)):
        encoded = (name + "\0").encode("utf-16-le")
        entry = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded), 2 if index else 5, 1)
        directory += (entry + b"\xff" * 12 + b"\x00" * 36 + b"\xfe\xff\xff\xff").ljust(128, b"\x00")
    return header + fat + directory.ljust(512, b"\x00")


@caso("xlsm-macros", "xlsm")
def _() -> bytes:
    return with_parts(
        workbook(notes), lambda parts: parts.update({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    )


@caso("xlsx-vinculo-externo", "xlsx")
def _() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        notes(book, sheet)
        sheet.write_formula("C3", "='[1]Preços'!$B$7", None, 320.9)

    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return with_parts(
        workbook(fill), lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": link})
    )


@caso("xlsx-sem-conteudo", "xlsx")
def _() -> bytes:
    return workbook(lambda _, __: None)


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


@caso("xlsb-tipos", "xlsb")
def _() -> bytes:
    styled = biff12.Styled
    return biff12.book(
        "Notas",
        (
            ("Dia", "Momento", "Valor", "Alíquota", "Sim", "Erro", "CNPJ"),
            (
                styled(46300, "dd/mm/yyyy"),
                styled(46300.395833333336, "dd/mm/yyyy hh:mm"),
                1234.56,
                styled(0.0292, "0.00%"),
                True,
                biff12.Erro(0x17),
                12345678000195.0,
            ),
            (),
            (None, "açúcar", 1 / 3, 0.0, False, biff12.Erro(0x2A), "07504505000132"),
        ),
        first_row=3,
    )


@caso("xlsb-1904", "xlsb")
def _() -> bytes:
    rows = (("Dia",), (biff12.Styled(44838, "dd/mm/yyyy"),))
    return biff12.book("Notas", rows, date1904=True)


@caso("xlsb-linha-impossivel", "xlsb")
def _() -> bytes:
    return biff12.book("Notas", (("perdida",),), first_row=0x7FFFFFFF)


OPEN_DOCUMENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Notas">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def open_document(rows: str) -> bytes:
    """An ods of one sheet with these rows."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": OPEN_DOCUMENT.format(rows),
        }
    )


@caso("ods-repeticoes", "ods")
def _() -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    return open_document(
        f'<table:table-row table:number-rows-repeated="3">{blank}</table:table-row>'
        f'<table:table-row>{blank}<table:table-cell office:value-type="string">'
        "<office:annotation><text:p>um comentário</text:p></office:annotation>"
        '<text:p>Rua<text:s text:c="2"/>A</text:p><text:p>fundos</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell '
        'table:number-columns-repeated="2" office:value-type="float" office:value="7.5">'
        "<text:p>7,50</text:p></table:table-cell></table:table-row>"
        f'<table:table-row table:number-rows-repeated="4">{blank}</table:table-row>'
        '<table:table-row><table:table-cell office:value-type="percentage" office:value="0.03"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        '</table:table-cell><table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-10-05"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-10-05T09:30:00"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="currency" office:value="1500.25"/>'
        "</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048560">{blank}</table:table-row>'
    )


@caso("ods-repeticao-sem-fim", "ods")
def _() -> bytes:
    return open_document(
        '<table:table-row table:number-rows-repeated="999999999"><table:table-cell '
        'table:number-columns-repeated="9999" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    )


@caso("ods-com-senha", "ods")
def _() -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
            "content.xml": b"\x8a\x91",
        }
    )


def main(arguments: list[str]) -> None:
    """Write the files of the cases named, or of all of them."""
    draft = "--rascunho" in arguments
    wanted = [name for name in arguments if not name.startswith("--")] or list(CASOS)
    for name in wanted:
        extension, make = CASOS[name]
        content = make()
        if draft:
            outcome = read(content, f"{name}.{extension}")
            sheets = outcome.book.sheets if outcome.book else ()
            tall = {sheet.name: {"celulas": {}} for sheet in sheets if len(sheet.rows) > TALL}
            print(json.dumps({name: found(outcome, {"planilhas": tall})}, ensure_ascii=False))
            continue
        path = Path(FOLDER, name, f"entrada.{extension}")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
