"""Draws a fill-in workbook: notes, an example apart, instructions, and two hidden sheets."""

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from converter.mapping.survey import LISTS_SHEET, MARKER_SHEET
from converter.mapping.template import VERSION, Template, choices, example, obligation
from converter.schemas.catalogue import Field, Kind, Requirement

NOTES, EXAMPLE, HELP = "Notas", "Exemplo", "Instruções"
_GROUP_ROW, _HEADER_ROW, _FIRST_ROW, _LAST_ROW = 0, 1, 2, 1_048_575
_CREATED = datetime(2026, 1, 1)
_NUMBERS = {Kind.MONEY: "#,##0.00", Kind.RATE: "0.00##", Kind.DECIMAL: "0.00##"}
_DATES = {Kind.DATETIME: "dd/mm/yyyy hh:mm", Kind.DATE: "dd/mm/yyyy"}
_LONG_TEXT = "servico.discriminacao"
"""The one column left in General: cells in Text format show #### past 255 characters."""
_DARK, _MIDDLE, _LIGHT = "#1F4E5F", "#5B8A99", "#8A9499"
_COLOURS = {
    Requirement.SEMPRE: _DARK,
    Requirement.CONDICIONAL: _MIDDLE,
    Requirement.NUNCA: _LIGHT,
}
_LEGEND = (
    (_DARK, "Coluna sempre preenchida"),
    (_MIDDLE, "Coluna que depende da nota ou da prefeitura"),
    (_LIGHT, "Coluna opcional"),
)
_HELP_WIDTHS = (44, 50, 66, 38)
_LINE = 16
"""Height of a line in points: rows are given theirs, since not every program fits them."""
_STEPS = (
    "Preencha a aba “Notas”, uma nota por linha, a partir da linha 3. A aba “Exemplo” mostra uma "
    "linha preenchida e nunca é enviada.",
    "Salve em entrada/ e rode “make conferir”: nada é enviado, e você vê o que falta.",
    "Com tudo certo, rode “make convert”. O resultado sai em saida/, com uma cópia desta planilha.",
    "Pode apagar colunas que não usa, mudar a ordem delas e acrescentar outras suas. Só não mude "
    "os nomes da linha 2.",
    "Cole valores sem fórmulas nem formatação (Colar especial, Valores), para que CNPJ, CPF, CEP e "
    "códigos não percam os zeros.",
)


