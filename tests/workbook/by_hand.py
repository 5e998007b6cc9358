"""Books with what Excel, Google Sheets and others write and no Python library does."""

import io
import zipfile

from tests.workbook.packages import (
    HEAD,
    MAIN,
    PACKAGE,
    REL,
    SHEET_DATA,
    SML,
    STRICT_MAIN,
    STRICT_REL,
    Parts,
    base,
    content_types,
    relations,
    with_override,
    with_relation,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"


def excel_like() -> bytes:
    parts = base()
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'mc:Ignorable="x15 xr" '
        'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision">'
        '<fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="27231"/>'
        '<workbookPr defaultThemeVersion="166925"/><mc:AlternateContent><mc:Choice '
        'Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/'
        'spreadsheetml/2010/11/ac" url="C:\\Clientes\\"/></mc:Choice></mc:AlternateContent>'
        '<xr:revisionPtr revIDLastSave="0" documentId="8_{0}"/>'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" '
        'windowHeight="12300"/></bookViews><sheets><sheet name="Notas" sheetId="7" r:id="rId1"/>'
        '</sheets><definedNames><definedName name="Taxa">Notas!$B$2</definedName>'
        '</definedNames><calcPr calcId="191029"/></workbook>'
    )
    return zipped(parts)


def prefixed() -> bytes:
    """As the Open XML SDK writes: every element of the workbook and the styles with a prefix."""
    parts = base()
    parts["xl/workbook.xml"] = (
        f'{HEAD}<x:workbook xmlns:x="{MAIN}"><x:sheets><x:sheet name="Notas" sheetId="1" '
        f'r:id="rId1" xmlns:r="{REL}"/></x:sheets></x:workbook>'
    )
    styles = str(parts["xl/styles.xml"]).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    head, body = styles.split("?>\n")
    body = body.replace("<", "<x:").replace("<x:/", "</x:")
    parts["xl/styles.xml"] = f"{head}?>\n{body}"
    return zipped(parts)


def strict() -> bytes:
    parts = base()
    for name in list(parts):
        parts[name] = str(parts[name]).replace(MAIN, STRICT_MAIN).replace(REL, STRICT_REL)
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "<workbook ", '<workbook conformance="strict" '
    )
    return zipped(parts)


def without_styles() -> bytes:
    parts = base()
    del parts["xl/styles.xml"]
    parts[WORKBOOK_RELS] = relations("rId1 worksheet worksheets/sheet1.xml")
    types = {
        "/xl/workbook.xml": f"{SML}.sheet.main+xml",
        f"/{SHEET}": f"{SML}.worksheet+xml",
    }
    parts["[Content_Types].xml"] = content_types(types)
    parts[SHEET] = str(parts[SHEET]).replace(' s="1"', "")
    return zipped(parts)


