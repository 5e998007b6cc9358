from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.brazil import (
    cep,
    cnae,
    cnpj,
    cpf,
    dates,
    documento,
    email,
    money,
    municipio,
    nbs,
    percent,
    servico,
    telefone,
    uf,
    yesno,
)
from converter.brazil import decimal as plain
from converter.brazil.dates import Order
from converter.brazil.numerals import Convention
from converter.model.parsed import Parsed
from tests.brazil.junk import CELLS, TEXTS

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Sao_Paulo")

PARSERS = {
    "cnpj": cnpj.parse,
    "cnpj-numerico": partial(cnpj.parse, alfanumerico=False),
    "cpf": cpf.parse,
    "documento": documento.parse,
    "cep": cep.parse,
    "uf": uf.parse,
    "municipio": municipio.parse,
    "municipio-uf": partial(municipio.parse, uf="\ud800"),
    "cnae": cnae.parse,
    "nbs": nbs.parse,
    "email": email.parse,
    "telefone": telefone.parse,
    "yesno": yesno.parse,
    "parse_date": dates.parse_date,
} | {
    f"{name}-{convention.name}": partial(parse, convention=convention)
    for convention in Convention
    for name, parse in (
        ("money", money.parse),
        ("percent", percent.parse),
        ("aliquota", percent.aliquota),
        ("decimal", plain.parse),
    )
}
PARSERS |= {
    f"servico-{formato}": partial(servico.parse, formato=formato)
    for formato in ("iiss", "ii.ss", "iissdd", "livre")
}
PARSERS |= {
    f"dates-{formato}": partial(dates.parse, formato=formato, zone=ZONE)
    for formato in (None, *Order, "dd/mm/aa", "aaaammdd", "ddmmaaaa", "anything")
}


def answers(parsed: object) -> bool:
    """Tell whether it is a value or a reason, never both and never neither."""
    return isinstance(parsed, Parsed) and (parsed.value is None) != (parsed.problem is None)


@pytest.mark.parametrize("name", PARSERS)
def test_every_parser_answers_for_anything(name):
    for cell in CELLS:
        start = process_time()
        assert answers(PARSERS[name](cell)), repr(cell)[:80]
        assert process_time() - start < 1, f"slow: {repr(cell)[:80]}"


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=40, deadline=None)
@given(
    cell=st.text(max_size=60)
    | st.text("0123456789.,-/ R$%():TZ+eE", max_size=30)
    | st.floats()
    | st.integers()
    | st.dates()
    | st.datetimes()
)
def test_every_parser_answers_for_anything_generated(name, cell):
    assert answers(PARSERS[name](cell))


@pytest.mark.parametrize("convention", [money.convention, dates.convention])
def test_a_column_of_junk_has_a_convention(convention):
    assert convention(CELLS) in (*Convention, *Order)


@pytest.mark.parametrize("valid", [cnpj.is_valid, cpf.is_valid])
def test_is_valid_is_plainly_false_for_junk(valid):
    assert [cell for cell in CELLS if valid(cell)] == []


def test_no_text_of_other_scripts_becomes_a_number():
    others = [text for text in TEXTS if not text.isascii()]
    for parse in (money.parse, plain.parse, percent.parse, cep.parse, yesno.parse, servico.parse):
        assert [text for text in others if parse(text).value is not None] == []


def test_no_number_is_made_of_what_decimal_alone_would_take():
    for text in ("1_000", "NaN", "Infinity", "1e5", "１２"):
        assert Decimal(text) is not None
        assert money.parse(text).problem == "numero-formato"
