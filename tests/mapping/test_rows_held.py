"""What holds a row of a sheet, one module at a time: marks, dates, places, what stands under."""

from collections.abc import Sequence

import pytest

from converter.mapping import (
    date_questions,
    outside_questions,
    places,
    row_marks,
    under,
)
from converter.mapping.sense import Mark
from converter.mapping.statuses import stopping
from converter.model.cells import RawValue
from tests.mapping.pieces import Columns, found, notes, sense, work

VALOR = "servico.valor_servicos"
DATES = ("19/03/2026", "20/03/2026", "23/03/2026")


@pytest.mark.parametrize(
    ("header", "values", "mark"),
    [
        ("Moeda", ("BRL", "USD"), Mark.MOEDA),
        ("Moeda", ("BRL", "BRL"), None),
        ("Cancelado?", ("sim", "não"), Mark.IMPEDE),
        ("Cancelado?", ("", ""), Mark.SITUACAO),
        ("Não emitir", ("x", ""), Mark.IMPEDE),
        ("Só recibo", ("x", ""), Mark.IMPEDE),
        ("Lançado no portal", ("x", ""), Mark.EMITIDA),
        ("Guia emitida?", ("sim", "não"), None),
        ("Chaves entregues?", ("sim", "não"), None),
        ("Realizado?", ("sim", "não"), Mark.FEITO),
        ("Aprovação", ("Aprovado", "Pendente"), Mark.FEITO),
        ("Aprovação", ("19/03/2026", "20/03/2026"), None),
        ("Aprovação", ("pix", "boleto"), None),
        ("OK?", ("ok", "não"), Mark.FEITO),
        ("OK?", ("ok", "ok"), None),
        ("Situação", ("Cancelada", "Emitida"), Mark.SITUACAO),
        ("Situação", ("pix", "boleto"), None),
        ("Status da venda", ("Pago", "Cancelado"), Mark.VENDA),
        ("Emitir", ("x", ""), Mark.EMITIR),
        ("Emitir", ("", ""), Mark.EMITIR),
        ("NF?", ("sim", "não"), Mark.NOTA),
        ("Autorizado?", ("sim", "não"), Mark.NOTA),
        ("Nº NF", ("1093", "1094"), Mark.EMITIDA),
        ("NF", ("1093", "1094"), Mark.EMITIDA),
        ("Grupo da NF", ("1093", "1094"), None),
        ("RPS", ("12", ""), Mark.EMITIDA),
        ("RPS", ("12", "13"), None),
        ("Xyz", ("cancelado", "cancelado", "a faturar"), Mark.SITUACAO),
        ("Xyz", ("a faturar", "pendente"), None),
        ("Telefone", ("11 99999-0000", "11 98888-0000"), None),
    ],
)
def test_a_column_tells_whether_its_rows_go(
    header: str, values: tuple[RawValue, ...], mark: Mark | None
) -> None:
    assert row_marks.mark_of(sense(header, *values)) is mark


@pytest.mark.parametrize(
    ("header", "values", "ticked"),
    [
        ("Xyz", ("sim", "não"), True),
        ("Xyz", ("x", ""), True),
        ("Xyz", (1, 0, 1), True),
        ("Xyz", (1, 1, 1), False),
        ("Xyz", (1, 0, 2), False),
        ("Xyz?", (1, 1, 1), True),
        ("Xyz?", (2, 2, 2), False),
        ("Xyz", ("sim", "a", "b", "c"), False),
    ],
)
def test_one_and_nought_are_yes_and_no_where_both_are_or_it_is_asked(
    header: str, values: tuple[RawValue, ...], *, ticked: bool
) -> None:
    assert row_marks.is_ticked(sense(header, *values)) is ticked


