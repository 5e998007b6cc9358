"""With `--json` every ending is one JSON object on stdout, errors of use too."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from converter import cli


def ending(pasta: Path, *words: str) -> tuple[dict[str, object], int]:
    result = CliRunner().invoke(cli.main, [*words, "--json", "--pasta", str(pasta)])
    return json.loads(result.stdout), result.exit_code


@pytest.mark.parametrize(
    ("words", "codigo", "says"),
    [
        (["conferir", "nao-ha.xlsx"], "configuracao", "nao-ha.xlsx"),
        (["conferir", "--ambiente", "marte"], "uso", "marte"),
        (["converter", "--processos", "0"], "uso", "0"),
        (["converter", "--inventada"], "uso", "--inventada"),
        (["converter", "--ambiente", "producao"], "pergunta-sem-resposta", "--sim"),
        (["resposta", "pl00", "nao-ha.txt"], "configuracao", "nao-ha.txt"),
    ],
)
def test_a_wrong_use_is_one_object(
    tmp_path: Path, words: list[str], codigo: str, says: str
) -> None:
    told, code = ending(tmp_path, *words)
    assert told["codigo_saida"] == code == 2
    error = told["erro"]
    assert isinstance(error, dict)
    assert error.keys() == {"codigo", "mensagem", "sugestao"}
    assert error["codigo"] == codigo
    assert says in error["mensagem"]


def test_an_abort_has_its_own_code_and_its_advice_apart(tmp_path: Path) -> None:
    (tmp_path / "diario").mkdir()
    (tmp_path / "diario" / "diario.sqlite3").write_bytes(b"isto nao e um diario" * 100)
    told, code = ending(tmp_path, "situacao")
    error = told["erro"]
    assert isinstance(error, dict)
    assert code == 2
    assert error["sugestao"]
    assert error["codigo"] not in ("defeito", "configuracao")


def test_a_file_saved_by_notepad_under_another_name_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "planilote.toml.txt").write_text('ambiente = "producao"\n', encoding="utf-8")
    told, _ = ending(tmp_path, "conferir")
    assert "planilote.toml.txt" in str(told["erro"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_settings_are_read_as_notepad_saves_them(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "planilote.toml").write_text('ambiente = "homologação"\n', encoding=encoding)
    told, _ = ending(tmp_path, "situacao")
    assert told["ambiente"] == "homologacao"
