"""A book's cells are let go where they are not needed, and read again where they are after all."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from converter.stages import write
from converter.workbook.refusal import CannotCarry
from tests.casos.validacao.arquivo import content
from tests.casos.validacao.origem import BARUERI, ENDERECO, Row, notas
from tests.runs import arquivo, one_report, run_in


def month(pasta: Path, *rows: Row) -> list[list[str]]:
    """An xlsx of these rows in `entrada/`, and its cells."""
    _, text = content(notas("", *rows))
    table = list(csv.reader(text.decode("utf-8-sig").splitlines(), delimiter=";"))
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in table:
        book.worksheets[0].append(row)
    book.save(made)
    arquivo(pasta, "notas.xlsx", made.getvalue(), BARUERI)
    return table


def test_rows_refused_after_their_cells_were_let_go_come_back_as_typed(tmp_path: Path) -> None:
    good = {**ENDERECO, "servico.aliquota": "2", "optante_simples_nacional": "Não"}
    # The city refuses an ISS retained by a person, of which no more than a warning is told before.
    person = {"tomador.cpf_cnpj": "529.982.247-25", "servico.iss_retido": "Sim"}
    table = month(tmp_path, good, {**good, **person})
    done = one_report(run_in(tmp_path))
    assert done.rows.situacao == ["recusada", "recusada"]
    (book,) = (tmp_path / "saida").rglob("*_corrigir.xlsx")
    sheet = openpyxl.load_workbook(book).worksheets[0]
    typed = [[cell.value for cell in row][: len(table[0])] for row in sheet.iter_rows()]
    assert [[value or "" for value in row] for row in typed] == table


def test_a_book_that_cannot_be_carried_is_copied_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: bytes) -> None:
        raise CannotCarry("livro-cifrado")

    monkeypatch.setattr(write, "open_source", refuse)
    table = month(tmp_path, ENDERECO)
    run_in(tmp_path, enviar=False)
    (book,) = (tmp_path / "saida").rglob("*_resultado.xlsx")
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert [cell.value for cell in sheet[1]] == table[0]
    assert [cell.value or "" for cell in sheet[2]] == table[1]
