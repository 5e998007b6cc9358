"""Columns that say of a row that its note may be another than the sheet makes it."""

import pytest

from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.model.cells import RawValue
from converter.model.columns import ColumnUse
from tests.mapping.books import BARUERI, ONE, OTHER, PRESTADOR
from tests.mapping.test_readings import WHOLE, read, said, table

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
