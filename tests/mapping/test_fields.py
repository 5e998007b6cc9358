"""What the fields of a sheet hold once its blanks are filled."""

from converter.mapping.fields import constants, filled
from converter.mapping.notes import Notes
from converter.mapping.resolve import Resolved
from converter.mapping.rows import Rows

ITEM = "servico.item_lista_servico"
NAME = "tomador.razao_social"


def test_a_blank_cell_takes_the_default_and_a_filled_one_stays() -> None:
    assert filled(["a", None, " "], "x") == ["a", "x", "x"]
    assert filled(["a", None, ""], ["x", "y", None]) == ["a", "y", None]
    assert filled(["a", None], None) == ["a", None]


def test_a_constant_comes_once_for_each_note_but_not_where_columns_dispute_it() -> None:
    resolved = Resolved({ITEM: "0107", NAME: "Ana", "data_emissao": ["1", "2"]}, {}, None)
    found = constants(resolved, {NAME}, 2)
    assert {path: field.values for path, field in found.items()} == {
        ITEM: ["0107", "0107"],
        "data_emissao": ["1", "2"],
    }


def test_rows_said_to_be_of_the_tomador_above_take_him_though_his_own_row_does_not_go() -> None:
    columns = [["Ana", "Rui", None, ""], ["0107", None, None, "0802"]]
    notes = Notes(columns, range(4, 8), Rows(range(4), (), (), (), (), ()), ())
    cells = notes.repeated({6, 7}, {0, 9})
    assert cells == {6: {0: "Rui"}, 7: {0: "Rui"}}
    left = notes.filled(cells).without({5})
    assert left.columns == [["Ana", "Rui", "Rui"], ["0107", None, "0802"]]
    assert notes.repeated({4}, {0}) == {}
