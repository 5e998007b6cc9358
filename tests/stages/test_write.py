import hashlib
import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.utils import get_column_letter

from converter.model.cells import RawBook, RawSheet
from converter.model.origem import Origem
from converter.model.outcome import LoteState, Situacao
from converter.stages.write import WrittenFiles, output_stems
from converter.workbook.mark import is_own_result
from converter.workbook.origin import corrigir_origin
from tests.sheets.reports import HEADER, report, without_lotes
from tests.stages.written import write
from tests.workbook import by_hand
from tests.workbook.packages import base, with_relation, zipped

SHEETS = ["Resumo", "Resultado", "Erros", "Lote 1", "Lote 2", "Resposta"]


def saved(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def texts(path: Path, sheet: str) -> list[str]:
    return [str(cell.value) for row in saved(path)[sheet].rows for cell in row if cell.value]


def test_a_result_is_the_source_with_the_sheets_of_the_contract_behind(tmp_path: Path) -> None:
    made, source = report()
    written = write(made, source, tmp_path)
    assert written.resultado == tmp_path / "exemplo_resultado.xlsx"
    assert saved(written.resultado).sheetnames == ["Notas", *SHEETS]
    assert is_own_result(written.resultado.read_bytes())


@pytest.mark.parametrize("kind", ["csv", "xls", "ods"])
def test_other_formats_get_a_new_book_that_begins_with_the_rows_as_read(
    tmp_path: Path, kind: str
) -> None:
    made, source = report(kind=kind)
    written = write(made, source, tmp_path)
    book = saved(written.resultado)
    assert book.sheetnames == ["Notas", *SHEETS]
    assert [cell.value for cell in book["Notas"][3]] == list(HEADER)
    assert book["Notas"]["D4"].value == '=Consultoria; "mensal" & apoio'
    assert book["Notas"]["D4"].data_type == "s"
    assert book["Notas"]["F4"].number_format == "0.00%"
    assert book.active.title == "Resumo"


def test_the_same_report_writes_the_same_bytes_and_does_not_touch_them_twice(
    tmp_path: Path,
) -> None:
    made, source = report()
    first = write(made, source, tmp_path)
    stamp = first.resultado.stat().st_mtime_ns
    os.utime(first.resultado, ns=(stamp - 10**9, stamp - 10**9))
    second = write(made, source, tmp_path, recorded=first.sha256)
    assert second == first
    assert second.resultado.stat().st_mtime_ns == stamp - 10**9


def test_every_sheet_of_a_simulation_says_so(tmp_path: Path) -> None:
    made, source = report()
    result = write(made, source, tmp_path)
    for sheet in SHEETS:
        assert "SIMULAÇÃO, sem valor fiscal" in texts(result.resultado, sheet)
    with zipfile.ZipFile(result.corrigir or "") as package:
        assert "SIMULAÇÃO" in package.read("xl/worksheets/sheet1.xml").decode()
    real, source = report(ambiente="producao")
    produced = write(real, source, tmp_path / "real")
    assert not [
        text for sheet in SHEETS for text in texts(produced.resultado, sheet) if "SIMULAÇÃO" in text
    ]


def test_resultado_has_one_line_per_row_with_a_link_to_it(tmp_path: Path) -> None:
    made, source = report()
    sheet = saved(write(made, source, tmp_path).resultado)["Resultado"]
    header = next(row[0].row for row in sheet.rows if row[0].value == "Aba")
    line = [cell.value for cell in sheet[header + 1]]
    assert line[:2] == ["Notas", 4]
    assert line[3] == "Cliente 0 Comércio e Serviços Ltda"
    assert (line[5], line[6]) == (1234.5, "autorizada")
    assert line[8:11] == [1, "1000", "ABCD-1234"]
    assert sheet.cell(header + 1, 2).hyperlink.location == "'Notas'!A4"
    assert sheet.cell(header + 1, 8).hyperlink.location == "'Lote 1'!A1"
    assert sheet.cell(header + 1, 12).hyperlink.target == "https://nfe.example.com/n?i=0&c=A"
    assert sheet.max_row == header + 12
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.auto_filter.ref == f"A{header}:N{header + 12}"
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.page_setup.orientation == "landscape"


def test_erros_leads_to_the_very_cell(tmp_path: Path) -> None:
    made, source = report()
    sheet = saved(write(made, source, tmp_path).resultado)["Erros"]
    cells = {cell.value: cell for row in sheet.rows for cell in row if cell.value}
    assert cells["Notas!C9"].hyperlink.location == "'Notas'!C9"
    assert cells["Notas!F9"].hyperlink.location == "'Notas'!F9"
    assert {"123", "livro-editado", "erro", "aviso", "tomador.cnpj"} <= set(cells)


def test_lote_shows_each_line_of_the_file(tmp_path: Path) -> None:
    made, source = report()
    written = write(made, source, tmp_path)
    shown = texts(written.resultado, "Lote 1")
    content = made.outcomes[0].content or b""
    assert all(line in shown for line in content.decode("latin-1").split("\r\n"))
    assert any(hashlib.sha256(content).hexdigest() in text for text in shown)
    assert written.lotes[0] == tmp_path / "lotes" / f"{made.outcomes[0].lote.ref}.txt"
    assert written.lotes[0].read_bytes() == content


def test_before_sending_lote_shows_the_payload(tmp_path: Path) -> None:
    made, source = report(state=LoteState.PREPARADO, answered=False)
    written = write(made, source, tmp_path)
    assert written.lotes == ()
    assert any('"lista_nfse": []' in text for text in texts(written.resultado, "Lote 1"))
    assert any("Nada foi enviado" in text for text in texts(written.resultado, "Resumo"))


def test_a_file_that_could_not_be_read_still_gets_its_errors(tmp_path: Path) -> None:
    made, _ = report(wrong=None, repeated=None)
    blank = replace(without_lotes(made, Situacao.REJEITADA), book=None, sheets=())
    written = write(blank, b"nada", tmp_path)
    assert saved(written.resultado).sheetnames == ["Resumo", "Resultado", "Erros", "Resposta"]
    assert written.corrigir is None


def test_many_lotes_share_a_sheet_after_the_fortieth(tmp_path: Path) -> None:
    made, source = report(90, issuers=45, wrong=None, repeated=None, answered=False)
    written = write(made, source, tmp_path)
    names = saved(written.resultado).sheetnames
    assert names[-3:] == ["Lote 40", "Lotes 41 a 45", "Resposta"]
    last = made.outcomes[-1]
    shown = texts(written.resultado, "Lotes 41 a 45")
    assert last.lote.ref in shown
    assert (last.content or b"").decode("latin-1").split("\r\n")[1] in shown


def test_names_taken_by_the_user_get_a_suffix(tmp_path: Path) -> None:
    made, _ = report()
    written = write(made, by_hand.names_taken(), tmp_path)
    assert saved(written.resultado).sheetnames[:3] == ["RESUMO", "Resumo (2)", "Resultado"]


def test_a_dangerous_book_is_replaced_by_a_fresh_one_that_says_why(tmp_path: Path) -> None:
    made, _ = report()
    parts = base()
    with_relation(
        parts,
        "xl/_rels/workbook.xml.rels",
        "rId9 externalLinkPath file:///C:/precos.xlsx External",
    )
    written = write(made, zipped(parts), tmp_path)
    assert saved(written.resultado)["Notas"]["B4"].value == "Cliente 0 Comércio e Serviços Ltda"
    (notice,) = written.notices
    assert "file:///C:/precos.xlsx" in notice
    assert notice in texts(written.resultado, "Resumo")


def test_a_signed_book_says_what_became_of_the_signature(tmp_path: Path) -> None:
    made, _ = report()
    written = write(made, by_hand.signed(), tmp_path)
    assert any("assinatura" in notice for notice in written.notices)
    assert set(written.notices) <= set(texts(written.resultado, "Resumo"))


def test_macros_keep_the_suffix_excel_asks_for(tmp_path: Path) -> None:
    from tests.workbook import by_libraries

    made, _ = report()
    macros = by_libraries.xlsxwriter_macros()
    made = replace(made, book=replace(made.book or RawBook("", "", 0, "", ()), format="xlsm"))
    assert write(made, macros, tmp_path).resultado.suffix == ".xlsm"


def _edit(path: Path) -> bytes:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "anotação do contador"
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize("known", [True, False])
def test_a_result_the_user_edited_is_kept_beside_the_new_one(tmp_path: Path, known: bool) -> None:
    made, source = report(answered=False)
    first = write(made, source, tmp_path)
    edited = _edit(first.resultado)
    later, _ = report(answered=True)
    second = write(later, source, tmp_path, recorded=first.sha256 if known else None)
    (kept,) = tmp_path.glob("exemplo_resultado (editado em *).xlsx")
    assert kept.read_bytes() == edited
    assert second.resultado == first.resultado
    assert second.resultado.read_bytes() != edited
    assert any(kept.name in notice for notice in second.notices)


def test_a_result_nobody_edited_is_simply_written_anew(tmp_path: Path) -> None:
    made, source = report(answered=False)
    first = write(made, source, tmp_path)
    later, _ = report(answered=True)
    for recorded in (first.sha256, None):
        write(made, source, tmp_path)
        written = write(later, source, tmp_path, recorded=recorded)
        assert written.notices == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "exemplo_corrigir.xlsx",
        "exemplo_resultado.xlsx",
        "lotes",
    ]