def draw(template: Template) -> bytes:
    """The workbook of `template`. The same version always gives the same bytes."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties(
        {"title": template.name, "author": "planilote", "created": _CREATED, "company": ""}
    )
    drawing = _Drawing(book, template)
    drawing.table(NOTES, with_example=False)
    drawing.table(EXAMPLE, with_example=True)
    drawing.instructions()
    drawing.lists()
    drawing.marker()
    book.close()
    return target.getvalue()


class _Drawing:
    def __init__(self, book: Any, template: Template) -> None:
        self._book = book
        self._template = template
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._listed = [field for field in template.fields if choices(field)]

    def table(self, name: str, *, with_example: bool) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(_FIRST_ROW, 0)
        sheet.set_row(_GROUP_ROW, 20)
        sheet.set_row(_HEADER_ROW, 34)
        _for_paper(sheet, len(self._template.fields))
        fields = self._template.fields
        self._groups(sheet, fields)
        for index, field in enumerate(fields):
            sheet.set_column(index, index, _width(field), self._cell(field))
            self._header(sheet, index, field)
            self._validation(sheet, index, field)
            if with_example:
                self._example(sheet, index, field)
        if with_example:
            sheet.set_tab_color(_LIGHT)
            sheet.write_string(
                _FIRST_ROW + 2,
                0,
                "Esta aba é só um exemplo e nunca é enviada. Preencha a aba “Notas”.",
                self._format(bold=True, font_color="#A33B20"),
            )
        else:
            sheet.set_tab_color(_DARK)
            sheet.activate()

    def _groups(self, sheet: Any, fields: Sequence[Field]) -> None:
        start = 0
        for index in range(1, len(fields) + 1):
            if index < len(fields) and fields[index].group == fields[start].group:
                continue
            shown = self._format(
                bold=True, font_color=_DARK, bg_color="#E3ECEF", border=1, border_color="#FFFFFF"
            )
            if index - start > 1:
                sheet.merge_range(
                    _GROUP_ROW, start, _GROUP_ROW, index - 1, fields[start].group, shown
                )
            else:
                sheet.write_string(_GROUP_ROW, start, fields[start].group, shown)
            start = index

    def _header(self, sheet: Any, index: int, field: Field) -> None:
        shown = self._format(
            bold=True,
            font_color="#FFFFFF",
            bg_color=_COLOURS[field.required],
            text_wrap=True,
            align="center",
            valign="vcenter",
            border=1,
            border_color="#FFFFFF",
        )
        sheet.write_string(_HEADER_ROW, index, field.label, shown)
        lines = [field.help, f"Preenchimento: {obligation(field)}."]
        if field.example:
            lines.append(f"Exemplo: {field.example}")
        sheet.write_comment(
            _HEADER_ROW, index, "\n".join(lines), {"x_scale": 1.8, "y_scale": 1.1, "author": ""}
        )

    def _validation(self, sheet: Any, index: int, field: Field) -> None:
        asked: dict[str, Any] = {
            "input_title": field.label[:32],
            "input_message": _shortened(field),
            "error_type": "warning",
            "error_title": field.label[:32],
            "ignore_blank": True,
        }
        listed = choices(field)
        if listed:
            column = xl_col_to_name(self._listed.index(field))
            asked["validate"] = "list"
            asked["source"] = f"={LISTS_SHEET}!${column}$1:${column}${len(listed)}"
            asked["error_message"] = (
                "Este valor não está na lista. Algumas prefeituras têm códigos próprios: se é o "
                "caso, confirme."
            )
        elif field.kind in _NUMBERS:
            rate = field.kind is Kind.RATE
            asked |= {"validate": "decimal", "criteria": "between", "minimum": 0}
            asked["maximum"] = 100 if rate else 10**13
            asked["error_message"] = (
                "Digite a porcentagem como número, de 0 a 100: 3 quer dizer 3%."
                if rate
                else "Digite um número, com vírgula nos centavos e sem R$."
            )
        elif field.kind in _DATES:
            asked |= {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)}
            asked["error_message"] = "Digite uma data, como 19/03/2026."
        elif field.size:
            asked |= {"validate": "length", "criteria": "<=", "value": field.size}
            asked["error_message"] = f"Cabem até {field.size} caracteres."
        else:
            asked["validate"] = "any"
        sheet.data_validation(_FIRST_ROW, index, _LAST_ROW, index, asked)

    def _example(self, sheet: Any, index: int, field: Field) -> None:
        value = example(field)
        shown = self._cell(field, italic=True, font_color="#5B6468", bg_color="#F4F6F7")
        if value is None:
            sheet.write_blank(_FIRST_ROW, index, None, shown)
        elif isinstance(value, datetime):
            sheet.write_datetime(_FIRST_ROW, index, value, shown)
        elif isinstance(value, Decimal):
            sheet.write_number(_FIRST_ROW, index, float(value), shown)
        else:
            sheet.write_string(_FIRST_ROW, index, value, shown)

    def instructions(self) -> None:
        sheet = self._book.add_worksheet(HELP)
        sheet.set_tab_color(_LIGHT)
        sheet.hide_gridlines(2)
        _for_paper(sheet, len(_HELP_WIDTHS))
        for column, width in enumerate(_HELP_WIDTHS):
            sheet.set_column(column, column, width)
        big = self._format(bold=True, font_size=15, font_color=_DARK)
        wrapped = self._format(text_wrap=True, valign="top")
        sheet.write_string(0, 0, f"{self._template.name}, versão {VERSION}", big)
        sheet.merge_range(1, 0, 1, 3, self._template.purpose, wrapped)
        row = 3
        for number, step in enumerate(_STEPS, start=1):
            sheet.merge_range(row, 0, row, 3, f"{number}. {step}", wrapped)
            row += 1
        row += 1
        for colour, meaning in _LEGEND:
            shown = self._format(bold=True, font_color="#FFFFFF", bg_color=colour)
            sheet.write_string(row, 0, meaning, shown)
            row += 1
        row += 1
        head = self._format(bold=True, font_color="#FFFFFF", bg_color=_DARK)
        for column, title in enumerate(("Coluna", "Quando preencher", "O que escrever", "Exemplo")):
            sheet.write_string(row, column, title, head)
        lined = self._format(text_wrap=True, valign="top", bottom=1, bottom_color="#D5DBDE")
        for field in self._template.fields:
            row += 1
            texts = (field.label, obligation(field), field.help, field.example)
            sheet.set_row(row, _LINE * _lines(texts))
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, lined)

    def lists(self) -> None:
        sheet = self._book.add_worksheet(LISTS_SHEET)
        sheet.very_hidden()
        for column, field in enumerate(self._listed):
            for row, entry in enumerate(choices(field)):
                sheet.write_string(row, column, entry)

    def marker(self) -> None:
        sheet = self._book.add_worksheet(MARKER_SHEET)
        sheet.very_hidden()
        typed = [one for one in map(example, self._template.fields) if isinstance(one, str)]
        for row, (key, values) in enumerate(
            (
                ("modelo", [self._template.name]),
                ("versao", [str(VERSION)]),
                ("abas sem notas", [EXAMPLE, HELP]),
                ("aba de exemplo", [EXAMPLE]),
                ("linha de exemplo", [str(_FIRST_ROW + 1)]),
                ("exemplo", typed),
            )
        ):
            for column, text in enumerate((key, *values)):
                sheet.write_string(row, column, text)

    def _cell(self, field: Field, **more: Any) -> Any:
        pattern = _NUMBERS.get(field.kind) or _DATES.get(field.kind)
        if pattern is None:
            pattern = "General" if field.path == _LONG_TEXT else "@"
        wrap = field.path == _LONG_TEXT
        return self._format(num_format=pattern, text_wrap=wrap, valign="top", **more)

    def _format(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(
                {"font_name": "Calibri", "font_size": 11} | wanted
            )
        return self._formats[key]


def _lines(texts: Sequence[str]) -> int:
    """Lines the longest text takes in its column of the instructions, a little generously."""
    widths = zip(texts, _HELP_WIDTHS, strict=True)
    return max(1 + int(len(text) * 1.02) // width for text, width in widths)


def _for_paper(sheet: Any, columns: int) -> None:
    """A4 across; a table of many columns takes several pages rather than one nobody can read."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(-(-columns // 20), 0)


def _width(field: Field) -> float:
    if field.path == _LONG_TEXT:
        return 48
    longest = max(len(field.example), (field.size or 0) // 4, len(field.label) // 2 + 2)
    return float(min(max(longest + 4, 13), 34))


def _shortened(field: Field) -> str:
    said = f"{field.help} Preenchimento: {obligation(field)}."
    return said if len(said) <= 255 else field.help
