"""Whom a sheet names, one module at a time: customers beside it, lists of codes, who issues."""

from dataclasses import replace

import pytest

from converter.mapping import coded, customer_above, customers, forms, issuers, labels
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.mapping.match import Fit
from converter.mapping.sense import Mark
from converter.mapping.survey import SheetKind, SheetSurvey
from converter.mapping.understanding import Understood
from converter.model.cells import RawSheet, RawValue
from converter.model.columns import ColumnUse
from tests.mapping.books import OTHER, PRESTADOR, sheet
from tests.mapping.pieces import Columns, fit_of, notes, table, work

NAME, CNPJ, CPF = "tomador.razao_social", "tomador.cnpj", "tomador.cpf"
ONE, TWO = "52.601.815/0001-20", "90.830.166/0001-28"
PEOPLE = ("Ana Prado", "Rui Sá", "Bia Luz")


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"Cliente": PEOPLE, "Nota para": ("", "", "Lúmen Holding S.A.")}, True),
        ({"Cliente": PEOPLE, "Nota para": ("", "", "Rita Luz")}, False),
        ({"Cliente": PEOPLE, "Nota para": ("Sol S.A.", "Lúmen S.A.", "Paz Ltda")}, False),
        ({"Paciente": PEOPLE, "Convênio": ("Particular", "Unimed", "Unimed")}, True),
        ({"Paciente": PEOPLE, "Convênio": ("Unimed", "Amil", "Unimed")}, False),
        ({"Paciente": PEOPLE, "Convênio": ("Particular", "Particular", "")}, False),
        ({"Cliente": PEOPLE, "Convênio": ("Particular", "Unimed", "Unimed")}, False),
        ({"Paciente": PEOPLE, "Turma": ("Particular", "Unimed", "Unimed")}, False),
    ],
)
def test_another_payer_is_named_by_some_rows(columns: Columns, *, named: bool) -> None:
    there = work(columns, {NAME: next(iter(columns))})
    assert customers.names_another_payer(there.found[1], there) is named


@pytest.mark.parametrize(
    ("other", "header", "asked"),
    [("Remetente", "CNPJ remetente", True), ("Destinatário", "CNPJ remetente", False)],
)
def test_the_document_of_a_disputed_customer_is_asked_about_with_him(
    other: str, header: str, *, asked: bool
) -> None:
    columns: Columns = {
        "Remetente" if other != "Remetente" else "Destinatário": PEOPLE,
        other: PEOPLE,
        header: (ONE, TWO, ONE),
    }
    there = work(columns)
    there.use(there.found[2], there.found[2].best()[0].path, "cabecalho")
    there.ask(there.found[1:2], NAME, "varias")
    if asked:
        customers.ask_of_both(there)
        assert there.decisions[2].use is ColumnUse.USADA
        there.ask(there.found[:1], NAME, "varias")
    customers.ask_of_both(there)
    assert (there.decisions[2].why == "de_quem") is asked
    assert (there.taken == {}) is asked


LIST: Columns = {"Código": ("ALF", "BRU"), "Nome": ("Alfa Ltda", "Bruma ME"), "ISS": ("S", "N")}


def listed(columns: Columns, more: str = "servico.iss_retido") -> tuple[RawSheet, Fit]:
    one = table(columns, name="Clientes")
    return one, fit_of(one, {NAME: "Nome", more: "ISS"})


@pytest.mark.parametrize(
    ("header", "codes", "names"),
    [
        ("Código", ("ALF", "bru"), ["Alfa Ltda", "Bruma ME"]),
        ("Cód. cliente", ("ALF", "BRU"), ["Alfa Ltda", "Bruma ME"]),
        ("Código", ("ALF", "XYZ"), ["Alfa Ltda", None]),
        ("Código", ("ALF", ""), ["Alfa Ltda", None]),
        ("Código", ("XYZ", "WWW"), None),
        ("Código", ("", ""), None),
        ("Turma", ("ALF", "BRU"), None),
    ],
)
def test_codes_that_a_list_explains_name_the_customer(
    header: str, codes: tuple[str, ...], names: list[str] | None
) -> None:
    one = table({header: codes, "Valor": (1.5, 2.5)})
    fit = fit_of(one, {"servico.valor_servicos": "Valor"})
    by_code = coded.coded(one, fit, [listed(LIST)])
    assert (by_code.of(codes) if by_code else None) == names
    if by_code and names:
        assert by_code.without(codes) == [at for at, name in enumerate(names) if name is None]


