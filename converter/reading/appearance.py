"""What a person sees on a worksheet besides its values: comments, struck text, colours."""

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from converter import facts
from converter.model.address import column_of
from converter.model.cells import Appearance
from converter.reading.blocks import Block
from converter.reading.markup import number_of, root_of

AUTHOR = "planilote"
"""Who wrote the comments that we put into workbooks ourselves."""

_STYLE = re.compile(rb' s="(\d{1,9})"')
_CONTENT = re.compile(rb"<(?:v|is)>[^<]|<is><")
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)
_THREADED = re.compile(r"\A\[[^\]]+\].*?\b(?:Coment[aá]rio|Comment):\s*", re.DOTALL)
"""What Excel writes above a threaded comment, for those who cannot show it as one."""
_NO_COLOUR = 64
"""From this index on a colour is that of the system: of the window, or of its text."""
_GREY, _DARK, _LIGHT = 0.12, 0.15, 0.96
_NAMES = facts.load(Path(__file__).with_name("colours.toml"))
_PLAIN_PALETTE = 16
"""Below this index the old palette has the eight colours, twice."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a style shows a value: struck through or not, and the name of the colour behind it."""

    struck: bool = False
    colour: str = ""


_PLAIN = Look()


def looks_of(styles: etree._Element) -> Mapping[int, Look]:
    """The styles that strike through or paint, by the index cells have."""
    struck = dict(enumerate(map(_strikes, styles.iterfind("{*}fonts/{*}font"))))
    painted = dict(enumerate(map(colour_of, styles.iterfind("{*}fills/{*}fill"))))
    found = {}
    for index, entry in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        font, fill = number_of(entry.get("fontId")) or 0, number_of(entry.get("fillId")) or 0
        look = Look(struck.get(font, False), painted.get(fill, ""))
        if look != _PLAIN:
            found[index] = look
    return found


def _strikes(font: etree._Element) -> bool:
    switch = font.find("{*}strike")
    return switch is not None and switch.get("val", "1") not in {"0", "false"}


def colour_of(fill: etree._Element) -> str:
    """The name of the colour of a fill, empty where there is none or it is white."""
    pattern = fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType", "none") in {"none", "gray125"}:
        return ""
    colour = pattern.find("{*}fgColor")
    if colour is None:
        return ""
    rgb, indexed = colour.get("rgb"), number_of(colour.get("indexed"))
    if rgb is not None and re.fullmatch("[0-9A-Fa-f]{6,8}", rgb):
        red, green, blue = bytes.fromhex(rgb[-6:])
        return colour_name(red, green, blue)
    if indexed is not None:
        return _of_palette(indexed)
    theme, tint = colour.get("theme", ""), colour.get("tint", "")
    return "" if theme == "0" and not tint.strip("-0.") else str(_NAMES["outra"])


def _of_palette(index: int) -> str:
    """The name of a colour of the old palette; those of the system and white are none."""
    if index >= _NO_COLOUR:
        return ""
    known = index < _PLAIN_PALETTE
    name = _NAMES["paleta"][index % len(_NAMES["paleta"])] if known else _NAMES["outra"]
    return "" if name == _NAMES["branco"] else str(name)


def colour_name(red: int, green: int, blue: int) -> str:
    """What a colour of three bytes is called; white is none."""
    hue, light, depth = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if light >= _LIGHT:
        return ""
    if light <= _DARK or depth < _GREY:
        return str(_NAMES["preto" if light <= _DARK else "cinza"])
    return next(str(name) for most, name in _NAMES["matizes"] if hue * 360 <= most)


def appearance_of(
    blocks: Sequence[Block], looks: Mapping[int, Look], comments: Sequence[bytes]
) -> Appearance:
    """What the cells of a sheet show by the looks of their styles, and the comments on them.

    Raises:
        FileRefused: A part of comments cannot be read.
    """
    rows = (row for block in blocks for row in _rows_with(block, _shown(block, looks)))
    return seen_in(rows, [one for part in comments for one in comments_of(part)])


def seen_in(
    rows: Iterable[tuple[int, Mapping[int, Look]]], comments: Iterable[tuple[int, int, str]]
) -> Appearance:
    """What rows show by the looks of their cells with a value, by column; with the comments."""
    struck: set[int] = set()
    paint: dict[int, Mapping[int, str]] = {}
    for row, own in rows:
        if any(look.struck for look in own.values()):
            struck.add(row)
        if any(look.colour for look in own.values()):
            paint[row] = {column: look.colour for column, look in own.items()}
    return Appearance(tuple(sorted(comments)), frozenset(struck), paint)


def _shown(block: Block, looks: Mapping[int, Look]) -> Mapping[int, Look]:
    """The distinct cells with a value that are struck or painted, by their place among them."""
    styles = ((said, _STYLE.search(said)) for said in {*block.attributes} if looks)
    loud = {
        said: looks[int(style[1])] for said, style in styles if style and int(style[1]) in looks
    }
    if not loud:
        return {}
    return {
        code: loud[said]
        for code, said in enumerate(block.attributes)
        if said in loud and _has_value(block.cells[code])
    }


def _rows_with(block: Block, shown: Mapping[int, Look]) -> Iterator[tuple[int, Mapping[int, Look]]]:
    """The rows with a cell of those shown so, with the look of each of their cells by column."""
    begin = 0
    for columns, row in zip(block.columns, block.numbers, strict=True) if shown else ():
        codes = block.codes[begin : begin + len(columns)]
        begin += len(columns)
        if not shown.keys().isdisjoint(codes):
            pairs = zip(columns, codes, strict=True)
            yield (
                row,
                {
                    column: shown.get(code, _PLAIN)
                    for column, code in pairs
                    if code in shown or _has_value(block.cells[code])
                },
            )


def _has_value(cell: bytes) -> bool:
    return _CONTENT.search(cell) is not None


def comments_of(part: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each comment that somebody else wrote."""
    root = root_of(part)
    authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
    for comment in root.iterfind("{*}commentList/{*}comment"):
        place = _ADDRESS.fullmatch(comment.get("ref", ""))
        author = dict(enumerate(authors)).get(number_of(comment.get("authorId")) or 0, "")
        text = "".join(each.text or "" for each in comment.iterfind(".//{*}t"))
        # Excel begins a comment with who wrote it.
        text = _THREADED.sub("", text).removeprefix(f"{author}:").strip()
        if place and text and author != AUTHOR:
            yield int(place[2]), column_of(place[1]), text
