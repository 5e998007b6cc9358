"""Named cell styles, and how they join a styles part that already belongs to the user."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from converter.workbook.dialect import Dialect, default
from converter.workbook.refusal import CannotCarry
from converter.workbook.relations import number as number_of

MAX_CELL_FORMATS = 64_000
FIRST_CUSTOM_FORMAT = 164
TEXT_FORMAT = "@"
BUILTIN_FORMATS = {"General": 0, "0": 1, TEXT_FORMAT: 49}
# 416 is Brazilian Portuguese: the points and commas of Brazil wherever the book is opened.
MONEY = "[$R$-416] #,##0.00;[Red]-[$R$-416] #,##0.00"
COUNT = "[$-416]#,##0"
DAY = "dd/mm/yyyy"
MOMENT = "dd/mm/yyyy hh:mm"


@dataclass(frozen=True, slots=True)
class Font:
    """A font; `color` is RRGGBB."""

    name: str = "Calibri"
    size: float = 11
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = "1F2933"


@dataclass(frozen=True, slots=True)
class Style:
    """A cell's looks. `fill` and `line` (a hairline below) are RRGGBB or None."""

    font: Font = Font()
    fill: str | None = None
    line: str | None = None
    number: str = "General"
    horizontal: str | None = None
    vertical: str = "top"
    wrap: bool = False
    indent: int = 0


INK, SOFT, LINK = "1F2933", "616E7C", "0B5CAD"
LINE, BAND = "D9E2EC", "F0F4F8"
NAVY = "102A43"

_SITUACOES = {
    "autorizada": ("DDF3E4", "14532D"),
    "enviada": ("DCEBFA", "0B3C6F"),
    "repetida": ("E4E7EB", "3E4C59"),
    "retida": ("FFF1CC", "7A4D00"),
    "rejeitada": ("FBDDDD", "8A1C1C"),
    "recusada": ("FBDDDD", "8A1C1C"),
    "cancelada": ("E4E7EB", "3E4C59"),
    "desconhecida": ("EADCF8", "4C1D7A"),
}

SIMULATED = "FFC65C"
"""Banner and tab of what has no fiscal value; no situação has this colour."""
WRONG, DOUBTFUL = "F8B4B4", "FDE68A"
PAINTS = frozenset({WRONG, DOUBTFUL})
"""What a cell to mend or to confirm is filled with."""

_HEADER = Style(
    font=Font(bold=True, color="FFFFFF"), fill=NAVY, vertical="center", wrap=True, indent=1
)
_LIDOS = {
    "lido": Style(vertical="bottom"),
    "lidotexto": Style(number=TEXT_FORMAT, vertical="bottom"),
    "lidoquebra": Style(number=TEXT_FORMAT, wrap=True),
    "lidovalor": Style(number="#,##0.00", vertical="bottom"),
    "lidoinexato": Style(number="0", vertical="bottom"),
    "lidodata": Style(number=DAY, horizontal="center", vertical="bottom"),
    "lidomomento": Style(number="dd/mm/yyyy hh:mm:ss", horizontal="center", vertical="bottom"),
    "lidohora": Style(number="[h]:mm:ss", vertical="bottom"),
    "lidopercentual": Style(number="0.00%", vertical="bottom"),
}

