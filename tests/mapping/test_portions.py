"""Amounts beside their sum: which of them is the note's, told by the arithmetic of the rows."""

from collections.abc import Sequence

import pytest

from converter.mapping.portions import portions
from converter.model.cells import Fault, FaultKind, RawValue
from converter.model.columns import Answered, Answers, AnswerUse, ColumnAnswer, ColumnReading
from converter.stages.map import map_book
from tests.mapping.books import ONE, book, mappings, sheet
from tests.mapping.test_what_a_header_says import read as sensed

WHO: dict[str, Sequence[RawValue]] = {
    "Data": ("19/03/2026", "20/03/2026", "23/03/2026"),
    "Cliente": ("Padaria Pão Quente Ltda", "Mercearia São José ME", "Auto Peças Silva"),
    "CNPJ": ("52.601.815/0001-20", "90.830.166/0001-28", "13.186.091/0001-43"),
    "Descrição": ("Consultoria em gestão", "Suporte técnico", "Treinamento de equipe"),
}
Columns = dict[str, Sequence[RawValue]]
UNCOUNTED = Fault(FaultKind.FORMULA_WITHOUT_VALUE, "=SUM(E2:E3)")


def read(columns: Columns, answers: Answers | None = None) -> dict[str, ColumnReading]:
    table = {**WHO, **columns}
    one = sheet(tuple(table), *zip(*table.values(), strict=True))
    said = Answered({one.name: answers}) if answers else Answered()
    mapped = map_book(book(one), mappings(), choice=None, defaults=ONE, answered=said)
    return {one.cabecalho: one for one in mapped.columns}


def amount(columns: Columns) -> str | None:
    """The header of the column used as the amount of the notes."""
    used = (header for header, one in read(columns).items() if one.campo == VALOR)
    return next(used, None)


VALOR = "servico.valor_servicos"


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        (
            {"Mão de obra": (150, 90, 300), "Peças": (80, 0, 45.5), "Total": (230, 90, 345.5)},
            "Mão de obra",
        ),
        (
            {"Serviços": (180, 60, 260), "Produtos": (42.5, 95, 0), "Total": (222.5, 155, 260)},
            "Serviços",
        ),
        (
            {"Mensalidade": (500, 700, 90), "Extras": (50, 0, 10), "Total NF": (550, 700, 100)},
            "Total NF",
        ),
        (
            {
                "Mensalidade": (99.9, 149.9, 219.9),
                "Tx. adesão": (0, 0, 80),
                "Total cobrado": (99.9, 149.9, 299.9),
            },
            "Total cobrado",
        ),
        (
            {"Valor cheio": (420, 480, 360), "Bolsa": (42, 96, 0), "A pagar": (378, 384, 360)},
            "Valor cheio",
        ),
        (
            {"Plano": (180, 170, 210), "Desc. irmão": (0, 25.5, 27), "A pagar": (180, 144.5, 183)},
            "Plano",
        ),
        (
            {
                "Valor da venda": (100, 297, 59.9),
                "Tarifa": (5, 2.94, 1.99),
                "Valor a receber": (95, 294.06, 57.91),
            },
            "Valor da venda",
        ),
    ],
    ids=["peças", "produtos", "extras", "adesão", "bolsa", "desc.", "tarifa"],
)
def test_a_sum_tells_the_amount_of_the_note(columns: Columns, wanted: str) -> None:
    assert amount(columns) == wanted


@pytest.mark.parametrize(
    "columns",
    [
        {"Mão de obra": (150, 90, 300), "Peças": (80, 0, 45.5), "Total": (230, 90, 999)},
        {"Mão de obra": (150, 90, 300), "Peças": (0, 0, 45.5), "Total": (150, "a ver", 345.5)},
        {
            "Vl. Apresentado": (48320, 22875.4, 15460.9),
            "Vl. Glosado": (1210.5, 10, 985.3),
            "Vl. Liberado": (47109.5, 22865.4, 14475.6),
        },
        {"VL BRUTO": (5280, 2400, 2700), "COM AG": (1056, 0, 540), "VL LIQ": (4224, 2400, 2160)},
        {"Amount": (747, 89, 1245), "Fee": (30.2, 3.94, 50.07), "Net": (716.8, 85.06, 1194.93)},
    ],
    ids=["não soma", "texto", "glosa", "agência", "fee"],
)
def test_what_no_sum_tells_is_asked(columns: Columns) -> None:
    assert amount(columns) is None
    assert any(one.sugestoes[:1] == (VALOR,) for one in read(columns).values())


