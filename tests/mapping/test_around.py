"""What is around a table: its customer above it, a list with codes, forms, words and accounts."""

from collections.abc import Sequence

import pytest

from converter.mapping import around
from converter.model.cells import RawSheet, RawValue
from converter.stages.map import MappedBook, map_book
from tests.mapping import pieces
from tests.mapping.books import ONE, PRESTADOR, book, mappings, sheet

NAME, CNPJ = "Hospital Santa Inês", "93.478.651/0001-72"
HEAD = ("Data", "Descrição", "Kg", "Valor")
FIRST = ("17/03/2026", "Lavagem de toalhas", 40, 248.25)
SECOND = ("19/03/2026", "Lavagem de lençóis", 41, 254.2)
FULL = ("Data", "Cliente", "CPF/CNPJ", "Descrição", "Valor")
ANA = ("31/03/2026", "Ana Lobo", "529.982.247-25", "Aula de canto", 100.5)
SOL = ("31/03/2026", "Padaria Sol Ltda", "52.601.815/0001-20", "Aula de piano", 200.75)


def read(*sheets: RawSheet) -> MappedBook:
    return map_book(book(*sheets), mappings(), choice=None, defaults=ONE)


def rows(*lines: Sequence[RawValue]) -> MappedBook:
    return read(sheet(*lines))


def asked(mapped: MappedBook) -> dict[str, tuple[int, ...]]:
    return {each.codigo: each.linhas for each in mapped.questions}


def codes(mapped: MappedBook) -> set[str]:
    return {each.code for each in mapped.problems}


def names(mapped: MappedBook) -> list[RawValue]:
    field = mapped.sheets[0].fields.get("tomador.razao_social")
    return list(field.values) if field else []


@pytest.mark.parametrize("label", ["CLIENTE:", "Tomador", "Contratante:", "Sacado", "Pagador:"])
def test_the_customer_above_a_table_is_that_of_its_notes(label: str) -> None:
    mapped = rows((label, NAME), ("CNPJ:", CNPJ), HEAD, FIRST, SECOND)
    assert names(mapped) == [NAME, NAME]
    assert mapped.sheets[0].fields["tomador.cpf_cnpj"].values == [CNPJ, CNPJ]
    assert asked(mapped) == {"cliente-acima-da-tabela": (4, 5)}


def test_label_and_value_in_one_cell_and_a_single_row_are_not_asked_about() -> None:
    mapped = rows((f"Cliente: {NAME}",), (f"CNPJ: {CNPJ}",), HEAD, FIRST)
    assert (names(mapped), asked(mapped)) == ([NAME], {})


@pytest.mark.parametrize(
    "above",
    [
        [("Cliente: Ana Lobo",), ("Cliente: Rui Paz",)],
        [("Condomínio Edifício Sol",)],
        [("Cliente:", NAME), ("CNPJ:", CNPJ), ("CNPJ:", "52.601.815/0001-20")],
    ],
)
def test_a_customer_above_who_is_not_sure_is_asked_about(above: list[Sequence[RawValue]]) -> None:
    mapped = rows(*above, HEAD, FIRST)
    assert names(mapped) == []
    assert "cliente-acima-da-tabela" in asked(mapped)


def test_an_issuer_called_customer_and_a_customer_in_a_column_are_not_asked_about() -> None:
    assert asked(rows(("Cliente:", "Nós"), ("CNPJ:", PRESTADOR), HEAD, FIRST, SECOND)) == {}
    assert asked(rows(("Cliente:", NAME), FULL, ANA, SOL)) == {}


def test_accounts_below_the_total_are_no_notes_and_are_asked_about() -> None:
    total = ("Total a faturar", None, None, 502.45)
    less, note = ("(-) Avarias", None, None, -50), ("Valor da NF", None, None, 452.45)
    mapped = rows(HEAD, FIRST, SECOND, total, less, note)
    assert list(mapped.sheets[0].rows) == [2, 3]
    assert asked(mapped) == {"contas-abaixo-da-tabela": (2, 3)}


@pytest.mark.parametrize(
    "text", ["Fechamento 25/03. Não faturar permutas!", "Emitir só depois do dia 10"]
)
def test_what_is_written_above_of_whether_notes_go_is_asked_about(text: str) -> None:
    assert asked(rows((text,), FULL, ANA, SOL)) == {"aviso-fora-das-notas": (3, 4)}


def test_a_legend_is_no_note_and_tells_what_its_codes_are() -> None:
    head, ends = (*FULL, "Sit."), ("Sit.: A = a faturar; C = cancelada; E = NF já emitida",)
    mapped = rows(head, (*ANA, "A"), (*SOL, "C"), (), ends)
    texts = [each.texto for each in mapped.questions]
    assert list(mapped.sheets[0].rows) == [2, 3]
    assert len(texts) == 2
    assert "cancelada" in texts[1]


