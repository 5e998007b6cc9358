"""From cells to typed columns: split documents, cities by name, what lies abroad, what is found."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from converter.brazil import municipio
from converter.model.cells import RawValue
from converter.model.parsed import Parsed
from converter.model.problems import Severity
from converter.schemas import abroad
from converter.schemas.findings import Finding, Findings
from converter.schemas.finish import finish
from converter.schemas.parsers import code
from converter.schemas.rules import SILENCE, MunicipioRules, Rules
from converter.schemas.sheet import Sheet
from converter.schemas.types import type_columns
from tests.schemas.planilha import FIRST, NOW, planilha

CITY = "tomador.endereco.codigo_municipio"
VALOR = "servico.valor_servicos"
Row = Mapping[str, RawValue]


def typed(*rows: Row, **policy: Any) -> Sheet:
    sheet = Sheet(planilha(rows), Rules(now=NOW, **policy))
    type_columns(sheet)
    return sheet


def told(sheet: Sheet) -> list[tuple[str, int | None]]:
    return [(one.code, one.row) for one in sheet.findings.problems()[0]]


def test_documents_of_one_column_go_to_their_own_fields() -> None:
    sheet = typed({"tomador.cpf_cnpj": "111.444.777-35"}, {"tomador.cpf_cnpj": "11222333000181"})
    assert sheet.values("tomador.cpf").tolist() == ["11144477735", None]
    assert sheet.values("tomador.cnpj").tolist() == [None, "11222333000181"]
    assert told(sheet) == []


def test_a_document_in_the_column_of_the_other_kind_is_moved_and_told() -> None:
    sheet = typed({"tomador.cnpj": "111.444.777-35"}, {"tomador.cnpj": "11222333000181"})
    assert sheet.values("tomador.cpf").tolist() == ["11144477735", None]
    assert told(sheet) == [("documento-outro-tipo", FIRST)]


def test_a_city_of_two_states_is_told_apart_by_the_state_beside_it() -> None:
    name = "tomador.endereco.nome_municipio"
    sheet = typed(*({name: "Bom Jesus", "tomador.endereco.uf": uf} for uf in ("PI", "RS")))
    found = sheet.values(CITY).tolist()
    assert [municipio.uf(str(one)) for one in found] == ["PI", "RS"]


def test_a_name_that_is_not_the_codes_is_told() -> None:
    sheet = typed({CITY: "3505708", "tomador.endereco.nome_municipio": "Curitiba"})
    assert ("municipio-nome-difere-do-codigo", FIRST) in told(sheet)
    assert sheet.values(CITY).tolist() == ["3505708"]


def test_a_foreign_postal_code_and_city_go_to_fields_of_their_own() -> None:
    sheet = typed({"tomador.endereco.uf": "EX", CITY: "Lisboa", abroad.CEP: "1100-148"})
    assert sheet.values(CITY).tolist() == [municipio.EXTERIOR]
    assert sheet.values("tomador.endereco.cidade_exterior").tolist() == ["Lisboa"]
    assert sheet.values("tomador.endereco.codigo_postal_exterior").tolist() == ["1100-148"]
    assert told(sheet) == []


def test_only_what_stands_abroad_is_read_as_foreign() -> None:
    read = abroad.reader(abroad.CEP, lambda value: Parsed(str(value)))
    assert read("x", "SP").value == "x"
    assert read("x", "EX").value is None
    assert abroad.reader(abroad.PHONE, lambda _: Parsed(None))("+351 21", "EX") == code("+351 21")
    assert abroad.city(CITY, "Lisboa", "SP") is None
    assert abroad.city("prestador.codigo_municipio", "9999999", "EX") is None


@pytest.mark.parametrize(
    ("policy", "severity"),
    [({}, Severity.ERRO), ({"cnpj-digito": "aviso"}, Severity.AVISO),
     ({"cnpj-digito": SILENCE}, None)],
)  # fmt: skip
def test_the_users_policy_sets_the_severity(policy: Any, severity: Severity | None) -> None:
    found = Findings(planilha([{VALOR: "1"}]), Rules(now=NOW, severities=policy))
    assert found.severity("cnpj-digito") is severity


def test_errors_are_shown_first_where_not_all_fit_and_hold_their_rows() -> None:
    source = planilha([{VALOR: text} for text in "abcd"])
    found = Findings(source, Rules(now=NOW, max_problems=2))
    fields = (source.fields[VALOR],)
    found.add(Finding("livro-aberto", VALOR, np.arange(0, 3)), fields, Severity.AVISO)
    found.add(Finding("livro-editado", VALOR, np.arange(3, 4)), fields, Severity.ERRO)
    problems, beyond = found.problems()
    assert [(one.code, one.row, one.value) for one in problems] == [
        ("livro-aberto", FIRST, "a"), ("livro-editado", FIRST + 3, "d"),
    ]  # fmt: skip
    assert beyond == 2
    assert found.held.tolist() == [False, False, False, True]


def test_item_and_rate_go_out_as_the_city_of_the_prestador_takes_them() -> None:
    row: Row = {
        "prestador.codigo_municipio": "3505708", "servico.item_lista_servico": "01.07",
        "servico.aliquota": "3", "tomador.endereco.nome_municipio": "Curitiba",
    }  # fmt: skip
    city = MunicipioRules("3505708", formato_item_servico="ii.ss", formato_aliquota="fracao")
    frame = finish(typed(row, municipios={"3505708": city}))
    assert frame["servico.item_lista_servico"].iloc[0] == "01.07"
    assert frame["servico.aliquota"].iloc[0] == Decimal("0.03")
    plain = finish(typed(row))
    assert plain["servico.item_lista_servico"].iloc[0] == "0107"
    assert plain["servico.aliquota"].iloc[0] == Decimal(3)
    assert "tomador.endereco.nome_municipio" not in plain.columns
