"""Every code a parser answers has its sentence, and every sentence has a parser."""

import ast
import string
from pathlib import Path

import pytest

import converter.brazil
from converter.brazil import (
    cep,
    cnae,
    cnpj,
    cpf,
    dates,
    documento,
    email,
    money,
    municipio,
    nbs,
    pais,
    percent,
    servico,
    telefone,
    uf,
    yesno,
)
from converter.brazil.dates import Order
from converter.brazil.numerals import Convention
from converter.texts.catalogue import CATALOGUE, Family, Text

SLUG = set(string.ascii_lowercase + "-")
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
TEXTS = {code: CATALOGUE[code] for code in sorted(CODES)}


def placeholders(text: Text) -> set[str]:
    """Give the names between braces in a text's sentences."""
    parsed = string.Formatter().parse(text.message + text.hint)
    return {name for _, name, _, _ in parsed if name}


def test_the_parsers_answer_codes_about_one_cell():
    assert {text.family for text in TEXTS.values()} == {Family.CELULA}


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
            # What damaged a text is told where texts are read.
            told = text.code.startswith("texto-")
            assert told or f"{name}=" in source or f'("{name}", ' in source, (text.code, name)


READ_BY = {
    "aliquota": percent.aliquota,
    "cep": cep.parse,
    "cnae": cnae.parse,
    "cnpj": cnpj.parse,
    "cpf": cpf.parse,
    "data": dates.parse_date,
    "documento": documento.parse,
    "email": email.parse,
    "municipio": municipio.parse,
    "nbs": nbs.parse,
    "numero": money.parse,
    "pais": pais.parse,
    "percentual": percent.parse,
    "servico": servico.parse,
    "simnao": yesno.parse,
    "valor": money.parse,
    "telefone": telefone.parse,
    "uf": uf.parse,
}
NEEDS = {
    "cnpj-alfanumerico": {"alfanumerico": False},
    "data-ambigua": {"formato": Order.MISTA},
    "data-mes-primeiro": {"formato": Order.MES_DIA},
    "numero-cientifico": {},
    "numero-coluna-mista": {"convention": Convention.MIXED},
    "numero-convencao": {"convention": Convention.BR},
}
NOT_TEXT = {"data-numero": 150, "data-serial": 46069}
ELSEWHERE = {
    "data-distante",
    "data-fuso",
    "data-z",
    "valor-calculado",
    "celulas-a-mais",
    "valor-como-mostrado",
    "valor-em-milhares",
    "numero-tres-casas",
    "servico-data",
    "servico-sem-desdobro",
    "municipio-uf",
    "codigo-numero",
}


@pytest.mark.parametrize(
    "code",
    [
        code
        for code, text in TEXTS.items()
        if text.example and not code.startswith(("celula-", "texto-")) and code not in ELSEWHERE
    ],
)
def test_the_example_provokes_the_problem_it_illustrates(code):
    parse = (
        cnpj.parse
        if code in ("numero-cientifico", "documentos-demais")
        else READ_BY[code.split("-")[0]]
    )
    parsed = parse(NOT_TEXT.get(code, TEXTS[code].example), **NEEDS.get(code, {}))
    assert code in (parsed.problem, parsed.warning)
    assert placeholders(TEXTS[code]) - ALWAYS == {name for name, _ in parsed.details}
