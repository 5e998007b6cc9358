"""Workbooks of every kind of cell, sheet and place."""

from datetime import date, datetime, time
from typing import Any

from tests.casos.leitura.feitio import NOTAS, SHEET, caso, notes, sheet_of, with_parts, workbook


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
