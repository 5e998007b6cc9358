"""Files that are not what their name says, broken ones, and those that mean harm."""

import io
import struct
import zipfile

from tests.casos.leitura.feitio import (
    SHEET,
    caso,
    delimited,
    notes,
    replaced,
    sheet_of,
    with_parts,
    workbook,
    zipped,
)


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
