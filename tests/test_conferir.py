"""`conferir` decides what `converter` does, and leaves no trace of it."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from converter.model.run import RunReport
from converter.simulator.server import serve
from converter.simulator.settings import Settings
from tests.runs import (
    DATA,
    NOW,
    ROOT,
    VALOR,
    arquivo,
    exemplo,
    in_october,
    lotes,
    real,
    refs,
    run_in,
    sent,
    situacoes,
    tabela,
    told,
)
from tests.test_pipeline import mend


def mended(pasta: Path) -> Path:
    """A workbook with mistakes and, beside it, its mended copy."""
    (pasta / "entrada").mkdir()
    shutil.copy(ROOT / "docs" / "exemplos" / "com-erros.xlsx", pasta / "entrada" / "notas.xlsx")
    run_in(pasta)
    copy = pasta / "entrada" / "notas_corrigir.xlsx"
    shutil.copy(pasta / "saida" / "notas_corrigir.xlsx", copy)
    mend(copy)
    return copy


def renamed(pasta: Path) -> None:
    path = tabela(pasta, exemplo())
    run_in(pasta)
    path.unlink()
    tabela(pasta, [*exemplo()[1:], *in_october(exemplo()[:2])], "outro nome.csv")


def twice(pasta: Path) -> None:
    tabela(pasta, exemplo(), "a.csv")
    tabela(pasta, [{**exemplo()[0], VALOR: "1.600,00"}, *exemplo()[1:]], "b.csv")


def edited(pasta: Path) -> None:
    tabela(pasta, exemplo())
    run_in(pasta)
    tabela(pasta, [{**exemplo()[0], VALOR: "1.600,00"}, *exemplo()[1:], in_october(exemplo())[0]])


@pytest.mark.parametrize("scene", [mended, renamed, twice, edited])
def test_it_plans_the_lotes_that_converter_sends(
    tmp_path: Path, scene: Callable[[Path], object]
) -> None:
    scene(tmp_path)
    planned = run_in(tmp_path, enviar=False)
    again = run_in(tmp_path, enviar=False)
    made = run_in(tmp_path)
    assert planned_lotes(planned) == planned_lotes(again) == planned_lotes(made)
    assert sent(made) > 0 or scene is edited
    for done in planned.files:
        changed = told(planned, "linha-alterada", done.arquivo)
        assert changed == told(made, "linha-alterada", done.arquivo)
        then = [went(situacao) for situacao in situacoes(planned, done.arquivo)]
        assert then == [went(situacao) for situacao in situacoes(made, done.arquivo)]


def planned_lotes(run: RunReport) -> list[tuple[str, str]]:
    return [(name, ref) for name, ref, _ in lotes(run)]


def went(situacao: str) -> str:
    """What is ready is held before sending, and issued after."""
    return "autorizada" if situacao == "retida" else situacao


def test_what_was_prepared_and_never_sent_is_read_again(tmp_path: Path) -> None:
    with serve(tmp_path / "api", settings=Settings(now=lambda: NOW)) as api:
        chosen = {"ambiente": "producao", "environ": real(api.url)}
        tabela(tmp_path, exemplo())
        declined = run_in(tmp_path, confirm=lambda _: False, **chosen)
        assert sent(declined) == 0
        tabela(tmp_path, [{**exemplo()[0], VALOR: "1.600,00"}, *exemplo()[1:]])
        planned = run_in(tmp_path, enviar=False, **chosen)
        assert told(planned, "linha-alterada") == []
        assert set(situacoes(planned)) == {"retida"}
        made = run_in(tmp_path, **chosen)
        assert sent(made) == 12
        assert refs(made) == refs(planned)


def test_two_mended_copies_of_one_row_are_one_note(tmp_path: Path) -> None:
    copy = mended(tmp_path)
    assert sent(run_in(tmp_path)) == 12
    other = copy.with_name("notas_corrigir (1).xlsx")
    book = openpyxl.load_workbook(copy)
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[14].value = f"Outra descrição, linha {row[0].row}"
    book.save(other)
    run = run_in(tmp_path)
    assert sent(run) == 0
    assert set(situacoes(run, other.name)) == {"repetida"}


def copy_with(pasta: Path, valor: str) -> bytes:
    """The workbook to mend of a file whose first amount cannot be read, with this amount there."""
    tabela(pasta, [{**exemplo()[0], VALOR: "abc"}, *exemplo()[1:]])
    run_in(pasta)
    book = openpyxl.load_workbook(pasta / "saida" / "notas_corrigir.xlsx")
    book.worksheets[0].cell(2, list(exemplo()[0]).index(VALOR) + 1).value = valor
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_row_mended_in_place_is_not_sent_from_its_copy_too(tmp_path: Path) -> None:
    late = copy_with(tmp_path, "1.600,00")
    tabela(tmp_path, exemplo())
    assert sent(run_in(tmp_path)) == 7
    arquivo(tmp_path, "notas_corrigir.xlsx", late)
    run = run_in(tmp_path)
    assert sent(run) == 0
    assert situacoes(run, "notas_corrigir.xlsx") == ["rejeitada", *["repetida"] * 6]
    assert told(run, "linha-alterada", "notas_corrigir.xlsx") == [2]


@pytest.mark.parametrize("above", [0, 2])
def test_a_row_mended_in_its_copy_is_not_sent_from_the_file_too(tmp_path: Path, above: int) -> None:
    arquivo(tmp_path, "notas_corrigir.xlsx", copy_with(tmp_path, "1.600,00"))
    assert sent(run_in(tmp_path)) == 7
    tabela(tmp_path, [*in_october(exemplo())[:above], *exemplo()])
    run = run_in(tmp_path)
    assert sent(run) == 0
    assert told(run, "linha-alterada") == [2 + above]


def test_a_new_note_at_the_row_of_a_mended_one_is_a_new_note(tmp_path: Path) -> None:
    arquivo(tmp_path, "notas_corrigir.xlsx", copy_with(tmp_path, "1.500,00"))
    assert sent(run_in(tmp_path)) == 7
    new = {**exemplo()[0], VALOR: "75,00", "Discriminação do serviço": "Visita", DATA: "20/09/2026"}
    tabela(tmp_path, [new, *exemplo()])
    run = run_in(tmp_path)
    assert situacoes(run)[1] == "repetida"
    assert situacoes(run)[0] == "autorizada"


def test_an_edited_row_does_not_come_back_to_be_mended_and_sent(tmp_path: Path) -> None:
    edited(tmp_path)
    run = run_in(tmp_path)
    assert told(run, "linha-alterada") == [2]
    book = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx")
    assert book.worksheets[0].max_row == 2
    shutil.copy(tmp_path / "saida" / "notas_corrigir.xlsx", tmp_path / "entrada")
    assert sent(run_in(tmp_path)) == 1


def test_a_note_of_the_next_month_is_not_taken_for_the_one_mended_at_its_row(
    tmp_path: Path,
) -> None:
    arquivo(tmp_path, "notas_corrigir.xlsx", copy_with(tmp_path, "1.500,00"))
    assert sent(run_in(tmp_path)) == 7
    tabela(tmp_path, in_october(exemplo()))
    run = run_in(tmp_path)
    assert sent(run) == 12
    assert set(situacoes(run)) == {"autorizada"}


def test_a_mended_row_is_not_taken_for_one_that_stood_beside_it(tmp_path: Path) -> None:
    days = ["01/09/2026", "08/09/2026", "15/09/2026", "quinta"]
    tabela(tmp_path, [{**exemplo()[0], DATA: day} for day in days])
    assert sent(run_in(tmp_path, parcial=True)) == 3
    copy = tmp_path / "entrada" / "notas_corrigir.xlsx"
    shutil.copy(tmp_path / "saida" / copy.name, copy)
    book = openpyxl.load_workbook(copy)
    book.worksheets[0].cell(2, list(exemplo()[0]).index(DATA) + 1).value = "22/09/2026"
    book.save(copy)
    assert sent(run_in(tmp_path)) == 1


def test_copies_mended_each_in_a_workbook_of_its_own_are_one_note(tmp_path: Path) -> None:
    table = [{**exemplo()[0], VALOR: "abc"}, *exemplo()[1:]]
    for name in ("a.csv", "b.csv"):
        tabela(tmp_path, table, name)
    run_in(tmp_path, enviar=False, parcial=True)
    for name, valor in (("a_corrigir.xlsx", "1.600,00"), ("b_corrigir.xlsx", "1.700,00")):
        book = openpyxl.load_workbook(tmp_path / "saida" / name)
        book.worksheets[0].cell(2, list(exemplo()[0]).index(VALOR) + 1).value = valor
        book.save(tmp_path / "entrada" / name)
    run = run_in(tmp_path, parcial=True)
    assert sent(run) == 12
    assert told(run, "linha-alterada", "b_corrigir.xlsx") == [2]
