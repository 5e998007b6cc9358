"""A clean sheet meets the schema, and what the schema does not ask goes through."""

import dataclasses
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.config import config_context

from converter.model.cells import RawValue
from converter.schemas import failures
from converter.schemas.catalogue import FIELDS, Requirement
from converter.schemas.columns import column, each
from converter.schemas.rules.order import RULES as BETWEEN
from converter.schemas.schema import nota_schema
from converter.schemas.sheet import Sheet
from converter.stages.validate import validate
from tests.schemas.planilha import GOOD, RULES, changed, codes, planilha

ROOT = Path(__file__).parents[2]
Drop = Callable[[pa.DataFrameSchema], None]


def frame(**values: object) -> pd.DataFrame:
    """Give the typed good row, with some values changed."""
    typed = validate(planilha([GOOD]), RULES).frame
    for path, value in values.items():
        typed[path.replace("__", ".")] = pd.Series([value], typed.index, dtype=object)
    return typed


def failing(typed: pd.DataFrame, schema: pa.DataFrameSchema | None = None) -> list[tuple[Any, ...]]:
    """Give check, column, Excel row and failure case of all that the schema refuses."""
    try:
        (schema or nota_schema(RULES)).validate(typed, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return list(
            zip(
                cases["check"], cases["column"], cases["index"], cases["failure_case"].map(str),
                strict=True,
            )
        )  # fmt: skip
    return []


def without_column_check(path: str, code: str) -> Drop:
    def drop(schema: pa.DataFrameSchema) -> None:
        checks = schema.columns[path].checks
        schema.columns[path].checks = [check for check in checks if check.error != code]

    return drop


def without_rule(name: str) -> Drop:
    def drop(schema: pa.DataFrameSchema) -> None:
        schema.checks = [check for check in schema.checks if check.name != name]

    return drop


def nullable(path: str) -> Drop:
    def drop(schema: pa.DataFrameSchema) -> None:
        schema.columns[path].nullable = True

    return drop


@pytest.fixture
def weakened(monkeypatch: pytest.MonkeyPatch) -> Callable[[Drop], None]:
    """Take something out of every schema the product makes."""

    def weaken(drop: Drop) -> None:
        def made(**given: Any) -> pa.DataFrameSchema:
            schema = nota_schema(**given)
            drop(schema)
            return schema

        monkeypatch.setattr(failures, "nota_schema", made)

    return weaken


@pytest.mark.parametrize(
    ("row", "code", "drop"),
    [
        (
            changed(servico__valor_pis="-9,75", servico__valor_liquido="1.467,75"),
            "numero-negativo",
            without_column_check("servico.valor_pis", "numero-negativo"),
        ),
        (
            changed(tomador__razao_social="P" * 500),
            "texto-longo",
            without_column_check("tomador.razao_social", "texto-longo"),
        ),
        (
            changed(natureza_operacao="7"),
            "opcao-desconhecida",
            without_column_check("natureza_operacao", "opcao-desconhecida"),
        ),
        (
            changed(servico__discriminacao=None),
            "campo-obrigatorio-vazio",
            nullable("servico.discriminacao"),
        ),
        (
            changed(tomador__endereco__cep="01310-100"),
            "cep-fora-da-uf",
            without_rule("state_of_cep"),
        ),
        (
            changed(servico__aliquota="30"),
            "aliquota-acima-do-maximo",
            without_rule("rate_is_lawful"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_without_its_check_the_bad_value_goes_through(
    row: Mapping[str, RawValue],
    code: str,
    drop: Drop,
    weakened: Callable[[Drop], None],
) -> None:
    assert code in codes(validate(planilha([row]), RULES).problems)
    weakened(drop)
    assert code not in codes(validate(planilha([row]), RULES).problems)


def test_a_clean_sheet_is_validated_by_pandera_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[pa.DataFrameSchema, int, bool]] = []
    original = pa.DataFrameSchema.validate

    def counted(self: pa.DataFrameSchema, check_obj: pd.DataFrame, **given: Any) -> pd.DataFrame:
        seen.append((self, len(check_obj), given["lazy"]))
        return original(self, check_obj, **given)

    monkeypatch.setattr(pa.DataFrameSchema, "validate", counted)
    assert not validate(planilha([GOOD, GOOD]), RULES).problems
    ((schema, rows, lazy),) = seen
    assert (schema.name, rows, lazy) == ("nota", 2, True)


@pytest.mark.parametrize(
    "told", [{"validation_enabled": False}, {"validation_depth": "SCHEMA_ONLY"}]
)
def test_no_setting_of_pandera_lets_a_sheet_go_unchecked(told: dict[str, Any]) -> None:
    with config_context(**told):
        typed = validate(planilha([changed(tomador__razao_social="P" * 500)]), RULES)
    assert codes(typed.problems) == {"texto-longo"}


def test_the_schema_is_the_catalogue_and_the_rules() -> None:
    schema = nota_schema()
    assert list(schema.columns) == [field.path for field in FIELDS if not field.virtual]
    assert [check.name for check in schema.checks] == [rule.__name__ for rule in BETWEEN]
    required = {path for path, one in schema.columns.items() if one.required}
    assert required == {
        field.path for field in FIELDS if field.required is Requirement.SEMPRE and not field.virtual
    }
    assert not schema.coerce


def test_a_good_frame_passes_and_comes_back_as_it_was() -> None:
    typed = frame()
    assert nota_schema(RULES).validate(typed, lazy=True).equals(typed)


def test_what_fails_is_named_at_its_column_and_excel_row() -> None:
    typed = frame(tomador__endereco__cep="0131010", servico__aliquota=Decimal(30))
    assert failing(typed) == [
        ("rate_is_lawful", "servico.aliquota", 7, "aliquota-acima-do-maximo"),
        ("valor-fora-do-contrato", "tomador.endereco.cep", 7, "0131010"),
    ]


def test_an_amount_is_exact_or_refused() -> None:
    for amount in (1500.0, True, "1500.00"):
        typed = frame(servico__valor_pis=amount)
        assert ("valor-fora-do-contrato", "servico.valor_pis", 7) in [
            case[:3] for case in failing(typed)
        ]
    assert failing(frame(servico__valor_pis=Decimal("9.75"))) == []


def test_one_schema_validates_one_frame_after_another() -> None:
    schema = nota_schema(RULES)
    assert failing(frame(servico__aliquota=Decimal(30)), schema)
    assert failing(frame(), schema) == []
    assert failing(pd.concat([frame(), frame().set_axis([8])]), schema) == []


def test_a_warning_refuses_no_frame() -> None:
    later = dataclasses.replace(RULES, now=RULES.now + timedelta(days=30))
    assert failing(frame(), nota_schema(later)) == []
    held = dataclasses.replace(later, severities={"competencia-antiga": "erro"})
    assert [case[:3] for case in failing(frame(), nota_schema(held))] == [
        ("competence_is_recent", "data_emissao", 7)
    ]


def test_sheets_laid_one_after_the_other_keep_their_rows() -> None:
    both = pd.concat({"Um": frame(servico__aliquota=Decimal(30)), "Dois": frame()})
    ((check, path, row, _),) = failing(both)
    assert (check, path, row) == ("rate_is_lawful", "servico.aliquota", ("Um", 7))


def test_a_missing_column_is_told_of_the_sheet_as_a_whole() -> None:
    typed = frame().drop(columns="servico.valor_servicos")
    assert ("column_in_dataframe", "nota", None, "servico.valor_servicos") in failing(typed)


def test_a_check_that_breaks_off_is_our_mistake_and_no_verdict(
    weakened: Callable[[Drop], None],
) -> None:
    def broken(_: object) -> bool:
        raise ZeroDivisionError

    def add(schema: pa.DataFrameSchema) -> None:
        schema.checks = [*schema.checks, pa.Check(broken)]

    weakened(add)
    with pytest.raises(RuntimeError, match=re.escape("ZeroDivisionError")):
        validate(planilha([GOOD]), RULES)


def test_what_a_check_found_is_not_told_by_the_rules_after_it() -> None:
    sheet = Sheet.of_frame(frame(servico__valor_servicos=Decimal(-1)), RULES)
    failures.check(sheet)
    assert [finding.code for finding, _, _ in sheet.findings.kept] == ["numero-negativo"]


def test_one_instant_in_two_zones_is_kept_as_each_row_writes_it() -> None:
    west, east = timezone(timedelta(hours=-5)), timezone(timedelta(hours=-3))
    moments = [datetime(2026, 11, 1, hour, tzinfo=zone) for hour, zone in ((10, west), (12, east))]
    laid = column([*moments, None], np.array([0, 1, 2, 0]))
    assert moments[0] == moments[1]
    assert [str(moment) for moment in each(laid, str)] == [
        "2026-11-01 10:00:00-05:00", "2026-11-01 12:00:00-03:00", "None",
        "2026-11-01 10:00:00-05:00",
    ]  # fmt: skip


def test_values_that_repeat_are_one_category() -> None:
    laid = column(["a", None, "a", datetime(2026, 1, 1, tzinfo=UTC)], np.array([0, 1, 2, 3, -1]))
    assert isinstance(laid, pd.Categorical)
    assert laid.codes.tolist() == [0, -1, 0, 1, -1]


def test_the_command_line_starts_without_pandas() -> None:
    code = (
        "import sys, converter.cli, converter.pipeline;"
        "print({'numpy', 'pandas', 'pandera', 'openpyxl'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert said.stdout == "set()\n"
