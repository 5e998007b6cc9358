import copy
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.brazil import decimal as plain
from converter.brazil import money, numerals
from converter.brazil.numerals import Convention
from converter.model.cells import Formatted, Percent

BR, EN, PLAIN, MIXED = Convention
AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("cells", "convention"),
    [
        (["1.500,00", "1.500"], BR),
        (["1500,5"], BR),
        (["1.500.000"], BR),
        (["1,500.00", "1,500"], EN),
        (["1500.50"], EN),
        (["1,500,000"], EN),
        (["0.500"], EN),
        (["1500", "1.500", "1,234", ""], PLAIN),
        (["1.500,00", "1,500.00"], MIXED),
        (["R$ 1.500,00", "-R$ 2,5", "(3,10)", "2,5%"], BR),
        ([1500.5, None, "x", Percent(0.5)], PLAIN),
        ([], PLAIN),
    ],
)
def test_the_cells_that_read_one_way_decide_for_the_column(cells, convention):
    assert money.convention(cells) is convention


@pytest.mark.parametrize(
    "text",
    [
        "1.500,00",
        "1500,00",
        "1500",
        "1.500",
        "R$ 1.500,00",
        "R$1.500,00",
        "r$\u00a01.500,0",
        "1 500,00",
        "R$ 1\u202f500,00",
        "1500,0000000",
        "  1.500,00\u200b",
        "1500,000000001",
    ],
)
def test_a_brazilian_amount(text):
    assert money.parse(text, BR) == (Decimal("1500.00"), None, None, ())
    assert str(money.parse(text, BR).value) == "1500.00"


@pytest.mark.parametrize("text", ["1,500.00", "1500.00", "1500", "1,500", "R$ 1,500.00", "1500.0"])
def test_an_english_amount(text):
    assert money.parse(text, EN).value == Decimal("1500.00")


@pytest.mark.parametrize(
    "text", ["-10,50", "10,50-", "(10,50)", "R$ -10,50", "-R$ 10,50", "(R$ 10,50)", "\u221210,50"]
)
def test_a_negative_amount(text):
    assert money.parse(text, BR).value == Decimal("-10.50")


@pytest.mark.parametrize(
    ("text", "br", "en"),
    [
        ("1.500", "1.500,00", "1,50"),
        ("1,234", "1,234", "1.234,00"),
        ("-1.500", "-1.500,00", "-1,50"),
        ("334.327", "334.327,00", "334,327"),
    ],
)
@pytest.mark.parametrize("convention", [PLAIN, MIXED])
def test_an_undecided_amount_shows_both_readings(text, br, en, convention):
    parsed = money.parse(text, convention)
    assert parsed.problem == "numero-ambiguo"
    assert dict(parsed.details) == {"leitura_br": br, "leitura_en": en}


@pytest.mark.parametrize(
    ("text", "convention", "declared"),
    [("1,500.00", BR, "1.234,56"), ("15.00", BR, "1.234,56"), ("1.500,00", EN, "1,234.56")],
)
def test_a_cell_against_its_column_is_refused(text, convention, declared):
    parsed = money.parse(text, convention)
    assert parsed.problem == "numero-convencao"
    assert parsed.details == (("convencao", declared),)


def test_in_a_mixed_column_the_foreign_cells_are_read_with_a_warning():
    assert money.parse("1.500,00", MIXED).warning is None
    assert money.parse("1,500.00", MIXED) == (
        Decimal("1500.00"),
        None,
        "numero-coluna-mista",
        (("lido", "1.500,00"),),
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1500, "1500.00"),
        (1500.5, "1500.50"),
        (0.1 + 0.2, "0.30"),
        (334327.57, "334327.57"),
        (-0.0, "0.00"),
        (1e-9, "0.00"),
        (9999999999999.99, "9999999999999.99"),
    ],
)
def test_a_number_cell_is_exact(cell, value):
    parsed = money.parse(cell)
    assert str(parsed.value) == value


@pytest.mark.parametrize(
    ("cell", "exact"), [(10.555, "10,555"), ("10,555", "10,555"), ("1.000,001", "1.000,001")]
)
def test_nothing_is_rounded(cell, exact):
    parsed = money.parse(cell, BR)
    assert parsed.problem == "numero-casas"
    assert dict(parsed.details) == {"casas": "2", "exato": exact}


@pytest.mark.parametrize("cell", [1e13, -1e13, 10**400, "10.000.000.000.000,00", "12345678000195"])
def test_no_amount_is_that_large(cell):
    assert money.parse(cell, BR).problem == "numero-grande"