def test_a_file_open_elsewhere_is_written_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, source = report(answered=False)
    first = write(made, source, tmp_path)
    replace_file = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target) == first.resultado:
            raise PermissionError(13, "sharing violation")
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    later, _ = report(answered=True)
    second = write(later, source, tmp_path, recorded=first.sha256)
    assert second.resultado == tmp_path / "exemplo_resultado (2).xlsx"
    assert any("aberto em outro programa" in notice for notice in second.notices)


def _corrected(written: WrittenFiles) -> tuple[RawBook, openpyxl.Workbook]:
    assert written.corrigir is not None
    sheets = python_calamine.load_workbook(io.BytesIO(written.corrigir.read_bytes()))
    raw = tuple(
        RawSheet(name, sheets.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for name in sheets.sheet_names
    )
    return RawBook("exemplo_corrigir.xlsx", "0" * 64, 1, "xlsx", raw), saved(written.corrigir)


def test_corrigir_holds_the_rows_that_wait_in_the_users_own_columns(tmp_path: Path) -> None:
    made, source = report()
    raw, book = _corrected(write(made, source, tmp_path))
    sheet = book["Notas"]
    assert [cell.value for cell in sheet[3]][: len(HEADER)] == list(HEADER)
    assert sheet.max_row == 4
    assert sheet["B4"].value == "Cliente 5 Comércio e Serviços Ltda"
    assert sheet["F4"].value == pytest.approx(0.03)
    assert sheet["C4"].fill.fgColor.rgb == "FFF8B4B4"
    assert sheet["F4"].fill.fgColor.rgb == "FFFDE68A"
    assert "Como corrigir" in sheet["F4"].comment.text
    assert sheet["C4"].comment is not None
    assert sheet["B4"].fill.fill_type is None
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden == [get_column_letter(sheet.max_column)]
    assert sheet.freeze_panes == "A4"
    assert not is_own_result((tmp_path / "exemplo_corrigir.xlsx").read_bytes())
    clean, origins = corrigir_origin(raw)
    assert origins == {("Notas", 4): Origem("exemplo.xlsx", made.sha256, "Notas", 9)}
    # Only the column of origins is ours: what the sheet lacked stays, to be filled in.
    assert {len(row) for row in clean.sheets[0].rows} == {sheet.max_column - 1}


def test_corrigir_goes_once_nothing_waits(tmp_path: Path) -> None:
    made, source = report()
    first = write(made, source, tmp_path)
    assert first.corrigir is not None
    right, _ = report(wrong=None, repeated=None)
    second = write(right, source, tmp_path, recorded=first.sha256)
    assert second.corrigir is None
    assert not first.corrigir.exists()
    assert any("exemplo_corrigir.xlsx" in notice for notice in second.notices)


def test_corrigir_with_the_users_corrections_is_never_removed(tmp_path: Path) -> None:
    made, source = report()
    first = write(made, source, tmp_path)
    assert first.corrigir is not None
    edited = _edit(first.corrigir)
    right, _ = report(wrong=None, repeated=None)
    write(right, source, tmp_path, recorded=first.sha256)
    assert first.corrigir.read_bytes() == edited


def test_files_that_differ_only_in_suffix_do_not_share_a_result() -> None:
    stems = output_stems(["a/notas.csv", "a/notas.xlsx", "notas.xlsx", "NOTAS.xls"])
    assert stems["a/notas.xlsx"] == "a/notas"
    assert stems["a/notas.csv"] == "a/notas_csv"
    assert stems["notas.xlsx"] == "notas"
    assert stems["NOTAS.xls"] == "NOTAS_xls"


def test_sheets_to_fix_stand_in_the_order_of_the_book(tmp_path: Path) -> None:
    made, source = report(kind="csv")
    assert made.book is not None
    names = [f"Mês {number}" for number in range(8)]
    (rows,) = made.book.sheets
    (mapped,) = made.sheets
    several = replace(
        made,
        book=replace(made.book, sheets=tuple(replace(rows, name=name) for name in names)),
        sheets=tuple(replace(mapped, planilha=name) for name in reversed(names)),
        to_fix=frozenset((name, row) for name in names for row in (9, 4)),
    )
    written = write(several, source, tmp_path)
    assert written.corrigir is not None
    book = saved(written.corrigir)
    assert book.sheetnames == names
    assert [book["Mês 3"].cell(row, 2).value[:9] for row in (4, 5)] == ["Cliente 0", "Cliente 5"]
