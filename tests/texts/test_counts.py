"""Sentences with counts agree with them."""

import re

import pytest

from converter.model.problems import Problem, Severity
from converter.texts.catalogue import CATALOGUE, message
from converter.texts.sentences import sentence


@pytest.mark.parametrize(
    ("count", "said"), [("1", "1 linha tem a situação"), ("3", "3 linhas têm a situação")]
)
def test_a_sentence_agrees_with_its_count(count: str, said: str) -> None:
    details = {"linhas": count, "quais": "2", "situacoes": "“Cancelado”"}
    problem = Problem("situacao-da-nota", Severity.ERRO, "a.xlsx", details=details)
    assert said in message(problem)


def test_no_sentence_is_plural_whatever_it_counts() -> None:
    counted = re.compile(r"\{(?:linhas|tamanho|casas|quantos|notas)\} [a-záéíóúâêôãõç]+s\b|\(s\)")
    texts = {code: f"{text.message} {text.hint}" for code, text in CATALOGUE.items()}
    assert not [code for code, text in texts.items() if counted.search(text)]


def test_a_sentence_about_no_problem_agrees_with_its_count_too() -> None:
    assert sentence("console.mais-lotes", lotes=1) == "  e mais 1 lote"
    assert sentence("console.mais-lotes", lotes=12_000) == "  e mais 12.000 lotes"


def test_a_sentence_without_its_detail_breaks_rather_than_to_say_half() -> None:
    with pytest.raises(KeyError):
        sentence("console.mais-lotes")
