"""Notes on cells: the comments part, and the VML shapes without which Excel repairs the book."""

from collections.abc import Mapping

from converter.model.address import letters_of
from converter.workbook.cells import escape, fit
from converter.workbook.dialect import Dialect

AUTHOR = "planilote"
# Shapes are costly to open; the cells past this many keep their colour and lose their note.
MAX_NOTES = 5_000


def comments(notes: Mapping[tuple[int, int], str], dialect: Dialect) -> bytes:
    """The comments part; keys are zero-based (row, column), in the order of the rows."""
    items = "".join(
        f'<comment ref="{_cell(row, column)}" authorId="0"><text><r><rPr><sz val="10"/>'
        '<rFont val="Calibri"/><family val="2"/></rPr>'
        f'<t xml:space="preserve">{escape(fit(text))}</t></r></text></comment>'
        for (row, column), text in notes.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{dialect.main}"><authors><author>{AUTHOR}</author></authors>'
        f"<commentList>{items}</commentList></comments>"
    ).encode()


def shapes(notes: Mapping[tuple[int, int], str]) -> bytes:
    """The legacy drawing: one hidden yellow box per note, wide enough for its text."""
    boxes = "".join(
        _box(number, row, column, text)
        for number, ((row, column), text) in enumerate(notes.items(), 1)
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{boxes}</xml>"
    ).encode()


def _box(number: int, row: int, column: int, text: str) -> str:
    lines = sum(1 + len(line) // 48 for line in text.split("\n"))
    bottom = max(row - 1, 0) + max(4, lines + 1)
    return (
        f'<v:shape id="_x0000_s{1024 + number}" type="#_x0000_t202" '
        f'style="position:absolute;visibility:hidden;z-index:{number}" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
        'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column + 1}, 15, "
        f"{max(row - 1, 0)}, 10, {column + 4}, 15, {bottom}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )


def _cell(row: int, column: int) -> str:
    return f"{letters_of(column + 1)}{row + 1}"
