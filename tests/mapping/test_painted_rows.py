"""Colours behind cells: which say something of rows, and which are for the eye."""

from dataclasses import replace

import pytest

from converter.mapping.painted_rows import painted
from converter.model.cells import Appearance
from tests.mapping.pieces import notes

COLUMNS = {"Cliente": ("Ana", "Rui", "Eva"), "Situação": ("Ok", "Ok", "Ver")}


@pytest.mark.parametrize(
    ("paint", "asked"),
    [
        ({}, {}),
        ({3: {1: "amarelo", 2: "amarelo"}}, {"amarelo": (3,)}),
        ({2: {1: "verde", 2: ""}, 4: {1: "vermelho", 2: ""}}, {"verde": (2,), "vermelho": (4,)}),
        ({3: {1: "azul", 2: "azul"}}, {}),
        ({2: {9: "verde"}}, {}),
    ],
)
def test_rows_are_asked_about_by_their_colours(
    paint: dict[int, dict[int, str]], asked: dict[str, tuple[int, ...]]
) -> None:
    one = notes(COLUMNS, {"tomador.razao_social": "Cliente"})
    seen = replace(one.sheet, appearance=Appearance(paint=paint))
    assert {each.value: each.rows for each in painted(replace(one, sheet=seen))} == asked