def test_a_sum_carried_from_page_to_page_is_no_note() -> None:
    over, onto = (
        ("A transportar", None, None, None, 301.25),
        ("Transporte:", None, None, None, 301.25),
    )
    mapped = rows(FULL, ANA, SOL, over, FULL, onto, ANA)
    assert list(mapped.sheets[0].rows) == [2, 3, 7]


FORM = (("Cliente:", "Rui Paz"), ("CPF/CNPJ:", "529.982.247-25"), ("Situação:", "CANCELADA"))


def test_a_form_above_its_items_stops_at_its_customer() -> None:
    mapped = rows(("ORDEM DE SERVIÇO",), *FORM, ("Data:", "14/03/2026"), (), HEAD, FIRST)
    found = next(each for each in mapped.problems if each.code == "aba-de-fichas")
    assert (found.row, found.column, mapped.held) == (2, "A", {"Notas"})


@pytest.mark.parametrize("forms", [1, 3])
@pytest.mark.parametrize("colon", [":", ""])
def test_forms_of_pairs_alone_stop_beside_notes_too(forms: int, colon: str) -> None:
    one = [
        ("Cliente" + colon, "Rui Paz"),
        ("CPF" + colon, "529.982.247-25"),
        ("Serviço" + colon, "Aula de canto"),
        ("Valor" + colon, 100.5),
        (),
    ]
    form = sheet(*(one * forms), name="Ficha")
    assert codes(read(form)) == {"aba-de-fichas"}
    assert "aba-de-fichas" in codes(read(sheet(FULL, ANA, SOL), form))


LIST = sheet(
    ("Cód", "Razão", "CNPJ", "E-mail NF"),
    ("ALF", "Alfaia Seguros S/A", "05.748.781/0001-10", "nf@alfaia.example"),
    ("BRU", "Bruma Cosméticos Ltda", "46.819.702/0001-00", "nf@bruma.example"),
    name="Cadastro",
)
LOG = sheet(
    ("Data", "Cliente", "Consultor", "Horas", "Atividade"),
    ("02/03/2026", "ALF", "Davi", 6, "Suporte"),
    ("03/03/2026", "BRU", "Nina", 8, "Migração"),
    name="Apontamentos",
)
BY_CODE = ("Descrição", "Valor", "Data NF")


@pytest.mark.parametrize("header", ["Cód", "Código do cliente", "Cliente"])
def test_a_code_names_the_customer_that_a_list_in_the_book_has(header: str) -> None:
    one, other = ("Suporte", 314.5, "31/03/2026"), ("Migração", 345.1, "31/03/2026")
    notes = sheet((header, *BY_CODE), ("ALF", *one), ("BRU", *other), name="Faturar")
    mapped = read(LIST, LOG, notes)
    assert [each.planilha for each in mapped.sheets] == ["Faturar"]
    assert names(mapped) == ["Alfaia Seguros S/A", "Bruma Cosméticos Ltda"]
    assert mapped.sheets[0].fields["tomador.cpf_cnpj"].values[1] == "46.819.702/0001-00"


def test_a_number_of_the_customer_is_a_code_too() -> None:
    listed = sheet(("ID", "Nome", "CPF"), (101, "Ana Lobo", "529.982.247-25"), name="Clientes")
    notes = sheet(("ID cliente", *BY_CODE), (101, "Aula", 500.5, "31/03/2026"))
    assert names(read(listed, notes)) == ["Ana Lobo"]


def test_a_code_that_no_list_has_and_what_the_list_says_of_taxes_are_asked_about() -> None:
    head, *lines = LIST.rows
    listed = sheet((*head, "Retém ISS"), *((*line, "Sim") for line in lines), name="Cadastro")
    one, other = ("Suporte", 314.5, "31/03/2026"), ("Migração", 345.1, "31/03/2026")
    notes = sheet(("Cód", *BY_CODE), ("ALF", *one), ("DEV", *other), name="Faturar")
    assert asked(read(listed, notes)) == {"codigo-fora-da-lista": (3,), "dados-na-lista": (2, 3)}


SERVICE = ("Aula", 500.5, "31/03/2026")
LISTED = (("001", "Ana Lobo"), ("002", "Sol Ltda"), ("003", "Lua S.A."))


@pytest.mark.parametrize(
    ("listed", "told", "held"),
    [
        (LISTED, ["Ana Lobo", "Sol Ltda", "Lua S.A."], ()),
        ((*LISTED, ("002", "Mar ME")), ["Ana Lobo", None, "Lua S.A."], (3,)),
        ((*LISTED, ("01", "Mar ME")), [None, "Sol Ltda", "Lua S.A."], (2,)),
        ((*LISTED, ("002", "Sol Ltda")), ["Ana Lobo", "Sol Ltda", "Lua S.A."], ()),
        ((("X", "Ana Lobo"), ("Y", "Sol Ltda")), [None, None, None], (2, 3, 4)),
    ],
)
def test_a_code_kept_as_a_number_or_a_text_is_one_and_one_of_several_holds_its_rows(
    listed: Sequence[Sequence[str]], told: Sequence[str | None], held: Sequence[int]
) -> None:
    known = sheet(("Código", "Nome"), *listed, name="Clientes")
    lines = [(code, *SERVICE) for code in (1, 2, 3)]
    mapped = read(known, sheet(("Cód. cliente", *BY_CODE), *lines))
    assert names(mapped) == told
    assert asked(mapped) == ({"codigo-fora-da-lista": tuple(held)} if held else {})


