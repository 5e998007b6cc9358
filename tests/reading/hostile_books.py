"""Packages that blow up outside their cells: styles, names, notes, rules, strings, entries.

Each takes about the bytes of its markup once inflated, as those of `hostile`.
"""

import struct
import zlib
from collections.abc import Mapping

from tests.reading.hostile import MAIN, OFFICE, ONE, PACKAGE, Make, ods, xlsx, zipped

STRING = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
_SECTOR = 512


def _part(kind: str, body: str, cells: str = ONE) -> bytes:
    """A book with one shared part of its own."""
    relation = f'<Relationship Id="t" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
    return xlsx(cells, rels=relation, more={f"xl/{kind}.xml": body})


def _strings(body: str) -> bytes:
    return _part("sharedStrings", f'<sst xmlns="{MAIN}">{body}</sst>', STRING)


def _behind(body: str) -> bytes:
    """A sheet with this behind its cells."""
    return xlsx(f"{ONE}</sheetData>{body}<sheetData>")


def _times(count: int, of: str) -> str:
    return "".join(of.replace("#", str(index)) for index in range(1, count))


def _cycle(size: int) -> bytes:
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    start = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    back = f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="workbook.xml"/>'
    sheets = _times(size // 40, '<sheet name="S#" sheetId="#" r:id="a"/>')
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations.format(start),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations.format(back),
        }
    )


def _overlapping(size: int) -> bytes:
    """Thousands of parts that are the same bytes of the archive."""
    content = b"0" * size * 60
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeeze.compress(content) + squeeze.flush()
    sums = struct.pack("<III", zlib.crc32(content), len(data), len(content))
    name = b"xl/worksheets/sheet1.xml"
    local = struct.pack("<4s5H", b"PK\3\4", 20, 0, 8, 0, 0) + sums
    local += struct.pack("<HH", len(name), 0) + name + data
    names = [f"xl/worksheets/sheet{index}.xml".encode() for index in range(size // 60)]
    listed = b"".join(
        struct.pack("<4s6H", b"PK\1\2", 20, 20, 0, 8, 0, 0)
        + sums
        + struct.pack("<5HII", len(each), 0, 0, 0, 0, 0, 0)
        + each
        for each in names
    )
    count = len(names)
    end = struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, count, count, len(listed), len(local), 0)
    return local + listed + end


def _looping(size: int) -> bytes:
    """A compound file whose stream leads back to its own first sector."""
    sectors = min(size // _SECTOR, 120)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 2]
    table += [0xFFFFFFFF] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    none = 0xFFFFFFFE
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, none, 0, none, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, start: int, length: int, child: int) -> bytes:
        text = name.encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, length)

    folder = entry("Root Entry", 5, none, 0, 1) + entry("Workbook", 2, 2, 0x7FFFFFFF, 0xFFFFFFFF)
    stream = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0xDBB, 0x7CC, 0, 6)
    return (
        head
        + struct.pack("<128I", *table)
        + folder.ljust(512, b"\0")
        + stream.ljust(sectors * _SECTOR, b"\0")
    )


def _deep(levels: int) -> str:
    return f'<row r="1"><c r="A1"><is>{"<r>" * levels}x{"</r>" * levels}</is></c></row>'


def _named(size: int) -> bytes:
    listed = _times(size, '<definedName name="n#">S0!$A$1</definedName>')
    book = f'<sheets><sheet name="S0" sheetId="1" r:id="s0"/></sheets><definedNames>{listed}'
    start = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    sheet = f'<Relationship Id="s0" Type="{OFFICE}/worksheet" Target="worksheets/sheet0.xml"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": relations.format(start),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}'
            "</definedNames></workbook>",
            "xl/_rels/workbook.xml.rels": relations.format(sheet),
            "xl/worksheets/sheet0.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{ONE}'
            "</sheetData></worksheet>",
        }
    )


BOOKS: Mapping[str, Make] = {
    "fundo.xlsx": lambda size: xlsx(_deep(size // 7)),
    "textos-distintos.xlsx": lambda size: _strings(_times(size // 3, "<si><t>t#</t></si>")),
    "pedaços.xlsx": lambda size: _strings(
        f"<si>{'<r><rPr><b/></rPr><t>a</t></r>' * (size // 3)}</si>"
    ),
    "estilos.xlsx": lambda size: _part(
        "styles",
        f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * size * 2}</cellXfs></styleSheet>',
    ),
    "nomes.xlsx": _named,
    "condicionais.xlsx": lambda size: _behind(
        _times(
            size // 3,
            '<conditionalFormatting sqref="A#"><cfRule type="expression" '
            'priority="#"><formula>A#&gt;1</formula></cfRule></conditionalFormatting>',
        )
    ),
    "validações.xlsx": lambda size: _behind(
        f"""<dataValidations>{
            _times(
                size // 3,
                '<dataValidation type="list" sqref="A#">'
                '<formula1>"sim"</formula1></dataValidation>',
            )
        }</dataValidations>"""
    ),
    "ligações.xlsx": lambda size: _behind(
        f"""<hyperlinks>{_times(size // 3, '<hyperlink ref="A#" location="S!A1"/>')}</hyperlinks>"""
    ),
    "mescladas-distintas.xlsx": lambda size: _behind(
        f"""<mergeCells>{_times(size // 3, '<mergeCell ref="A#:B#"/>')}</mergeCells>"""
    ),
    "colunas-ocultas.xlsx": lambda size: xlsx(
        "</sheetData><cols>"
        + '<col min="1" max="16384" hidden="1"/>' * (size // 3)
        + f"</cols><sheetData>{ONE}"
    ),
    "ciclo.xlsx": _cycle,
    "sobrepostas.xlsx": _overlapping,
    "laço.xls": _looping,
    "grupos.ods": lambda size: ods(
        '<table:table table:name="a">' + "<table:table-row-group>" * (size // 24) + "</table:table>"
    ),
    "repetidas.ods": lambda size: ods(
        _times(
            size // 2000,
            '<table:table table:name="t#"><table:table-row '
            'table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
            "</table:table-row></table:table>",
        )
    ),
    # The file's own size in memory, and no more: its one line is refused where it passes the bound.
    "uma-linha.csv": lambda size: b"a;b\n" + b"x" * size * 400,
    "nul.csv": lambda size: b"a;b\n" + bytes(size * 100),
    "aspa-aberta.csv": lambda size: b'a;b\n"' + b"texto;outro\n" * size * 8,
}
