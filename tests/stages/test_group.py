import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.model.fate import Fate
from converter.model.notas import Lote, Prestador, Splitting
from converter.model.rows import ComposedSheet, RowKey
from converter.stages.group import group, ref_of

UM = Prestador("45782190000184", "4521873", "3505708")
DOIS = Prestador("30814471000102", "0098124", "3547304")
LIMIT = Splitting(1000)


def composed(*prestadores: Prestador | None) -> ComposedSheet:
    count = len(prestadores)
    return ComposedSheet(
        planilha="Notas",
        rows=range(2, 2 + count),
        objects=[f'{{"n":{index}}}' for index in range(count)],
        prestador=list(prestadores),
        identity=[f"id{index}" for index in range(count)],
        repeats=[None] * count,
        occurrence=[1] * count,
        key=[RowKey("52190638000136", "2026-10-05", "0107", "10.00", "x", "")] * count,
        tomador=["Padaria"] * count,
        valor=[Decimal(10)] * count,
    )


def grouped(sheet: ComposedSheet, *fates: Fate, limit: Splitting = LIMIT) -> tuple[Lote, ...]:
    own = list(fates) or [Fate.PRONTA] * len(sheet.rows)
    return group("a.xlsx", [sheet], [own], lambda _: limit)


def test_each_prestador_has_its_lote_with_its_rows_in_order() -> None:
    made = grouped(composed(UM, DOIS, UM))
    assert [[nota.row for nota in lote.notas] for lote in made] == [[2, 4], [3]]
    assert [lote.valor for lote in made] == [20, 10]


def test_the_payload_is_the_documented_object() -> None:
    (lote,) = grouped(composed(UM))
    assert json.loads(lote.payload) == {
        "prestador": {
            "cnpj": "45782190000184",
            "inscricao_municipal": "4521873",
            "codigo_municipio": "3505708",
        },
        "lista_nfse": [{"n": 0}],
    }
    assert lote.ref == ref_of(lote.payload)
    assert len(lote.ref) == 32
    assert lote.ref.isalnum()


def test_rows_that_fill_the_size_exactly_stay_in_one_lote() -> None:
    size = 2 * len('{"n":0},')
    assert [len(lote.notas) for lote in grouped(composed(UM, UM), limit=Splitting(9, size))] == [2]
    less = Splitting(9, size - 1)
    assert [len(lote.notas) for lote in grouped(composed(UM, UM), limit=less)] == [1, 1]


@pytest.mark.parametrize("fate", [fate for fate in Fate if fate is not Fate.PRONTA])
def test_only_a_row_that_is_ready_goes(fate: Fate) -> None:
    (lote,) = grouped(composed(UM, UM), fate, Fate.PRONTA)
    assert [nota.row for nota in lote.notas] == [3]
    assert grouped(composed(UM), fate) == ()


def test_a_row_without_a_value_adds_nothing_to_its_lote() -> None:
    sheet = composed(UM, UM)
    (lote,) = grouped(replace(sheet, valor=[None, Decimal(10)]))
    assert [nota.valor for nota in lote.notas] == [0, 10]


@given(st.integers(1, 40), st.integers(1, 7), st.integers(1, 60))
def test_splitting_loses_no_row_and_keeps_both_limits(count: int, notas: int, size: int) -> None:
    limit = Splitting(notas, size)
    made = grouped(composed(*[UM] * count), limit=limit)
    assert [nota.row for lote in made for nota in lote.notas] == list(range(2, 2 + count))
    for lote in made:
        objects = json.loads(lote.payload)["lista_nfse"]
        assert len(objects) == len(lote.notas) <= notas
        assert len(objects) == 1 or sum(len(f'{{"n":{o["n"]}}}') + 1 for o in objects) <= size


def test_lotes_of_rows_meant_to_repeat_never_share_a_ref() -> None:
    content = b"{}"
    assert ref_of(content, [1]) == ref_of(content)
    assert len({ref_of(content), ref_of(content, [2]), ref_of(content, [3])}) == 3
