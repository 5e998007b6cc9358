"""The whole stage: what a row becomes, what is said of it, and what is not."""

import dataclasses
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from converter.model.cells import Fault, FaultKind, MappedField, RawValue
from converter.model.problems import Severity
from converter.schemas.rules import MunicipioRules
from converter.stages.validate import validate
from converter.texts.catalogue import CATALOGUE, hint, message
from tests.brazil.junk import TEXTS
from tests.schemas.planilha import GOOD, NOW, RULES, changed, check, codes, found, planilha, values

SEED: dict[str, RawValue] = {
    "prestador.cnpj": "18765499000199",
    "prestador.inscricao_municipal": "12345",
    "prestador.codigo_municipio": "3516200",
    "data_emissao": "2019-03-19T12:07:26-03:00",
    "natureza_operacao": 1,
    "servico.aliquota": 3,
    "servico.discriminacao": "Nota fiscal referente a serviços prestados",
    "servico.iss_retido": "false",
    "servico.item_lista_servico": "0107",
    "servico.codigo_tributario_municipio": "620910000",
    "servico.valor_servicos": 1.0,
    "tomador.cnpj": "07504505000132",
    "tomador.razao_social": "Acras Tecnologia da Informação LTDA",
    "tomador.email": "contato@acras.com.br",
    "tomador.endereco.codigo_municipio": "4106902",
    "tomador.endereco.uf": "PR",
    "tomador.endereco.cep": "80045165",
}


def test_the_example_of_the_api_passes_outside_production() -> None:
    typed = validate(planilha([SEED]), RULES)
    assert typed.rejected == frozenset()
    assert {problem.severity for problem in typed.problems} == {Severity.AVISO}
    assert values(typed, "data_emissao")[0] == datetime.fromisoformat("2019-03-19T12:07:26-03:00")
    assert values(typed, "natureza_operacao") == [1]
    assert values(typed, "servico.iss_retido") == [False]
    assert values(typed, "servico.valor_servicos") == [Decimal("1.00")]
    assert values(typed, "servico.aliquota") == [Decimal(3)]
    assert values(typed, "servico.item_lista_servico") == ["0107"]
    assert values(typed, "tomador.endereco.cep") == ["80045165"]
    assert values(typed, "prestador.cnpj") == ["18765499000199"]


def test_the_same_example_is_held_in_production() -> None:
    typed = validate(planilha([SEED]), dataclasses.replace(RULES, ambiente="producao"))
    held = [problem for problem in typed.problems if problem.severity is Severity.ERRO]
    assert [(problem.code, problem.row, problem.column) for problem in held] == [
        ("cnpj-digito", 7, "A")
    ]
    assert typed.rejected == {7}


def test_a_good_row_has_no_problem() -> None:
    assert found(validate(planilha([GOOD]), RULES)) == []


def test_one_bad_cell_never_hides_another() -> None:
    row = changed(
        tomador__cnpj="12.345.678/0001-00",
        servico__valor_servicos="-5",
        servico__aliquota="30",
        servico__discriminacao=None,
        data_emissao="31/02/2026",
    )
    assert codes(check(row).problems) == {
        "cnpj-digito",
        "numero-negativo",
        "aliquota-acima-do-maximo",
        "campo-obrigatorio-vazio",
        "data-inexistente",
    }


def test_a_missing_column_is_told_once_and_holds_every_row() -> None:
    row = {path: value for path, value in GOOD.items() if path != "servico.valor_servicos"}
    typed = validate(planilha([row] * 50), RULES)
    told = [problem for problem in typed.problems if problem.field == "servico.valor_servicos"]
    assert [(problem.code, problem.row, problem.column) for problem in told] == [
        ("coluna-obrigatoria-ausente", None, None)
    ]
    assert len(typed.rejected) == 50


def test_a_problem_carries_the_address_the_reader_gave() -> None:
    row = changed(tomador__endereco__cep="123")
    (problem,) = check(row).problems
    assert (problem.arquivo, problem.planilha, problem.row) == ("notas.xlsx", "Notas", 8)
    assert (problem.header, problem.field) == ("tomador.endereco.cep",) * 2
    assert problem.value == "123"


