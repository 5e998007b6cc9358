"""What a file is, told by its bytes: an extension is only what someone called it."""

import codecs
import re
from enum import StrEnum
from pathlib import Path

from converter import facts
from converter.reading.encoding import detect

_START = 4096
# Old systems leave a stray control character in a text; in anything else they are everywhere.
_TEXTUAL = 100


class FileKind(StrEnum):
    """The readers there are."""

    ZIP = "zip"
    OLE = "ole"
    HTML = "html"
    SPREADSHEETML = "xml"
    FLAT_ODS = "fods"
    TEXT = "texto"


_SAID = facts.load(Path(__file__).with_name("signatures.toml"))
_MAGIC, _OLD = (
    [(re.compile(begin.encode("latin-1"), re.DOTALL), what) for begin, what in _SAID[table].items()]
    for table in ("magia", "antigos")
)
_OPENINGS = [(re.compile(begin, re.DOTALL), what) for begin, what in _SAID["textos"].items()]
_PROLOGUE = ((b"<?xml", b">"), (b"<!--", b"-->"))
_NOT_WHITE = re.compile(rb"\S")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")


def old_format(data: bytes) -> str | None:
    """The name, with its article, of a format of spreadsheets we do not read but others do."""
    return next((name for begin, name in _OLD if begin.match(data)), None)


def kind_of(data: bytes) -> FileKind | str:
    """The kind of reader the bytes ask for, or what else they are, with its article."""
    for begin, what in (*_MAGIC, *_OLD):
        if begin.match(data):
            return _known(what)
    start = data[:_START].decode(detect(data[: _START - 3]).codec, errors="ignore")
    past = _past_prologue(data)
    page = data[past : past + _START].decode("latin-1") if past else ""
    for opening, what in _OPENINGS:
        if opening.match(start) or (what == FileKind.HTML and opening.match(page)):
            return _known(what)
    binary = len(_CONTROLS.findall(start)) * _TEXTUAL > len(start)
    return "um arquivo que não é planilha nem texto" if binary else FileKind.TEXT


def _known(what: str) -> FileKind | str:
    return FileKind(what) if what in set(FileKind) else what


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
