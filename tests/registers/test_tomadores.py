"""What a row takes from a register of customers, and what makes it wait."""

import pytest

from converter.model.cells import (
    MappedField,
    MappedSheet,
    RawBook,
    RawSheet,
    RawValue,
    SourceColumn,
)
from converter.model.problems import Severity
from converter.registers import tomadores
from converter.registers.complete import complete

HEADER = ("CPF/CNPJ do tomador", "Nome ou razão social do tomador", "CEP", "E-mail do tomador")
PADARIA = ("12.345.678/0001-95", "Padaria Trigo Dourado", "80045-165", None)
ANA = ("529.982.247-25", "Ana Prado", "30130-010", "ana@exemplo.com.br")
OUTRA_ANA = ("519.668.180-92", "Ana Prado", "01310-100", None)


def register(*rows: tuple[RawValue, ...]) -> tomadores.Tomadores:
    sheet = RawSheet("Tomadores", (HEADER, *rows))
    return tomadores.of_book(RawBook("tomadores.xlsx", "", 0, "xlsx", (sheet,)))


def notas(**columns: list[RawValue]) -> MappedSheet:
    paths = {
        "nome": "tomador.razao_social",
        "documento": "tomador.cpf_cnpj",
        "cep": "tomador.endereco.cep",
    }
    fields = {
        paths[name]: MappedField(paths[name], values, SourceColumn(letter, name))
        for (name, values), letter in zip(columns.items(), "ABC", strict=False)
    }
    size = len(next(iter(columns.values())))
    return MappedSheet("notas.xlsx", "Notas", "padrao", 1, range(2, 2 + size), fields)


def filled(sheet: MappedSheet, path: str) -> list[RawValue]:
    return list(sheet.fields[path].values)


def run(sheet: MappedSheet, *rows: tuple[RawValue, ...]) -> tuple[MappedSheet, dict[int, str]]:
    done, told = complete(sheet, [("tomadores.xlsx", register(*rows))])
    return done, {p.row or 0: p.code for p in told if p.severity is not Severity.INFO}


@pytest.mark.parametrize(
    "nome", ["Padaria Trigo Dourado", " PADARIA  trigo dourado", "padária trigo dourado"]
)
def test_a_customer_is_found_by_exactly_the_same_name(nome: str) -> None:
    done, doubts = run(notas(nome=[nome]), PADARIA, ANA)
    assert filled(done, "tomador.cpf_cnpj") == ["12.345.678/0001-95"]
    assert filled(done, "tomador.endereco.cep") == ["80045-165"]
    assert doubts == {}


@pytest.mark.parametrize("nome", ["Padaria Trigo", "Padaria Trigo Dourado Ltda", None, ""])
def test_a_name_that_is_only_alike_finds_nobody(nome: RawValue) -> None:
    sheet = notas(nome=[nome])
    assert run(sheet, PADARIA) == (sheet, {})


def test_a_cell_is_never_replaced() -> None:
    done, _ = run(notas(nome=["Ana Prado", "Ana Prado"], cep=["99999-999", None]), ANA)
    assert filled(done, "tomador.endereco.cep") == ["99999-999", "30130-010"]


def test_a_customer_is_found_by_document_however_it_is_typed() -> None:
    done, doubts = run(notas(documento=["52998224725", 52998224725, "529.982.247-24"]), ANA)
    assert filled(done, "tomador.razao_social") == ["Ana Prado", "Ana Prado", None]
    assert doubts == {}


def test_two_customers_of_one_name_are_asked_about_and_fill_nothing() -> None:
    sheet = notas(nome=["Ana Prado"])
    done, doubts = run(sheet, ANA, OUTRA_ANA)
    assert doubts == {2: "cadastro-nome-repetido"}
    assert "tomador.cpf_cnpj" not in done.fields


def test_a_document_tells_two_customers_of_one_name_apart() -> None:
    done, doubts = run(notas(nome=["Ana Prado"], documento=["519.668.180-92"]), ANA, OUTRA_ANA)
    assert doubts == {}
    assert filled(done, "tomador.endereco.cep") == ["01310-100"]


def test_a_name_of_one_and_the_document_of_another_hold_the_row() -> None:
    done, doubts = run(
        notas(nome=["Padaria Trigo Dourado"], documento=["529.982.247-25"]), PADARIA, ANA
    )
    assert doubts == {2: "cadastro-documento-de-outro"}
    assert "tomador.endereco.cep" not in done.fields


