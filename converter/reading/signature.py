"""What a file is, told by its bytes: an extension is only what someone called it."""

import codecs
import re
from enum import StrEnum

from converter.reading.encoding import detect

_START = 4096
# Old systems leave a stray control character in a text; in anything else they are everywhere.
_TEXTUAL = 100


class Kind(StrEnum):
    """The readers there are."""

    ZIP = "zip"
    OLE = "ole"
    HTML = "html"
    SPREADSHEETML = "xml"
    FLAT_ODS = "fods"
    TEXT = "texto"


_MAGIC: tuple[tuple[bytes, Kind | str], ...] = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"%PDF", "um PDF"),
    (b"{\\rtf", "um documento de texto (RTF)"),
    (b"\x89PNG", "uma imagem"),
    (b"\xff\xd8\xff", "uma imagem"),
    (b"GIF8", "uma imagem"),
    (b"Rar!", "um arquivo compactado (RAR)"),
    (b"7z\xbc\xaf", "um arquivo compactado (7z)"),
    (b"\x1f\x8b", "um arquivo compactado (gzip)"),
    (b"SQLite format 3", "um banco de dados"),
    (b"MIME-Version:", "uma página da web salva em arquivo único (MHT)"),
)
_OPENINGS: tuple[tuple[re.Pattern[str], Kind | str], ...] = (
    (
        re.compile(
            r"\s*<(!doctype\s+html|html|head|body|meta|style|table|div)\b",
            re.IGNORECASE,
        ),
        Kind.HTML,
    ),
    (
        re.compile(r"\s*<.*urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL),
        Kind.SPREADSHEETML,
    ),
    (re.compile(r"\s*<.*<office:document\s[^>]*opendocument", re.DOTALL), Kind.FLAT_ODS),
    (re.compile(r"\s*<office:document\s"), Kind.FLAT_ODS),
    (re.compile(r"\s*<(\?xml|\w[^>]*xmlns)"), "um XML que não é planilha"),
    (re.compile(r'\s*(\{\s*"|\[\s*\{)'), "um JSON"),
)
_PROLOGUE = ((b"<?xml", b">"), (b"<!--", b"-->"))
_NOT_WHITE = re.compile(rb"\S")
_OLD: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?ID;P[^\r\n]{0,200}[\r\n]{1,2}(?:P;P|F;|O;|NN;|[BC];[XY][0-9])"
        ),
        "um arquivo SYLK (.slk)",
    ),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?TABLE\s{0,4}[\r\n]{1,2}0,1\s{0,4}[\r\n]"),
        "um arquivo DIF (.dif)",
    ),
    (re.compile(rb"\x09\x08\x08\x00\x00\x05"), "uma planilha do Excel 5 ou anterior"),
    (re.compile(rb"\x09\x04\x06\x00"), "uma planilha do Excel 4 ou anterior"),
    (re.compile(rb"\x09\x02\x06\x00"), "uma planilha do Excel 3 ou anterior"),
    (re.compile(rb"\x09\x00\x04\x00"), "uma planilha do Excel 2"),
    (re.compile(rb"\x00\x00\x02\x00[\x04\x06]\x04"), "uma planilha do Lotus 1-2-3"),
    (re.compile(rb"\x00\x00\x1a\x00.\x10", re.DOTALL), "uma planilha do Lotus 1-2-3"),
    (re.compile(rb"\x00\x00\x02\x00.[\x10\x51]", re.DOTALL), "uma planilha do Quattro Pro"),
    (
        # The version, then the date of the last change, the count of rows, the header's size.
        re.compile(
            rb"[\x02\x03\x04\x30-\x32\x43\x63\x83\x8b\x8e\xcb\xf5\xfb]"
            rb".[\x01-\x0c][\x01-\x1f].{4}.[\x00-\x08]",
            re.DOTALL,
        ),
        "um arquivo dBase (.dbf)",
    ),
)
"""Spreadsheets of other programs and times, which Excel or LibreOffice still open."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")


def old_format(data: bytes) -> str | None:
    """The name, with its article, of a format of spreadsheets we do not read but others do."""
    return next((name for magic, name in _OLD if magic.match(data)), None)


def kind_of(data: bytes) -> Kind | str:
    """The kind of reader the bytes ask for, or what else they are, with its article."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if (old := old_format(data)) is not None:
        return old
    start = data[:_START].decode(detect(data[: _START - 3]).codec, errors="ignore")
    page = data[begin : begin + _START].decode("latin-1") if (begin := _past_prologue(data)) else ""
    for pattern, kind in _OPENINGS:
        if pattern.match(start) or (kind is Kind.HTML and pattern.match(page)):
            return kind
    binary = len(_CONTROLS.findall(start)) * _TEXTUAL > len(start)
    return "um arquivo que não é planilha nem texto" if binary else Kind.TEXT


def _past_prologue(data: bytes) -> int:
    """Where the first element of a page may begin: behind an XML declaration and comments.

    0 where there is neither, or one has no end.
    """
    at = _skipped(data, len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
    begin = 0
    for opening, closing in _PROLOGUE:
        while data.startswith(opening, at):
            end = data.find(closing, at + len(opening))
            if end < 0:
                return 0
            begin = at = _skipped(data, end + len(closing))
    return begin


def _skipped(data: bytes, at: int) -> int:
    """The first byte from there on that is not white."""
    found = _NOT_WHITE.search(data, at)
    return found.start() if found else len(data)
