"""The file of what offices write over their columns: no line of it is dead."""

import tomllib

import pytest

from converter.mapping.vocabulary import FILE, vocabulary

SAID = tomllib.loads(FILE.read_text(encoding="utf-8"))
PATTERNS = {
    **SAID["campos"],
    **SAID["pessoa"],
    "nada": SAID["nada"],
    "sempre": SAID["sempre"],
}


@pytest.mark.parametrize("path", PATTERNS)
def test_every_word_of_a_pattern_is_an_idea(path: str) -> None:
    words = {
        word
        for lines in PATTERNS[path].values()
        for line in lines
        for part in line.split()
        for word in part.removesuffix("?").split("|")
    }
    assert words <= SAID["conceitos"].keys()


@pytest.mark.parametrize("kind", SAID["ideias"])
def test_what_is_dealt_with_alike_are_ideas(kind: str) -> None:
    assert set(SAID["ideias"][kind]) <= SAID["conceitos"].keys()


def test_what_is_written_in_full_or_is_a_customer_is_known_by_that_name() -> None:
    assert set(SAID["inteiros"]["por_extenso"]) <= SAID["abreviacoes"].keys()
    assert set(SAID["clientes"]["acima"]) <= SAID["partes"].keys()


def test_no_phrase_means_anything_a_phrase_before_it_does() -> None:
    known = vocabulary()
    texts = [
        text for part in ("conceitos", "partes") for each in SAID[part].values() for text in each
    ]
    read = [known.canonical(text) for text in texts]
    assert [text for text, words in zip(texts, read, strict=True) if not words] == []
    assert [text for at, text in enumerate(texts) if read[at] in read[:at]] == []
