"""Each sheet of the result by its own function: what stands in which column, and where it leads."""

from dataclasses import replace

from converter.model.columns import ColumnReading, ColumnUse, Question
from converter.model.origem import Origem
from converter.model.report import FileReport
from converter.schemas.catalogue import FIELDS, label_of
from converter.sheets import colunas, lote
from converter.sheets.erros import erros
from converter.sheets.filled import ColumnSaid, Typed, filled, is_letter
from converter.sheets.frame import Nomes
from converter.sheets.perguntas import perguntas
from converter.sheets.resultado import COLUMNS, resultado
from converter.texts import folhas
from converter.texts.sentences import sentence
from converter.workbook import origin
from converter.workbook.new_sheet import NewColumn, NewSheet
from tests.sheets.reports import FIRST_ROW, report

VALOR = label_of("servico.valor_servicos")
QUESTION = Question("linhas-ocultas", "Notas", None, (4, 6), "Enviar?", ("Sim", "Não"))
READING = ColumnReading(
    "Notas",
    "E",
    "Valor",
    ColumnUse.PERGUNTA,
    None,
    ("servico.valor_servicos",),
    ("porque",),
    ("1",),
)
NOMES = Nomes(
    "Resumo", "Resultado", "Erros", "Resposta", ("Lote 1", "Lote 2"),
    lambda planilha, cell: f"'{planilha}'!{cell}",
)  # fmt: skip


def values(sheet: NewSheet, title: str) -> list[object]:
    (found,) = [list(column.valores) for column in sheet.colunas if column.titulo == title]
    return found


def asking() -> FileReport:
    made, _ = report(4)
    sheet = replace(made.sheets[0], questions=(QUESTION,), columns=(READING,))
    return replace(made, sheets=(sheet,))


def test_each_row_of_the_source_has_its_line_and_its_fate() -> None:
    made, _ = report(8)
    sheet = resultado(made, NOMES)
    assert len(sheet.colunas) >= COLUMNS
    assert values(sheet, "Linha") == list(range(FIRST_ROW, FIRST_ROW + 8))
    assert values(sheet, "Situação")[4:7] == ["autorizada", "rejeitada", "repetida"]
    assert values(sheet, "Número da NFS-e")[:2] == ["1000", None]


def test_a_problem_leads_to_its_very_cell() -> None:
    made, _ = report(8)
    sheet = erros(made, NOMES)
    (where,) = [column for column in sheet.colunas if column.titulo == "Onde"]
    assert list(where.valores) == ["Notas!C9", "Notas!F9"]
    assert list(where.links or ()) == ["'Notas'!C9", "'Notas'!F9"]
    assert values(sheet, "O que foi digitado") == ["123", None]
    none = erros(replace(made, problems=()), NOMES)
    assert sentence("folhas.sem-erros") in [
        cell.valor for line in none.topo for cell in line.celulas
    ]


def test_a_question_names_its_rows_as_they_stand_in_this_book() -> None:
    sheet = perguntas(asking(), "Perguntas", lambda _, row: (None, row + 100), "Responda.")
    assert sheet is not None
    assert values(sheet, "Linhas") == ["104, 106"]
    assert values(sheet, folhas.RESPOSTA) == [None]
    assert len(sheet.escolhas) == 1
    made, _ = report(2)
    assert perguntas(made, "Perguntas", lambda _, row: (None, row), "") is None


def test_a_doubtful_column_is_left_open_with_its_suggestion_first() -> None:
    made = asking()
    (line,) = colunas.lines_of(made, made.sheets[0])
    assert (line.use, line.words) == ("", "")
    first = [VALOR, folhas.NAO_E_DA_NOTA, folhas.SITUACAO_DA_NOTA]
    options = colunas.options_of(READING)
    assert options[:3] == first
    assert sorted(options[3:]) == sorted(field.label for field in FIELDS if field.label != VALOR)
    used = replace(READING, situacao=ColumnUse.USADA, campo="tomador.cnpj")
    (line,) = colunas.lines_of(made, replace(made.sheets[0], columns=(used,)))
    assert line.use == label_of("tomador.cnpj")


def test_what_is_typed_elsewhere_stands_where_it_would_be_typed() -> None:
    made = asking()
    asked = perguntas(made, "Perguntas", lambda _, row: (None, row), "")
    columns = colunas.colunas(made, "Colunas", "")
    assert asked is not None
    assert columns is not None
    typed = Typed(
        columns={("Notas", "E"): ColumnSaid(VALOR)}, questions={("Notas", QUESTION.key): "Não"}
    )
    answered, said = filled([asked, columns], typed)
    assert values(answered, folhas.RESPOSTA) == ["Não"]
    assert values(said, folhas.USAR_COMO) == [VALOR]


def test_a_mended_cell_is_found_by_the_origin_of_its_row_and_is_red_no_more() -> None:
    hidden = [origin.written(Origem("a.xlsx", "00", "Notas", row)) for row in (7, 9)]
    sheet = NewSheet(
        "Notas",
        colunas=(
            NewColumn("", ["Nome", "x", "y"], estilos=[None, "erro", "erro"]),
            NewColumn("", [origin.HEADER, *hidden]),
        ),
        notas={(2, 0): "errado", (1, 0): "errado"},
    )
    (mended,) = filled([sheet], Typed({("Notas", 9, "A"): "novo", ("Notas", 8, "A"): "z"}))
    assert list(mended.colunas[0].valores) == ["Nome", "x", "novo"]
    assert list(mended.colunas[0].estilos or ()) == [None, "erro", None]
    assert list(mended.notas) == [(1, 0)]
    assert [is_letter(name) for name in ("AB", "ab", "ABCD", "É")] == [True, False, False, False]


def test_lotes_past_the_last_sheet_of_their_own_share_one() -> None:
    assert lote.wanted_names(2) == ["Lote 1", "Lote 2"]
    many = lote.wanted_names(lote.OWN_SHEETS + 3)
    assert len(many) == lote.OWN_SHEETS + 3
    assert set(many[lote.OWN_SHEETS :]) == {f"Lotes {lote.OWN_SHEETS + 1} a {lote.OWN_SHEETS + 3}"}