def test_a_constant_of_the_mapping_has_a_row_and_no_column() -> None:
    sheet = planilha([GOOD, GOOD])
    fields = dict(sheet.fields)
    fields["servico.iss_retido"] = MappedField("servico.iss_retido", ["talvez", "talvez"])
    typed = validate(dataclasses.replace(sheet, fields=fields), RULES)
    assert found(typed) == [("simnao-desconhecido", 7, None), ("simnao-desconhecido", 8, None)]


@pytest.mark.parametrize("severity", ["aviso", "info", "silencio"])
def test_a_lowered_refusal_sends_the_code_as_typed(severity: str) -> None:
    rules = dataclasses.replace(RULES, severities={"cnae-desconhecido": severity})
    typed = check(changed(servico__codigo_cnae="9999999"), rules)
    assert typed.rejected == frozenset()
    assert values(typed, "servico.codigo_cnae")[1] == "9999999"
    shown = [problem.severity.value for problem in typed.problems]
    assert shown == ([] if severity == "silencio" else [severity])


def test_an_amount_that_cannot_be_read_stays_an_error_whatever_the_policy() -> None:
    rules = dataclasses.replace(RULES, severities={"numero-formato": "silencio"})
    typed = check(changed(servico__valor_pis="nove"), rules)
    assert [problem.severity for problem in typed.problems] == [Severity.ERRO]
    assert typed.rejected == {8}


def test_a_raised_warning_holds_its_row() -> None:
    rules = dataclasses.replace(RULES, severities={"cep-fora-da-uf": "erro"})
    typed = check(changed(tomador__endereco__cep="01310-100"), rules)
    assert typed.rejected == {8}


def test_only_so_many_problems_are_kept_and_all_bad_rows_are_held() -> None:
    rules = dataclasses.replace(RULES, max_problems=100)
    typed = validate(planilha([changed(servico__iss_retido="?", data_emissao="?")] * 900), rules)
    assert len(typed.problems) == 100
    assert typed.problems_beyond == 1700
    assert len(typed.rejected) == 900
    assert [problem.row for problem in typed.problems] == sorted(list(range(7, 57)) * 2)


def test_errors_come_before_warnings_where_not_all_are_kept() -> None:
    rules = dataclasses.replace(RULES, max_problems=1)
    rows = [changed(tomador__endereco__cep="01310-100"), changed(servico__iss_retido="?")]
    typed = validate(planilha(rows), rules)
    assert found(typed)[0][:2] == ("simnao-desconhecido", 8)
    assert typed.problems_beyond == 1


@pytest.mark.longo
def test_three_hundred_thousand_problems_fit_in_memory() -> None:
    import tracemalloc

    paths = ("servico.iss_retido", "data_emissao", "servico.valor_servicos")
    bad = {**GOOD, **dict.fromkeys(paths, "?")}
    sheet = planilha([bad] * 100_000)
    tracemalloc.start()
    typed = validate(sheet, RULES)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(typed.problems) + typed.problems_beyond == 300_000
    assert len(typed.problems) == RULES.max_problems
    assert peak < 600e6


class TestDocumentInOneColumn:
    def row(self, value: RawValue) -> dict[str, RawValue]:
        row = {path: cell for path, cell in GOOD.items() if path != "tomador.cnpj"}
        return {**row, "tomador.cpf": None, "tomador.cpf_cnpj": value}

    def test_eleven_digits_are_a_cpf(self) -> None:
        typed = validate(planilha([self.row("529.982.247-25")]), RULES)
        assert values(typed, "tomador.cpf") == ["52998224725"]
        assert values(typed, "tomador.cnpj") == [None]
        assert "tomador.cpf_cnpj" not in typed.frame

    def test_fourteen_are_a_cnpj(self) -> None:
        typed = validate(planilha([self.row("12345678000195")]), RULES)
        assert values(typed, "tomador.cnpj") == ["12345678000195"]
        assert found(typed) == []

    def test_a_wrong_one_is_told_once_at_its_column(self) -> None:
        row = self.row("12345678000100")
        typed = validate(planilha([row]), RULES)
        column = list(row).index("tomador.cpf_cnpj")
        assert [(code, number) for code, number, _ in found(typed)] == [("cnpj-digito", 7)]
        assert typed.problems[0].header == "tomador.cpf_cnpj"
        assert column > 0

    def test_beside_a_column_of_its_own_that_says_another(self) -> None:
        row = {**GOOD, "tomador.cpf_cnpj": "07504505000132"}
        assert codes(validate(planilha([row]), RULES).problems) == {"dois-documentos"}


