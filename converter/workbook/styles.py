"""Named cell styles (`styles.toml`), and how they join a styles part that is the user's own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from lxml import etree

from converter import facts
from converter.workbook.dialect import child, named
from converter.workbook.parts import part
from converter.workbook.refusal import CannotCarry
from converter.workbook.relations import number as number_of
from converter.workbook.relations import parse

MAX_CELL_FORMATS = 64_000
FIRST_CUSTOM_FORMAT = 164
BUILTIN_FORMATS = {"General": 0, "0": 1, "@": 49}
_TABLES = facts.load(Path(__file__).with_name("styles.toml"))
_NAMED: Mapping[str, str] = {**_TABLES["colors"], **_TABLES["formats"]}
SIMULATED = _NAMED["simulated"]
PAINTS = frozenset({_NAMED["wrong"], _NAMED["doubtful"]})
"""What a cell to mend or to confirm is filled with."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font; `color` is RRGGBB."""

    name: str = "Calibri"
    size: float = 11
    bold: bool = False
    underline: bool = False
    color: str = _NAMED["ink"]


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


def _styles() -> Iterator[tuple[str, Style]]:
    """Every look of the tables."""
    told = {**_TABLES["styles"], **_TABLES["read"]}
    for name in told:
        yield name, _style(told, name)
    for name in _TABLES["read"]:
        for suffix, paint in _TABLES["painted"].items():
            yield f"{name}-{suffix}", _changed(_style(told, name), paint)


def _style(spec: Mapping[str, Mapping[str, Any]], name: str) -> Style:
    own = spec[name]
    return _changed(_style(spec, own["like"]) if "like" in own else Style(), own)


def _changed(base: Style, own: Mapping[str, Any]) -> Style:
    """A look with what a table says otherwise."""
    font = replace(base.font, **_plain(own.get("font", {})))
    rest = {name: value for name, value in own.items() if name not in {"like", "font"}}
    return replace(base, font=font, **_plain(rest))


def _plain(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What a table says, its names of colours and formats replaced by what they stand for."""
    return {
        name: _NAMED.get(value, value) if isinstance(value, str) else value
        for name, value in spec.items()
    }


STYLES: Mapping[str, Style] = dict(_styles())

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
_COUNTED = _ORDER[:7]
_APPLIED = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment")
_NEEDED = ("fonts", "fills", "borders", "cellXfs")
"""Sections that every cell without a style of its own points into."""


def fresh(main: str) -> etree._Element:
    """The root of a styles part with Excel's own defaults and nothing else."""
    return parse(part("styles", main=main).encode(), "xl/styles.xml")


def _complete(root: etree._Element) -> None:
    """Give a sparse styles part the entries it needs."""
    usual = fresh(etree.QName(root).namespace or "")
    based = root.find(named(root, "cellStyleXfs")) is not None
    for name in _NEEDED:
        section = _section(root, name)
        if not _size(section):
            section.extend([*_section(usual, name)])
            if not based:
                etree.strip_attributes(section, "xfId")


def _size(section: etree._Element) -> int:
    """How many entries a section holds: comments between them have no index."""
    return sum(isinstance(entry.tag, str) for entry in section)


def append(root: etree._Element, names: Iterable[str]) -> dict[str, int]:
    """The index of each named style in `cellXfs`, added to `root` behind what is there.

    Raises:
        CannotCarry: The book already has as many cell formats as Excel allows.
    """
    # Before anything walks through them.
    most = max(map(len, root), default=0)
    if most > MAX_CELL_FORMATS:
        raise CannotCarry("livro-formatos-demais", quantidade=str(most))
    _complete(root)
    formats = _section(root, "cellXfs")
    based = root.find(named(root, "cellStyleXfs")) is not None
    font = cache(partial(_font, _section(root, "fonts")))
    fill = cache(partial(_fill, _section(root, "fills")))
    border = cache(partial(_border, _section(root, "borders")))
    number = cache(partial(_number, root))
    indexes: dict[str, int] = {}
    for name in names:
        style = STYLES[name]
        xf = child(
            formats,
            "xf",
            numFmtId=str(number(style.number)),
            fontId=str(font(style.font)),
            fillId=str(fill(style.fill)),
            borderId=str(border(style.line)),
            **({"xfId": "0"} if based else {}),
            **dict.fromkeys(_APPLIED, "1"),
        )
        _alignment(xf, style)
        indexes[name] = _size(formats) - 1
    if _size(formats) > MAX_CELL_FORMATS:
        raise CannotCarry("livro-formatos-demais", quantidade=str(_size(formats)))
    for name in _COUNTED:
        section = root.find(named(root, name))
        if section is not None:
            section.set("count", str(_size(section)))
    return indexes


def _section(root: etree._Element, name: str) -> etree._Element:
    """The child `name` of a styles part, made where the schema wants it if it is missing."""
    found = root.find(named(root, name))
    if found is not None:
        return found
    section = etree.Element(named(root, name))
    later = _ORDER[_ORDER.index(name) + 1 :]
    for place, entry in enumerate(root):
        if isinstance(entry.tag, str) and etree.QName(entry).localname in later:
            root.insert(place, section)
            return section
    root.append(section)
    return section


def _font(fonts: etree._Element, font: Font) -> int:
    element = child(fonts, "font")
    flags = (("b", font.bold), ("u", font.underline))
    for tag, on in flags:
        if on:
            child(element, tag)
    child(element, "sz", val=f"{font.size:g}")
    child(element, "color", rgb=f"FF{font.color}")
    child(element, "name", val=font.name)
    child(element, "family", val="3" if font.name == "Courier New" else "2")
    return _size(fonts) - 1


def _fill(fills: etree._Element, color: str | None) -> int:
    if color is None:
        return 0
    pattern = child(child(fills, "fill"), "patternFill", patternType="solid")
    child(pattern, "fgColor", rgb=f"FF{color}")
    child(pattern, "bgColor", indexed="64")
    return _size(fills) - 1


def _border(borders: etree._Element, color: str | None) -> int:
    border = child(borders, "border")
    for side in ("left", "right", "top", "bottom", "diagonal"):
        element = child(border, side)
        if color is not None and side == "bottom":
            element.set("style", "thin")
            child(element, "color", rgb=f"FF{color}")
    return _size(borders) - 1


def _number(root: etree._Element, code: str) -> int:
    if code in BUILTIN_FORMATS:
        return BUILTIN_FORMATS[code]
    formats = _section(root, "numFmts")
    used = [number_of(found.get("numFmtId")) for found in formats if isinstance(found.tag, str)]
    number = max([*used, FIRST_CUSTOM_FORMAT - 1]) + 1
    child(formats, "numFmt", numFmtId=str(number), formatCode=code)
    return number


def _alignment(xf: etree._Element, style: Style) -> None:
    alignment = child(xf, "alignment")
    if style.horizontal:
        alignment.set("horizontal", style.horizontal)
    alignment.set("vertical", style.vertical)
    if style.wrap:
        alignment.set("wrapText", "1")
    if style.indent and style.horizontal != "center":
        alignment.set("horizontal", style.horizontal or "left")
        alignment.set("indent", str(style.indent))