def test_less_than_half_explained_is_no_column_of_codes() -> None:
    one = table({"Código": ("ALF", "X1", "X2")})
    assert coded.coded(one, fit_of(one, {}), [listed(LIST)]) is None
    two = table({"Código": ("ALF", "X1")})
    assert coded.coded(two, fit_of(two, {}), [listed(LIST)]) is not None


@pytest.mark.parametrize("path", ["tomador.cpf_cnpj", "tomador.cnpj", "tomador.cpf"])
def test_codes_are_not_needed_where_a_document_says_the_customer(path: str) -> None:
    one = table({"Código": ("ALF", "BRU"), "Doc": (ONE, TWO)})
    assert coded.coded(one, fit_of(one, {path: "Doc"}), [listed(LIST)]) is None


def test_a_code_that_comes_twice_in_a_list_explains_nothing() -> None:
    one = table({"Código": ("ALF", "ALF")})
    twice: Columns = {**LIST, "Código": ("ALF", "ALF")}
    assert coded.coded(one, fit_of(one, {}), [listed(twice)]) is None


def test_names_and_codes_in_one_column_keep_the_names() -> None:
    column = ("ALF", "Ana Prado", "")
    one = table({"Cliente": column})
    by_code = coded.coded(one, fit_of(one, {NAME: "Cliente"}), [listed(LIST)])
    assert by_code is not None
    assert by_code.of(column) == ["Alfa Ltda", "Ana Prado", ""]
    assert by_code.without(column) == [1]


@pytest.mark.parametrize(
    ("name", "path", "paths", "told"),
    [
        ("alfa ltda", "servico.iss_retido", (), ("Clientes", ("ISS",))),
        ("Alfa Ltda", "servico.iss_retido", ("servico.iss_retido",), None),
        ("Alfa Ltda", "tomador.email", (), None),
        ("Outra Ltda", "servico.iss_retido", (), None),
        ("", "servico.iss_retido", (), None),
    ],
)
def test_what_a_list_says_of_taxes_is_told_of_its_customers(
    name: str, path: str, paths: tuple[str, ...], told: tuple[str, tuple[str, ...]] | None
) -> None:
    assert coded.told_of_notes([name], frozenset(paths), [listed(LIST, path)]) == told


@pytest.mark.parametrize(
    ("above", "values", "more"),
    [
        ([("Cliente:", "Sol Ltda")], ["Sol Ltda"], False),
        ([("Cliente:", "Sol Ltda"), ("CNPJ:", ONE)], ["Sol Ltda", ONE], False),
        ([("CNPJ:", ONE), ("Cliente:", "Sol Ltda")], [], False),
        ([("Cliente:", "Sol Ltda"), ("CNPJ:", ONE), ("CNPJ:", TWO)], [], False),
        ([("Cliente:", "Sol Ltda"), ("CNPJ:", "12.345")], [], True),
        ([("Cliente:", "Sol Ltda"), ("Situação:", "em dia")], ["Sol Ltda"], True),
        ([("Cliente:", "Sol Ltda"), ("Competência:", "03/2026")], ["Sol Ltda"], False),
        ([("Responsável:", "Ana Lobo")], [], False),
    ],
)
def test_a_customer_above_is_sure_where_one_alone_is_named(
    above: list[tuple[str, str]], values: list[str], *, more: bool
) -> None:
    one = customer_above.customer_above(sheet(*above, ("Data", "Valor")), len(above) + 1, ())
    assert one is not None
    assert ([each.value for each in one.values], one.more) == (values, more)


def test_no_customer_is_above_where_the_document_is_of_who_issues() -> None:
    rows = sheet(("Clientes:", "Sol Ltda"), ("Cliente:", "Paz"), ("CNPJ:", ONE), ("Data",))
    assert customer_above.customer_above(rows, 4, {"52601815000120"}) is None
    assert customer_above.customer_above(rows, 4, ()) is not None


