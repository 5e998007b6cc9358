"""The command line as a user meets it: sentences, exit codes, JSON, and never a traceback."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from converter import __version__, cli, terminal
from converter.texts import progress_lines

ROOT = Path(__file__).parent.parent
Planilote = Callable[..., Result]


@pytest.fixture
def planilote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planilote:
    for name in ("PLANILOTE_AMBIENTE", "PLANILOTE_URL", "PLANILOTE_PASTA", "FOCUS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PLANILOTE_PASTA", str(tmp_path))

    def invoke(*words: str) -> Result:
        result = CliRunner().invoke(cli.main, list(words))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def exemplo(tmp_path: Path) -> Path:
    (tmp_path / "entrada").mkdir()
    shutil.copy(ROOT / "entrada" / "exemplo-servicos.csv", tmp_path / "entrada")
    return tmp_path


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_command_explains_itself_in_portuguese(command: str) -> None:
    found = cli.main.commands[command]
    assert found.help
    for option in found.params:
        assert isinstance(option, click.Argument) or option.help or option.name == "sim"


ENGLISH = re.compile(
    r"usage|options|commands|error|try |show |such|did you|missing|invalid|unexpected|must"
    r"|exist[s. ]|default|argument[ s]|requires|value",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["convertr"],
        ["converter", "--ambient", "x"],
        ["converter", "--ambiente", "x"],
        ["converter", "--processos", "99"],
        ["converter", "--processos", "dois"],
        ["converter", "--pasta"],
        ["converter", "--json=1"],
        ["resposta"],
        ["resposta", "a", "b"],
        ["retorno", "a", "b"],
        ["mapear", "."],
        *([name, "--help"] for name in sorted(cli.main.commands)),
    ],
    ids=" ".join,
)
def test_wrong_use_and_help_are_answered_in_portuguese(
    planilote: Planilote, words: list[str]
) -> None:
    result = planilote(*words)
    assert result.exit_code == (0 if "--help" in words else 2)
    assert result.output
    assert not ENGLISH.findall(result.output)


@pytest.mark.parametrize(
    ("said", "sends"),
    [("s\n", True), ("SIM\n", True), ("\n", False), ("n\n", False), ("y\n", False), ("", False)],
)
def test_the_question_before_producao_is_answered_in_portuguese(said: str, sends: bool) -> None:
    with CliRunner().isolation(input=said):
        assert terminal.ask_to_send("2 lotes") is sends


def test_json_in_producao_asks_nothing_and_sends_nothing(
    planilote: Planilote, exemplo: Path
) -> None:
    result = planilote("converter", "--ambiente", "producao", "--json")
    assert result.exit_code == 2
    assert "--sim" in json.loads(result.stdout)["erro"]["mensagem"]
    assert not (exemplo / "diario").exists()


def test_the_make_target_and_the_accents_are_understood(
    planilote: Planilote, exemplo: Path
) -> None:
    assert planilote("convert", "--quieto").exit_code == 0
    assert "ambiente: producao" in planilote("situacao", "--ambiente", "Produção").stdout


def test_a_summary_of_a_command_is_never_cut(planilote: Planilote) -> None:
    assert "..." not in planilote("--help").stdout.replace("[ARGUMENTOS]...", "")


def test_what_was_not_sent_says_why(
    planilote: Planilote, exemplo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.move(exemplo / "entrada" / "exemplo-servicos.csv", exemplo / "entrada" / "notas.csv")
    result = planilote("converter", "--ambiente", "homologacao")
    assert result.exit_code == 1
    assert "12 prontas para enviar" in result.stdout
    assert "já tem" not in result.stdout
    assert "Não enviado: Não há token" in result.stdout
    assert "2 lotes não foram enviados" in result.stdout


def test_conferir_does_not_call_ready_what_was_sent(planilote: Planilote, exemplo: Path) -> None:
    planilote("converter")
    (exemplo / "saida" / "exemplo-servicos_resultado.xlsx").unlink()
    result = planilote("conferir")
    assert "12 autorizadas" in result.stdout
    assert "pronto para enviar" not in result.stdout


def test_another_ambiente_does_not_take_our_own_result_for_an_edited_one(
    planilote: Planilote, exemplo: Path
) -> None:
    shutil.move(exemplo / "entrada" / "exemplo-servicos.csv", exemplo / "entrada" / "notas.csv")
    planilote("converter")
    assert "editado" not in planilote("conferir", "--ambiente", "homologacao").stdout
    assert "editado" not in planilote("converter").stdout


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('ambinte = "simulado"', "Seria “ambiente”?"),
        ('token = "abc"', "FOCUS_TOKEN"),
        ("ambiente =", "no fim do arquivo"),
    ],
)
def test_a_slip_in_planilote_toml_is_told_with_its_mend(
    planilote: Planilote, exemplo: Path, line: str, told: str
) -> None:
    (exemplo / "planilote.toml").write_text(line, encoding="utf-8")
    result = planilote("converter")
    assert result.exit_code == 2
    assert told in result.stderr


def test_json_is_one_object_and_nothing_else(planilote: Planilote, exemplo: Path) -> None:
    result = planilote("converter", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == told["codigo_saida"] == 0
    (file,) = told["arquivos"]
    assert file["arquivo"] == "exemplo-servicos.csv"
    assert file["linhas_lidas"] == file["notas_enviadas"] == 12
    assert [lote["estado"] for lote in file["lotes"]] == ["respondido", "respondido"]
    assert file["resultado"] == "saida/exemplo-servicos_resultado.xlsx"
    assert len(told["respostas"]) == 2


def test_json_of_a_second_run_still_tells_the_whole_file(
    planilote: Planilote, exemplo: Path
) -> None:
    first = json.loads(planilote("converter", "--json").stdout)["arquivos"]
    second = json.loads(planilote("converter", "--json").stdout)["arquivos"]
    for entry in (*first, *second):
        for lote in entry["lotes"]:
            lote.pop("enviado_agora")
    assert first == second


def test_a_long_run_says_how_long_before_it_begins(
    planilote: Planilote, exemplo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_lines, "LONG", 0)
    monkeypatch.setattr(progress_lines, "SECONDS_BETWEEN", 0)
    _, ahead, *steps = planilote("conferir").stdout.splitlines()
    assert ahead == "1 planilha, 1 MB: deve levar uns 10 segundos."
    assert steps[:2] == [
        "exemplo-servicos.csv: lendo",
        "exemplo-servicos.csv: conferindo 12 linhas",
    ]
    assert len(planilote("conferir", "--quieto").stdout.splitlines()) == 1
    assert json.loads(planilote("conferir", "--json").stdout)


def test_quieto_says_only_the_verdict(planilote: Planilote, exemplo: Path) -> None:
    assert planilote("converter", "--quieto").stdout == (
        "Ensaio, sem valor fiscal. Pronto: 2 lotes, 12 notas, R$ 46.579,75. "
        "Abra os resultados em saida/.\n"
    )


def test_an_empty_folder_says_what_to_do(planilote: Planilote) -> None:
    result = planilote("converter")
    assert result.exit_code == 2
    assert "Ponha as planilhas na pasta entrada/" in result.stdout


def test_a_file_that_is_not_there_is_named(planilote: Planilote) -> None:
    result = planilote("converter", "nada.xlsx")
    assert result.exit_code == 2
    assert "nada.xlsx" in result.stderr


def test_a_broken_planilote_toml_names_the_line(planilote: Planilote, exemplo: Path) -> None:
    (exemplo / "planilote.toml").write_text("ambiente = simulado\n", encoding="utf-8")
    result = planilote("converter")
    assert result.exit_code == 2
    assert "planilote.toml" in result.stderr
    assert "linha 1, coluna 12" in result.stderr


def test_an_unknown_option_of_planilote_toml_is_refused(
    planilote: Planilote, exemplo: Path
) -> None:
    (exemplo / "planilote.toml").write_text('ambeinte = "simulado"\n', encoding="utf-8")
    result = planilote("converter")
    assert result.exit_code == 2
    assert "não existe a opção “ambeinte”" in result.stderr


@pytest.mark.parametrize(
    "url", ["http://api.example", "ftp://127.0.0.1", "https://a:b@api.example"]
)
def test_a_token_never_travels_in_the_clear(
    planilote: Planilote, exemplo: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PLANILOTE_URL", url)
    monkeypatch.setenv("FOCUS_TOKEN", "invented0token0of0a0test")
    result = planilote("converter", "--ambiente", "homologacao")
    assert result.exit_code == 2
    assert "invented0token0of0a0test" not in result.output


def test_situacao_of_a_new_folder_says_how_to_begin(planilote: Planilote) -> None:
    assert "Nenhum lote ainda" in planilote("situacao").stdout


def test_situacao_lists_each_lote_with_its_state(planilote: Planilote, exemplo: Path) -> None:
    planilote("converter", "--quieto")
    told = json.loads(planilote("situacao", "--json").stdout)
    assert [lote["estado"] for lote in told["lotes"]] == ["respondido"] * 2
    assert "respondido pela prefeitura" in planilote("situacao").stdout


def test_retorno_and_resposta_play_the_city_by_hand(planilote: Planilote, exemplo: Path) -> None:
    planilote("converter", "--quieto")
    ref = json.loads(planilote("situacao", "--json").stdout)["lotes"][0]["ref"]
    assert planilote("retorno", ref).exit_code == 0
    (file,) = (exemplo / "retornos").glob(f"{ref}*")
    assert planilote("resposta", ref, str(file)).exit_code == 0


def test_an_unknown_ref_is_a_sentence(planilote: Planilote) -> None:
    result = planilote("retorno", "pl00")
    assert result.exit_code == 2
    assert "planilote situacao" in result.stderr


def test_modelo_writes_a_template_once(planilote: Planilote, tmp_path: Path) -> None:
    assert planilote("modelo").exit_code == 0
    assert (tmp_path / "modelo-simples.xlsx").exists()
    assert planilote("modelo").exit_code == 2
    assert "Os que existem" in planilote("modelo", "outro").stderr


def test_mapear_drafts_and_never_overwrites(planilote: Planilote, tmp_path: Path) -> None:
    sheet = tmp_path / "erp.csv"
    sheet.write_text("Vlr Bruto;Documento\n1.500,00;52.190.638/0001-36\n", encoding="utf-8")
    assert planilote("mapear", str(sheet)).exit_code == 0
    assert (tmp_path / "mappings" / "erp.toml").exists()
    assert planilote("mapear", str(sheet)).exit_code == 2


def test_mapeamentos_lists_and_explains(planilote: Planilote, exemplo: Path) -> None:
    assert "focus_planilha" in planilote("mapeamentos").stdout
    told = planilote("mapeamentos", str(exemplo / "entrada" / "exemplo-servicos.csv")).stdout
    assert "mapeamento “padrao”: 22 colunas" in told
    assert "S  Valor dos serviços  →  servico.valor_servicos" in told


def test_the_module_and_the_script_are_the_same_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "converter", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert told.stdout == f"planilote {__version__}\n"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from converter import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'pandera', 'openpyxl', 'requests', 'flask', 'lxml', 'rich'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert told.stderr.strip() == "[]"
