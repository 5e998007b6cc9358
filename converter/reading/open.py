"""The one door: measure the file, tell what it is, hand it to its reader."""

import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from converter.model.cells import Assumption, RawSheet
from converter.reading import delimited, xlsx
from converter.reading.limits import Limits
from converter.reading.package import Package
from converter.reading.refusal import FileRefused
from converter.reading.signature import Kind, kind_of

_RELATION = re.compile(rb"<[^<>]*/officeDocument[\"'][^<>]*>")
_TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']*)[\"']")
_SAME = {"xlsm": "xlsx", "txt": "csv", "tsv": "csv", "htm": "html"}


@dataclass(frozen=True, slots=True)
class Opened:
    """What a reader found: the format by content, the sheets, what it assumed."""

    format: str
    sheets: tuple[RawSheet, ...]
    assumptions: tuple[Assumption, ...] = ()


def open_file(data: bytes, arquivo: str, limits: Limits) -> Opened:
    """The sheets of a file of any format we read.

    Raises:
        FileRefused: With the reason the user is told.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileRefused("arquivo-vazio")
    if len(data) > limits.file_bytes:
        raise FileRefused("arquivo-grande")
    opened = _read(kind_of(data), data, arquivo, limits)
    if not any(any(row) for sheet in opened.sheets for row in sheet.rows):
        raise FileRefused("arquivo-sem-dados")
    said = PurePosixPath(arquivo).suffix.lstrip(".").casefold()
    if _SAME.get(said, said) == _SAME.get(opened.format, opened.format):
        return opened
    told = Assumption("formato-pelo-conteudo", {"extensao": said, "formato": opened.format})
    return Opened(opened.format, opened.sheets, (told, *opened.assumptions))


def _read(kind: Kind | str, data: bytes, arquivo: str, limits: Limits) -> Opened:
    if kind is Kind.ZIP:
        return _zip(data, limits)
    if kind is Kind.TEXT:
        found = delimited.read(data, PurePosixPath(arquivo).stem, limits)
        name = "tsv" if found.separator == "\t" else "csv"
        return Opened(name, (found.sheet,), found.assumptions)
    raise FileRefused("formato-desconhecido", tipo=str(kind))


def _zip(data: bytes, limits: Limits) -> Opened:
    package = Package(data, limits)
    relations = package.find("_rels/.rels")
    relation = _RELATION.search(package.read(relations)) if relations else None
    target = _TARGET.search(relation[0]) if relation else None
    if target is None:
        raise FileRefused("formato-desconhecido", tipo="um arquivo compactado (zip)")
    main = package.find(target[1].decode("utf-8", "replace"))
    if main is None:
        raise FileRefused("arquivo-danificado")
    folder = posixpath.dirname(main)
    if folder == "word":
        raise FileRefused("formato-desconhecido", tipo="um documento do Word")
    if folder == "ppt":
        raise FileRefused("formato-desconhecido", tipo="uma apresentação")
    book = xlsx.read(package, main, limits)
    macros = package.find(f"{folder}/vbaProject.bin") is not None
    return Opened("xlsm" if macros else "xlsx", book.sheets, book.assumptions)