STYLES: Mapping[str, Style] = {
    "texto": Style(indent=1, line=LINE),
    "codigo": Style(indent=1, line=LINE, number=TEXT_FORMAT),
    "mensagem": Style(indent=1, line=LINE, wrap=True),
    "inteiro": Style(indent=1, line=LINE, number="0", horizontal="right"),
    "valor": Style(indent=1, line=LINE, number=MONEY, horizontal="right"),
    "numero": Style(indent=1, line=LINE, horizontal="right"),
    "data": Style(indent=1, line=LINE, number=DAY, horizontal="center"),
    "momento": Style(indent=1, line=LINE, number=MOMENT, horizontal="center"),
    "link": Style(indent=1, line=LINE, font=Font(color=LINK, underline=True)),
    "linkquebra": Style(indent=1, line=LINE, font=Font(color=LINK, underline=True), wrap=True),
    "linkinteiro": Style(
        indent=1,
        line=LINE,
        font=Font(color=LINK, underline=True),
        number="0",
        horizontal="right",
    ),
    "codigomono": Style(
        indent=1, line=LINE, font=Font(name="Courier New", size=10), number=TEXT_FORMAT
    ),
    "mono": Style(font=Font(name="Courier New", size=10)),
    "monosuave": Style(
        font=Font(name="Courier New", size=10, color=SOFT), horizontal="right", indent=1
    ),
    "titulo": _HEADER,
    "titulodireita": replace(_HEADER, horizontal="right"),
    "manchete": Style(font=Font(size=18, bold=True, color=NAVY), vertical="center"),
    "secao": Style(font=Font(size=13, bold=True, color=NAVY), line=NAVY, vertical="bottom"),
    "rotulo": Style(font=Font(color=SOFT), line=LINE, indent=1),
    "suave": Style(font=Font(color=SOFT), vertical="center"),
    "simulacao": Style(
        font=Font(bold=True, color="5C3A00"), fill=SIMULATED, vertical="center", indent=1
    ),
    "aviso": Style(font=Font(color="7A4D00"), fill="FFF8E1", wrap=True),
    "passo": Style(
        font=Font(size=12, color=INK), fill="E3F0FC", wrap=True, vertical="center", indent=1
    ),
    "total": Style(font=Font(bold=True), indent=1, fill=BAND, line=NAVY),
    "totalinteiro": Style(
        font=Font(bold=True), indent=1, fill=BAND, line=NAVY, number=COUNT, horizontal="right"
    ),
    "totalvalor": Style(
        font=Font(bold=True), indent=1, fill=BAND, line=NAVY, number=MONEY, horizontal="right"
    ),
    "quantidade": Style(indent=1, line=LINE, number=COUNT, horizontal="right"),
    "resposta": Style(indent=1, line=LINE, fill="E3F0FC", number=TEXT_FORMAT, wrap=True),
    "respostapedida": Style(
        indent=1, line=LINE, fill=WRONG, font=Font(bold=True), number=TEXT_FORMAT, wrap=True
    ),
    "erro": Style(indent=1, line=LINE, font=Font(bold=True, color="8A1C1C"), fill="FBDDDD"),
    "alerta": Style(indent=1, line=LINE, font=Font(bold=True, color="7A4D00"), fill="FFF1CC"),
    **_LIDOS,
    **{
        f"{name}-{suffix}": replace(style, fill=fill, font=Font(color=ink))
        for name, style in _LIDOS.items()
        for suffix, fill, ink in (("erro", WRONG, "7B1113"), ("aviso", DOUBTFUL, "7A4D00"))
    },
    **{
        f"situacao-{name}": Style(
            font=Font(bold=True, color=ink), fill=fill, line=LINE, horizontal="center"
        )
        for name, (fill, ink) in _SITUACOES.items()
    },
}

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)


def fresh(dialect: Dialect) -> etree._Element:
    """The root of a styles part with Excel's own defaults and nothing else."""
    root = etree.Element(f"{{{dialect.main}}}styleSheet", nsmap=default(dialect.main))
    xf = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
    etree.SubElement(_section(root, dialect, "cellStyleXfs"), f"{{{dialect.main}}}xf", xf)
    _complete(root, dialect)
    etree.SubElement(
        _section(root, dialect, "cellStyles"),
        f"{{{dialect.main}}}cellStyle",
        {"name": "Normal", "xfId": "0", "builtinId": "0"},
    )
    return root


def _complete(root: etree._Element, dialect: Dialect) -> None:
    """Give a sparse styles part the entries every cell without a style of its own points at."""
    fonts = _section(root, dialect, "fonts")
    if not _size(fonts):
        _font(fonts, dialect, Font(color="000000"))
    fills = _section(root, dialect, "fills")
    if not _size(fills):
        for pattern in ("none", "gray125"):
            fill = etree.SubElement(fills, f"{{{dialect.main}}}fill")
            etree.SubElement(fill, f"{{{dialect.main}}}patternFill", {"patternType": pattern})
    borders = _section(root, dialect, "borders")
    if not _size(borders):
        _border(borders, dialect, None)
    formats = _section(root, dialect, "cellXfs")
    if not _size(formats):
        xf = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
        if root.find(f"{{{dialect.main}}}cellStyleXfs") is not None:
            xf["xfId"] = "0"
        etree.SubElement(formats, f"{{{dialect.main}}}xf", xf)


def _size(section: etree._Element) -> int:
    """How many entries a section holds: comments between them have no index."""
    return sum(isinstance(child.tag, str) for child in section)


