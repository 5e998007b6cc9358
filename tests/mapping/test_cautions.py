"""Columns that say of a row that its note may be another than the sheet makes it."""

import pytest

from converter.mapping import cautions
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.mapping.sense import Mark
from converter.model.cells import RawValue
from converter.model.columns import ColumnUse
from tests.mapping import pieces
from tests.mapping.books import BARUERI, ONE, OTHER, PRESTADOR
from tests.mapping.test_readings import DATES, DOCS, WHOLE, read, said, table

CITY = {"prestador.codigo_municipio": BARUERI}
NAMED = PrestadorDefaults(PRESTADOR, ("TecnoVale Informática",), CITY)
SECOND = PrestadorDefaults(OTHER, ("VialNet Serviços Ltda",), CITY)


def asked(header: str, *values: RawValue, defaults: Defaults = ONE) -> dict[str, tuple[int, ...]]:
    """The rows asked about for each word of a column."""
    found = read(table({**WHOLE, header: values}), defaults=defaults).questions
    return {one.valor: one.linhas for one in found}


@pytest.mark.parametrize("header", ["Doc.", "Tipo", "Tipo de documento", "Comprovante"])
def test_another_paper_than_the_note_holds_its_row(header: str) -> None:
    assert asked(header, "NF", "Recibo", "NF") == {"recibo": (3,)}
    assert asked(header, "NFS-e", "NF-e", "NFS-e") == {"nf e": (3,)}
    assert asked(header, "NF-e", "NF-e", "NF-e") == {}


def test_a_note_of_goods_holds_its_row_where_the_header_speaks_of_notes() -> None:
    assert asked("Nota", "serviço", "produto", "locação") == {"produto": (3,), "locacao": (4,)}
    assert asked("Categoria", "serviço", "produto", "locação") == {}


def test_an_approval_in_words_holds_the_rows_that_have_none() -> None:
    assert asked("Aprovação", "Aprovado", "Reprovado", "Pendente") == {
        "reprovado": (3,), "pendente": (4,),
    }  # fmt: skip
    assert asked("Liberado", "ok", "aguardar", "") == {"aguardar": (3,), "(em branco)": (4,)}
    assert asked("Aprovação pagamento", "Aprovado", "Pendente", "Aprovado") == {}


@pytest.mark.parametrize("header", ["OK?", "Conferido", "Check"])
def test_what_the_office_looked_at_is_asked_about_once_a_row_says_no(header: str) -> None:
    assert asked(header, "ok", "não", "ok") == {"nao": (3,)}
    assert asked(header, "ok", "", "ok") == {}


def test_ticks_of_what_is_to_be_issued_and_of_what_is_not_hold_the_others() -> None:
    assert asked("Emitir", "x", "", "x") == {"(em branco)": (3,)}
    assert asked("Não emitir", "x", "", "") == {"x": (2,)}
    assert asked("Canc.", "x", "", "") == {"x": (2,)}
    assert asked("Void", "x", "", "") == {"x": (2,)}


def test_words_that_put_a_note_off_hold_its_row() -> None:
    assert asked("Emissão", "imediata", "após pagto", "dia 5") == {
        "apos pagto": (3,), "dia 5": (4,),
    }  # fmt: skip


def test_several_notes_of_one_row_hold_it() -> None:
    assert asked("Qtd. notas", 1, 2, 1) == {"2": (3,)}


def test_a_number_of_rps_that_some_rows_have_is_of_notes_that_are_out() -> None:
    assert asked("RPS nº", "101", "", "") == {"": (2,)}
    assert said(read(table({**WHOLE, "RPS nº": ("1", "2", "3")})))["RPS nº"][0] == "usada"
    assert asked("Protocolo NFS-e", "", "ABC123", "") == {"": (3,)}


@pytest.mark.parametrize("header", ["Emitir para", "Faturar p/", "Convênio", "Seguradora"])
def test_another_than_the_customer_holds_its_row(header: str) -> None:
    assert asked(header, "o próprio", "Lúmen Holding", "") == {"lumen holding": (3,)}


@pytest.mark.parametrize("header", ["Imune", "Exportação", "Isento ISS", "Reter INSS?"])
def test_a_row_of_other_taxes_waits(header: str) -> None:
    assert asked(header, "Não", "Sim", "Não") == {"sim": (3,)}
    assert asked("ISS a recolher", "Não", "Sim", "Sim") == {"nao": (2,)}


@pytest.mark.parametrize("header", ["Empresa", "Empresa emissora", "Prestador", "NF pela"])
def test_an_issuer_who_is_not_registered_holds_his_rows(header: str) -> None:
    one = Defaults(prestadores=(NAMED,))
    values = ("TecnoVale", "VialNet Serviços", "TecnoVale")
    assert asked(header, *values, defaults=one) == {"vialnet servicos": (3,)}
    assert asked(header, *["TecnoVale Informática Ltda"] * 3, defaults=one) == {}


def test_registered_issuers_are_used_by_their_names() -> None:
    both = Defaults(prestadores=(NAMED, SECOND))
    rows = table({**WHOLE, "Empresa": ("TecnoVale Informática", "VialNet Serviços", "TecnoVale")})
    mapped = read(rows, defaults=both)
    column = next(one for one in mapped.columns if one.cabecalho == "Empresa")
    assert (column.situacao, column.campo) == (ColumnUse.USADA, "prestador.cnpj")
    assert list(mapped.sheets[0].fields["prestador.cnpj"].values) == [PRESTADOR, OTHER, PRESTADOR]
    assert "prestador-indefinido" not in {one.code for one in mapped.problems}


