"""The sheet of a lote: the file line by line, and beside it one row per note."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from converter.layouts import by_slug
from converter.model.notas import Lote
from converter.model.outcome import LoteOutcome, LoteState
from converter.sheets.book import BookFacts, beside, new_sheets
from converter.stages.write import describe
from converter.workbook.package import add_sheets
from tests.layouts import amostras
from tests.sheets.reports import FIRST_ROW, report

CODES = {"barueri-pmb004": "ServicoExportacao", "sao-paulo-v002": "ISSRetido",
         "abrasf-2.02": "IssRetido"}  # fmt: skip


def sheet_of(slug: str, notas: int = 3) -> tuple[Worksheet, str]:
    """`Lote 1` of a file of that layout, saved and opened again, and the file's text."""
    made, source = report(notas, issuers=1, wrong=None, repeated=None, answered=False)
    content = by_slug(slug).write(amostras.lote(slug, notas), amostras.NUMBERING).content
    old = made.outcomes[0].lote
    lote = Lote(old.ref, old.arquivo, old.prestador, old.packed, old.notas)
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    outcome = LoteOutcome(
        lote, LoteState.GERADO, content=content, file_name="x.txt", updated_at=moment
    )
    made = replace(made, outcomes=(outcome,))
    target = io.BytesIO()
    sheets = new_sheets(made, ["Notas"], BookFacts(describe), beside(["Notas"]))
    add_sheets(source, sheets, target)
    return openpyxl.load_workbook(target)["Lote 1"], content.decode("latin-1")


def table(sheet: Worksheet) -> Iterator[Mapping[str, Any]]:
    """Each note's cells by title."""
    header = sheet.freeze_panes
    assert header is not None
    first = int(str(header)[1:])
    titles = [cell.value for cell in sheet[first - 1]]
    for row in sheet.iter_rows(min_row=first):
        found = dict(zip(titles, row, strict=True))
        if found["Nota"].value is not None:
            yield found


@pytest.mark.parametrize("slug", CODES)
def test_a_note_is_one_row_that_leads_to_its_own(slug: str) -> None:
    sheet, _ = sheet_of(slug)
    rows = [*table(sheet)]
    assert [row["Nota"].value for row in rows] == [1, 2, 3]
    places = [row["Linha da planilha"].hyperlink.location for row in rows]
    assert places == [f"'Notas'!A{FIRST_ROW + number}" for number in range(3)]


@pytest.mark.parametrize("slug", CODES)
def test_amounts_are_numbers_and_codes_say_what_they_mean(slug: str) -> None:
    sheet, _ = sheet_of(slug)
    row = [*table(sheet)][1]
    amount = next(cell for title, cell in row.items() if title and title.startswith("Valor Serv"))
    assert amount.value == 102
    code = next(
        cell for title, cell in row.items() if title and title.replace(" ", "") == CODES[slug]
    )
    assert code.value == "2 (não)"


@pytest.mark.parametrize("slug", CODES)
def test_what_no_note_says_has_no_column_and_what_one_leaves_out_is_blank(slug: str) -> None:
    sheet, _ = sheet_of(slug)
    rows = [*table(sheet)]
    titles = [title for title in rows[0] if title]
    assert len(titles) == len({*titles})
    for title in titles[5:]:
        said = [row[title].value for row in rows]
        assert any(value is not None for value in said), title
        assert "" not in said


def test_the_comment_of_a_title_says_where_the_field_is_and_how_it_is_written() -> None:
    sheet, text = sheet_of("barueri-pmb004")
    row = next(iter(table(sheet)))
    cell = sheet.cell(row["Valor Servico"].row - 1, row["Valor Servico"].column)
    note = cell.comment.text if cell.comment else ""
    field = next(
        field
        for record in by_slug("barueri-pmb004").describe(text.encode("latin-1"))
        for field in record.campos
        if field.nome == "ValorServico"
    )
    assert f"posições {field.inicio} a {field.fim}" in note
    assert f"“{field.valor}”" in note


def test_headers_and_totals_stand_above_and_the_file_beside_line_by_line() -> None:
    sheet, text = sheet_of("barueri-pmb004")
    told = [str(cell.value) for cell in sheet["A"]]
    assert any(line.startswith("Cabeçalho (registro 1), linha 1: ") for line in told)
    assert any(line.startswith("Rodapé (registro 9), linha ") for line in told)
    shown = [str(cell.value) for cell in sheet["B"]]
    assert all(line in shown for line in text.split("\r\n") if line)


def test_only_the_notes_are_filtered_and_no_row_beyond_them() -> None:
    sheet, _ = sheet_of("abrasf-2.02")
    rows = [*table(sheet)]
    first, last = rows[0]["Nota"], rows[-1]["Nota"]
    assert str(sheet.auto_filter.ref).startswith(f"{first.column_letter}{first.row - 1}:")
    assert str(sheet.auto_filter.ref).endswith(str(last.row))
