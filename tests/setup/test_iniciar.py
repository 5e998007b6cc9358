"""A working folder made by questions: every flag, every refusal, nothing written over."""

import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converter import cli
from converter.setup.answers import SetupAnswers
from converter.setup.folder import planilote_toml
from converter.setup.launchers import Command, files

FLAGS = ["--cnpj", "11.222.333/0001-81", "--municipio", "Curitiba - PR", "--inscricao", "12345"]


def iniciar(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["iniciar", *words])


def test_one_command_makes_a_folder_in_which_the_example_converts(tmp_path: Path) -> None:
    pasta = tmp_path / "notas da ponte"
    result = iniciar(str(pasta), *FLAGS, "--nome", 'Ponte "Clara"', "--simples", "sim")
    assert result.exit_code == 0, result.output
    table = tomllib.loads((pasta / "planilote.toml").read_text(encoding="utf-8"))
    (one,) = table["prestadores"]
    assert one["cnpj"] == "11.222.333/0001-81"
    assert one["nome"] == 'Ponte "Clara"'
    assert one["codigo_municipio"] == "4106902"
    assert one["padroes"] == {"optante_simples_nacional": True}
    converted = CliRunner().invoke(cli.main, ["converter", "--pasta", str(pasta), "--quieto"])
    assert converted.exit_code == 0, converted.output


def test_what_is_there_stays(tmp_path: Path) -> None:
    iniciar(str(tmp_path), *FLAGS)
    (tmp_path / "planilote.toml").write_text("# meu\n", encoding="utf-8")
    (tmp_path / "Converter.bat").unlink()
    result = iniciar(str(tmp_path), *FLAGS)
    assert "Converter.bat" in result.output
    assert (tmp_path / "planilote.toml").read_text(encoding="utf-8") == "# meu\n"
    assert "nada foi mudado" in iniciar(str(tmp_path), *FLAGS).output


@pytest.mark.parametrize(
    ("flag", "said", "told"),
    [
        ("--cnpj", "11.222.333/0001-82", "não combinam"),
        ("--municipio", "Atlântida", "Atlântida"),
        ("--municipio", "Bom Jesus", "Bom Jesus"),
        ("--inscricao", "doze mil e trezentos", "--inscricao"),
        ("--simples", "talvez", "talvez"),
    ],
)
def test_a_flag_that_cannot_be_is_one_sentence(
    tmp_path: Path, flag: str, said: str, told: str
) -> None:
    result = iniciar(str(tmp_path / "nova"), *FLAGS, flag, said)
    assert result.exit_code == 2
    assert told in result.output
    assert not (tmp_path / "nova").exists()


def test_without_a_terminal_a_missing_answer_names_its_flag(tmp_path: Path) -> None:
    result = iniciar(str(tmp_path / "nova"))
    assert result.exit_code == 2
    assert "Falta --cnpj" in result.output


def test_a_launcher_survives_spaces_quotes_and_percent_signs() -> None:
    command = Command(("/casa d'Ana/100%/python", "-m", "converter"))
    made = {name: data.decode() for name, data in files(command).items()}
    assert '"/casa d\'Ana/100%%/python" "-m" "converter" converter' in made["Converter.bat"]
    assert made["Converter.bat"].count("\n") == made["Converter.bat"].count("\r\n")
    assert "'/casa d'\"'\"'Ana/100%/python' -m converter converter" in made["Converter.command"]


@pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell on this system")
def test_the_launcher_runs_in_its_own_folder(tmp_path: Path) -> None:
    import subprocess

    pasta = tmp_path / "pasta com espaço"
    iniciar(str(pasta), *FLAGS)
    done = subprocess.run(
        ["sh", str(pasta / "Converter.command")],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Pronto: 4 lotes" in done.stdout, done.stderr


def test_the_settings_say_only_what_was_answered() -> None:
    text = planilote_toml(SetupAnswers("11222333000181", "", "4106902", "", simples=False))
    (one,) = tomllib.loads(text)["prestadores"]
    assert one.keys() == {"cnpj", "codigo_municipio", "padroes"}


def test_the_example_is_laid_down_once(tmp_path: Path) -> None:
    first = CliRunner().invoke(cli.main, ["exemplo", "--pasta", str(tmp_path)])
    again = CliRunner().invoke(cli.main, ["exemplo", "--pasta", str(tmp_path)])
    assert first.output.count("exemplo-servicos") == 2
    assert "Escrita" not in again.output