def test_a_name_that_differs_from_the_documents_is_a_warning() -> None:
    done, doubts = run(notas(nome=["Ana P. Prado"], documento=["529.982.247-25"]), ANA)
    assert doubts == {2: "cadastro-nome-difere"}
    assert filled(done, "tomador.razao_social") == ["Ana P. Prado"]


def test_what_came_from_the_register_is_told_at_the_row() -> None:
    _, told = complete(notas(nome=["Ana Prado"]), [("tomadores.xlsx", register(ANA))])
    (said,) = told
    assert (said.code, said.row, said.column) == ("tomador-do-cadastro", 2, "A")
    assert said.details["campos"] == "CPF/CNPJ do tomador, E-mail do tomador, CEP"


def test_the_nearest_register_answers_first() -> None:
    tab = register((None, "Ana Prado", "11111-111", None))
    done, _ = complete(notas(nome=["Ana Prado"]), [("da aba Clientes", tab), ("x", register(ANA))])
    assert filled(done, "tomador.endereco.cep") == ["11111-111"]


def test_a_document_with_two_rows_that_differ_is_named() -> None:
    found = register(ANA, (ANA[0], "Ana Prado", "00000-000", None))
    assert [one.place for one in found.twice[0]] == ["Tomadores, linha 2", "Tomadores, linha 3"]
    assert not found.by_document


def test_the_same_row_twice_is_one_customer() -> None:
    assert register(ANA, ANA) == register(ANA)


def by_tab(
    *rows: tuple[RawValue, ...], names: list[RawValue]
) -> tuple[MappedSheet, dict[int, str]]:
    found = tomadores.of_rows(tomadores.of_sheet(RawSheet("Clientes", rows)))
    done, told = complete(notas(nome=names), [("da aba Clientes", found)])
    return done, {p.row or 0: p.code for p in told if p.severity is not Severity.INFO}


@pytest.mark.parametrize("header", ["Apelido", "Nome Fantasia", "Nome curto", "Código"])
def test_a_customer_is_found_by_what_else_it_is_called_and_that_is_told(header: str) -> None:
    rows = ((header, "Razão Social", "CNPJ"), ("Trigo", PADARIA[1], PADARIA[0]))
    done, told = by_tab(*rows, names=["TRIGO", "Padaria Trigo Dourado", "Sol"])
    assert filled(done, "tomador.cpf_cnpj") == [PADARIA[0], PADARIA[0], None]
    assert filled(done, "tomador.razao_social")[0] == "TRIGO"
    assert told == {2: "cadastro-outro-nome"}


@pytest.mark.parametrize("header", ["Contato", "Indicado por", "Cidade", "Responsável"])
def test_what_else_stands_beside_a_customer_is_no_name_of_it(header: str) -> None:
    rows = ((header, "Razão Social", "CNPJ"), ("Ana Prado", PADARIA[1], PADARIA[0]))
    done, told = by_tab(*rows, names=["Ana Prado"])
    assert "tomador.cpf_cnpj" not in done.fields
    assert told == {}


def test_a_short_name_of_two_customers_is_asked_about() -> None:
    head = ("Apelido", "Razão Social", "CPF/CNPJ")
    rows = (head, ("Ana", PADARIA[1], PADARIA[0]), ("Ana", ANA[1], ANA[0]))
    _, told = by_tab(*rows, names=["Ana"])
    assert told == {2: "cadastro-nome-repetido"}


@pytest.mark.parametrize("form", ["Ltda", "LTDA.", "S.A.", "- EIRELI", "Ltda - ME"])
def test_a_company_is_found_without_the_form_at_the_end_of_its_name(form: str) -> None:
    rows = (("Nome", "CNPJ"), (f"Padaria Trigo Dourado {form}", PADARIA[0]))
    done, told = by_tab(*rows, names=["Padaria Trigo Dourado", "Padaria Trigo"])
    assert filled(done, "tomador.cpf_cnpj") == [PADARIA[0], None]
    assert told == {2: "cadastro-outro-nome"}


def test_a_person_is_not_the_company_of_one_under_the_same_name() -> None:
    rows = (("Nome", "CNPJ"), ("Ana Prado ME", PADARIA[0]))
    done, _ = by_tab(*rows, names=["Ana Prado"])
    assert "tomador.cpf_cnpj" not in done.fields
