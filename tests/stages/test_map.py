import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.model.cells import SourceColumn
from converter.stages.map import MappedBook, map_book
from converter.texts.catalogue import assumption, hint, message
from tests.mapping.books import (
    BARUERI,
    HEADER,
    NEXT,
    NOTE,
    ONE,
    OTHER,
    PRESTADOR,
    book,
    codes,
    mappings,
    sheet,
)

FOCUS_2015 = (
    *("data_emissao", "nome", "valor", "item_lista_servico", "aliquota_iss", "tax_rate"),
    *("iss_retido", "discriminacao", "email", "cpf_cnpj", "telefone", "logradouro", "numero"),
    *("complemento", "bairro", "cep", "nome_municipio", "codigo_municipio", "uf"),
)


def mapped(*sheets, defaults=ONE, arquivo="notas.xlsx", choice=None, known=None, remembered=None):
    return map_book(
        book(*sheets, arquivo=arquivo),
        known or mappings(),
        choice=choice,
        defaults=defaults,
        remembered=remembered or {},
    )


def values(result: MappedBook, path: str) -> list[object]:
    return list(result.sheets[0].fields[path].values)


def said(result: MappedBook) -> list[str]:
    return [
        one.code for one in (*result.skipped, *(a for s in result.sheets for a in s.assumptions))
    ]


def test_a_plain_table_is_mapped_with_its_addresses():
    result = mapped(sheet(HEADER, NOTE, NEXT))
    (one,) = result.sheets
    assert not result.problems
    assert (one.mapeamento, one.header_row, list(one.rows)) == ("padrao", 1, [2, 3])
    assert one.fields["servico.valor_servicos"].column == SourceColumn("G", "Valor dos serviços")
    assert values(result, "servico.valor_servicos") == [150.0, 90.5]


def test_titles_above_and_blank_columns_left_do_not_move_the_addresses():
    result = mapped(
        sheet(
            ("ESCRITÓRIO CONTÁBIL MODELO",),
            (),
            (None, None, "Relatório de notas", None, "março"),
            (None, None, *HEADER),
            (None, None, *NOTE),
            (None, None, *NEXT),
        )
    )
    (one,) = result.sheets
    assert (one.header_row, list(one.rows)) == (4, [5, 6])
    assert one.fields["data_emissao"].column == SourceColumn("C", "Data de emissão")


def test_blank_rows_are_counted_and_keep_the_numbers_after_them():
    result = mapped(sheet(HEADER, NOTE, (), ("", None, "  ", " "), NEXT, (None,) * 7))
    (one,) = result.sheets
    assert (list(one.rows), one.blank_rows) == ([2, 5], 3)


@pytest.mark.parametrize(
    "word", ["TOTAL", "Total geral", "Soma", "Subtotal:", "Totais", "TOTAL R$"]
)
def test_a_total_row_is_left_out_and_said(word):
    result = mapped(sheet(HEADER, NOTE, NEXT, (None, None, word, None, None, None, 240.5)))
    (one,) = result.sheets
    assert (list(one.rows), one.total_rows) == ([2, 3], (4,))
    assert "linhas-de-total" in said(result)


def test_a_sum_without_a_word_is_a_total():
    result = mapped(sheet(HEADER, NOTE, NEXT, (None,) * 6 + (240.5,)))
    assert result.sheets[0].total_rows == (4,)


def test_an_amount_alone_that_is_no_sum_stays_a_row():
    result = mapped(sheet(HEADER, NOTE, NEXT, (None,) * 6 + (99.0,)))
    assert (list(result.sheets[0].rows), result.sheets[0].total_rows) == ([2, 3, 4], ())


def test_subtotals_in_the_middle_do_not_spoil_the_last_sum():
    sub = (None, None, "Subtotal", None, None, None, 240.5)
    result = mapped(sheet(HEADER, NOTE, NEXT, sub, NOTE, NEXT, sub, (None,) * 6 + (481.0,)))
    assert result.sheets[0].total_rows == (4, 7, 8)


def test_a_client_called_total_is_a_client():
    note = ("19/03/2026", "12.345.678/0001-95", "Total", "Suporte", "01.07", "Não", 150.0)
    assert mapped(sheet(HEADER, note)).sheets[0].total_rows == ()


