"""The binary books of Excel 2003 and before.

Read by xlrd and not by calamine: it tells errors, percentages and dates apart, and a damaged
file makes it raise where calamine reserves the area the file claims and takes the process down.
"""

import io
from typing import Any

import xlrd  # type: ignore[import-untyped]  # published without type information

from converter.model.cells import Fault, FaultKind, RawSheet, RawValue
from converter.reading.appearance import Look, colour_name, seen_in
from converter.reading.compound import check_chains
from converter.reading.formats import Form, form_by_id, typed
from converter.reading.limits import Limits
from converter.reading.refusal import FileRefused
from converter.reading.rows import Room, RowBuilder

_ENTRIES = (
    ("EncryptedPackage", None),
    ("WordDocument", "um documento do Word"),
    ("PowerPoint Document", "uma apresentação"),
    ("__substg1.0_", "uma mensagem de e-mail do Outlook"),
)


def read(data: bytes, limits: Limits) -> tuple[tuple[RawSheet, ...], bool]:
    """The worksheets of a book, and whether it counts its dates from 1904.

    Raises:
        FileRefused: `arquivo-protegido`, `arquivo-danificado` or `formato-desconhecido`.
    """
    _check_entries(data)
    check_chains(data)
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        )
        forms = [_form(book, style) for style in book.xf_list]
        looks = [_look(book, style) for style in book.xf_list]
        room = Room(limits)
        _check_streams(book)
        sheets = tuple(_sheet(book, index, forms, looks, room) for index in range(book.nsheets))
    except FileRefused:
        raise
    except Exception as error:  # xlrd lets whatever a damaged file provokes through
        if "encrypted" in str(error):
            raise FileRefused("arquivo-protegido") from error
        raise FileRefused("arquivo-danificado") from error
    return sheets, bool(book.datemode)


def _check_entries(data: bytes) -> None:
    """A compound file is many things; its directory, in UTF-16, names its streams."""
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return
    for name, kind in _ENTRIES:
        if name.encode("utf-16-le") in data:
            if kind is None:
                raise FileRefused("arquivo-protegido")
            raise FileRefused("formato-desconhecido", tipo=kind)


def _form(book: Any, style: Any) -> Form:
    form = book.format_map.get(style.format_key)
    formats = {} if form is None else {style.format_key: str(form.format_str)}
    return form_by_id(style.format_key, formats)


def _look(book: Any, style: Any) -> Look:
    fill = style.background
    colour = book.colour_map.get(fill.pattern_colour_index) if fill.fill_pattern else None
    struck = bool(book.font_list[style.font_index].struck_out)
    return Look(struck, colour_name(*colour) if colour else "")


def _check_streams(book: Any) -> None:
    """Each sheet has a stream of its own: a hundred that share one would be read a hundred times.

    Raises:
        FileRefused: `arquivo-suspeito`.
    """
    places = [place for place in book._sh_abs_posn if place]
    if len(set(places)) != len(places):
        raise FileRefused("arquivo-suspeito", motivo="mostra as mesmas células em várias abas")


def _sheet(book: Any, index: int, forms: list[Form], looks: list[Look], room: Room) -> RawSheet:
    sheet = book.sheet_by_index(index)
    builder = RowBuilder(sheet.name, room)
    date1904 = bool(book.datemode)
    loud = any(look != Look() for look in looks)
    shown = {}
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        values = sheet.row_values(row)
        styles = sheet._cell_xf_indexes[row]  # `cell_xf_index` is a call per cell
        own = dict(enumerate(zip(values, styles, strict=True), start=1)) if loud else {}
        shown[row + 1] = {at: looks[style] for at, (value, style) in own.items() if value != ""}
        builder.add(
            [
                _value(kind, value, forms[style], date1904)
                for kind, value, style in zip(kinds, values, styles, strict=True)
            ]
        )
    merged = tuple(
        sorted((top + 1, left + 1, last, right) for top, last, left, right in sheet.merged_cells)
    )
    hidden = frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    said = [
        (row + 1, column + 1, note.text.removeprefix(f"{note.author}:").strip())
        for (row, column), note in sorted(sheet.cell_note_map.items())
        if note.text.strip()
    ]
    book.unload_sheet(index)
    seen = seen_in(shown.items(), said)
    visible = sheet.visibility == 0
    return RawSheet(sheet.name, builder.rows, visible, merged, hidden, appearance=seen)


def _value(kind: int, value: Any, form: Form, date1904: bool) -> RawValue:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        return typed(value, form, date1904)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return Fault(FaultKind.ERROR_VALUE, xlrd.error_text_from_code.get(value, "#ERRO!"))
    return None
