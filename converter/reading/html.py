"""The HTML table many systems save under the name of `.xls`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from converter.model.cells import Fault, FaultKind, RawSheet, RawValue
from converter.reading.encoding import detect
from converter.reading.formats import Form, named, typed
from converter.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from converter.reading.markup import number_of, walk
from converter.reading.refusal import FileRefused
from converter.reading.rows import Room, RowBuilder

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PAGE_CODECS = {
    "iso-8859-1": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "cp850": "cp850",
    "ibm850": "cp850",
}
_ROW = re.compile(r"<tr[\s/>]", re.IGNORECASE)
_HIDING = re.compile(r"<(?:!--|(script|style)\b)", re.IGNORECASE)
_SHOWING = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_CLASS = re.compile(r"\.([\w-]{1,60})\s{0,9}\{([^{}]{0,2000})\}")
_FORMAT = re.compile(
    r"mso-number-format:\s{0,9}(\"(?:[^\"\\]|\\.){0,200}\"|[^;\"{}]{1,200})", re.IGNORECASE
)
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN = frozenset({"script", "style", "head", "title"})


def read(data: bytes, name: str, limits: Limits) -> RawSheet:
    """The rows of the page's tables, one after the other, every cell as the text it shows.

    A number Excel put into the page is what it is and not what is shown of it, as in Excel, where
    the page says so (`x:num`). A table that only lays out other tables adds no row of its own.

    Raises:
        FileRefused: `formato-desconhecido` where the page holds no table.
    """
    room = Room(limits)
    text = data.decode(_encoding(data), errors="replace").replace("\0", "")
    page = _Page(RowBuilder(name, room), room, _classes(text))
    for event, element in walk(
        text.encode(), ("table", "tr", "td", "th"), limits.cells, html=True, encoding="utf-8"
    ):
        page.step(event, element)
    if not page.builder.rows:
        raise FileRefused("formato-desconhecido", tipo="uma página da web sem tabela")
    if page.rows < sum(len(_ROW.findall(shown)) for shown in _shown(text)):
        # A browser's parser forgives anything, and gives up in silence too.
        raise FileRefused("arquivo-danificado")
    return page.builder.sheet()


def _encoding(data: bytes) -> str:
    """The bytes decide; the page's own word counts only where they would have to be guessed.

    What pages call Latin-1 has always been read as Windows-1252.
    """
    found = detect(data)
    said = _CHARSET.search(data[:4096])
    if found.guessed and said:
        name = said[1].decode("ascii", "replace").casefold()
        codec = _PAGE_CODECS.get(name)
        if codec is not None:
            return codec
    return found.codec


def _shown(text: str) -> Iterator[str]:
    """The parts of a page that are neither comments nor scripts; what has no end hides nothing."""
    endless: set[str] = set()
    begin = at = 0
    while hiding := _HIDING.search(text, at):
        at = hiding.end()
        what = (hiding[1] or "").lower()
        if what in endless:
            continue
        showing = _SHOWING[what].search(text, at)
        if showing is None:
            endless.add(what)
            continue
        yield text[begin : hiding.start()]
        begin = at = showing.end()
    yield text[begin:]


@dataclass(slots=True)
class _Row:
    cells: list[RawValue] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    holds_table: bool = False


@dataclass(slots=True)
class _Page:
    builder: RowBuilder
    room: Room
    classes: Mapping[str, Form]
    rows: int = 0
    ended: int = 0
    open_rows: list[_Row] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)

    def step(self, event: str, element: etree._Element) -> None:
        if element.tag == "table":
            if event == "start" and self.open_rows:
                self.open_rows[-1].holds_table = True
            self.spans.clear()
        elif element.tag == "tr":
            self._row(event, element)
        elif event == "end" and self.open_rows:
            self._cell(element, self.open_rows[-1])

    def _row(self, event: str, element: etree._Element) -> None:
        if event == "start":
            self.rows += 1
            self.open_rows.append(_Row())
            return
        if self.open_rows:
            row = self.open_rows.pop()
            if not row.holds_table:
                for span in row.spans:
                    self.builder.merge(*span)
                if _NOT_DISPLAYED.search(element.get("style", "")):
                    self.builder.hide()
                self.builder.add(row.cells)
                self.ended += 1

    def _cell(self, element: etree._Element, row: _Row) -> None:
        before = len(row.cells)
        while self.spans.get(len(row.cells), 0) > self.ended and len(row.cells) < EXCEL_COLUMNS:
            row.cells.append(None)
        at = len(row.cells)
        if not self.room.skip(at - before):
            raise FileRefused("arquivo-suspeito", motivo="estende as mesmas células sem fim")
        across = _span(element, "colspan", EXCEL_COLUMNS - at)
        down = _span(element, "rowspan", EXCEL_ROWS)
        row.spans.append((at + 1, across, down))
        row.cells.append(self._value(element))
        row.cells.extend([None] * (across - 1))
        if down > 1:
            self.spans.update(dict.fromkeys(range(at, at + across), self.ended + down))

    def _value(self, element: etree._Element) -> RawValue:
        number = element.get("x:num")
        if number is not None:
            style = _FORMAT.search(element.get("style", ""))
            form = (
                self.classes.get(element.get("class", ""), Form())
                if style is None
                else _form(style[1])
            )
            try:
                return typed(float(number or _text(element)), form, date1904=False)
            except ValueError:
                pass
        fault = element.get("x:err")
        return Fault(FaultKind.ERROR_VALUE, fault) if fault else _text(element)


def _classes(text: str) -> Mapping[str, Form]:
    """The number formats of a page's style sheet, by class."""
    return {
        name: _form(format_[1])
        for name, body in _CLASS.findall(text)
        if (format_ := _FORMAT.search(body))
    }


def _form(said: str) -> Form:
    """A number format as a style sheet writes it: by name, or escaped and in quotes."""
    code = re.sub(r"\\(.)", r"\1", said.strip().strip("\"'"))
    return named(code)


def _span(element: etree._Element, name: str, most: int) -> int:
    return max(1, min(number_of(element.get(name, "").strip().lstrip("0")) or 1, most))


def _text(element: etree._Element) -> str:
    parts: list[str] = []
    _gather(element, parts)
    lines = "".join(parts).split("\n")
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip("\n")


def _gather(element: etree._Element, parts: list[str]) -> None:
    if element.tag in _HIDDEN or not isinstance(element.tag, str):
        return
    if element.tag in {"br", "p", "div"} and parts:
        parts.append("\n")
    parts.append((element.text or "").replace("\n", " "))
    for child in element:
        _gather(child, parts)
        parts.append((child.tail or "").replace("\n", " "))
