"""A header word by word, what is written above a table, and where a TOML key stands."""

import tomllib

import pytest

from converter.mapping.above import above
from converter.mapping.header_words import words_of
from converter.mapping.notes import unmerge
from converter.mapping.parse import formats_of
from converter.mapping.toml_reader import complaint, leaves, line_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawSheet


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("CPF/CNPJ (somente números)", "CPF/CNPJ"),
        ("3 - Data de emissão (DD/MM/AAAA)", "Data de emissão"),
        ("Valor (R$) *", "Valor"),
        ("E-mail (ex.: nome@exemplo.com.br)", "E-mail"),
        ("C.N.P.J./C.P.F.", "CNPJ/CPF"),
        ("I.S.S. Ret.", "ISS ret"),
    ],
)
def test_hints_marks_and_numbering_say_nothing_of_what_a_column_is(header: str, plain: str) -> None:
    assert words_of(header).ideas == words_of(plain).ideas
    assert words_of(header).known


@pytest.mark.parametrize(
    ("header", "hint"),
    [("Valor (R$)", "money"), ("Alíquota (%)", "percent"), ("ISS retido (S/N)", "yes_no"),
     ("Emissão dd/mm/aaaa", "day")],
)  # fmt: skip
def test_hints_say_what_the_values_are(header: str, hint: str) -> None:
    assert getattr(words_of(header), hint)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("DTEMISSA", "Data emissão"),
        ("DSSERVIC", "Serviço"),
        ("NMMUNICI", "Município"),
        ("DTCOMPET", "Data competência"),
    ],
)
def test_a_name_of_eight_capitals_is_its_prefix_and_a_word_cut_short(name: str, whole: str) -> None:
    assert words_of(name).ideas == words_of(whole).ideas


def test_words_written_as_one_are_taken_apart() -> None:
    assert words_of("nometomador").ideas == words_of("nome tomador").ideas
    assert words_of("nometomador").parties == words_of("nome tomador").parties


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("Nascto", "Nascimento"),
        ("DTNEG", "Data da negociação"),
        ("CDMUN", "Código do município"),
        ("CNPJ nº", "Nº do CNPJ"),
        ("O que foi", "O que foi feito"),
        ("A/C", "Aos cuidados"),
        ("Vl/h", "Valor hora"),
        ("Recebida em", "Recebido em"),
        ("Address Line 2", "Complemento"),
    ],
)
def test_short_forms_say_what_they_stand_for(short: str, whole: str) -> None:
    known = vocabulary()
    assert words_of(short).known
    for said in (known.ends, known.paths):
        assert said(words_of(short).ideas) == said(words_of(whole).ideas)


def test_parents_are_no_country() -> None:
    assert words_of("Mãe/pai").parties == ("familia", "familia")
    assert not words_of("Mãe/pai").ideas


def test_a_second_one_of_its_kind_is_told_from_the_first() -> None:
    assert not words_of("Telefone 1").second
    assert words_of("Telefone 2").second


def test_a_mistyped_word_is_only_near() -> None:
    words = words_of("Vencimeto")
    assert words.unknown
    assert words.near == words_of("Vencimento").ideas


def test_of_words_a_mistyped_one_is_as_like_the_first_of_the_file_is_meant() -> None:
    # As like `arte` as `part`.
    assert words_of("Parte").near == words_of("Arte").ideas


def _sheet(*rows: tuple[object, ...], **more: object) -> RawSheet:
    return RawSheet("Março", [*rows], **more)  # type: ignore[arg-type]  # rows of cells


def test_a_label_above_the_table_gives_its_value() -> None:
    sheet = _sheet(
        ("Clínica Boa Vista",), ("CNPJ: 11.222.333/0001-81",), ("Competência:", "10/2026"), ("a",)
    )
    assert [(one.path, one.row) for one in above(sheet, 4)] == [
        ("prestador.cnpj", 2),
        ("data_competencia", 3),
    ]


@pytest.mark.parametrize("between", [" a ", " - ", "  a ", " até ", " – ", "  -  ", " à "])
def test_a_range_of_days_above_the_table_is_no_competencia(between: str) -> None:
    sheet = _sheet((f"Período: 01/03/2026{between}30/04/2026  CNPJ 11.222.333/0001-81",), ("a",))
    assert [one.path for one in above(sheet, 2)] == ["prestador.cnpj"]


def test_the_document_of_a_customer_is_not_the_prestadors() -> None:
    assert above(_sheet(("CNPJ do tomador: 11.222.333/0001-81",), ("a",)), 2) == ()


def test_a_cell_merged_downwards_is_the_value_of_all_its_rows() -> None:
    columns = [["Ana", None, "Rui"], [1.0, 2.0, 3.0]]
    assert unmerge(columns, [(2, 1, 3, 1)], 2) == ("A2:A3",)  # type: ignore[arg-type]
    assert columns == [["Ana", "Ana", "Rui"], [1.0, 2.0, 3.0]]


def test_a_cell_merged_across_or_above_the_table_fills_nothing() -> None:
    columns = [["Ana", None]]
    assert unmerge(columns, [(1, 1, 2, 1), (2, 1, 2, 2)], 2) == ()  # type: ignore[arg-type]
    assert columns == [["Ana", None]]


def test_a_path_a_letter_away_from_one_there_is_is_asked_about() -> None:
    assert complaint("servico.aliquota") is None
    assert "servico.aliquota" in (complaint("servico.aliquotas") or "")
    assert complaint("servico.campo_da_minha_prefeitura") is None
    assert complaint("Serviço") is not None
    assert "percentual" in formats_of("servico.aliquota")


TOML = """\
# servico.aliquota = 1
[colunas]
"servico.aliquota" = "Alíquota # do ISS"
"tomador.cpf" = { coluna = "CPF" }
"""


def test_dotted_paths_are_put_together_again_and_found_at_their_line() -> None:
    assert dict(leaves(tomllib.loads("a.b = 1\n[c]\nd = 2"))) == {"a.b": 1, "c.d": 2}
    assert line_of(TOML, ["colunas", "servico.aliquota"]) == 3
    assert line_of(TOML, ["colunas", "tomador.cpf"]) == 4
    assert line_of("", ["colunas"]) is None