def test_a_formula_without_its_result_proves_nothing_and_denies_nothing() -> None:
    columns: Columns = {
        "Mão de obra": (150, 90, UNCOUNTED),
        "Peças": (80, 5, UNCOUNTED),
        "Total": (230, 95, UNCOUNTED),
    }
    assert amount(columns) == "Mão de obra"


def test_what_is_left_of_a_discount_is_asked_beside_the_discount() -> None:
    told = read(
        {"Valor cheio": (420, 480, 360), "Bolsa": (42, 96, 0), "Valor pago": (378, 384, 360)}
    )
    assert told["Valor pago"].sugestoes[:1] == ("servico.valor_liquido",)


def test_an_answer_about_the_discount_leaves_the_amount_as_it_was() -> None:
    columns: Columns = {
        "Valor cheio": (420, 480, 360),
        "Bolsa": (42, 96, 0),
        "A pagar": (378, 384, 360),
    }
    answer = ColumnAnswer("F", "bolsa", AnswerUse.CAMPO, "servico.desconto_incondicionado")
    told = read(columns, Answers((answer,)))
    assert told["Bolsa"].campo == "servico.desconto_incondicionado"
    assert told["Valor cheio"].campo == VALOR


def test_what_is_left_of_what_is_withheld_is_the_net_amount() -> None:
    told = read(
        {"Valor": (1000, 500, 200), "ISS retido": (50, 25, 10), "A receber": (950, 475, 190)}
    )
    assert told["A receber"].campo == "servico.valor_liquido"


def test_a_commission_beside_the_price_it_is_of_leaves_neither_for_certain() -> None:
    told = read({"Valor do pacote": (12409.71, 2006.77, 4386.5), "Comissão": (1240.97, 200.6, 438)})
    assert {one.sugestoes[:1] for one in (told["Valor do pacote"], told["Comissão"])} == {(VALOR,)}


def test_what_is_to_be_invoiced_is_the_amount_beside_a_price() -> None:
    told = read(
        {
            "Valor do pacote": (12409.71, 2006.77, 4386.5),
            "Comissão a faturar": (1240.97, 200.6, 438.6),
        }
    )
    assert told["Comissão a faturar"].campo == VALOR


def test_a_sum_of_no_kind_that_is_known_tells_nothing() -> None:
    senses = sensed({"Valor": (100, 200), "Multa": (10, 20), "Outro": (90, 180)})
    assert portions(senses) is None
    told = portions(sensed({"Mensalidade": (500, 700), "Extras": (50, 9), "Total": (550, 709)}))
    assert told is not None
    assert [one.cell.column.header for one in told.valor] == ["Total"]


def test_a_net_amount_is_asked_where_nothing_says_what_is_withheld() -> None:
    net = {"Valor": (1000, 600, 90), "Valor líquido": (930, 560, 80)}
    assert read(net)["Valor líquido"].motivos == (
        "é menos que o valor da nota, e nenhuma coluna diz o que foi retido",
    )
    withheld = {**net, "INSS": (70, 40, 10)}
    assert read(withheld)["Valor líquido"].campo == "servico.valor_liquido"
    same = {**net, "Valor líquido": net["Valor"]}
    assert read(same)["Valor líquido"].campo == "servico.valor_liquido"


def test_what_a_commission_is_on_is_no_rival_where_it_is_surely_others_money() -> None:
    sale = {"Comissão": (185.0, 192.0, 210.0)}
    rent = {"Aluguel recebido": (1850, 1920, 2100)}
    assert amount({**rent, **sale}) == "Comissão"
    assert amount({**rent, **sale, "Repasse": (1665.0, 1728.0, 1890.0)}) == "Comissão"
    assert amount({"Preço": (1850, 1920, 2100), **sale}) is None
