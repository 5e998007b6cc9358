"""Which fill-in workbooks there are, their columns, and how one that comes back is known again."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from converter import facts
from converter.brazil import data_files, uf
from converter.model.cells import RawBook, RawSheet, is_blank
from converter.model.problems import Problem, Severity
from converter.schemas.catalogue import FIELDS, Field, Kind, Requirement

FACTS = facts.load(Path(__file__).with_name("templates.toml"))
VERSION: int = FACTS["versao"]
FILLING = "Preenchimento: "
"""Begins a line of the comment on each header of a template: nobody wrote it about a note."""
MARKER_SHEET = "_planilote"
"""Hidden sheet of our templates: what it is, its version, and the sheets that hold no notes."""
LISTS_SHEET = "_listas"
"""Hidden sheet of our templates that holds the drop-down lists."""
_WITHOUT_EXAMPLE = frozenset(FACTS["exemplo"]["sem"])
_GROUPS_WITHOUT_EXAMPLE = tuple(FACTS["exemplo"]["comecos"])
_WORDING = 70
"""Characters of a service's wording in the drop-down list."""


@dataclass(frozen=True, slots=True)
class Template:
    """One workbook: its file name without `.xlsx`, what it is for, and its columns in order."""

    name: str
    purpose: str
    fields: tuple[Field, ...]


def _templates() -> Iterator[Template]:
    models = FACTS["modelos"]
    for name, model in models.items():
        like = models.get(model.get("como"), {})
        columns = {*model.get("colunas", ()), *like.get("colunas", ())}
        groups: Collection[str] = model.get("grupos", ())
        fields = (one for one in FIELDS if one.path in columns or one.group in groups)
        left_out: Collection[str] = model.get("menos", ())
        yield Template(
            name, model["para"], tuple(one for one in fields if one.path not in left_out)
        )


TEMPLATES: tuple[Template, ...] = tuple(_templates())


def template(name: str) -> Template | None:
    """The template of that name, `modelo-` and `.xlsx` optional; None where there is none."""
    wanted = name.removesuffix(".xlsx").removeprefix("modelo-")
    return next((one for one in TEMPLATES if one.name == f"modelo-{wanted}"), None)


def choices(field: Field) -> tuple[str, ...]:
    """The drop-down list of a field, each entry one that the validators read; () without one."""
    if field.kind is Kind.BOOLEAN:
        return ("Sim", "Não")
    if field.kind is Kind.UF:
        return tuple(uf.nomes())
    if field.kind is Kind.ITEM_SERVICO:
        return tuple(map(_service, data_files.rows("servicos")))
    return tuple(f"{code} - {meaning}" for code, meaning in field.values.items())


def _service(record: tuple[str, ...]) -> str:
    """`01.07 - Suporte técnico`: up to the first number of the wording, which could be a code."""
    code, wording = record[:2]
    words = re.split(r"[0-9]", wording, maxsplit=1)[0]
    short = words if len(words) <= _WORDING else words[:_WORDING].rpartition(" ")[0]
    return f"{code[:2]}.{code[2:]} - {short.strip(' ,;.(-')}"


def example(field: Field) -> str | datetime | Decimal | None:
    """What the example row shows for a field, as the type its cell should have."""
    if field.path in _WITHOUT_EXAMPLE or field.path.startswith(_GROUPS_WITHOUT_EXAMPLE):
        return None
    text = field.example
    if field.kind is Kind.DATETIME:
        return datetime.strptime(text, "%d/%m/%Y %H:%M")
    if field.kind in (Kind.MONEY, Kind.RATE, Kind.DECIMAL):
        return Decimal(text.replace(".", "").replace(",", "."))
    if field.values:
        return next((one for one in choices(field) if one.startswith(f"{text} - ")), text)
    return text


def obligation(field: Field) -> str:
    """In words, when the column must be filled."""
    if field.required is Requirement.SEMPRE:
        return "obrigatória" if field.default is None else f"em branco vale {field.default}"
    return field.when if field.required is Requirement.CONDICIONAL else "opcional"


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What the marker sheet of one of our workbooks says.

    `example` are the texts of the example row, which stands at Excel row `example_row` of
    `example_sheet`; anything else there was typed by the user.
    """

    template: str
    version: int
    without_notes: tuple[str, ...]
    example_sheet: str
    example_row: int
    example: tuple[str, ...]

    def rows(self) -> list[tuple[str, ...]]:
        """The marker sheet, as `made_from` reads it."""
        return [
            ("modelo", self.template),
            ("versao", str(self.version)),
            ("abas sem notas", *self.without_notes),
            ("aba de exemplo", self.example_sheet),
            ("linha de exemplo", str(self.example_row)),
            ("exemplo", *self.example),
        ]


def made_from(book: RawBook) -> MadeFrom | None:
    """The template `book` was made from, None when it is not one of ours."""
    for sheet in book.sheets:
        if sheet.name == MARKER_SHEET:
            said = {
                str(row[0]): tuple(str(value) for value in row[1:] if not is_blank(value))
                for row in sheet.rows
                if row and not is_blank(row[0])
            }
            if said.get("modelo") and said.get("versao"):
                return MadeFrom(
                    said["modelo"][0],
                    _whole(said["versao"][0]),
                    said.get("abas sem notas", ()),
                    "".join(said.get("aba de exemplo", ())),
                    _whole("".join(said.get("linha de exemplo", ()))),
                    said.get("exemplo", ()),
                )
    return None


def _whole(said: str) -> int:
    text = said.removesuffix(".0")
    return int(text) if text.isascii() and text.isdecimal() else 0


def template_problems(book: RawBook) -> Iterator[Problem]:
    """What there is to say of a book made from one of our templates."""
    origin = made_from(book)
    if origin is None:
        return
    details = {"modelo": origin.template, "versao": str(origin.version), "atual": str(VERSION)}
    if origin.version != VERSION:
        older = origin.version < VERSION
        code = "modelo-antigo" if older else "modelo-de-versao-futura"
        yield Problem(code, Severity.AVISO, book.arquivo, details=details)
    for sheet in book.sheets:
        row = _typed_over(sheet, origin) if sheet.name == origin.example_sheet else None
        if row is not None:
            yield Problem("notas-na-aba-exemplo", Severity.ERRO, book.arquivo, sheet.name, row)


def _typed_over(sheet: RawSheet, origin: MadeFrom) -> int | None:
    """The first Excel row of the example sheet that somebody filled, None where it is as made."""
    ours = set(origin.example)
    for number, row in enumerate(sheet.rows[origin.example_row - 1 :], origin.example_row):
        filled = [value for value in row if not is_blank(value)]
        typed = [value for value in filled if type(value) is str]
        as_made = number == origin.example_row and ours.issuperset(typed)
        if len(filled) > 1 and not as_made:
            return number
    return None
