"""No ambiente forgotten: a rehearsal never passes real waiting lotes by."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converter import cli
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from tests.runs import NOW, exemplo, real, run_in, tabela


@pytest.fixture
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    with serve(tmp_path_factory.mktemp("api"), settings=Settings(now=lambda: NOW)) as running:
        yield running


@pytest.fixture
def pasta(tmp_path: Path, api: RunningSimulator) -> Path:
    """A folder with lotes that wait for the prefeitura in homologacao."""
    tabela(tmp_path, exemplo())
    run_in(tmp_path, ambiente="homologacao", environ=real(api.url))
    return tmp_path


def planilote(pasta: Path, *words: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli.main, [*words, "--pasta", str(pasta)], env=env)


@pytest.mark.parametrize("command", ["converter", "conferir"])
def test_a_run_without_an_ambiente_plays_nothing_and_shows_both_commands(
    pasta: Path, command: str
) -> None:
    before = {path: path.stat().st_mtime_ns for path in (pasta / "saida").rglob("*")}
    result = planilote(pasta, command)
    assert result.exit_code == 2
    assert "2 lotes em homologacao" in result.output
    assert "planilote converter --ambiente homologacao" in result.output
    assert "planilote converter --ambiente simulado" in result.output
    assert {path: path.stat().st_mtime_ns for path in (pasta / "saida").rglob("*")} == before


def test_who_says_simulado_may_rehearse(pasta: Path) -> None:
    assert planilote(pasta, "converter", "--ambiente", "simulado").exit_code == 0


def test_the_settings_may_say_it_once(pasta: Path, api: RunningSimulator) -> None:
    (pasta / "planilote.toml").write_text('ambiente = "homologacao"\n', encoding="utf-8")
    result = planilote(pasta, "converter", env=real(api.url))
    assert result.exit_code == 0, result.output
    assert "ambiente: homologacao" in result.output


def test_a_return_of_another_ambiente_says_whose_it_is_and_what_to_type(
    pasta: Path, api: RunningSimulator
) -> None:
    ref = min(path.stem for path in (pasta / "saida" / "lotes").iterdir())
    name, content = api.play(ref)
    (pasta / "retornos" / f"{ref}_{name}").write_bytes(content)
    result = planilote(pasta, "converter", "--ambiente", "simulado")
    assert f"é do lote {ref}, que está em homologacao" in result.output
    assert "planilote converter --ambiente homologacao" in result.output


def test_what_situacao_says_to_run_names_its_ambiente(pasta: Path) -> None:
    result = planilote(pasta, "situacao", "--ambiente", "homologacao")
    assert "2 lotes esperam a prefeitura" in result.output
    assert "rode: planilote converter --ambiente homologacao" in result.output


def test_the_json_of_the_refusal_has_its_code(pasta: Path) -> None:
    result = planilote(pasta, "converter", "--json")
    assert json.loads(result.stdout)["erro"]["codigo"] == "ambiente-nao-dito"


def test_a_folder_with_nothing_real_rehearses_as_ever(tmp_path: Path) -> None:
    (tmp_path / "entrada").mkdir()
    example = Path(__file__).parent.parent / "entrada" / "exemplo-servicos.csv"
    shutil.copy(example, tmp_path / "entrada")
    assert planilote(tmp_path, "converter").exit_code == 0