@pytest.mark.parametrize(
    ("header", "days", "others", "told"),
    [
        ("Dt NF", ("19/03/2026", "", "", ""), ("", "20/03/2026", "20/03/2026", ""), True),
        ("Dt NF", ("19/03/2026", "", "", ""), ("", "20/03/2026", "", ""), False),
        ("Dt NF", ("19/03/2026", "", "", ""), ("20/03/2026", "", "", ""), False),
        ("Dt NF", ("19/03/2026", "19/03/2026", "", ""), ("", "", *DATES[:2]), False),
        ("Dt NF", ("", "", "", ""), (*DATES, "20/03/2026"), False),
        ("Dt NF", (*DATES[:2], "", "", "", ""), ("", "", *DATES[:2], "", ""), False),
        ("Dt NF", (*DATES[:2], "", "", "", ""), ("", "", *DATES, ""), True),
        ("Dt NF", (5, "", "", ""), (*DATES, "20/03/2026"), False),
        ("Dt nasc.", ("19/03/2026", "", "", ""), (*DATES, "20/03/2026"), False),
    ],
)
def test_a_day_in_few_rows_is_that_of_the_notes_that_are_out(
    header: str, days: tuple[RawValue, ...], others: tuple[RawValue, ...], *, told: bool
) -> None:
    both = found({header: days, "Data": others})
    assert row_marks.is_day_of_few(both[0], both) is told


SENT = ("", "20/03/2026", "")


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("Enviada em", SENT, True),
        ("Data de envio", SENT, True),
        ("Dt. envio NF", SENT, True),
        ("Enviado ao cliente", ("", "sim", ""), True),
        ("Enviado ao cliente", ("sim", "sim", "sim"), False),
        ("Enviada em", DATES, False),
        ("Boleto enviado em", SENT, False),
        ("Enviado por", ("", "Ana", ""), False),
    ],
)
def test_what_was_sent_in_some_rows_is_a_note_that_is_out(
    header: str, values: tuple[RawValue, ...], *, told: bool
) -> None:
    both = found({header: values, "Data": DATES})
    assert row_marks.is_sent_of_few(both[0], both) is told
    assert (both[0].mark is Mark.EMITIDA) is told


def test_a_day_that_puts_a_note_off_holds_its_row_unless_it_is_the_notes() -> None:
    put_off = ("31/03/2026", "01/12/2026", "dez/26", "após pagto")
    both = {"Data": ("31/03/2026",) * 4, "Emitir em": put_off}
    there = notes(both, {"data_emissao": "Data"})
    left = [v for v in put_off if not date_questions.is_day_of_the_note(there, 1, v)]
    assert left == list(put_off[1:])
    assert [*stopping(Mark.ADIA, put_off)] == list(put_off)


def test_a_day_of_issue_is_the_notes_where_another_column_says_it_is_out() -> None:
    columns: Columns = {"Emitida em": DATES, "Nº NF": ("1", "2", "3")}
    both = found(columns)
    assert row_marks.is_day_of_issue(both[0], both)
    assert not row_marks.is_day_of_issue(both[0], both[:1])
    gap = found({**columns, "Emitida em": (*DATES[:2], "")})
    assert not row_marks.is_day_of_issue(gap[0], gap)


def days(*values: RawValue, header: str = "Data") -> list[tuple[int, ...]]:
    """The rows of each question whether the month comes first."""
    one = notes({header: values}, {"data_emissao": header})
    return [asked.rows for asked in date_questions.swapped_days(one)]


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (("11/03/2026", "11/04/2026", "11/10/2026"), (2, 3, 4)),
        (("12/03/2026", "12/04/2026", "12/12/2026"), (2, 3, 4)),
        (("02/03/2026", "02/04/2026", "02/10/2026"), (2, 3, 4)),
        (("11/03/2026", "", "11/04/2026", "11/10/2026"), (2, 4, 5)),
        (("11-03-2026 10:00", "11-04-2026", "11.10.2026"), (2, 3, 4)),
        (("01/03/2026", "01/04/2026", "01/10/2026"), None),
        (("13/03/2026", "13/04/2026", "13/10/2026"), None),
        (("11/03/2026", "11/04/2026", "11/13/2026"), None),
        (("11/03/2026", "11/04/2026", "11/04/2026"), None),
        (("11/03/2026", "12/04/2026", "11/10/2026"), None),
        (("11/03/2025", "11/04/2026", "11/10/2026"), None),
        (("11/03/2026", "11/04/2026", "11/10/2026", "a ver"), None),
        (("", "", ""), None),
    ],
)
def test_only_a_month_that_changes_may_be_the_day(
    values: tuple[str, ...], rows: tuple[int, ...] | None
) -> None:
    assert days(*values) == ([rows] if rows else [])