class TestCityByName:
    def test_the_name_gives_the_code(self) -> None:
        row = {k: v for k, v in GOOD.items() if k != "tomador.endereco.codigo_municipio"}
        row["tomador.endereco.nome_municipio"] = "curitiba"
        typed = validate(planilha([row]), RULES)
        assert values(typed, "tomador.endereco.codigo_municipio") == ["4106902"]
        assert found(typed) == []

    def test_the_state_tells_apart_cities_of_one_name(self) -> None:
        row = {k: v for k, v in GOOD.items() if k != "tomador.endereco.codigo_municipio"}
        row |= {"tomador.endereco.nome_municipio": "Bom Jesus", "tomador.endereco.cep": None}
        rows = [{**row, "tomador.endereco.uf": uf} for uf in ("RS", "SC", "PB")]
        typed = validate(planilha(rows), RULES)
        cities = values(typed, "tomador.endereco.codigo_municipio")
        assert [str(city)[:2] for city in cities] == ["43", "42", "25"]

    def test_a_state_that_contradicts_name_and_cep_is_the_one_told(self) -> None:
        row = {k: v for k, v in GOOD.items() if k != "tomador.endereco.codigo_municipio"}
        row |= {"tomador.endereco.nome_municipio": "Curitiba", "tomador.endereco.uf": "SP"}
        (problem,) = validate(planilha([row]), RULES).problems
        assert (problem.code, problem.header) == ("uf-difere-do-municipio", "tomador.endereco.uf")
        assert "Curitiba fica em PR" in message(problem)

    def test_the_name_of_another_city_than_the_code(self) -> None:
        row = {**GOOD, "tomador.endereco.nome_municipio": "Londrina"}
        (problem,) = validate(planilha([row]), RULES).problems
        assert problem.code == "municipio-nome-difere-do-codigo"
        assert problem.header == "tomador.endereco.nome_municipio"


class TestTime:
    def test_a_day_without_time_begins_at_midnight_where_the_prestador_is(self) -> None:
        typed = validate(planilha([changed(data_emissao="19/11/2026")]), RULES)
        assert values(typed, "data_emissao") == [
            datetime(2026, 11, 19, tzinfo=ZoneInfo("America/Sao_Paulo"))
        ]

    def test_the_zone_is_the_citys(self) -> None:
        row = changed(prestador__codigo_municipio="1200401", servico__codigo_municipio="1200401")
        typed = validate(planilha([row]), RULES)
        moment = values(typed, "data_emissao")[0]
        assert isinstance(moment, datetime)
        assert moment.utcoffset() == timedelta(hours=-5)

    def test_what_is_past_in_noronha_may_be_future_in_acre(self) -> None:
        east = changed(data_emissao="22/11/2026 15:30", prestador__codigo_municipio="2605459")
        west = changed(data_emissao="22/11/2026 15:30", prestador__codigo_municipio="1200401")
        typed = validate(planilha([east, west]), RULES)
        assert found(typed) == [("data-no-futuro", 8, "E")]

    def test_where_the_mapping_drops_the_time_a_date_is_kept(self) -> None:
        sheet = planilha([GOOD], {"data_emissao": "data"})
        typed = validate(sheet, RULES)
        assert values(typed, "data_emissao") == [date(2026, 11, 19)]
        assert found(typed) == []


