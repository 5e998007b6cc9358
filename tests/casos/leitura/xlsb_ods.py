"""The binary workbook and OpenDocument."""

from tests.casos import biff12
from tests.casos.leitura.feitio import caso, zipped


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