@pytest.mark.parametrize(
    ("values", "rows", "options"),
    [
        (("19/03/26", "20/03/2026"), (2,), 2),
        (("10/03/26", "05/04/26"), (2, 3), 3),
        (("19/03/2026", "20/03/2026"), (), 0),
    ],
)
def test_years_of_two_digits_are_asked_about(
    values: tuple[str, ...], rows: tuple[int, ...], options: int
) -> None:
    one = notes({"Data": values}, {"data_emissao": "Data"})
    asked = list(date_questions.short_years(one))
    assert [(each.rows, len(each.options)) for each in asked] == ([(rows, options)] if rows else [])


@pytest.mark.parametrize("ask", [date_questions.swapped_days, date_questions.short_years])
def test_a_column_that_is_no_date_of_the_note_is_not_asked_how_it_is_written(
    ask: object,
) -> None:
    one = notes({"Nascimento": ("11/03/26", "11/04/26", "11/10/26")}, {})
    two = notes({"Texto": ("11/03/2026", "11/04/2026", "11/10/2026")}, {VALOR: "Texto"})
    assert callable(ask)
    assert [*ask(one), *ask(two)] == []


@pytest.mark.parametrize(
    ("header", "values", "why"),
    [
        ("Prefeitura", ("Curitiba", "Barueri"), "lugar"),
        ("Prefeitura", ("Curitiba", "Curitiba"), None),
        ("Obra", ("Loja Osasco", "Sol - Barueri"), "lugar_no_texto"),
        ("Obra", ("Loja um", "Sol dois"), None),
        ("Obra", ("Loja Osasco", "Sol dois", "Lua três"), None),
        ("Xyz", ("Curitiba", "Barueri"), None),
        ("Local do tomador", ("Curitiba", "Barueri"), None),
    ],
)
def test_a_column_of_cities_may_be_where_the_service_was(
    header: str, values: tuple[str, ...], why: str | None
) -> None:
    there = work({header: values})
    decision = places.place(there.found[0], there)
    assert (decision.why if decision else None) == why


def test_a_place_is_not_asked_about_where_it_is_said_or_the_customers() -> None:
    cities = ("Curitiba", "Barueri")
    columns: Columns = {"Obra": cities, "Cidade": cities}
    said = work(columns, {"servico.nome_municipio": "Cidade"})
    his = work(columns, {"tomador.endereco.nome_municipio": "Cidade"})
    other = work({**columns, "Cidade": cities[::-1]}, {"tomador.endereco.nome_municipio": "Cidade"})
    assert [places.place(one.found[0], one) is not None for one in (said, his, other)] == [
        False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "sign"),
    [("(-) Avarias", True), ("[=] Líquido", True), ("- Avarias", True), ("-Frete", False),
     ("- Frete", True), ("- 12", False), ("Valor da NF", True), ("Desconto", True),
     ("Total", False)],
)  # fmt: skip
def test_a_label_that_changes_a_total(label: str, *, sign: bool) -> None:
    assert under.is_sign(label) is sign


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A = a faturar; C = cancelada", {"a": "a faturar", "c": "cancelada"}),
        ("Legenda: A - a faturar, C - cancelada", {"a": "a faturar", "c": "cancelada"}),
        ("C = cancelada", {}),
        ("ABCDE = a faturar; FGHIJ = cancelada", {}),
        ("A = a; C = c", {}),
        ("", {}),
    ],
)
def test_a_legend_spells_out_two_codes_or_more(text: str, told: dict[str, str]) -> None:
    assert under.meanings([text]) == told


