"""What is said of each column of a sheet."""

from converter.mapping.defaults import Defaults
from converter.model.columns import ColumnUse
from converter.stages.map import map_book
from tests.mapping.books import book, mappings, sheet

ROWS = [
    ["Data de emissão", "Valor dos serviços", "Box", "Vazia"],
    ["19/03/2026", "100,00", "12", ""],
    ["20/03/2026", "200,00", "13", ""],
]


def test_every_column_with_data_has_one_reading() -> None:
    mapped = map_book(book(sheet(*ROWS)), mappings(), choice=None, defaults=Defaults())
    said = [(one.coluna, one.cabecalho, one.situacao, one.campo) for one in mapped.columns]
    assert said == [
        ("A", "Data de emissão", ColumnUse.USADA, "data_emissao"),
        ("B", "Valor dos serviços", ColumnUse.USADA, "servico.valor_servicos"),
        ("C", "Box", ColumnUse.IGNORADA, None),
    ]
    assert mapped.columns[0].amostras == ("19/03/2026", "20/03/2026")