def test_the_header_printed_again_is_left_out():
    result = mapped(sheet(HEADER, NOTE, HEADER, NEXT))
    assert list(result.sheets[0].rows) == [2, 4]
    assert "linhas-de-cabecalho" in said(result)


def test_a_footer_text_is_left_out():
    result = mapped(sheet(HEADER, NOTE, (), ("Gerado em 21/03/2026 pelo sistema",)))
    assert list(result.sheets[0].rows) == [2]
    assert "linhas-de-rodape" in said(result)


def test_a_note_begun_and_left_is_no_footer():
    result = mapped(sheet(HEADER, NOTE, (None, None, "Ana Prado")))
    assert list(result.sheets[0].rows) == [2, 3]


def test_rows_with_something_only_in_ignored_columns_are_blank_but_said():
    result = mapped(sheet((*HEADER, "Item nº"), (*NOTE, 1.0), (None,) * 7 + (2.0,)))
    assert result.sheets[0].blank_rows == 1
    assert "linhas-fora-das-colunas" in said(result)


def test_every_visible_sheet_with_notes_is_mapped_and_the_others_are_named():
    result = mapped(
        sheet(HEADER, NOTE, name="Março"),
        sheet(
            ("Data", "Cliente", "Valor", "Descrição", "Item LC 116", "ISS retido"),
            NOTE[:6],
            name="Abril",
        ),
        sheet(("Nome", "CNPJ", "E-mail", "CEP"), ("a", "b", "c", "d"), name="Clientes"),
        sheet(HEADER, NOTE, name="Oculta", visible=False),
        sheet((), name="Plan3"),
        sheet(("leia-me",), name="Avisos"),
    )
    assert [one.planilha for one in result.sheets] == ["Março", "Abril"]
    assert [(a.code, a.details["planilha"]) for a in result.skipped] == [
        ("aba-sem-notas", "Clientes"),
        ("aba-oculta", "Oculta"),
        ("aba-vazia", "Plan3"),
        ("aba-sem-cabecalho", "Avisos"),
    ]


def test_two_columns_for_one_field_are_named_and_hold_the_sheet():
    result = mapped(sheet((*HEADER, "Valor total"), (*NOTE, 150.0)))
    problem = result.problems[0]
    assert (problem.code, problem.row, problem.column) == ("coluna-duplicada", 1, "H")
    assert "G (“Valor dos serviços”) e H (“Valor total”)" in message(problem)
    assert "aba Colunas" in hint(problem)
    assert result.held == {"Notas"}
    assert "servico.valor_servicos" not in result.sheets[0].fields


def test_a_header_mistyped_is_asked_about_not_taken():
    header = (*HEADER[:6], "Valor dos servisos")
    result = mapped(sheet(header, NOTE))
    (problem,) = result.problems
    assert (problem.code, problem.column) == ("coluna-duvidosa", "G")
    assert result.columns[6].sugestoes[0] == "servico.valor_servicos"
    assert result.waiting == {("Notas", 2)}


def test_a_missing_column_is_told_once_not_once_per_row():
    result = mapped(sheet(HEADER[:6], NOTE[:6], NEXT[:6]))
    assert codes(result.problems) == ["coluna-ausente"]


def test_a_tax_mistyped_is_asked_about_not_dropped():
    result = mapped(sheet((*HEADER, "Aliqota do ISS"), (*NOTE, 3.0)))
    (problem,) = result.problems
    assert (problem.code, problem.column, problem.severity) == ("coluna-duvidosa", "H", "erro")
    assert result.columns[7].sugestoes[0] == "servico.aliquota"


@pytest.mark.parametrize("street", [(), ("Logradouro",)])
def test_a_number_far_from_a_street_is_not_taken_for_the_house(street):
    result = mapped(sheet(("Nº", *HEADER, *street), (1.0, *NOTE, *street)))
    assert "tomador.endereco.numero" not in result.sheets[0].fields
    assert not result.problems


def test_a_number_beside_its_street_is_the_house():
    result = mapped(sheet((*HEADER, "Logradouro", "Nº"), (*NOTE, "Rua das Acácias", "12")))
    assert values(result, "tomador.endereco.numero") == ["12"]
    assert not result.problems