def test_the_company_of_a_customer_is_no_issuer() -> None:
    companies = {key: value for key, value in WHOLE.items() if key != "Cliente"}
    mapped = read(table({**companies, "Empresa": WHOLE["Cliente"]}))
    assert said(mapped)["Empresa"] == ("usada", "tomador.razao_social")


@pytest.mark.parametrize(
    ("mark", "held", "free"),
    [
        (Mark.PAPEL, ["Recibo", "produto", "x" * 41], ["NF", "nota fiscal", "NF-e"]),
        (Mark.ADIA, ["após pagto", "dia 5", "só " + "x" * 37, "19/03/2026", "dez/26"],
         ["imediata", 5, "só " + "x" * 38]),
        (Mark.QUANTAS, [2, 0], [1, "a ver", ""]),
        (Mark.QUEM, ["Lúmen S.A."], ["o próprio", "mesmo", ""]),
        (Mark.EMITENTE, ["Sol Ltda"], ["", "-"]),
        (Mark.IMPOSTO, ["sim", "x", "a ver"], ["não", False]),
        (Mark.TRIBUTA, ["não", False, "não incide"], ["sim", True, "x"]),
    ],
)  # fmt: skip
def test_the_values_of_a_marked_column_that_hold_their_rows(
    mark: Mark, held: list[RawValue], free: list[RawValue]
) -> None:
    holds = cautions.careful(mark)
    assert [holds(value, [value]) for value in (*held, *free)] == (
        [True] * len(held) + [False] * len(free)
    )


def test_what_holds_a_row_by_the_values_around_it() -> None:
    paper, together = cautions.careful(Mark.PAPEL), cautions.careful(Mark.AGRUPA)
    assert [paper("NF-e", column) for column in (["NF-e", "NFS-e"], ["NF-e", "NF"])] == [
        True, False,
    ]  # fmt: skip
    assert [together(1, column) for column in ([1, 2], [1, 2, 1])] == [False, True]


@pytest.mark.parametrize(
    ("values", "told"),
    [(["Ana"], False), (["Sol Ltda"], True), (["Ana", "Rui"], True), ([], False)],
)
def test_an_unregistered_name_may_be_an_issuer_among_several_or_as_a_company(
    values: list[RawValue], *, told: bool
) -> None:
    assert cautions.is_house(values) is told


@pytest.mark.parametrize(
    ("columns", "mark"),
    [
        ({"Doc.": ("NF", "Recibo")}, Mark.PAPEL),
        ({"Doc.": ("NF", "NF")}, None),
        ({"Doc.": ("Recibo", "Recibo")}, Mark.PAPEL),
        ({"Xyz": ("Recibo", "Recibo")}, None),
        ({"Emissão": ("imediata", "após pagto")}, Mark.ADIA),
        ({"Emissão": ("imediata", "imediata")}, None),
        ({"Qtd. notas": (1, 2)}, Mark.QUANTAS),
        ({"Qtd. notas": (1, 1)}, None),
        ({"Qtd. horas": (1, 2)}, None),
        ({"Agrupar na nota": (1, 1)}, Mark.AGRUPA),
        ({"Emitir para": ("Sol Ltda", "Lua Ltda")}, None),
        ({"Emitir para": ("Sol Ltda", "Lua Ltda"), "Cliente": ("Ana Luz", "Rui Sá")}, Mark.QUEM),
        ({"Emitir para": DATES, "Cliente": ("Ana Luz", "Rui Sá", "Bia Sol")}, None),
        ({"Convênio": ("Unimed", "Amil"), "Cliente": ("Ana Luz", "Rui Sá")}, Mark.QUEM),
        ({"Convênio": ("Unimed", "Amil"), "Pagador": ("Ana Luz", "Rui Sá")}, None),
        ({"NF pela": ("Sol Ltda", "Lua Ltda")}, Mark.EMITENTE),
        ({"NF pela": ("Sol Ltda", "Lua Ltda"), "CNPJ do prestador": DOCS[:2]}, None),
        ({"Emissor": ("Ana Luz", "Rui Sá")}, None),
        ({"Emissor": ("Sol Ltda", "Lua Ltda")}, Mark.EMITENTE),
        ({"Emissor": ("TecnoVale", "VialNet")}, Mark.EMITENTE),
        ({"Emissor": ("Vial Serviços", "Vial Serviços")}, Mark.EMITENTE),
        ({"Emissor": ("Ana", "Bia", "Ana")}, None),
        ({"Imune": ("sim", "não")}, Mark.IMPOSTO),
        ({"Imune": ("talvez", "depende")}, None),
        ({"Reter INSS?": ("sim", "não")}, Mark.IMPOSTO),
        ({"ISS a recolher": ("sim", "não")}, Mark.TRIBUTA),
        ({"ISS a recolher": (10.5, 20.5)}, None),
    ],
)
def test_a_column_is_marked_whose_words_hold_rows(
    columns: pieces.Columns, mark: Mark | None
) -> None:
    one = pieces.found(columns)
    for each in one:
        each.mark = None
    cautions.mark_cautions(one)
    assert one[0].mark is mark


def test_a_column_without_values_or_marked_already_is_left() -> None:
    blank, marked = pieces.sense("Agrupar na nota", "", ""), pieces.sense("Imune", "sim", "não")
    blank.mark, marked.mark = None, Mark.SITUACAO
    cautions.mark_cautions([blank, marked])
    assert (blank.mark, marked.mark) == (None, Mark.SITUACAO)
