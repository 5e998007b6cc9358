"""Every "rode" is the whole command, in the form that is typed here, and it parses back."""

import shlex

import pytest

from converter.texts.command import FORMA, command
from converter.texts.sentences import sentence


@pytest.mark.parametrize(
    ("forma", "verb", "ambiente", "words", "typed"),
    [
        ("", "converter", "simulado", (), "planilote converter"),
        ("", "converter", "producao", (), "planilote converter --ambiente producao"),
        ("make", "converter", "simulado", (), "make convert"),
        ("make", "converter", "producao", (), 'make convert ARGS="--ambiente producao"'),
        ("make", "situacao", "homologacao", (), 'make situacao ARGS="--ambiente homologacao"'),
        (
            "make", "resposta", "producao", ("REF", "retornos/de março.txt"),
            "make planilote ARGS=\"resposta REF 'retornos/de março.txt' --ambiente producao\"",
        ),
        (
            "", "resposta", "producao", ("REF", "retornos/de março.txt"),
            "planilote resposta REF 'retornos/de março.txt' --ambiente producao",
        ),
    ],
)  # fmt: skip
def test_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
    forma: str,
    verb: str,
    ambiente: str,
    words: tuple[str, ...],
    typed: str,
) -> None:
    monkeypatch.setenv(FORMA, forma)
    assert command(verb, ambiente, *words) == typed


def test_a_shell_reads_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FORMA, "make")
    outer = shlex.split(command("resposta", "producao", "pl0", 'um "nome" d\'água.txt'))
    inner = shlex.split(outer[2].removeprefix("ARGS="))
    assert inner == ["resposta", "pl0", 'um "nome" d\'água.txt', "--ambiente", "producao"]


def test_a_sentence_names_the_ambiente(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FORMA, raising=False)
    told = sentence("console.nenhum-lote", ambiente="producao")
    assert told.endswith("rode: planilote converter --ambiente producao")
