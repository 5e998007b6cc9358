import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.model.cells import MappedSheet
from converter.model.notas import Prestador, TypedSheet, TypedValue
from converter.schemas.columns import column
from converter.stages.compose import JsonObjects, compose

NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


def sheet(planilha: str = "Notas", **columns: list) -> TypedSheet:
    count = len(next(iter(columns.values())))
    source = MappedSheet("a.xlsx", planilha, "padrao", 1, range(2, 2 + count), {})
    named = {path.replace("__", "."): values for path, values in columns.items()}
    return TypedSheet(source, frame(named), (), frozenset())


def frame(columns: Mapping[str, Sequence[TypedValue]]) -> pd.DataFrame:
    typed = {path: column(values, np.arange(len(values))) for path, values in columns.items()}
    return pd.DataFrame({path: pd.Series(laid, dtype=laid.dtype) for path, laid in typed.items()})


def objects(columns: Mapping[str, Sequence[TypedValue]]) -> list[str]:
    return [*JsonObjects(frame(columns))]


def test_nested_paths_become_nested_objects_with_sorted_keys() -> None:
    columns = {"b.z": ["1"], "b.a": ["2"], "a": ["3"]}
    assert objects(columns) == ['{"a":"3","b":{"a":"2","z":"1"}}']


def test_an_absent_value_leaves_no_key_and_an_empty_object_leaves_none() -> None:
    columns = {"servico.aliquota": [None, Decimal(3)], "x": ["1", "2"]}
    assert objects(columns) == ['{"x":"1"}', '{"servico":{"aliquota":3},"x":"2"}']


def test_amounts_are_numbers_with_cents_and_rates_plain_numbers() -> None:
    columns = {"servico.valor_servicos": [Decimal(1)], "servico.aliquota": [Decimal("2.50")]}
    assert objects(columns) == ['{"servico":{"aliquota":2.5,"valor_servicos":1.00}}']


def test_one_true_and_the_number_one_stay_apart() -> None:
    columns = {"a": [True, 1, Decimal(1), "1"]}
    assert objects(columns) == ['{"a":true}', '{"a":1}', '{"a":1}', '{"a":"1"}']


def test_a_segment_with_brackets_is_an_array_of_one() -> None:
    assert objects({"x[].y": ["1"]}) == ['{"x":[{"y":"1"}]}']


@pytest.mark.parametrize("kinds", [3, 20_000])
def test_many_rows_are_written_as_each_would_be_alone(kinds: int) -> None:
    texts = [f"Serviço {number}" for number in range(kinds)]
    codes = np.arange(40_000) * 7 % kinds
    made = JsonObjects(pd.DataFrame({"a": column([None], codes * 0), "b": column(texts, codes)}))
    expected = [f'{{"b":"{texts[code]}"}}' for code in codes]
    assert [*made] == expected
    assert [made[place] for place in (0, 16_384, -1)] == [expected[p] for p in (0, 16_384, -1)]
    assert made[5:5] == []


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**13))
def test_no_amount_changes_on_its_way_to_the_payload(amount: Decimal) -> None:
    (text,) = objects({"servico.valor_servicos": [amount]})
    assert json.loads(text, parse_float=Decimal)["servico"]["valor_servicos"] == amount


@given(st.text())
def test_any_text_comes_back_from_the_payload_as_it_was(text: str) -> None:
    (made,) = objects({"servico.discriminacao": [text]})
    assert json.loads(made) == {"servico": {"discriminacao": text}}


def row(**changes: object) -> dict[str, list]:
    values = {
        "prestador__cnpj": "45782190000184",
        "prestador__inscricao_municipal": "4521873",
        "prestador__codigo_municipio": "3505708",
        "tomador__cnpj": "52190638000136",
        "data_emissao": NOW,
        "servico__item_lista_servico": "0107",
        "servico__valor_servicos": Decimal("10.00"),
        "servico__discriminacao": "Suporte",
    } | changes
    return {path: [value] for path, value in values.items()}


def test_the_prestador_is_the_grouping_key_and_never_part_of_a_note() -> None:
    (made,) = compose([sheet(**row())])
    assert made.prestador == [Prestador("45782190000184", "4521873", "3505708")]
    assert "prestador" not in json.loads(made.objects[0])


def test_virtual_fields_are_never_sent() -> None:
    (made,) = compose([sheet(**row(), referencia=["PED-1"], tomador__cpf_cnpj=["52190638000136"])])
    assert "referencia" not in made.objects[0]
    assert "cpf_cnpj" not in made.objects[0]


def test_equal_rows_are_told_apart_by_order_and_point_at_the_first_across_sheets() -> None:
    one, two = compose([sheet("Um", **row()), sheet("Dois", **row())])
    assert one.identity != two.identity
    assert one.repeats == [None]
    assert two.repeats == [("Um", 2)]


def test_the_time_of_day_does_not_make_another_note() -> None:
    one = compose([sheet(**row())])[0]
    two = compose([sheet(**row(data_emissao=NOW.replace(hour=18)))])[0]
    assert one.identity == two.identity


def test_a_referencia_identifies_a_row_whatever_else_it_says() -> None:
    one = compose([sheet(**row(), referencia=["PED-1"])])[0]
    two = compose([sheet(**row(servico__valor_servicos=Decimal(99)), referencia=["PED-1"])])[0]
    other = compose([sheet(**row(), referencia=["PED-2"])])[0]
    assert one.identity == two.identity != other.identity


def test_a_row_without_prestador_has_none() -> None:
    (made,) = compose([sheet(**row(prestador__cnpj=None))])
    assert made.prestador == [None]


def test_a_composed_sheet_travels_whole() -> None:
    sheets = compose([sheet(**row()), sheet(**row(servico__valor_servicos=None)), sheet(x=[])])
    arrived = pickle.loads(pickle.dumps(sheets))  # noqa: S301 - our own bytes
    assert list(arrived) == [replace(one, objects=[*one.objects]) for one in sheets]