@pytest.mark.parametrize(
    "cell",
    [
        "mil",
        "1.50.00",
        "15 00",
        "1 5000",
        "1'500.00",
        "1.5OO,00",
        "--1",
        "(-1)",
        "(1",
        "1)",
        "-1-",
        "R$",
        "1,",
        "1.",
        "1,2,3",
        "0.000.500",
        "10%",
        "1" * 41,
        "１２",
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_number_is_refused(cell):
    assert money.parse(cell, BR).problem == "numero-formato"


def test_other_cells_are_refused_for_what_they_are():
    assert money.parse(Percent(0.03)).details == (("tipo", "uma porcentagem"),)
    assert money.parse(True).problem == "celula-tipo"
    assert money.parse(None).problem == "celula-vazia"
    assert money.parse(" ").problem == "celula-vazia"


@given(AMOUNTS)
def test_what_is_written_the_brazilian_way_reads_back(amount):
    text = numerals.written(amount, 2)
    assert money.parse(text, money.convention([text, "0,5"])).value == amount


@given(AMOUNTS)
def test_what_is_written_the_english_way_reads_back(amount):
    text = f"{amount:,.2f}"
    assert money.parse(text, money.convention([text, "0.5"])).value == amount


@given(AMOUNTS)
def test_what_excel_keeps_as_a_number_reads_back(amount):
    assert money.parse(float(amount)).value == amount


@given(st.lists(AMOUNTS, min_size=2))
def test_a_readable_column_is_never_read_wrong(amounts):
    column = [numerals.written(amount) for amount in amounts]
    convention = money.convention(column)
    for text, amount in zip(column, amounts, strict=True):
        assert money.parse(text, convention).value in (amount, None)
    assert all(money.convention(pair) is not EN for pair in pairwise(column))


@pytest.mark.parametrize(
    ("cell", "value"),
    [("0,0525", "0.0525"), ("1,5", "1.50"), (0.0525, "0.0525"), ("2,1", "2.10"), (3, "3.00")],
)
def test_plain_numbers_keep_up_to_four_decimals(cell, value):
    assert str(plain.parse(cell, BR).value) == value


def test_plain_numbers_are_not_rounded_either():
    assert plain.parse("0,05255", BR).problem == "numero-casas"


def test_a_vanishing_number_is_still_told():
    assert numerals.written(Decimal("5e-324")) == "5e-324"


@pytest.mark.parametrize("text", ["-", "R$ -", "R$ -   ", "-   R$", "\u2013", "R$-"])
def test_an_accounting_dash_is_zero(text):
    assert money.parse(text).value == Decimal("0.00")


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("US$ 1.000,50", "US$"),
        ("-USD 1.000,50", "USD"),
        ("1.000,50 €", "€"),
        ("$1,000.50", "$"),
        ("(£ 20)", "£"),
    ],
)
def test_another_currency_is_named(text, currency):
    parsed = money.parse(text)
    assert (parsed.problem, dict(parsed.details)) == ("valor-moeda", {"moeda": currency})


@pytest.mark.parametrize("text", ["BRL 1.500,00", "1.500,00 reais", "1.500,00 R$", "R$ 1.500,00"])
def test_reais_are_reais_however_they_are_named(text):
    assert money.parse(text).value == Decimal("1500.00")


@pytest.mark.parametrize(
    ("cell", "amount", "warning"),
    [
        (Formatted(44.525, 2), "44.53", "valor-como-mostrado"),
        (Formatted(-44.525, 2), "-44.53", "valor-como-mostrado"),
        (Formatted(1.005, 2), "1.01", "valor-como-mostrado"),
        (Formatted(1500.5, 0), "1501.00", "valor-como-mostrado"),
        (Formatted(1234.5600000000001, 2), "1234.56", None),
        (Formatted(44.5, 2), "44.50", None),
    ],
)
def test_an_amount_is_what_its_cell_shows(cell, amount, warning):
    parsed = money.parse(cell)
    assert (parsed.value, parsed.warning) == (Decimal(amount), warning)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (Formatted(44.525, 3), "numero-casas"),
        (Formatted(1000.0, 2, "US$"), "valor-moeda"),
        (Formatted(1000.0, 2, "mil"), "valor-moeda"),
        (Formatted(1_234_567.0, 0, "", 1), "valor-em-milhares"),
        (Formatted(1_234_567.0, 0, "US$", 1), "valor-em-milhares"),
    ],
)
def test_a_format_does_not_excuse_everything(cell, problem):
    assert money.parse(cell).problem == problem


@pytest.mark.parametrize(
    ("text", "order", "doubtful"),
    [
        ("1.250", EN, True),
        ("1,250", BR, True),
        ("R$ 1.250", EN, True),
        ("1.250", BR, False),
        ("1,250", EN, False),
        ("1.250", PLAIN, False),
        ("275.07", EN, False),
        ("1250", EN, False),
    ],
)
def test_three_decimals_among_cents_are_a_question(text, order, doubtful):
    parsed = numerals.doubtful(text, order)
    assert (parsed is not None) is doubtful
    assert parsed is None or parsed.problem == "numero-tres-casas"


def test_a_format_is_part_of_what_a_cell_is():
    cells = {Formatted(1.005, 2), Formatted(1.005, 3), Formatted(1.005, 2, "€"), 1.005}
    assert len(cells) == 4
    assert Formatted(1.005, 2) != 1.005
    copied = copy.copy(Formatted(1.005, 2, "€"))
    assert (copied, copied.places, copied.currency) == (Formatted(1.005, 2, "€"), 2, "€")