def test_a_name_without_letters_or_below_the_header_is_no_customer_above() -> None:
    assert customer_above.customer_above(sheet(("Cliente:", "1234"), ("Data",)), 2, ()) is None
    below = sheet(("Data", "Valor"), ("Cliente:", "Sol Ltda"))
    assert customer_above.customer_above(below, 1, ()) is None


@pytest.mark.parametrize(("blanks", "there"), [(19, True), (20, False)])
def test_twenty_rows_above_a_table_are_looked_at(blanks: int, *, there: bool) -> None:
    rows = sheet(("Cliente:", "Sol Ltda"), *[()] * blanks, ("Data",))
    found = customer_above.customer_above(rows, blanks + 2, ())
    assert (found is not None) is there


@pytest.mark.parametrize(
    ("row", "pairs"),
    [
        (("Cliente:", "Ana"), [("Cliente", "Ana", True)]),
        (("Cliente", "Ana"), [("Cliente", "Ana", True)]),
        (("Cliente: Ana",), [("Cliente", "Ana", True)]),
        (("Cliente Ana Lobo",), [("Cliente", "Ana Lobo", False)]),
        (("Cliente:",), [("Cliente", None, True)]),
        (("Cliente:", "CNPJ:"), [("Cliente", None, True), ("CNPJ", None, True)]),
        ((f"CNPJ {ONE}",), [("CNPJ", ONE, True)]),
        ((1200.0, "Ana Lobo"), []),
    ],
)
def test_labels_and_their_values(
    row: tuple[RawValue, ...], pairs: list[tuple[str, RawValue, bool]]
) -> None:
    found = labels.labelled(sheet(row), 1, 1)
    assert [(one.label, one.value, one.sure) for one in found] == pairs


def test_a_label_over_its_value_and_rows_outside_the_range() -> None:
    one = sheet(("Cliente:",), ("Ana Lobo",), ("CNPJ:", ONE))
    assert [each.value for each in labels.labelled(one, 1, 2)] == ["Ana Lobo"]
    assert [(each.row, each.letter) for each in labels.labelled(one, -3, 9)] == [(1, "A"), (3, "A")]


@pytest.mark.parametrize(
    ("value", "label"),
    [("Qualquer coisa:", True), ("CNPJ", True), ("Qualquer coisa", False), (12, False),
     ("x" * 39 + ":", True), ("x" * 40 + ":", False)],
)  # fmt: skip
def test_a_cell_that_is_a_label(value: RawValue, *, label: bool) -> None:
    assert labels.is_label(value) is label


def test_what_is_labelled_is_written_once() -> None:
    one = labels.labelled(sheet(("Cliente:", "Ana"), ("Cliente:", "Ana")), 1, 2)
    assert labels.texts(one) == ["Cliente: Ana"]


@pytest.mark.parametrize(
    ("rows", "there"),
    [
        ([("Cliente:", "Ana"), ("Data:", "19/03/2026")], True),
        ([("Cliente:", "Ana"), ("Valor:", 150.5)], True),
        ([("Cliente:", "Ana"), ("Situação:", "cancelado")], True),
        ([("Cliente:", "Ana"), ("Data:", "03/2026")], False),
        ([("Cliente:", "Ana"), ("Valor:", "a ver")], False),
        ([("Cliente:", "Ana"), ("Telefone:", "11 99999-0000")], False),
        ([("Valor:", 150.5), ("Data:", "19/03/2026")], False),
    ],
)
def test_a_form_above_says_a_customer_and_what_is_of_a_note(
    rows: list[tuple[RawValue, ...]], *, there: bool
) -> None:
    form = forms.form_above(sheet(*rows, ("Item", "Qtd.")), len(rows) + 1)
    assert (form is not None) is there


FORM = [("Cliente:", "Ana"), ("Data:", "19/03/2026"), ("Valor:", 150.5)]


