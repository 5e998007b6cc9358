"""Packages written by hand, part by part, for what no library writes."""

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Parts = dict[str, str | bytes]


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(*items: str) -> str:
    """Relationships from `id kind target` or `id kind target External`."""
    out = []
    for item in items:
        identity, kind, target, *mode = item.split(" ")
        address = kind if kind.startswith("http") else f"{REL}/{kind}"
        outside = ' TargetMode="External"' if mode else ""
        out.append(f'<Relationship Id="{identity}" Type="{address}" Target="{target}"{outside}/>')
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(out)}</Relationships>'


def content_types(overrides: Mapping[str, str], **defaults: str) -> str:
    known = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **defaults,
    }
    items = [f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in known.items()]
    items += [f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in overrides.items()]
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(items)}</Types>'


SHEET_DATA = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>CNPJ</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Valor</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>07504505000132</t></is></c>'
    '<c r="B2" s="1"><v>10.5</v></c></row></sheetData>'
)

STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" '
    'formatCode="0.000"/></numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/>'
    "<right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="170" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    '</cellStyles><dxfs count="0"/></styleSheet>'
)


def base() -> Parts:
    """What Excel writes for a book with one sheet called Notas."""
    return {
        "[Content_Types].xml": content_types(
            {
                "/xl/workbook.xml": f"{SML}.sheet.main+xml",
                "/xl/worksheets/sheet1.xml": f"{SML}.worksheet+xml",
                "/xl/styles.xml": f"{SML}.styles+xml",
            }
        ),
        "_rels/.rels": relations("rId1 officeDocument xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            '<sheet name="Notas" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            "rId1 worksheet worksheets/sheet1.xml", "rId2 styles styles.xml"
        ),
        "xl/worksheets/sheet1.xml": (
            f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{SHEET_DATA}</worksheet>'
        ),
        "xl/styles.xml": STYLES,
    }


def with_override(parts: Parts, part: str, content_type: str, content: str | bytes) -> None:
    """Add a part and declare its type."""
    types = str(parts["[Content_Types].xml"])
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{override}</Types>")
    parts[part] = content


def with_relation(parts: Parts, rels: str, item: str) -> None:
    """Add a relationship to an existing or new relationships part."""
    (added,) = relations(item).split('relationships">')[1:]
    old = str(parts.get(rels, relations()))
    if old.endswith("/>"):
        old = old[:-2] + "></Relationships>"
    parts[rels] = old.replace("</Relationships>", added)
