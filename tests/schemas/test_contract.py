import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.schemas.catalogue import BY_PATH
from converter.schemas.columns import Column
from converter.schemas.contract import holds
from converter.schemas.schema import check_schema
from converter.schemas.sheet import Sheet
from converter.schemas.types import type_columns
from tests.schemas.planilha import GOOD, RULES, planilha

ROOT = Path(__file__).parents[2]
# Typed values no parser would give, beside some it does.
VALUES: Mapping[str, list[Any]] = {
    "tomador.cpf": ["52998224725", "5299822472", "", None],
    "tomador.razao_social": ["Padaria", "P" * 500, None],
    "tomador.endereco.uf": ["PR", "pr", "XYZ", None],
    "tomador.endereco.cep": ["80045165", "80045-165", None],
    "servico.valor_servicos": [Decimal("0.00"), Decimal("-0.01"), Decimal("1E+30"), None],
    "servico.aliquota": [Decimal(3), Decimal(-3), None],
    "servico.iss_retido": [True, False, None],
    "servico.codigo_nbs": ["115021000", "1150", None],
    "natureza_operacao": ["1", "99", 1, None],
    "prestador.cnpj": ["11222333000181", "1122233300018", None],
}


def typed() -> Sheet:
    sheet = Sheet(planilha([GOOD, GOOD, GOOD]), RULES)
    type_columns(sheet)
    return sheet


def with_values(path: str, values: list[Any]) -> Sheet:
    sheet = typed()
    filled = np.ones(len(values), dtype=np.bool_)
    codes = np.arange(len(values), dtype=np.intp)
    sheet.columns[path] = Column(path, BY_PATH[path].kind, (), values, codes, filled)
    sheet.told[path] = ~filled
    return sheet


def pandera_complains(sheet: Sheet) -> bool:
    before = len(sheet.findings.kept)
    check_schema(sheet)
    return len(sheet.findings.kept) > before


def test_a_good_sheet_holds() -> None:
    assert holds(typed())
    assert not pandera_complains(typed())


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_what_holds_is_what_pandera_lets_pass(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(VALUES)))
    values = data.draw(st.lists(st.sampled_from(VALUES[path]), min_size=3, max_size=3))
    assert holds(with_values(path, values)) == (not pandera_complains(with_values(path, values)))


@pytest.mark.parametrize("path", ["servico.valor_servicos", "prestador.cnpj"])
def test_a_column_every_note_needs_may_not_be_missing(path: str) -> None:
    sheet = typed()
    del sheet.columns[path]
    assert not holds(sheet)


def test_a_good_sheet_imports_no_pandas() -> None:
    code = (
        "import sys; from tests.schemas.planilha import GOOD, planilha, RULES;"
        "from converter.stages.validate import validate;"
        "assert not validate(planilha([GOOD]), RULES).rejected;"
        "print({'pandas', 'pandera'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert said.stdout == "set()\n"
