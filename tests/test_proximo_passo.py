"""What is shown before something is sent for real, and what is to be done after it."""

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from converter import cli
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from converter.workbook.styles import SIMULATED
from tests.runs import NOW, VALOR, exemplo, in_october, real, refs, run_in, tabela

NOTAS = "notas de setembro.csv"


@pytest.fixture
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    with serve(tmp_path_factory.mktemp("api"), settings=Settings(now=lambda: NOW)) as running:
        yield running


def planilote(pasta: Path, api: RunningSimulator, *words: str, answer: str = "") -> Result:
    where = ["--pasta", str(pasta), "--ambiente", "producao"]
    return CliRunner().invoke(cli.main, [*words, *where], env=real(api.url), input=answer)


def test_the_question_shows_each_file_and_issuer_and_which_notes_have_warnings(
    tmp_path: Path, api: RunningSimulator
) -> None:
    tabela(tmp_path, exemplo(), NOTAS)
    tabela(tmp_path, in_october(exemplo())[7:], "notas de outubro.csv")
    result = planilote(tmp_path, api, "converter", answer="n\n")
    lines = result.output.splitlines()
    begin = lines.index("Para enviar em produção: 3 lotes, 17 notas, R$ 51.974,75.")
    table = [line.split() for line in lines[begin + 1 : begin + 5]]
    assert table[0] == ["planilha", "prestador", "notas", "R$", "com", "aviso", "lotes"]
    assert [row[3:] for row in table[1:]] == [
        ["30.814.471/0001-02", "5", "5.395,00", "5", "1"],
        ["45.782.190/0001-84", "7", "41.184,75", "7", "1"],
        ["30.814.471/0001-02", "5", "5.395,00", "5", "1"],
    ]
    assert "linhas 2 a 13: Competência de mês anterior" in result.output
    assert "Enviar agora?" in result.output
    assert "Para enviar, rode: planilote converter --ambiente producao" in lines[-1]


def test_with_sim_the_same_is_shown_and_it_goes(tmp_path: Path, api: RunningSimulator) -> None:
    tabela(tmp_path, exemplo(), NOTAS)
    result = planilote(tmp_path, api, "converter", "--sim")
    assert "Para enviar em produção: 2 lotes, 12 notas, R$ 46.579,75." in result.output
    assert "Enviar agora?" not in result.output
    assert "12 com arquivo gerado" in result.output


def test_after_it_each_lote_names_its_file_and_its_site(
    tmp_path: Path, api: RunningSimulator
) -> None:
    tabela(tmp_path, exemplo(), NOTAS)
    for words in (["converter", "--sim"], ["situacao"]):
        output = planilote(tmp_path, api, *words).output
        told = dict(
            line.strip().split(": ", 1) for line in output.splitlines() if "/lotes/" in line
        )
        assert all((tmp_path / name).is_file() for name in told)
        assert sorted(told.values()) == [
            "Barueri/SP, https://www.barueri.sp.gov.br/nfe/",
            "Santana de Parnaíba/SP",
        ]


def test_situacao_tells_what_no_lote_holds_and_where_to_mend_it(
    tmp_path: Path, api: RunningSimulator
) -> None:
    wrong, *good = exemplo()
    tabela(tmp_path, [{**wrong, VALOR: "muito"}, *good], NOTAS)
    planilote(tmp_path, api, "converter", "--sim")
    output = planilote(tmp_path, api, "situacao").output
    assert f"{NOTAS}: 1 com erro, 6 retidas. Para enviar, corrija saida/" in output
    assert "Nada a fazer" not in output
    told = json.loads(planilote(tmp_path, api, "situacao", "--json").output)
    (file,) = told["arquivos"]
    assert (file["arquivo"], file["rejeitadas"], file["retidas"]) == (NOTAS, 1, 6)
    assert (tmp_path / file["corrigir"]).is_file()
    assert any("Para enviar, corrija" in step for step in told["a_fazer"])


def test_what_was_sent_whole_is_held_no_more(tmp_path: Path, api: RunningSimulator) -> None:
    wrong, *good = exemplo()
    path = tabela(tmp_path, [{**wrong, VALOR: "muito"}, *good], NOTAS)
    planilote(tmp_path, api, "converter", "--sim")
    tabela(tmp_path, exemplo(), path.name)
    planilote(tmp_path, api, "converter", "--sim")
    assert "com erro" not in planilote(tmp_path, api, "situacao").output


def test_a_lote_sent_again_points_at_its_replacement(tmp_path: Path, api: RunningSimulator) -> None:
    tabela(tmp_path, exemplo()[:1], NOTAS)
    chosen = {"ambiente": "producao", "environ": real(api.url)}
    old = refs(run_in(tmp_path, **chosen), NOTAS)[2]
    tabela(tmp_path, [{**exemplo()[0], VALOR: "1.999,00"}], NOTAS)
    new = refs(run_in(tmp_path, reenviar=[old], **chosen), NOTAS)[2]
    assert new != old
    told = json.loads(planilote(tmp_path, api, "situacao", "--json").output)["lotes"]
    assert {lote["ref"]: lote["substituido_por"] for lote in told} == {old: [new], new: []}
    output = planilote(tmp_path, api, "situacao").output
    assert f"foi enviado de novo no lote {new}" in output
    assert "1 lote espera a prefeitura" in output


def test_a_rehearsal_says_so_in_its_last_line_and_in_every_new_sheet(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    result = CliRunner().invoke(cli.main, ["converter", "--pasta", str(tmp_path), "--quieto"])
    assert result.output.startswith("Ensaio, sem valor fiscal.")
    book = openpyxl.load_workbook(tmp_path / "saida" / "notas_resultado.xlsx")
    new = [sheet for sheet in book if sheet.title != "notas"]
    assert len(new) == 7
    for sheet in new:
        assert sheet.sheet_properties.tabColor.rgb[2:] == SIMULATED
        banner = [cell for row in sheet["A1:A3"] for cell in row if cell.fill.fgColor.rgb]
        assert "SIMULAÇÃO, sem valor fiscal" in [cell.value for cell in banner], sheet.title
