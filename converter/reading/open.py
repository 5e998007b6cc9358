"""The one door: measure the file, tell what it is, hand it to its reader."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from converter.model.address import letters_of
from converter.model.cells import Assumption, RawSheet
from converter.reading.coded_rows import GridRows
from converter.reading.limits import Limits
from converter.reading.markup import root_of
from converter.reading.package import Package
from converter.reading.refusal import FileRefused
from converter.reading.signature import FileKind, kind_of, old_format

_SOMETHING = re.compile(rb"[^\x00 \t\r\n\xef\xbb\xbf]")
_FOREIGN = {"word": "um documento do Word", "ppt": "uma apresentação"}
_MACROS = Assumption("macros-nao-executadas")
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
    if _SOMETHING.search(data) is None:
        raise FileRefused("arquivo-vazio")
    if len(data) > limits.file_bytes:
        raise FileRefused("arquivo-grande")
    opened = _read(kind_of(data), data, arquivo, limits)
    if len({sheet.name for sheet in opened.sheets}) != len(opened.sheets):
        raise FileRefused("arquivo-suspeito", motivo="traz duas abas com o mesmo nome")
    if not any(map(_has_values, opened.sheets)):
        raise FileRefused("arquivo-sem-dados")
    opened = replace(opened, assumptions=opened.assumptions + _zones(opened.sheets))
    said = PurePosixPath(arquivo).suffix.lstrip(".").casefold()
    if _SAME.get(said, said) == _SAME.get(opened.format, opened.format):
        return opened
    told = Assumption("formato-pelo-conteudo", {"extensao": said, "formato": opened.format})
    return Opened(opened.format, opened.sheets, (told, *opened.assumptions))


def _read(kind: FileKind | str, data: bytes, arquivo: str, limits: Limits) -> Opened:
    # Each reader is imported for its own kind of file: the libraries of all take long to load.
    name = PurePosixPath(arquivo).stem
    if kind is FileKind.ZIP:
        return _zip(Package(data, limits), limits)
    if kind is FileKind.TEXT:
        from converter.reading import delimited

        sheet, said = delimited.read(data, name, limits)
        return Opened("tsv" if sheet.separator == "\t" else "csv", (sheet,), said)
    if kind is FileKind.OLE:
        from converter.reading import xls

        sheets, date1904 = xls.read(data, limits)
        return Opened("xls", sheets, _dates(date1904))
    if kind is FileKind.HTML:
        from converter.reading import html

        return Opened("html", (html.read(data, name, limits),))
    if kind is FileKind.SPREADSHEETML:
        from converter.reading import spreadsheetml

        return Opened("xml", spreadsheetml.read(data, limits))
    if kind is FileKind.FLAT_ODS:
        from converter.reading import ods

        return Opened("fods", ods.read_flat(data, limits))
    code = "formato-desconhecido" if old_format(data) is None else "formato-antigo"
    raise FileRefused(code, tipo=str(kind))


def _has_values(sheet: RawSheet) -> bool:
    rows = sheet.rows
    said = (part.values for part in rows.parts) if isinstance(rows, GridRows) else rows
    return any(map(any, said))


def _zip(package: Package, limits: Limits) -> Opened:
    mimetype = package.find("mimetype")
    if mimetype and b"opendocument.spreadsheet" in package.read(mimetype):
        from converter.reading import ods

        return Opened("ods", ods.read(package, limits))
    main = _main_part(package)
    if main.casefold().endswith(".bin"):
        from converter.reading import xlsb

        sheets, date1904 = xlsb.read(package, main, limits)
        return Opened("xlsb", sheets, _dates(date1904) + _carried(package))
    from converter.reading import xlsx

    sheets, date1904 = xlsx.read(package, main, limits)
    carried = _carried(package)
    form = "xlsm" if _MACROS in carried else "xlsx"
    return Opened(form, sheets, _dates(date1904) + carried)


def _main_part(package: Package) -> str:
    relations = package.find("_rels/.rels")
    found = root_of(package.read(relations)).iter("{*}Relationship") if relations else ()
    target = next(
        (
            relation.get("Target", "")
            for relation in found
            if relation.get("Type", "").endswith("/officeDocument")
        ),
        "",
    )
    if not target:
        raise FileRefused("formato-desconhecido", tipo="um arquivo compactado (zip)")
    main = package.find(target)
    if main is None:
        raise FileRefused("arquivo-danificado")
    kind = _FOREIGN.get(posixpath.dirname(main))
    if kind is not None:
        raise FileRefused("formato-desconhecido", tipo=kind)
    return main


def _zones(sheets: Sequence[RawSheet]) -> tuple[Assumption, ...]:
    return tuple(
        Assumption("hora-com-fuso", {"planilha": sheet.name, "coluna": letters_of(column)})
        for sheet in sheets
        for column in sorted(sheet.zoned)
    )


def _dates(date1904: bool) -> tuple[Assumption, ...]:
    return (Assumption("datas-1904"),) if date1904 else ()


def _carried(package: Package) -> tuple[Assumption, ...]:
    """What the book carries that is never run nor followed."""
    names = [name.casefold() for name in package.names]
    said = []
    if any(name.endswith("vbaproject.bin") for name in names):
        said.append(_MACROS)
    if any("/externallinks/" in name for name in names):
        said.append(Assumption("vinculos-externos"))
    return tuple(said)
