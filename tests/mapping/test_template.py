import dataclasses
import hashlib
import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from converter.brazil import servico
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.mapping.template import MARKER_SHEET, TEMPLATES, VERSION, Template, choices, template
from converter.mapping.template_book import draw
from converter.model.cells import RawBook, RawSheet
from converter.schemas.catalogue import BY_PATH
from converter.schemas.rules import Rules
from converter.stages.map import MappedBook, map_book
from converter.stages.read import read
from converter.stages.validate import validate
from converter.texts.catalogue import hint, message
from tests.mapping.books import PRESTADOR, codes, mappings

RULES = Rules(now=datetime(2026, 3, 20, 12, tzinfo=UTC))
OWN = {
    "prestador.codigo_municipio": "3505708",
    "prestador.inscricao_municipal": "12345",
    "optante_simples_nacional": False,
    "servico.codigo_municipio": "3505708",
}
DEFAULTS = Defaults(prestadores=(PrestadorDefaults(PRESTADOR, (), OWN),))
EACH = pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.name)


def as_read(one: Template) -> RawBook:
    found = read(draw(one), f"{one.name}.xlsx")
    assert found.book is not None
    return found.book


def changed(book: RawBook, name: str, rows: dict[int, list]) -> RawBook:
    """`book` with some Excel rows of one sheet replaced."""
    sheets = []
    for sheet in book.sheets:
        grid = [list(row) for row in sheet.rows]
        if sheet.name == name:
            grid += [[] for _ in range(max(rows) - len(grid))]
            for number, row in rows.items():
                grid[number - 1] = row
        sheets.append(RawSheet(sheet.name, grid, sheet.visible))
    return RawBook(book.arquivo, book.sha256, book.size, book.format, tuple(sheets))


def row_of(book: RawBook, name: str, number: int) -> list:
    return list(next(sheet for sheet in book.sheets if sheet.name == name).rows[number - 1])


def mapped(book: RawBook) -> MappedBook:
    return map_book(book, mappings(), choice=None, defaults=DEFAULTS)


@EACH
def test_filled_with_its_example_it_converts_without_a_problem(one):
    book = as_read(one)
    result = mapped(changed(book, "Notas", {3: row_of(book, "Exemplo", 3)}))
    assert not result.problems
    (sheet,) = result.sheets
    assert (sheet.mapeamento, list(sheet.rows), sheet.ignored) == ("padrao", [3], ())
    assert {field.path for field in one.fields} <= sheet.fields.keys()
    typed = validate(sheet, RULES)
    assert not typed.problems, [message(problem) for problem in typed.problems]


@EACH
def test_as_it_comes_it_holds_no_note(one):
    result = mapped(as_read(one))
    assert codes(result.problems) == ["planilha-sem-linhas"]
    assert [list(sheet.rows) for sheet in result.sheets] == [[]]
    assert {said.details["planilha"] for said in result.skipped} == {"Exemplo", "Instruções"}


@EACH
def test_the_same_version_always_has_the_same_bytes(one):
    assert draw(one) == draw(one)


@EACH
def test_nothing_in_it_tells_when_it_was_saved(one):
    with zipfile.ZipFile(io.BytesIO(draw(one))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        dates = re.findall(r"\d{4}-\d\d-\d\d", package.read("docProps/core.xml").decode())
    assert set(dates) == {"2026-01-01"}


def test_a_text_that_begins_like_a_formula_is_a_text():
    field = dataclasses.replace(BY_PATH["tomador.razao_social"], label="=1+1")
    book = openpyxl.load_workbook(io.BytesIO(draw(Template("modelo", "", (field,)))))
    assert book["Notas"]["A2"].data_type == "s"


def test_the_committed_workbooks_are_those_of_the_catalogue():
    from scripts.gen_templates import parts

    folder = Path(__file__).parents[2] / "templates"
    assert {path.name for path in folder.glob("*.xlsx")} == {f"{t.name}.xlsx" for t in TEMPLATES}
    for one in TEMPLATES:
        committed = parts((folder / f"{one.name}.xlsx").read_bytes())
        assert committed == parts(draw(one)), "rode make templates"


COLUMNS = {2: "a90eeefff8805eff"}
"""By version, a fingerprint of every template's columns."""


def test_another_column_is_another_version() -> None:
    columns = repr([(one.name, [each.path for each in one.fields]) for one in TEMPLATES])
    fingerprint = hashlib.sha256(columns.encode()).hexdigest()[:16]
    assert COLUMNS.get(VERSION) == fingerprint, "raise `versao` in templates.toml"


def test_notes_typed_over_the_example_are_not_lost_in_silence():
    book = as_read(TEMPLATES[0])
    typed = row_of(book, "Exemplo", 3)
    typed[2] = "Ana Prado"
    (problem, *_) = mapped(changed(book, "Exemplo", {3: typed})).problems
    assert (problem.code, problem.planilha, problem.row) == ("notas-na-aba-exemplo", "Exemplo", 3)
    (problem, *_) = mapped(changed(book, "Exemplo", {4: typed})).problems
    assert (problem.code, problem.row) == ("notas-na-aba-exemplo", 4)


@pytest.mark.parametrize(
    ("version", "code"), [("0", "modelo-antigo"), ("99", "modelo-de-versao-futura")]
)
def test_another_version_is_recognised(version, code):
    book = as_read(TEMPLATES[0])
    result = mapped(changed(book, MARKER_SHEET, {2: ["versao", version]}))
    problem = next(one for one in result.problems if one.code == code)
    assert "modelo-simples" in message(problem) + hint(problem)


@pytest.mark.parametrize("name", ["simples", "modelo-simples", "modelo-simples.xlsx"])
def test_a_template_is_known_by_its_short_name_too(name):
    assert template(name) is TEMPLATES[0]


def test_an_unknown_template_is_none():
    assert template("outro") is None


def test_each_service_of_the_list_reads_as_its_code():
    for entry in choices(BY_PATH["servico.item_lista_servico"]):
        parsed = servico.parse(entry)
        assert (parsed.value, parsed.problem) == (entry[:2] + entry[3:5], None), entry


def test_input_help_fits_what_excel_takes():
    for one in TEMPLATES:
        for field in one.fields:
            assert len(field.label) <= 45
            assert len(field.help) <= 200
