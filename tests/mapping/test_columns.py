"""Joins, splits, value tables, formats, letters and overrides of a user's mapping."""

import pytest

from converter.model.cells import Fault, FaultKind, MappedSheet
from converter.stages.map import map_book
from tests.mapping.books import ONE, book, mappings, sheet


def converted(tmp_path, text: str, *sheets) -> MappedSheet:
    result = map_book(book(*sheets), mappings(tmp_path, meu=text), choice="meu", defaults=ONE)
    return result.sheets[0]


def test_columns_are_joined_by_the_separator_and_blanks_leave_none(tmp_path):
    one = converted(
        tmp_path,
        '[colunas]\nservico.valor_servicos = "Valor"\n'
        'servico.discriminacao = { juntar = ["Serviço", "Mês", "Qtd"], separador = " - " }',
        sheet(
            ("Valor", "Serviço", "Mês", "Qtd"),
            (1.0, "Suporte", "março", 2.0),
            (1.0, "Suporte", None, None),
        ),
    )
    field = one.fields["servico.discriminacao"]
    assert list(field.values) == ["Suporte - março - 2", "Suporte"]
    assert field.column is not None
    assert (field.column.letter, field.column.header) == ("B", "Serviço + Mês + Qtd")


def test_a_fault_in_a_joined_column_is_not_hidden(tmp_path):
    fault = Fault(FaultKind.ERROR_VALUE, "#REF!")
    one = converted(
        tmp_path,
        '[colunas]\nservico.valor_servicos = "Valor"\n'
        'servico.discriminacao = { juntar = ["A", "B"] }',
        sheet(("Valor", "A", "B"), (1.0, "x", fault)),
    )
    assert list(one.fields["servico.discriminacao"].values) == [fault]


def test_one_column_is_split_into_two_fields(tmp_path):
    one = converted(
        tmp_path,
        '[colunas]\nservico.valor_servicos = "Valor"\n'
        'tomador.endereco.nome_municipio = { dividir = "Cidade/UF", parte = 1 }\n'
        'tomador.endereco.uf = { dividir = "Cidade/UF", separador = "/", parte = -1 }',
        sheet(("Valor", "Cidade/UF"), (1.0, "Embu-Guaçu / SP"), (1.0, None)),
    )
    assert list(one.fields["tomador.endereco.nome_municipio"].values) == ["Embu-Guaçu", None]
    assert list(one.fields["tomador.endereco.uf"].values) == ["SP", None]


def test_a_value_table_translates_by_spelling_and_leaves_the_rest(tmp_path):
    one = converted(
        tmp_path,
        '[colunas]\nservico.valor_servicos = "Valor"\n[colunas.natureza_operacao]\n'
        'coluna = "Situação"\n[colunas.natureza_operacao.valores]\n"isento" = 3\n1 = 1\n"1,5" = 6',
        sheet(("Valor", "Situação"), *((1.0, v) for v in ("ISENTO ", "Imune", 1.0, "1,5", "15"))),
    )
    assert list(one.fields["natureza_operacao"].values) == [3, "Imune", 1, 6, "15"]


def test_a_format_travels_with_the_column(tmp_path):
    one = converted(
        tmp_path,
        '[colunas]\nservico.valor_servicos = "Valor"\n'
        'data_emissao = { coluna = "Dia", formato = "mm/dd/aaaa" }',
        sheet(("Valor", "Dia"), (1.0, "03/19/2026")),
    )
    assert one.fields["data_emissao"].format == "mm/dd/aaaa"


def test_a_letter_picks_between_columns_of_one_name(tmp_path):
    one = converted(
        tmp_path,
        'base = "padrao"\n[colunas]\nservico.valor_servicos = { letra = "b" }',
        sheet(("Valor", "Valor", "Data"), (1.0, 2.0, "19/03/2026")),
    )
    assert list(one.fields["servico.valor_servicos"].values) == [2.0]


def test_sheet_and_header_row_may_be_told(tmp_path):
    text = (
        '[planilha]\nabas = "faturamento"\nlinha_cabecalho = 3\n[colunas]\n'
        'servico.valor_servicos = "Valor"\ndata_emissao = "Data"'
    )
    one = converted(
        tmp_path,
        text,
        sheet(("Data", "Valor"), ("x", 9.0), name="Rascunho"),
        sheet(("Data", "Valor"), (), ("Valor", "Data"), (1.0, "19/03/2026"), name="Faturamento"),
    )
    assert (one.planilha, one.header_row, list(one.rows)) == ("Faturamento", 3, [4])


def test_an_ignored_column_is_as_if_it_were_not_there(tmp_path):
    one = converted(
        tmp_path,
        'base = "padrao"\n[planilha]\nignorar_colunas = ["Valor bruto"]',
        sheet(("Data", "Valor", "Valor bruto"), ("19/03/2026", 1.0, 2.0)),
    )
    assert list(one.fields["servico.valor_servicos"].values) == [1.0]


def test_a_constant_stands_in_for_a_column_and_for_its_blanks(tmp_path):
    text = (
        'base = "padrao"\n[constantes]\nservico.iss_retido = false\n'
        'servico.item_lista_servico = "01.07"'
    )
    day = "19/03/2026"
    one = converted(
        tmp_path, text, sheet(("Data", "Valor", "ISS retido"), (day, 1.0, "Sim"), (day, 1.0, " "))
    )
    assert list(one.fields["servico.iss_retido"].values) == ["Sim", False]
    item = one.fields["servico.item_lista_servico"]
    assert (list(item.values), item.column) == (["01.07", "01.07"], None)


@pytest.mark.parametrize("blank", [None, "", "  ", "\u00a0"])
def test_every_kind_of_blank_takes_the_default(tmp_path, blank):
    one = converted(
        tmp_path,
        'base = "padrao"\n[colunas]\ndata_emissao = { coluna = "Data", padrao = "19/03/2026" }',
        sheet(("Data", "Valor"), (blank, 1.0)),
    )
    assert list(one.fields["data_emissao"].values) == ["19/03/2026"]


def test_a_mapping_made_for_a_sheet_comes_before_its_base_without_being_named(tmp_path):
    table = sheet(("Data", "Valor"), (), ("Valor", "Data"), (1.0, "19/03/2026"), name="Filial")
    text = 'base = "padrao"\n[planilha]\nabas = "Filial"\nlinha_cabecalho = 3'
    result = map_book(book(table), mappings(tmp_path, meu=text), choice=None, defaults=ONE)
    assert [(one.mapeamento, one.header_row) for one in result.sheets] == [("meu", 3)]


def test_a_mapping_that_only_adds_constants_is_not_chosen_over_its_base(tmp_path):
    text = 'base = "padrao"\n[constantes]\nservico.iss_retido = false'
    table = sheet(("Data", "Valor"), ("19/03/2026", 1.0))
    result = map_book(book(table), mappings(tmp_path, meu=text), choice=None, defaults=ONE)
    assert "mapeamento-ambiguo" in [problem.code for problem in result.problems]
