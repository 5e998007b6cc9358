"""A customer and a document in one cell are two fields; a document the row has is not replaced."""

from collections.abc import Sequence

import pytest

from converter.brazil.documents_in_text import name_and_document
from converter.mapping.names import named
from converter.model.cells import RawValue
from converter.stages.map import MappedBook
from tests.mapping.test_readings import AMOUNTS, DATES, DOCS, read, said, table

NAME, DOCUMENT = "tomador.razao_social", "tomador.cpf_cnpj"
WRITTEN = (
    "Ana Prado - CPF 529.982.247-25",
    "Padaria Sol Ltda (52.601.815/0001-20)",
    "90.830.166/0001-28 – Mercearia São José",
)
PLAIN: dict[str, Sequence[RawValue]] = {
    "Data": DATES, "Descrição": ("Aula", "Curso", "Aula"), "Valor": AMOUNTS,
}  # fmt: skip


def told(mapped: MappedBook) -> list[str]:
    return [one.code for one in mapped.problems if one.code == "nome-com-documento"]


@pytest.mark.parametrize("header", ["Cliente", "Cliente / CPF", "CNPJ - Razão Social", "Tomador"])
def test_a_name_with_its_document_is_parted_and_told(header: str) -> None:
    mapped = read(table({header: WRITTEN, **PLAIN}))
    assert said(mapped)[header] == ("usada", NAME)
    (one,) = mapped.sheets
    assert [*one.fields[NAME].values][:3] == ["Ana Prado", "Padaria Sol Ltda", "Mercearia São José"]
    assert one.fields[DOCUMENT].values[0] == "529.982.247-25"
    assert len(told(mapped)) == 3


def test_a_document_in_its_own_cell_stays() -> None:
    mapped = read(table({"Cliente": WRITTEN, "CPF/CNPJ": DOCS, **PLAIN}))
    (one,) = mapped.sheets
    assert [*one.fields[NAME].values] == [*WRITTEN]
    assert not told(mapped)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ana Prado CPF nº 529.982.247-25", ("Ana Prado", "529.982.247-25")),
        ("CPF: 52998224725 / Ana Prado", ("Ana Prado", "52998224725")),
        ("Ana Prado - 529.982.247-26", ("Ana Prado", "529.982.247-26")),
        ("ANA PRADO 52998224725", None),
        ("529.982.247-25", None),
        ("CPF 529.982.247-25", None),
        ("Ana (529.982.247-25), filha de Rui", None),
        ("Bia - CPF da mãe 529.982.247-25", None),
        ("Ana 529.982.247-25 e Rui 111.444.777-35", None),
        ("Ana Prado", None),
    ],
)
def test_only_a_plain_name_is_parted(text: str, parts: tuple[str, str] | None) -> None:
    assert name_and_document(text) == parts


def test_names_are_parted_where_no_column_has_the_document_and_told_once_each() -> None:
    ana = WRITTEN[0]
    found = named({NAME: [ana, "Rui Lima", ana]}, 3)
    assert found.values[NAME] == ["Ana Prado", "Rui Lima", "Ana Prado"]
    assert found.values[DOCUMENT] == ["529.982.247-25", None, "529.982.247-25"]
    assert [*found.told] == [0]
    # A column of CPF says whose: what stands in the name is left to be told as it is.
    assert not named({NAME: [ana], "tomador.cpf": [None]}, 1).values


@pytest.mark.parametrize(
    "header", ["Posto / tomador", "Contrato / cliente", "Evento / contratante"]
)
def test_a_company_under_what_the_service_is_of_is_the_customer(header: str) -> None:
    names = ("Condomínio Monte Belo", "Ritter Tecidos Ltda", "Metalúrgica Sol Ltda")
    kinds: dict[str, Sequence[RawValue]] = {
        **PLAIN,
        "Descrição": ("Limpeza", "Zeladoria", "Jardim"),
    }
    assert said(read(table({header: names, **kinds})))[header][1] == NAME


def test_an_email_among_other_things_is_asked_about() -> None:
    told_ = (
        "(62) 3255-1908 - a@sol.example",
        "62 99811-4402 / b@lua.example",
        "c@mar.example, Av. 5",
    )
    use, _ = said(read(table({"Contato": told_, **PLAIN})))["Contato"]
    assert use == "pergunta"