def append(root: etree._Element, dialect: Dialect, names: Iterable[str]) -> dict[str, int]:
    """The index of each named style in `cellXfs`, added to `root` behind what is there.

    Raises:
        CannotCarry: The book already has as many cell formats as Excel allows.
    """
    # Before anything walks through them.
    most = max(map(len, root), default=0)
    if most > MAX_CELL_FORMATS:
        raise CannotCarry("livro-formatos-demais", quantidade=str(most))
    _complete(root, dialect)
    formats = _section(root, dialect, "cellXfs")
    based = root.find(f"{{{dialect.main}}}cellStyleXfs") is not None
    fonts: dict[Font, int] = {}
    fills: dict[str, int] = {}
    lines: dict[str | None, int] = {}
    numbers: dict[str, int] = {}
    indexes: dict[str, int] = {}
    for name in names:
        style = STYLES[name]
        if style.font not in fonts:
            fonts[style.font] = _font(_section(root, dialect, "fonts"), dialect, style.font)
        if style.fill is not None and style.fill not in fills:
            fills[style.fill] = _fill(_section(root, dialect, "fills"), dialect, style.fill)
        if style.line not in lines:
            lines[style.line] = _border(_section(root, dialect, "borders"), dialect, style.line)
        if style.number not in numbers:
            numbers[style.number] = _number(root, dialect, style.number)
        attributes = {
            "numFmtId": str(numbers[style.number]),
            "fontId": str(fonts[style.font]),
            "fillId": str(fills[style.fill]) if style.fill is not None else "0",
            "borderId": str(lines[style.line]),
        }
        if based:
            attributes["xfId"] = "0"
        attributes |= {
            "applyNumberFormat": "1",
            "applyFont": "1",
            "applyFill": "1",
            "applyBorder": "1",
            "applyAlignment": "1",
        }
        indexes[name] = _size(formats)
        xf = etree.SubElement(formats, f"{{{dialect.main}}}xf", attributes)
        _alignment(xf, dialect, style)
    if _size(formats) > MAX_CELL_FORMATS:
        raise CannotCarry("livro-formatos-demais", quantidade=str(_size(formats)))
    _count(root, dialect)
    return indexes


def _section(root: etree._Element, dialect: Dialect, name: str) -> etree._Element:
    """The child `name` of a styles part, made where the schema wants it if it is missing."""
    found = root.find(f"{{{dialect.main}}}{name}")
    if found is not None:
        return found
    section = etree.Element(f"{{{dialect.main}}}{name}")
    later = _ORDER[_ORDER.index(name) + 1 :]
    for place, child in enumerate(root):
        if isinstance(child.tag, str) and etree.QName(child).localname in later:
            root.insert(place, section)
            return section
    root.append(section)
    return section


def _count(root: etree._Element, dialect: Dialect) -> None:
    for name in _ORDER[:7]:
        section = root.find(f"{{{dialect.main}}}{name}")
        if section is not None:
            section.set("count", str(_size(section)))


def _font(fonts: etree._Element, dialect: Dialect, font: Font) -> int:
    element = etree.SubElement(fonts, f"{{{dialect.main}}}font")
    flags = (("b", font.bold), ("i", font.italic), ("u", font.underline))
    for tag, on in flags:
        if on:
            etree.SubElement(element, f"{{{dialect.main}}}{tag}")
    etree.SubElement(element, f"{{{dialect.main}}}sz", val=f"{font.size:g}")
    etree.SubElement(element, f"{{{dialect.main}}}color", rgb=f"FF{font.color}")
    etree.SubElement(element, f"{{{dialect.main}}}name", val=font.name)
    family = "3" if font.name == "Courier New" else "2"
    etree.SubElement(element, f"{{{dialect.main}}}family", val=family)
    return _size(fonts) - 1


def _fill(fills: etree._Element, dialect: Dialect, color: str) -> int:
    fill = etree.SubElement(fills, f"{{{dialect.main}}}fill")
    pattern = etree.SubElement(fill, f"{{{dialect.main}}}patternFill", patternType="solid")
    etree.SubElement(pattern, f"{{{dialect.main}}}fgColor", rgb=f"FF{color}")
    etree.SubElement(pattern, f"{{{dialect.main}}}bgColor", indexed="64")
    return _size(fills) - 1


def _border(borders: etree._Element, dialect: Dialect, color: str | None) -> int:
    border = etree.SubElement(borders, f"{{{dialect.main}}}border")
    for side in ("left", "right", "top", "bottom", "diagonal"):
        element = etree.SubElement(border, f"{{{dialect.main}}}{side}")
        if color is not None and side == "bottom":
            element.set("style", "thin")
            etree.SubElement(element, f"{{{dialect.main}}}color", rgb=f"FF{color}")
    return _size(borders) - 1


def _number(root: etree._Element, dialect: Dialect, code: str) -> int:
    if code in BUILTIN_FORMATS:
        return BUILTIN_FORMATS[code]
    formats = _section(root, dialect, "numFmts")
    used = [number_of(found.get("numFmtId")) for found in formats if isinstance(found.tag, str)]
    number = max([*used, FIRST_CUSTOM_FORMAT - 1]) + 1
    etree.SubElement(formats, f"{{{dialect.main}}}numFmt", numFmtId=str(number), formatCode=code)
    return number


def _alignment(xf: etree._Element, dialect: Dialect, style: Style) -> None:
    alignment = etree.SubElement(xf, f"{{{dialect.main}}}alignment")
    if style.horizontal:
        alignment.set("horizontal", style.horizontal)
    alignment.set("vertical", style.vertical)
    if style.wrap:
        alignment.set("wrapText", "1")
    if style.indent and style.horizontal != "center":
        alignment.set("horizontal", style.horizontal or "left")
        alignment.set("indent", str(style.indent))
