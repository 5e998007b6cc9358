import pytest

from converter.brazil.headers import fold, fold_words, unaccented

TEXTS = ["Ji-Paraná", "  São   Paulo_SP ", "Nº do CNPJ/CPF", "Olho-d'Água", "ação\u0301", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_the_letters_of_fold_where_they_stood(text: str) -> None:
    assert fold_words(text).replace(" ", "") == fold(text)
    assert fold_words(text) == fold_words(unaccented(text).upper())


def test_what_stands_between_letters_parts_words() -> None:
    assert fold_words("Ji-Paraná") == "ji parana" != fold_words("Jiparaná")
    assert fold_words("a_b  c") == "a b c"
