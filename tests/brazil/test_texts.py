"""Every code a parser answers has its sentence, and every sentence has a parser."""

import ast
import string
from pathlib import Path

import pytest

import converter.brazil
from converter.brazil import dates
from converter.texts import celula
from converter.texts.catalogue import CATALOGUE
from converter.texts.text import Text

SLUG = set(string.ascii_lowercase + "-")
TEXTS = {text.code: text for text in celula.TEXTS}
ALWAYS = {"valor", "cabecalho", "campo", "coluna", "linha", "planilha", "arquivo"}


def codes_of(module: Path) -> set[str]:
    """Give the slugs among a module's string literals."""
    found = {
        node.value
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {word for word in found if "-" in word[1:-1] and set(word) <= SLUG}


CODES = set().union(*map(codes_of, Path(converter.brazil.__path__[0]).glob("*.py")))
CODES -= set(dates.FORMATOS)


def placeholders(text: Text) -> set[str]:
    """Give the names between braces in a text's sentences."""
    parsed = string.Formatter().parse(text.message + text.hint)
    return {name for _, name, _, _ in parsed if name}


def test_the_parsers_answer_codes_of_the_catalogue_and_no_other():
    assert set(TEXTS) == CODES
    assert set(TEXTS) <= set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_text_is_written_to_be_read(code):
    text = TEXTS[code]
    assert text.title[0].isupper()
    assert text.title[-1] not in ".!"
    assert text.message.endswith(".")
    assert text.hint.endswith(".")
    assert not any(mark in text.message + text.hint for mark in ("  ", " .", "!", "'"))


def test_placeholders_are_the_cells_own_or_details_some_parser_gives():
    source = "".join(
        module.read_text(encoding="utf-8")
        for module in Path(converter.brazil.__path__[0]).glob("*.py")
    )
    for text in TEXTS.values():
        for name in placeholders(text) - ALWAYS:
            assert f"{name}=" in source or f'("{name}", ' in source, (text.code, name)
