"""Every command finds a file of the working folder by its name, with spaces, from anywhere."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from converter import cli

ROOT = Path(__file__).parent.parent
NOME = "notas de março (final).csv"


@pytest.fixture
def pasta(tmp_path: Path) -> Path:
    folder = tmp_path / "minhas notas"
    (folder / "entrada").mkdir(parents=True)
    shutil.copy(ROOT / "entrada" / "exemplo-servicos.csv", folder / "entrada" / NOME)
    return folder


@pytest.mark.parametrize("name", [NOME, f"entrada/{NOME}"])
@pytest.mark.parametrize("command", ["conferir", "mapear", "mapeamentos"])
def test_a_file_of_entrada_is_found_by_its_name(pasta: Path, command: str, name: str) -> None:
    result = CliRunner().invoke(cli.main, [command, name, "--pasta", str(pasta)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("command", ["conferir", "mapear", "mapeamentos"])
def test_a_file_that_is_nowhere_is_named(pasta: Path, command: str) -> None:
    result = CliRunner().invoke(cli.main, [command, "não há.csv", "--pasta", str(pasta)])
    assert result.exit_code == 2
    assert "Não encontrei o arquivo “não há.csv”" in result.output


def test_a_return_file_is_found_by_its_name(pasta: Path) -> None:
    (pasta / "retornos").mkdir()
    (pasta / "retornos" / "retorno de março.txt").write_text("x", encoding="utf-8")
    words = ["resposta", "pl00", "retorno de março.txt", "--pasta", str(pasta)]
    result = CliRunner().invoke(cli.main, words)
    assert "Não encontrei o arquivo" not in result.output
