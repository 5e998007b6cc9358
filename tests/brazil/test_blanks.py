"""Cells that show something and mean nothing, and texts that were damaged."""

import pytest

from converter.brazil import blanks, damaged, yesno


@pytest.mark.parametrize(
    "cell",
    [
        "NULL", "null", "(null)", "<NULL>", "\\N", "undefined", "None", "nan", "NaN", "N/A", "n/a",
        "-", "--", "\u2013", "\u2014", ".", "não informado", "NAO INFORMADO", "(vazio)", "xxxx",
        "ND", "n/c", "nil", "a definir", "SEM NOME", "nenhum", "???",
        "00/00/0000", "0000-00-00", "0000-00-00 00:00:00", "  /  /    ", "__/__/____",
    ],
)  # fmt: skip
def test_a_word_for_nothing_is_blank_with_a_warning(cell):
    parsed = blanks.read(cell)
    assert parsed is blanks.BLANK
    assert (parsed.value, parsed.problem, parsed.warning) == (None, None, "celula-nula")
    assert blanks.among([cell, "Ana"]) == {cell: blanks.BLANK}


@pytest.mark.parametrize(
    "cell",
    ["#N/D", "#N/A", "#REF!", "#VALOR!", "#DIV/0!", "#NOME?", "#NÚM!", "#num!", "Err:502", "#FMT"],
)
def test_an_error_that_became_text_is_an_error(cell):
    assert blanks.read(cell).problem == "celula-erro-excel"
    assert blanks.among([cell]) == {cell: blanks.read(cell)}


@pytest.mark.parametrize("cell", ["###", "########"])
def test_a_value_that_did_not_fit_is_lost(cell):
    assert blanks.read(cell).problem == "celula-cerquilhas"


@pytest.mark.parametrize(
    "cell",
    [
        "0", "João Null", "Nonato", "Nanci", "R$ -", "1/2", "00/10/2026", "S/N", "x", "#1", "N",
        "Sem nome fantasia", 0.0, None, "A" * 50,
    ],
)  # fmt: skip
def test_what_says_something_is_read(cell):
    assert blanks.read(cell) is None
    assert blanks.among([cell]) == {}


@pytest.mark.parametrize(
    ("text", "code", "reading"),
    [
        ("JoÃ£o da ConceiÃ§Ã£o & Cia", "texto-acentos", "João da Conceição & Cia"),
        ("ConceiÃƒÂ§ÃƒÂ£o", "texto-acentos", "Conceição"),
        ("Jo├úo", "texto-acentos", "João"),
        ("Jo√£o", "texto-acentos", "João"),
        ("Ã\xa0 vista â€“ 5Âº andar", "texto-acentos", "à vista – 5º andar"),
        ("SÆo Paulo: instala‡Æo e constru‡äes", "texto-acentos",
         "São Paulo: instalação e construções"),
        ("Servi‡o t‚cnico", "texto-acentos", "Serviço técnico"),
        ("InstalaþÒo", "texto-acentos", "Instalação"),
        ("S\\u00e3o Paulo", "texto-acentos", "São Paulo"),
        ("S%C3%A3o Paulo", "texto-acentos", "São Paulo"),
        ("Silva &amp; Filhos", "texto-entidades", "Silva & Filhos"),
        ("Rua D&#39;Oeste", "texto-entidades", "Rua D'Oeste"),
        ("Servi&ccedil;o&nbsp;A<br/>linha 2", "texto-entidades", "Serviço A\nlinha 2"),
        ("Jo?o da Concei??o", "texto-interrogacao", "João da Conceição"),
        ("MANUTEN??O", "texto-interrogacao", "MANUTENÇÃO"),
        ("Jos? da Silva", None, ""),
        ("Cora\ufffd\ufffdo", "texto-interrogacao", ""),
    ],
)  # fmt: skip
def test_a_damaged_text_is_told_with_its_reading(text, code, reading):
    assert damaged.mended(text) == (None if code is None else (code, reading))
    assert code is None or damaged.in_any([text, None, 1.0])


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO", "ÂNGELA", "João & Maria", "AT&T; Brasil", "Feito?Sim", "Qual é?",
        "https://loja.com.br/?p=1", "3 < 4 e 5 > 2", "50 ºC", "Ção",
        "Strauß", "Ærø", "art. 5º, § 2", "custa £50", "C:\\xampp", "https://x.com/?q=S%C3%A3o",
    ],
)  # fmt: skip
def test_a_sound_text_is_left_alone(text):
    assert damaged.mended(text) is None


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("Retido", True), ("Não retido", False), ("NAO RETIDO", False), ("Optante", True),
        ("Não optante", False), ("Incide", True), ("Não incide", False), ("1 - Sim", True),
        ("2 - Não", False), ("S - Sim", True), ("sem retenção", False), ("Com retenção", True),
        ("✓", True), ("☑", True), ("☐", False),
    ],
)  # fmt: skip
def test_yes_and_no_have_many_words(cell, answer):
    assert yesno.parse(cell).value is answer


@pytest.mark.parametrize("cell", ["talvez", "2", "isento", "3 - Talvez"])
def test_what_is_neither_is_refused(cell):
    assert yesno.parse(cell).problem == "simnao-desconhecido"