@given(st.data())
def test_wherever_the_table_stands_every_value_keeps_its_address(data):
    above = data.draw(st.integers(0, 6))
    left = data.draw(st.integers(0, 4))
    order = data.draw(st.permutations(range(len(HEADER))))
    rows = data.draw(st.lists(st.sampled_from((NOTE, NEXT, ())), max_size=8))
    pad = (None,) * left
    grid = [("Notas do mês",)] * above + [(*pad, *(HEADER[i] for i in order))]
    grid += [(*pad, *(row[i] for i in order)) if row else () for row in rows]
    (one,) = mapped(sheet(*grid)).sheets
    assert one.blank_rows == rows.count(())
    assert list(one.rows) == [above + 2 + at for at, row in enumerate(rows) if row]
    for field in one.fields.values():
        if field.column is not None:
            column = ord(field.column.letter) - 65
            assert list(field.values) == [grid[row - 1][column] for row in one.rows]


def test_groups_above_tell_apart_equal_headers():
    groups = (None, "Prestador", None, "Tomador", None, "Serviço")
    header = (
        "Data",
        "CNPJ",
        "Inscrição municipal",
        "CNPJ",
        "Razão social",
        "Descrição",
        "Item LC 116",
        "ISS retido",
        "Valor",
    )
    row = (
        "19/03/2026",
        PRESTADOR,
        "123",
        "12345678000195",
        "Padaria",
        "Suporte",
        "01.07",
        "N",
        1.0,
    )
    result = mapped(sheet(groups, header, row))
    assert not result.problems
    assert values(result, "prestador.cnpj") == [PRESTADOR]
    assert values(result, "prestador.inscricao_municipal") == ["123"]
    assert values(result, "tomador.cnpj") == ["12345678000195"]


def test_the_nineteen_columns_of_2015_need_nothing_but_the_prestador():
    row = ("2026-03-19", "Padaria", "150.00", "01.07", "2.00", "13.45", "N", "Suporte", *[""] * 11)
    result = mapped(sheet(FOCUS_2015, row))
    assert not result.problems
    assert result.sheets[0].mapeamento == "focus_planilha"
    assert values(result, "servico.percentual_total_tributos") == ["13.45"]


@pytest.mark.parametrize("separator", [".", "_"])
def test_api_paths_are_headers_dotted_or_underscored(separator):
    paths = (
        "data_emissao", "tomador.cnpj", "tomador.razao_social", "servico.discriminacao",
        "servico.item_lista_servico", "servico.iss_retido", "servico.valor_servicos",
    )  # fmt: skip
    result = mapped(sheet([path.replace(".", separator) for path in paths], NOTE))
    assert not result.problems
    assert set(paths) <= result.sheets[0].fields.keys()


def test_a_dotted_path_of_one_city_passes_through():
    result = mapped(sheet((*HEADER, "imovel.codigo_cib"), (*NOTE, "1058")))
    assert values(result, "imovel.codigo_cib") == ["1058"]
    assert "campos-livres" in said(result)


def test_the_column_wins_over_every_default_and_blanks_take_the_nearest():
    defaults = Defaults(
        {"optante_simples_nacional": False, "natureza_operacao": 2},
        (
            PrestadorDefaults(
                PRESTADOR, (), {"prestador.codigo_municipio": BARUERI, "natureza_operacao": 4}
            ),
        ),
        {BARUERI: {"natureza_operacao": 3, "optante_simples_nacional": True}},
    )
    result = mapped(
        sheet((*HEADER, "Natureza da operação"), (*NOTE, "6"), (*NEXT, None)), defaults=defaults
    )
    assert values(result, "natureza_operacao") == ["6", 4]
    assert values(result, "optante_simples_nacional") == [True, True]


def test_the_catalogue_fills_what_the_api_insists_on():
    assert values(mapped(sheet(HEADER, NOTE)), "natureza_operacao") == ["1"]


def test_each_prestador_of_one_sheet_has_its_own_defaults():
    defaults = Defaults(
        prestadores=(
            PrestadorDefaults(PRESTADOR, (), {"optante_simples_nacional": True}),
            PrestadorDefaults(OTHER, (), {"optante_simples_nacional": False}),
        ),
        general={"prestador.codigo_municipio": BARUERI},
    )
    result = mapped(
        sheet(
            (*HEADER, "CNPJ do prestador"), (*NOTE, "11.222.333/0001-81"), (*NEXT, 11444777000161.0)
        ),
        defaults=defaults,
    )
    assert not result.problems
    assert values(result, "optante_simples_nacional") == [True, False]


