"""Files that cost much for their size, made by rule: the worst case of each pattern and count.

Each takes a size, about the bytes of its markup once inflated.
"""

import io
import zipfile
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    "<office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
SS = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def zipped(parts: Mapping[str, str]) -> bytes:
    """A zip of these texts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def xlsx(*sheets: str, rels: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """A book of sheets with these rows, and whatever else."""
    kinds = [f"worksheets/sheet{index}.xml" for index in range(len(sheets))]
    named = "".join(
        f'<sheet name="S{index}" sheetId="{index + 1}" r:id="s{index}"/>'
        for index in range(len(sheets))
    )
    joined = "".join(
        f'<Relationship Id="s{index}" Type="{OFFICE}/worksheet" Target="{kind}"/>'
        for index, kind in enumerate(kinds)
    )
    start = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    around = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": around.format(start),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": around.format(joined + rels),
            **{
                f"xl/{kind}": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
                for kind, rows in zip(kinds, sheets, strict=True)
            },
            **(more or {}),
        }
    )


def ods(body: str) -> bytes:
    """A document of these tables."""
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": ODS.format(body)})


def page(body: str) -> bytes:
    """A page with one row of its own and then `body`."""
    return f"<html><body><table><tr><td>Valor</td></tr>{body}</table>".encode()


def _row(cell: str) -> str:
    return f'<row r="1"><c r="A1"{cell}</c></row>'


def _first(of: str, count: int, text: str = "a") -> str:
    """A table of rows, each a cell with these attributes."""
    cell = f'<table:table-cell {of} office:value-type="string"><text:p>{text}</text:p>'
    row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
    return f'<table:table table:name="a">{row * count}</table:table>'


def _media(size: int) -> bytes:
    count = min(size // 200, 9_900)
    rels = "".join(
        f'<Relationship Id="q{index}" Type="{OFFICE}/image" Target="Media/P{index}.xml"/>'
        for index in range(count)
    )
    return xlsx(ONE, rels=rels, more={f"xl/media/p{index}.xml": "<a/>" for index in range(count)})


Make = Callable[[int], bytes]
MADE: Mapping[str, Make] = {
    "comentários.csv": lambda size: b"<!---->" * (size // 7) + b"x;y\n1;2",
    "comentário.xls": lambda size: b"<!--" + b"x" * size + b"-->" + page(""),
    "comentários-abertos.xls": lambda size: page("<!--" * (size // 4)),
    "scripts-abertos.xls": lambda size: page("<script>" * (size // 8)),
    "estilos-abertos.xls": lambda size: page("<style><script>" * (size // 15)),
    "fundo.xls": lambda size: page("<tr><td>" + "<div>" * (size // 5)),
    "tabelas.xls": lambda size: page("<tr><td><table>" * (size // 15)),
    "rowspan.xls": lambda size: page(
        '<tr><td rowspan="100000" colspan="16000">a</td></tr>'
        + "<tr><td>b</td></tr>" * (size // 20)
    ),
    "rowspans.xls": lambda size: page('<tr><td rowspan="100000">a</td></tr>' * (size // 38)),
    "aspas.csv": lambda size: b'";' * (size // 2),
    "aspas-abertas.csv": lambda size: b"a;b\n" + b'"a"b;"c\n' * (size // 8),
    "separadores.csv": lambda size: b";" * size,
    "colunas.csv": lambda size: b"valor;" * (size // 6) + b"\n" + b"1;" * (size // 6),
    "linha.csv": lambda size: b"a;b\n" + b"x" * size,
    "brancos.csv": lambda size: b" " * size + b"<",
    "relações.xlsx": _media,
    "relação.xlsx": lambda size: zipped(
        {"_rels/.rels": "<Relationship " + '/officeDocument" ' * (size // 17)}
    ),
    "brancos.xlsx": lambda size: xlsx(" " * size),
    "fórmula.xlsx": lambda size: xlsx(_row(f"><f>1</f>{' ' * size}")),
    "fórmula-aberta.xlsx": lambda size: xlsx(_row(f"><f>{' ' * size}")),
    "erro.xlsx": lambda size: xlsx(_row(' x="' + " t='e'" * (size // 6) + '"><v>1</v>')),
    "atributos.xlsx": lambda size: xlsx(
        _row("".join(f' a{index}="t"' for index in range(size // 10)) + "><v>1</v>")
    ),
    "longe.xlsx": lambda size: xlsx(
        *(['<row r="1048576"><c r="A1048576"><v>1</v></c></row>'] * (size // 200))
    ),
    "mescladas.xlsx": lambda size: xlsx(
        ONE
        + "</sheetData><mergeCells>"
        + '<mergeCell ref="A1:XFD1048576"/>' * (size // 32)
        + "</mergeCells><sheetData>"
    ),
    "textos.xlsx": lambda size: xlsx(
        "".join(
            f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, size // 50)
        ),
        rels=f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>',
        more={"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"y" * 32_000}</t></si></sst>'},
    ),
    "linhas.ods": lambda size: ods(
        _first("", 1) + f'<table:table table:name="b">{"<table:table-row/>" * (size // 18)}'
        "</table:table>"
    ),
    "largas.ods": lambda size: ods(_first('table:number-columns-repeated="16384"', size // 100)),
    "estendidas.ods": lambda size: ods(
        _first('table:number-columns-spanned="16384" table:number-rows-spanned="99"', size // 100)
    ),
    "buracos.ods": lambda size: ods(
        "".join(
            f'<table:table table:name="{sheet}"><table:table-row'
            ' table:number-rows-repeated="1048575"/><table:table-row><table:table-cell'
            ' office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'
            "</table:table>"
            for sheet in range(size // 300)
        )
    ),
    "índices.xls": lambda size: SS.format(
        '<Worksheet ss:Name="a"><Table><Row><Cell ss:Index="' + "0" * size + '9"/></Row></Table>'
        "</Worksheet>"
    ).encode(),
    "espalhadas.xls": lambda size: SS.format(
        '<Worksheet ss:Name="a"><Table>'
        + '<Row><Cell ss:Index="16384"><Data ss:Type="String">a</Data></Cell></Row>' * (size // 72)
        + "</Table></Worksheet>"
    ).encode(),
    "mescladas.xls": lambda size: SS.format(
        '<Worksheet ss:Name="a"><Table>'
        + '<Row><Cell ss:MergeAcross="16000" ss:MergeDown="9"><Data ss:Type="String">a</Data>'
        "</Cell></Row>" * (size // 90) + "</Table></Worksheet>"
    ).encode(),
}