@pytest.mark.parametrize(
    ("rows", "there"),
    [
        (FORM, True),
        (FORM[:2], False),
        ([*FORM[:2], ("Telefone:", "11 99999-0000")], False),
        ([FORM[0], FORM[2], ("Telefone:", "11 99999-0000")], False),
        ([*FORM[1:], ("Situação:", "em dia")], False),
        ([*FORM, ("a", "b", "c")], True),
        ([*FORM, ("CPF:", "529"), ("a", "b", "c"), ("d", "e", "f")], True),
        ([*FORM, ("a", "b", "c"), ("d", "e", "f")], False),
        ([("CPF:", "529.982.247-25"), *FORM[1:]], True),
        ([("CPF:", "529"), *FORM[1:]], False),
    ],
)
def test_a_form_alone_is_three_pairs_or_more(
    rows: list[tuple[RawValue, ...]], *, there: bool
) -> None:
    form = forms.form_alone(sheet(*rows))
    assert (form is not None) is there
    if form is not None:
        assert (form.row, form.letter) == (1, "A")


SOL = PrestadorDefaults(PRESTADOR, ("Sol Serviços Ltda",))
PAZ = PrestadorDefaults(OTHER, ("Paz Obras",))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Sol Serviços", PRESTADOR),
        ("SOL SERVICOS LTDA", PRESTADOR),
        ("Sol", PRESTADOR),
        ("Sol Serviços de Limpeza", PRESTADOR),
        ("Solar", None),
        ("So", None),
        ("Ltda", None),
        ("", None),
        ("Paz", OTHER),
    ],
)
def test_a_registered_name_is_itself_or_its_first_words(text: str, owner: str | None) -> None:
    assert issuers.registered([text], [SOL, PAZ]).get(text) == owner


def test_a_name_of_two_prestadores_is_of_neither() -> None:
    twins = [SOL, PrestadorDefaults(OTHER, ("Sol Obras",))]
    assert issuers.registered(["Sol", "Sol Obras"], twins) == {"Sol Obras": OTHER}
    assert issuers.registered(["Sol"], [SOL, SOL]) == {"Sol": PRESTADOR}


def issued(*names: str, mark: Mark | None = Mark.EMITENTE, used: bool = False) -> Understood:
    """What is understood once the names of a column were looked up."""
    columns: Columns = {"Empresa": names, "CNPJ": (ONE,) * len(names)}
    one = notes(columns, {"prestador.cnpj": "CNPJ"} if used else {})
    understood = replace(one.understood, marks={0: mark} if mark else {})
    survey = SheetSurvey(
        one.sheet, SheetKind.NOTAS, chosen=(understood.fit,), understood=understood
    )
    told = issuers.issued_by(survey, Defaults(prestadores=(SOL, PAZ))).understood
    assert told is not None
    return told


def test_a_column_of_registered_names_says_who_issues() -> None:
    for mark in (Mark.EMITENTE, None):
        understood = issued("Sol Serviços", "Paz Obras", mark=mark)
        assert understood.decisions[0].path == "prestador.cnpj"
        assert understood.fit.sources["prestador.cnpj"].spec.values == {
            "Sol Serviços": PRESTADOR, "Paz Obras": OTHER,
        }  # fmt: skip
        assert not understood.marks


def test_the_rows_of_an_unregistered_name_stay_marked() -> None:
    understood = issued("Sol Serviços", "Lua Ltda")
    assert understood.marks == {0: Mark.EMITENTE}
    assert understood.known_words == {0: {"Sol Serviços"}}


@pytest.mark.parametrize(
    "understood",
    [
        issued("Sol Serviços", "Lua Ltda", mark=None),
        issued("Ana", "Ana"),
        issued("", ""),
        issued("Sol Serviços", "Lua Ltda", used=True),
    ],
)
def test_what_does_not_say_who_issues_holds_no_row(understood: Understood) -> None:
    assert understood.marks == {}
    assert understood.decisions[0].use is ColumnUse.IGNORADA


def test_a_column_marked_otherwise_is_not_looked_up() -> None:
    assert issued("Sol Serviços", "Paz Obras", mark=Mark.SITUACAO).decisions[0].path is None