def sparse_styles() -> bytes:
    parts = base()
    parts["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{MAIN}"/>'
    parts[SHEET] = str(parts[SHEET]).replace(' s="1"', "")
    return zipped(parts)


def absolute_targets() -> bytes:
    parts = base()
    parts["_rels/.rels"] = relations("rId1 officeDocument /xl/workbook.xml")
    parts[WORKBOOK_RELS] = relations(
        "rId1 worksheet /xl/worksheets/sheet1.xml", "rId2 styles /xl/styles.xml"
    )
    return zipped(parts)


def odd_names() -> bytes:
    """The workbook elsewhere, and a part whose name the relationship spells in other case."""
    parts = base()
    parts["Livro/pasta.xml"] = parts.pop("xl/workbook.xml")
    parts["Livro/_rels/pasta.xml.rels"] = relations(
        "rId9 worksheet ../XL/Worksheets/Sheet1.xml", "rIdX styles ../xl/styles.xml"
    )
    del parts[WORKBOOK_RELS]
    parts["Livro/pasta.xml"] = str(parts["Livro/pasta.xml"]).replace("rId1", "rId9")
    parts["_rels/.rels"] = relations("rId1 officeDocument Livro/pasta.xml")
    types = str(parts["[Content_Types].xml"])
    parts["[Content_Types].xml"] = types.replace("/xl/workbook.xml", "/Livro/pasta.xml")
    return zipped(parts)


def signed() -> bytes:
    parts = base()
    origin = f"{PACKAGE}/relationships/digital-signature/origin"
    signature = f"{PACKAGE}/relationships/digital-signature/signature"
    with_relation(parts, "_rels/.rels", f"rId9 {origin} _xmlsignatures/origin.sigs")
    with_override(
        parts,
        "_xmlsignatures/origin.sigs",
        "application/vnd.openxmlformats-package.digital-signature-origin",
        b"",
    )
    with_override(
        parts,
        "_xmlsignatures/sig1.xml",
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
    )
    parts["_xmlsignatures/_rels/origin.sigs.rels"] = relations(f"rId1 {signature} sig1.xml")
    return zipped(parts)


def threaded_comments() -> bytes:
    parts = base()
    person = "http://schemas.microsoft.com/office/2017/10/relationships/person"
    thread = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    identity = "{6D5C1C4B-0E1D-4F4D-9D39-111111111111}"
    with_relation(parts, WORKBOOK_RELS, f"rId8 {person} persons/person.xml")
    with_override(
        parts,
        "xl/persons/person.xml",
        "application/vnd.ms-excel.person+xml",
        f'{HEAD}<personList xmlns="{space}"><person displayName="Ana Prado" '
        f'id="{identity}" userId="ana" providerId="None"/></personList>',
    )
    with_relation(parts, SHEET_RELS, f"rId1 {thread} ../threadedComments/threadedComment1.xml")
    with_override(
        parts,
        "xl/threadedComments/threadedComment1.xml",
        "application/vnd.ms-excel.threadedcomments+xml",
        f'{HEAD}<ThreadedComments xmlns="{space}"><threadedComment ref="A2" '
        f'dT="2026-10-01T10:00:00.00" personId="{identity}" '
        'id="{0B7C3A4E-7C2E-4B6B-9C0C-222222222222}"><text>Conferir este CNPJ</text>'
        "</threadedComment></ThreadedComments>",
    )
    return zipped(parts)


def pivot_with_slicer() -> bytes:
    parts = base()
    cache = f"{REL}/pivotCacheDefinition"
    with_relation(parts, WORKBOOK_RELS, f"rId5 {cache} pivotCache/pivotCacheDefinition1.xml")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>",
        '</sheets><pivotCaches><pivotCache cacheId="1" r:id="rId5"/></pivotCaches>',
    )
    with_override(
        parts,
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f"{SML}.pivotCacheDefinition+xml",
        f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{REL}" refreshOnLoad="1" '
        'recordCount="1" saveData="0"><cacheSource type="worksheet"><worksheetSource '
        'ref="A1:B2" sheet="Notas"/></cacheSource><cacheFields count="2"><cacheField '
        'name="CNPJ" numFmtId="0"><sharedItems/></cacheField><cacheField name="Valor" '
        'numFmtId="0"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>',
    )
    with_relation(parts, SHEET_RELS, "rId1 pivotTable ../pivotTables/pivotTable1.xml")
    with_override(
        parts,
        "xl/pivotTables/pivotTable1.xml",
        f"{SML}.pivotTable+xml",
        f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="Dinâmica" cacheId="1" '
        'dataCaption="Valores"><location ref="D1:E3" firstHeaderRow="1" firstDataRow="1" '
        'firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" showAll="0"/>'
        '<pivotField dataField="1" showAll="0"/></pivotFields></pivotTableDefinition>',
    )
    parts["xl/pivotTables/_rels/pivotTable1.xml.rels"] = relations(
        "rId1 pivotCacheDefinition ../pivotCache/pivotCacheDefinition1.xml"
    )
    slicer = "http://schemas.microsoft.com/office/2007/relationships/slicerCache"
    with_relation(parts, WORKBOOK_RELS, f"rId6 {slicer} slicerCaches/slicerCache1.xml")
    with_override(
        parts,
        "xl/slicerCaches/slicerCache1.xml",
        "application/vnd.ms-excel.slicerCache+xml",
        f'{HEAD}<slicerCacheDefinition xmlns="http://schemas.microsoft.com/office/'
        'spreadsheetml/2009/9/main" name="Segmentação_CNPJ" sourceName="CNPJ"/>',
    )
    return zipped(parts)


def custom_xml() -> bytes:
    parts = base()
    with_relation(parts, WORKBOOK_RELS, "rId7 customXml ../customXml/item1.xml")
    parts["customXml/item1.xml"] = (
        '<cliente xmlns="urn:escritorio"><codigo>00042</codigo></cliente>'
    )
    parts["customXml/_rels/item1.xml.rels"] = relations("rId1 customXmlProps itemProps1.xml")
    with_override(
        parts,
        "customXml/itemProps1.xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f'{HEAD}<ds:datastoreItem ds:itemID="{{4F0F7E54-6D0B-4D31-8F0B-333333333333}}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        "<ds:schemaRefs/></ds:datastoreItem>",
    )
    return zipped(parts)