@pytest.mark.parametrize(
    ("row", "filled", "after", "told"),
    [
        (3, {0: "(-) Avarias", 1: 50.5}, (), True),
        (3, {0: "Frete", 1: 50.5}, (), False),
        (3, {0: "Frete", 1: 50.5}, (2,), True),
        (1, {0: "(-) Avarias", 1: 50.5}, (), False),
        (3, {0: "(-) Avarias"}, (), False),
        (3, {0: "(-) Avarias", 2: 50.5}, (), False),
        (3, {0: "(-) Avarias", 1: 50.5, 2: "x"}, (), False),
        (3, {1: 50.5}, (2,), False),
    ],
)
def test_a_label_with_an_amount_under_the_table_is_an_account(
    row: int, filled: dict[int, RawValue], after: Sequence[int], *, told: bool
) -> None:
    columns = [["Ana", "Rui", "Total", "x"], [1.5, 2.5, 4.0, 50.5], ["a", "b", None, None]]
    assert under.BelowTable(columns, [2, 3], [1]).is_account(row, filled, after) is told


@pytest.mark.parametrize(
    ("columns", "row", "filled", "after", "told"),
    [
        ([["Ana", None, "t"]], 2, {0: "emitir só as pagas"}, (), True),
        ([["Ana", None, "t"]], 2, {0: "A = a faturar; C = cancelada"}, (), True),
        ([["Ana", None, "t"]], 2, {0: "emitir logo"}, (), False),
        ([["Ana", None, "t"]], 2, {0: 150.5}, (), False),
        ([["Ana", None, "t"]], 2, {0: "emitir só as pagas", 1: "x"}, (), False),
        ([["Ana", None, "t"]], 0, {0: "emitir só as pagas"}, (), False),
        ([["Ana", "Total", "t"]], 2, {0: "emitir só as pagas"}, (), False),
        ([["Ana", None, "t", "Rui"]], 2, {0: "emitir só as pagas"}, (), False),
        ([["Ana", "Total", "t"]], 2, {0: "emitir só as pagas"}, (1,), True),
        ([[None, None, "t"]], 2, {0: "emitir só as pagas"}, (), False),
        ([], 2, {0: "emitir só as pagas"}, (), False),
    ],
)
def test_a_sentence_apart_under_the_table_is_a_remark(
    columns: list[list[RawValue]],
    row: int,
    filled: dict[int, RawValue],
    after: Sequence[int],
    *,
    told: bool,
) -> None:
    below = under.BelowTable(columns, [1, 2], [])
    assert below.is_remark(row, filled, after) is told


ONE_NOTE: Columns = {"Cliente": ("Ana", "Rui"), "Valor": (1.5, 2.5)}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("(-) Avarias", 50.5), "(-) Avarias: 50,50"),
        (("Total", 4.0), ""),
        (("Valor total", 4.0), ""),
        (("(=) Total", 4.0), "(=) Total: 4,00"),
        (("Valor da NF", 4.0, 3.25), "Valor da NF: 3,25"),
        (("Avarias",), ""),
        ((50.5, 4.0), ""),
        (("Avarias", "a ver"), ""),
        (("Avarias", "a ver", 4.0), ""),
    ],
)
def test_an_account_under_the_notes_is_asked_about(row: tuple[RawValue, ...], told: str) -> None:
    asked = list(outside_questions.accounts(notes(ONE_NOTE, {VALOR: "Valor"}, row)))
    assert [(one.rows, one.details["contas"]) for one in asked] == (
        [((2, 3), f"“{told}”")] if told else []
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Não emitir notas de Ana", True),
        ("Permuta", False),
        ("Permuta com Ana", True),
        ("verde = nota já emitida, não enviar", False),
        ("A = não enviar; C = permuta", False),
        ("Bom dia a todos", False),
    ],
)
def test_a_warning_under_the_notes_is_asked_about(text: str, *, told: bool) -> None:
    one = notes(ONE_NOTE, {VALOR: "Valor"}, (text,))
    assert [asked.rows for asked in outside_questions.noticed(one)] == ([(2, 3)] if told else [])


def test_the_rows_outside_are_neither_header_nor_notes() -> None:
    one = notes(ONE_NOTE, {VALOR: "Valor"}, ("fim",))
    assert list(one.rows_outside()) == [(4, ("fim",))]