def test_without_a_prestador_the_sheet_is_held():
    result = mapped(sheet(HEADER, NOTE), defaults=Defaults({"prestador.codigo_municipio": BARUERI}))
    assert codes(result.problems) == ["prestador-indefinido"]


@pytest.mark.parametrize("folder", [OTHER, "11.444.777-0001-61", "Ponte Clara", "ponte_clara/2026"])
def test_the_folder_names_the_prestador(folder):
    defaults = Defaults(
        {"prestador.codigo_municipio": BARUERI},
        (PrestadorDefaults(PRESTADOR), PrestadorDefaults(OTHER, ("Ponte Clara",))),
    )
    result = mapped(sheet(HEADER, NOTE), defaults=defaults, arquivo=f"{folder}/notas.xlsx")
    assert not result.problems
    assert values(result, "prestador.cnpj") == [OTHER]


def test_another_prestador_in_the_folder_is_pointed_at():
    result = mapped(
        sheet((*HEADER, "CNPJ do prestador"), (*NOTE, PRESTADOR), (*NEXT, OTHER)),
        arquivo=f"{PRESTADOR}/notas.xlsx",
    )
    (problem,) = [one for one in result.problems if one.code == "prestador-fora-da-pasta"]
    assert (problem.row, problem.column, problem.value) == (3, "H", OTHER)


def test_an_unknown_layout_says_what_it_did_know():
    result = mapped(sheet(("Col1", "Valor", "Col3"), (1.0, 2.0, 3.0)))
    assert not result.sheets or result.held
    unknown = mapped(sheet(("Col1", "Col2"), ("a", "b")))
    assert codes(unknown.problems) == ["cabecalho-nao-reconhecido"]


def test_a_mapping_that_is_not_there_is_named_with_those_that_are():
    result = mapped(sheet(HEADER, NOTE), choice="padrão")
    (problem,) = result.problems
    assert problem.code == "mapeamento-desconhecido"
    assert "focus_planilha" in hint(problem)


def test_two_mappings_that_fit_equally_hold_the_sheet_and_are_named(tmp_path):
    header = "\n".join(
        ["[colunas]", 'data_emissao = "Quando"', 'servico.valor_servicos = "Quanto"']
    )
    known = mappings(
        tmp_path,
        um=header + '\nservico.discriminacao = "Texto"',
        dois=header + '\ntomador.razao_social = "Texto"',
    )
    table = sheet(("Quando", "Quanto", "Texto"), ("19/03/2026", 1.0, "x"))
    result = mapped(table, known=known)
    assert codes(result.problems) == ["mapeamento-ambiguo"]
    assert "“dois” e “um”" in message(result.problems[0])
    assert "servico.discriminacao" not in result.sheets[0].fields
    chosen = mapped(table, known=known, choice="um")
    assert "servico.discriminacao" in chosen.sheets[0].fields


def test_a_choice_made_before_is_remembered_by_the_header(tmp_path):
    header = "[colunas]\n" + 'servico.valor_servicos = "Quanto"\n'
    known = mappings(
        tmp_path,
        um=header + 'servico.discriminacao = "Texto"',
        dois=header + 'tomador.razao_social = "Texto"',
    )
    table = sheet(("Quanto", "Texto"), (1.0, "x"))
    first = mapped(table, known=known, choice="um")
    again = mapped(table, known=known, remembered=first.chosen)
    assert again.sheets[0].mapeamento == "um"
    assert "mapeamento-lembrado" in said(again)
    assert not again.chosen


def test_what_is_remembered_of_a_mapping_that_is_gone_is_forgotten(tmp_path):
    table = sheet(HEADER, NOTE)
    first = mapped(table, choice="padrao")
    gone = dict.fromkeys(first.chosen, "sumiu")
    assert mapped(table, remembered=gone).sheets[0].mapeamento == "padrao"


def test_every_sentence_of_a_default_is_finished():
    result = mapped(sheet(HEADER, NOTE))
    sentences = [assumption(one) for one in result.sheets[0].assumptions]
    assert sentences
    assert not any("…" in sentence for sentence in sentences)