def calc_chain() -> bytes:
    parts = base()
    parts[SHEET] = str(parts[SHEET]).replace("<v>10.5</v>", "<f>5.25*2</f><v>10.5</v>")
    with_relation(parts, WORKBOOK_RELS, "rId4 calcChain calcChain.xml")
    with_override(
        parts,
        "xl/calcChain.xml",
        f"{SML}.calcChain+xml",
        f'{HEAD}<calcChain xmlns="{MAIN}"><c r="B2" i="1"/></calcChain>',
    )
    return zipped(parts)


def conditional_2010() -> bytes:
    """A data bar of 2010 and a sparkline, both in an extension list."""
    parts = base()
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    parts[SHEET] = (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{SHEET_DATA}<extLst>'
        '<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
        f'xmlns:x14="{x14}"><x14:conditionalFormattings><x14:conditionalFormatting '
        f'xmlns:xm="{xm}"><x14:cfRule type="dataBar" id="{{00000000-0000-0000-0000-0000000000A1}}">'
        '<x14:dataBar minLength="0" maxLength="100"><x14:cfvo type="autoMin"/>'
        '<x14:cfvo type="autoMax"/><x14:negativeFillColor rgb="FFFF0000"/>'
        '<x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>B2:B9</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        '<ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" '
        f'xmlns:x14="{x14}"><x14:sparklineGroups xmlns:xm="{xm}"><x14:sparklineGroup>'
        "<x14:sparklines><x14:sparkline><xm:f>Notas!B2:B9</xm:f><xm:sqref>C2</xm:sqref>"
        "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
        "</extLst></worksheet>"
    )
    return zipped(parts)


def google_like() -> bytes:
    """Prefixed drawings, empty drawing parts and no document properties."""
    parts = base()
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><workbookPr/><sheets><sheet '
        'state="visible" name="Notas" sheetId="1" r:id="rId1"/></sheets><definedNames/><calcPr/>'
        "</workbook>"
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    parts[SHEET] = str(parts[SHEET]).replace("</worksheet>", '<drawing r:id="rId1"/></worksheet>')
    with_relation(parts, SHEET_RELS, "rId1 drawing ../drawings/drawing1.xml")
    with_override(
        parts,
        "xl/drawings/drawing1.xml",
        "application/vnd.openxmlformats-officedocument.drawing+xml",
        f'{HEAD}<xdr:wsDr xmlns:xdr="{drawing}"/>',
    )
    return zipped(parts)


def hyperlinks_outside() -> bytes:
    parts = base()
    parts[SHEET] = str(parts[SHEET]).replace(
        "</worksheet>", '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks></worksheet>'
    )
    with_relation(parts, SHEET_RELS, "rId1 hyperlink mailto:ana@example.com External")
    return zipped(parts)


def names_taken() -> bytes:
    parts = base()
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('"Notas"', '"RESUMO"')
    return zipped(parts)


def quoted_name() -> bytes:
    parts = base()
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        '"Notas"', '"D\'Ávila &amp; Filhos"'
    )
    return zipped(parts)


def structure_locked() -> bytes:
    parts = base()
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "<sheets>",
        '<workbookProtection workbookPassword="CC1A" lockStructure="1"/><sheets>',
    )
    return zipped(parts)


def from_1904() -> bytes:
    parts = base()
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    return zipped(parts)


def utf16_workbook() -> bytes:
    parts = base()
    text = str(parts["xl/workbook.xml"]).replace('encoding="UTF-8"', 'encoding="UTF-16"')
    parts["xl/workbook.xml"] = text.encode("utf-16")
    return zipped(parts)


def stored() -> bytes:
    return zipped(base(), zipfile.ZIP_STORED)


def with_folders() -> bytes:
    """Zipped again by hand: entries for folders too."""
    parts: Parts = {"xl/": "", "xl/worksheets/": "", "_rels/": ""}
    return zipped(parts | base())


def streamed() -> bytes:
    """Sizes only after the data, as writers that cannot seek do."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:
            self.written += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in base().items():
            archive.writestr(name, content)
    return bytes(pipe.written)


BOOKS = {
    function.__name__: function
    for function in (
        excel_like,
        prefixed,
        strict,
        without_styles,
        sparse_styles,
        absolute_targets,
        odd_names,
        signed,
        threaded_comments,
        pivot_with_slicer,
        custom_xml,
        calc_chain,
        conditional_2010,
        google_like,
        hyperlinks_outside,
        names_taken,
        quoted_name,
        structure_locked,
        from_1904,
        utf16_workbook,
        stored,
        with_folders,
        streamed,
    )
}