class TestWhatTheCityWants:
    def rules(self, **said: object) -> object:
        return dataclasses.replace(
            RULES,
            municipios={"3505708": MunicipioRules("3505708", **said)},  # type: ignore[arg-type]
        )

    def test_the_item_is_written_in_its_format(self) -> None:
        typed = check(GOOD, self.rules(formato_item_servico="ii.ss"))  # type: ignore[arg-type]
        assert set(values(typed, "servico.item_lista_servico")) == {"01.07"}

    def test_six_digits_cannot_be_made_of_four(self) -> None:
        typed = check(GOOD, self.rules(formato_item_servico="iissdd"))  # type: ignore[arg-type]
        assert codes(typed.problems) == {"servico-sem-desdobro"}

    def test_a_code_of_its_own_is_sent_as_typed(self) -> None:
        rules = self.rules(formato_item_servico="livre")
        typed = check(changed(servico__item_lista_servico="100503216"), rules)  # type: ignore[arg-type]
        assert values(typed, "servico.item_lista_servico")[1] == "100503216"
        assert found(typed) == []

    def test_the_rate_is_sent_as_a_fraction(self) -> None:
        typed = check(GOOD, self.rules(formato_aliquota="fracao"))  # type: ignore[arg-type]
        assert set(values(typed, "servico.aliquota")) == {Decimal("0.03")}


def test_a_competence_may_be_a_month() -> None:
    typed = validate(planilha([{**GOOD, "data_competencia": "11/2026"}]), RULES)
    assert values(typed, "data_competencia") == [date(2026, 11, 1)]
    assert found(typed) == []


def test_a_sheet_without_rows_has_no_problem_of_a_row() -> None:
    empty = planilha([])
    fields = {path: MappedField(path, []) for path in GOOD}
    typed = validate(dataclasses.replace(empty, fields=fields), RULES)
    assert found(typed) == []
    assert typed.rejected == frozenset()


def test_two_prestadores_in_two_cities_are_read_each_by_its_own_rules() -> None:
    rules = dataclasses.replace(
        RULES, municipios={"3550308": MunicipioRules("3550308", formato_item_servico="livre")}
    )
    other = changed(
        prestador__codigo_municipio="3550308",
        servico__item_lista_servico="02692",
        data_emissao=None,
    )
    typed = validate(planilha([GOOD, other]), rules)
    assert values(typed, "servico.item_lista_servico") == ["0107", "02692"]
    assert typed.rejected == {8}


def test_unknown_paths_pass_typed_by_the_mapping() -> None:
    row = {
        **GOOD,
        "destinatario.cnpj": " 07504505000132 ",
        "imovel.area": "1.234,50",
        "obra.inicio": "01/11/2026",
        "obra.propria": "s",
    }
    formats = {"imovel.area": "1.234,56", "obra.inicio": "dd/mm/aaaa", "obra.propria": "sim_nao"}
    typed = validate(planilha([row], formats), RULES)
    assert values(typed, "destinatario.cnpj") == ["07504505000132"]
    assert values(typed, "imovel.area") == [Decimal("1234.50")]
    assert values(typed, "obra.inicio") == [date(2026, 11, 1)]
    assert values(typed, "obra.propria") == [True]


def test_a_blank_natureza_is_the_default_of_the_api() -> None:
    typed = validate(planilha([GOOD, changed(natureza_operacao=None)]), RULES)
    assert values(typed, "natureza_operacao") == [1, 1]


@pytest.mark.parametrize("value", ["3", 3.0, "3 - Isenção", "isenção"])
def test_an_option_is_understood_by_code_meaning_or_both(value: RawValue) -> None:
    row = changed(natureza_operacao=value)
    assert values(check(row), "natureza_operacao")[1] == 3


@pytest.mark.parametrize("path", [path for path in GOOD if path != "referencia"])
def test_any_cell_gets_an_answer_and_never_an_exception(path: str) -> None:
    cells: list[RawValue] = [*TEXTS, None, True, False, 0, -1, 1e308, float("inf"), float("nan")]
    cells += [1.5, 10**30, date(1, 1, 1), datetime(9999, 12, 31), timedelta(1)]
    cells += [Fault(FaultKind.ERROR_VALUE, "#REF!"), Fault(FaultKind.FORMULA_WITHOUT_VALUE, "")]
    typed = validate(planilha([{**GOOD, path: value} for value in cells]), RULES)
    for problem in typed.problems:
        assert problem.code in CATALOGUE
        assert message(problem)
        assert hint(problem)
        assert "…" not in message(problem).replace(problem.value or "", "")


def test_now_is_only_what_is_given() -> None:
    later = dataclasses.replace(RULES, now=NOW + timedelta(days=30))
    assert codes(validate(planilha([GOOD]), later).problems) == {"competencia-antiga"}
