import tomllib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from converter.mapping.draft import CONFIRM, draft
from converter.mapping.load import load_mappings
from converter.stages.map import map_book
from tests.mapping.books import ONE, book, codes, mappings, sheet

ODD = sheet(
    ("Relatório de faturamento",),
    (),
    ("Seq", "Fat. em", "Doc", "Quem", "O quê", "LC", "Quanto", "%", "Ret?", "Ctt", "Cor"),
    *(
        (
            float(n + 1),
            f"{n + 10}/03/2026",
            ("12.345.678/0001-95", "529.982.247-25")[n % 2],
            ("Padaria Trigo Dourado", "Ana Prado")[n % 2],
            "Suporte técnico prestado no mês de março",
            "01.07",
            f"1.{n}50,00",
            "3,00",
            ("Sim", "Não")[n % 2],
            f"contato{n}@trigodourado.com.br",
            "azul",
        )
        for n in range(6)
    ),
)


def line_of(text: str, path: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{path} "))


def test_columns_are_known_by_the_look_of_their_values():
    text = draft(book(ODD), mappings())
    said = tomllib.loads(text)["colunas"]
    assert said["tomador"] == {"cpf_cnpj": "Doc", "email": "Ctt"}
    assert said["data_emissao"] == "Fat. em"
    assert (
        said["servico"]
        == {
            "discriminacao": "O quê",
            "item_lista_servico": "LC",
            "valor_servicos": "Quanto",
            "aliquota": "%",
            "iss_retido": "Ret?",
        }
        | said["servico"]
    )
    assert CONFIRM in line_of(text, "tomador.cpf_cnpj")


def test_amounts_are_no_code_however_the_header_sounds():
    shop = sheet(("Dia", "Cobrado", "Obra"), ("19/03/2026", "850,00", "120"))
    said = tomllib.loads(draft(book(shop), mappings()))["colunas"]
    assert said["servico"]["valor_servicos"] == "Cobrado"
    assert said["codigo_obra"] == "Obra"


def test_a_column_that_only_numbers_the_rows_is_left_alone():
    text = draft(book(ODD), mappings())
    assert '# campo? = "Seq"  # coluna A, ex.: “1”' in text
    assert '# campo? = "Cor"' in text


def test_headers_known_exactly_need_no_confirmation():
    text = draft(book(sheet(("Valor", "Data", "Cnpj"), (1.5, "19/03/2026", "x"))), mappings())
    assert line_of(text, "servico.valor_servicos") == 'servico.valor_servicos = "Valor"'


def test_what_is_required_and_missing_is_proposed_as_a_constant():
    text = draft(book(sheet(("Valor", "Data", "Cnpj"), (1.5, "19/03/2026", "x"))), mappings())
    assert '# servico.item_lista_servico = "01.07"' in text
    assert "# prestador.cnpj" not in text


def test_the_draft_fits_its_file_and_sends_nothing_until_it_is_confirmed(tmp_path):
    text = draft(book(ODD), mappings())
    (tmp_path / "rascunho.toml").write_text(text, encoding="utf-8")
    result = map_book(book(ODD), load_mappings([tmp_path]), choice=None, defaults=ONE)
    (one,) = result.sheets
    assert (one.mapeamento, list(one.rows)) == ("notas", [4, 5, 6, 7, 8, 9])
    assert (codes(result.problems), result.held) == (["mapeamento-rascunho"], {"Notas"})
    confirmed = text.replace("rascunho = true\n", "")
    (tmp_path / "rascunho.toml").write_text(confirmed, encoding="utf-8")
    assert not map_book(book(ODD), load_mappings([tmp_path]), choice=None, defaults=ONE).problems


def test_a_cnpj_under_a_header_of_the_issuer_is_the_prestador():
    rows = [("11.222.333/0001-81", "12.345.678/0001-95", 1.5)] * 3
    text = draft(book(sheet(("Emissora", "X", "Valor cobrado"), *rows)), mappings())
    assert line_of(text, "prestador.cnpj")
    assert line_of(text, "tomador.cpf_cnpj")


def test_columns_of_one_name_are_told_apart_by_their_letter():
    rows = [("ana@exemplo.com.br", 1.5, "azul", "verde")] * 2
    text = draft(book(sheet(("E", "Valor", "X", "X"), *rows)), mappings())
    assert '# campo? = { letra = "D" }' in text


def test_without_a_header_it_says_so():
    with pytest.raises(ValueError, match="pareça um cabeçalho"):
        draft(book(sheet((1.0, 2.0), (3.0, 4.0))), mappings())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=6, unique=True),
    st.text(max_size=20),
)
def test_whatever_the_headers_the_draft_is_toml(headers, value):
    table = sheet(headers, [value] * len(headers))
    try:
        text = draft(book(table, arquivo=f"{value}.xlsx"), mappings())
    except ValueError:
        assume(False)
    tomllib.loads(text)
