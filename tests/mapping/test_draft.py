import tomllib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from converter.mapping.draft import CONFIRM, draft
from converter.mapping.load import load_mappings
from converter.model.columns import ColumnReading, ColumnUse
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


ASKED, USED, IGNORED = ColumnUse.PERGUNTA, ColumnUse.USADA, ColumnUse.IGNORADA
READ = (
    ColumnReading("Notas", "A", "Seq", IGNORED),
    ColumnReading("Notas", "B", "Fat. em", ASKED, sugestoes=("data_emissao", "data_competencia")),
    ColumnReading("Notas", "C", "Doc", ASKED, sugestoes=("tomador.cpf_cnpj",)),
    ColumnReading("Notas", "F", "LC", USED, "servico.item_lista_servico"),
    ColumnReading("Notas", "G", "Quanto", ASKED, sugestoes=("servico.valor_servicos",)),
    ColumnReading("Notas", "I", "Ret?", USED, "servico.iss_retido"),
    ColumnReading("Notas", "K", "Cor", ASKED),
)
"""What could be understood of `ODD`: some surely, some to be confirmed, some not at all."""


def drafted(one):
    """The draft of a book as the program makes it."""
    readings = map_book(one, mappings(), choice=None, defaults=ONE).columns
    return draft(one, mappings(), readings)


def line_of(text: str, path: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{path} "))


def test_what_is_sure_comes_plain_and_what_is_not_is_to_be_confirmed():
    text = draft(book(ODD), mappings(), READ)
    assert line_of(text, "servico.iss_retido") == 'servico.iss_retido = "Ret?"'
    assert CONFIRM in line_of(text, "tomador.cpf_cnpj")
    assert line_of(text, "data_emissao").startswith('data_emissao = "Fat. em"')


def test_what_is_none_of_the_notes_or_unknown_stays_commented_out():
    text = draft(book(ODD), mappings(), READ)
    assert '# campo? = "Seq"  # coluna A, ex.: “1”; parece não ser da nota' in text
    assert '# campo? = "Cor"  # coluna K, ex.: “azul”' in text
    assert '# campo? = "Quem"' in text


def test_one_field_is_proposed_for_one_column_only():
    twice = (
        ColumnReading("Notas", "G", "Quanto", USED, "servico.valor_servicos"),
        ColumnReading("Notas", "H", "%", ASKED, sugestoes=("servico.valor_servicos",)),
    )
    text = draft(book(ODD), mappings(), twice)
    assert text.count("servico.valor_servicos = ") == 1
    assert '# campo? = { letra = "H" }' in text


def test_a_draft_builds_on_the_headers_of_the_catalogue(tmp_path):
    text = draft(book(ODD), mappings(), READ).replace("rascunho = true\n", "")
    (tmp_path / "meu.toml").write_text(text, encoding="utf-8")
    spec = load_mappings([tmp_path]).named("notas")
    assert spec is not None
    assert {"quanto", "cep", "logradouro"} <= set(spec.known)


def test_headers_known_exactly_need_no_confirmation():
    text = drafted(book(sheet(("Valor", "Data", "Cnpj"), (1.5, "19/03/2026", "x"))))
    assert line_of(text, "servico.valor_servicos") == 'servico.valor_servicos = "Valor"'


def test_what_is_required_and_missing_is_proposed_as_a_constant():
    text = drafted(book(sheet(("Valor", "Data", "Cnpj"), (1.5, "19/03/2026", "x"))))
    assert '# servico.item_lista_servico = "01.07"' in text
    assert "# prestador.cnpj" not in text


def test_the_draft_fits_its_file_and_sends_nothing_until_it_is_confirmed(tmp_path):
    text = draft(book(ODD), mappings(), READ)
    (tmp_path / "rascunho.toml").write_text(text, encoding="utf-8")
    result = map_book(book(ODD), load_mappings([tmp_path]), choice="notas", defaults=ONE)
    (one,) = result.sheets
    assert (one.mapeamento, list(one.rows)) == ("notas", [4, 5, 6, 7, 8, 9])
    assert "mapeamento-rascunho" in codes(result.problems)
    assert result.held == {"Notas"}
    confirmed = text.replace("rascunho = true\n", "")
    (tmp_path / "rascunho.toml").write_text(confirmed, encoding="utf-8")
    after = map_book(book(ODD), load_mappings([tmp_path]), choice="notas", defaults=ONE)
    assert "mapeamento-rascunho" not in codes(after.problems)


def test_columns_of_one_name_are_told_apart_by_their_letter():
    rows = [("ana@exemplo.com.br", 1.5, "azul", "verde")] * 2
    text = drafted(book(sheet(("E", "Valor", "X", "X"), *rows)))
    assert '# campo? = { letra = "D" }' in text


def test_without_a_header_it_says_so():
    with pytest.raises(ValueError, match="pareça um cabeçalho"):
        draft(book(sheet((1.0, 2.0), (3.0, 4.0))), mappings(), ())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=6, unique=True),
    st.text(max_size=20),
)
def test_whatever_the_headers_the_draft_is_toml(headers, value):
    table = sheet(headers, [value] * len(headers))
    try:
        text = drafted(book(table, arquivo=f"{value}.xlsx"))
    except ValueError:
        assume(False)
    tomllib.loads(text)
