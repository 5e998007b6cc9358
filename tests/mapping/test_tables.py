"""Tables side by side are read one by one, each held until the person says that it goes."""

from collections.abc import Sequence

import pytest

from converter.mapping.tables import side_by_side
from converter.model.address import sheet_of_table, table_name
from converter.model.cells import RawSheet, RawValue
from converter.model.columns import Answered, Answers, ColumnUse, RowAnswer
from converter.stages.map import MappedBook, map_book
from tests.mapping.books import ONE, book, mappings, sheet

NAMES = ("Data", "Cliente", "CNPJ", "Valor")
FIRST = (
    ("19/03/2026", "Padaria Pão Quente Ltda", "52.601.815/0001-20", 1200.0),
    ("20/03/2026", "Mercearia São José ME", "90.830.166/0001-28", 890.5),
    ("23/03/2026", "Auto Peças Silva", "13.186.091/0001-43", 450.0),
)
SECOND = tuple((day, who, document, amount + 1) for day, who, document, amount in FIRST)


def abreast(
    *tables: Sequence[Sequence[RawValue]], headers: Sequence[Sequence[str]] = (NAMES,) * 3
) -> RawSheet:
    """A sheet with tables of three notes abreast, an empty column between them."""
    parts = [[head, *rows] for head, rows in zip(headers, tables, strict=False)]
    lines = [
        [value for cells in row for value in (*cells, None)][:-1]
        for row in zip(*parts, strict=True)
    ]
    return sheet(["Quinzenas de março"], *lines)


def read(one: RawSheet, answers: Answers | None = None) -> MappedBook:
    tables = side_by_side(one)
    answered = Answered({each.name: answers for each in tables}) if answers else Answered()
    return map_book(book(*tables), mappings(), choice=None, defaults=ONE, answered=answered)


def test_each_table_is_a_sheet_whose_cells_keep_their_addresses() -> None:
    left, right = side_by_side(abreast(FIRST, SECOND))
    assert (left.name, right.name) == ("Notas", "Notas (F-I)")
    assert left.tables == right.tables == ("A:D", "F:I")
    assert left.rows[2] == [*FIRST[0], None]
    assert right.rows[2] == [None] * 5 + [*SECOND[0]]
    assert left.rows[0] == right.rows[0] == ["Quinzenas de março"]


def test_three_tables_are_three_sheets() -> None:
    names = [each.name for each in side_by_side(abreast(FIRST, SECOND, FIRST))]
    assert names == ["Notas", "Notas (F-I)", "Notas (K-N)"]


@pytest.mark.parametrize(
    "one",
    [
        sheet(NAMES, *FIRST),
        abreast(FIRST, SECOND, headers=(NAMES, ("Vendedor", "Meta", "Box", "Turno"))),
        sheet((*NAMES, *NAMES), *((*row, *row) for row in FIRST)),
        sheet((*NAMES, "", *NAMES), *((*row, "x", *row) for row in FIRST)),
        sheet(NAMES, ("a", "b", "c", "", "a", "b", "c"), ("a", "b", "c", "", "a", "b", "c")),
    ],
    ids=["one table", "other headers", "no empty column", "a column between", "repeated values"],
)
def test_what_is_no_second_table_is_left_alone(one: RawSheet) -> None:
    assert side_by_side(one) == (one,)


def test_the_notes_of_each_table_wait_for_its_own_answer() -> None:
    mapped = read(abreast(FIRST, SECOND))
    assert [(each.planilha, list(each.rows)) for each in mapped.sheets] == [
        ("Notas", [3, 4, 5]),
        ("Notas (F-I)", [3, 4, 5]),
    ]
    ours, theirs = mapped.questions
    assert (ours.codigo, ours.planilha) == ("tabelas-lado-a-lado", "Notas")
    assert theirs.planilha == "Notas (F-I)"
    assert "A:D e F:I" in theirs.texto
    assert "F:I devem ser enviadas" in theirs.texto
    amounts = [each.fields["servico.valor_servicos"].values for each in mapped.sheets]
    assert list(amounts[1]) == [value + 1 for value in amounts[0]]


@pytest.mark.parametrize(("option", "rows"), [(0, 3), (1, 0)])
def test_an_answer_lets_a_table_go_or_leaves_it_out(option: int, rows: int) -> None:
    asked = read(abreast(FIRST, SECOND)).questions[0]
    answer = RowAnswer(asked.codigo, None, asked.opcoes[option])
    mapped = read(abreast(FIRST, SECOND), Answers(perguntas=(answer,)))
    assert not mapped.questions
    assert [len(each.rows) for each in mapped.sheets] == [rows, rows]


def test_a_table_is_found_in_its_sheet_by_its_name() -> None:
    assert sheet_of_table(table_name("Maio (2)", "H:AL")) == "Maio (2)"
    assert sheet_of_table("Maio (2)") == "Maio (2)"


def test_a_pivot_table_beside_the_notes_is_none_of_them() -> None:
    headers = (*NAMES, None, "Rótulos de Linha", "Soma de Valor", "Contagem de Cliente", "Serviço")
    summed = ((None, "Ana", 1200.0, 1), (None, "Total Geral", 2540.5, 3), (None, None, None, None))
    pairs = zip(FIRST, summed, strict=True)
    rows = [(*note, *beside, "Suporte de redes") for note, beside in pairs]
    uses = {one.cabecalho: one.situacao for one in read(sheet(headers, *rows)).columns}
    assert uses["Valor"] is uses["Serviço"] is ColumnUse.USADA
    beside = ("Rótulos de Linha", "Soma de Valor", "Contagem de Cliente")
    assert {uses[header] for header in beside} == {ColumnUse.IGNORADA}