@pytest.mark.parametrize(
    "numbers", [(1, 2, 3, 4, 5), ("(1)", "(2)", "(3)", "(4)", "(5)"), tuple("ABCDE")]
)
def test_a_row_that_numbers_the_columns_is_no_note(numbers: Sequence[RawValue]) -> None:
    assert list(rows(FULL, numbers, ANA, SOL).sheets[0].rows) == [3, 4]


def test_headers_written_over_two_rows_and_groups_said_again_are_no_notes() -> None:
    upper = ("Data de", "Nome do", "CPF ou", "Descrição do", "Valor")
    lower = ("emissão", "cliente", "CNPJ", "serviço", "(R$)")
    assert list(rows(upper, lower, ANA, SOL).sheets[0].rows) == [3, 4]
    groups = ("NOTA", "CLIENTE", None, "SERVIÇO", None)
    again = rows(groups, FULL, ANA, (), groups, FULL, SOL)
    assert list(again.sheets[0].rows) == [3, 7]


def test_a_customer_said_in_few_rows_does_not_stand_before_one_said_in_all() -> None:
    head = ("Nome", "CPF", "Titular", "Descrição", "Valor", "Data")
    people = ["Ana Lobo", "Rui Paz", "Célia Reis", "Davi Luz", "Eva Rios"]
    lines = [
        (
            each,
            "529.982.247-25",
            "Ana Lobo" if each == "Rui Paz" else None,
            "Natação",
            90.5 + at,
            "10/03/2026",
        )
        for at, each in enumerate(people)
    ]
    mapped = rows(head, *lines)
    assert names(mapped) == people
    assert asked(mapped) == {"coluna-duvidosa": (3,)}


@pytest.mark.parametrize(
    ("header", "values", "waiting"),
    [
        ("Emitir NF?", ["Sim", "Só depois que pagar", "ok"], (3,)),
        ("Emitir NF?", ["Sim", "Sim, mas em abril", "sim"], (3,)),
        ("Convênio PAX", ["Não", "Sim - coberto pelo plano", "Não"], (3,)),
        ("Emitir NF?", ["Sim", "S", "ok"], ()),
    ],
)
def test_what_goes_on_after_a_yes_is_asked_about(
    header: str, values: list[str], waiting: tuple[int, ...]
) -> None:
    lines = [(*ANA[:4], 100.5 + at, value) for at, value in enumerate(values)]
    assert tuple(asked(rows((*FULL, header), *lines)).values()) == ((waiting,) if waiting else ())


@pytest.mark.parametrize(
    ("used", "above"),
    [({}, True), ({"tomador.cpf": "Data"}, False), ({around.WHO[0]: "Data"}, False)],
)
def test_what_is_above_is_looked_at_where_no_column_says_who(
    used: dict[str, str], *, above: bool
) -> None:
    one = sheet(("Cliente:", NAME), HEAD, FIRST)
    there = around.around(one, pieces.fit_of(one, used, 2), [], [[value] for value in FIRST], set())
    assert (there.above is not None) is above
    assert (there.by_code, there.more, there.told("Notas")) == (None, None, ())


def test_a_list_names_who_a_code_is_and_says_more_of_his_notes() -> None:
    codes: pieces.Columns = {"Código": ("ALF", "BRU"), "Valor": (1.5, 2.5)}
    one = pieces.table(codes)
    known = pieces.table({"Código": ("ALF", "BRU"), "Nome": ("Alfa", "Bruma"), "ISS": ("S", "N")})
    laid = pieces.fit_of(known, {around.WHO[0]: "Nome", "servico.iss_retido": "ISS"})
    columns = [list(column) for column in codes.values()]
    there = around.around(one, pieces.fit_of(one, {}), [(known, laid)], columns, set())
    assert there.by_code is not None
    assert there.more == ("Notas", ("ISS",))
    (told,) = there.told("Março")
    assert told.details == {
        "planilha": "Março", "coluna": "A", "cabecalho": "Código", "lista": "Notas",
    }  # fmt: skip
    named = around.around(one, pieces.fit_of(one, {around.WHO[0]: "Código"}), [(known, laid)],
                          [["Alfa"], [1.5]], set())  # fmt: skip
    assert named.more == ("Notas", ("ISS",))
