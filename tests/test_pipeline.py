"""The whole line, from files in `entrada/` to workbooks in `saida/`."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from converter import pipeline
from converter.model.exit_code import ExitCode
from converter.model.progress import Begun, News, Progress, Sending, Sent, Step, Tell, unheard
from converter.model.run import RunReport
from converter.runtime.environment import Environment
from converter.settings import load
from converter.texts import machine
from tests.runs import copy_examples

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)

Run = Callable[..., RunReport]


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def pasta(tmp_path: Path) -> Path:
    copy_examples(tmp_path)
    return tmp_path


@pytest.fixture
def run(pasta: Path) -> Run:
    def converted(
        *names: str, enviar: bool = True, tell: Tell = unheard, **chosen: object
    ) -> RunReport:
        settings = load({}, pasta=str(pasta), **chosen)  # type: ignore[arg-type]  # mixed options
        world = Environment(
            now=lambda: NOW, seconds=lambda: 2e9, sleep=lambda _: None, pause=lambda _: None
        )
        return pipeline.run(settings, world, names, enviar=enviar, tell=tell)

    return converted


def test_a_first_run_ends_with_every_note_authorised(run: Run, pasta: Path) -> None:
    report = run()
    assert report.exit_code == ExitCode.OK
    for name in ("exemplo-servicos_resultado.xlsx", "exemplo-servicos_csv_resultado.xlsx"):
        book = openpyxl.load_workbook(pasta / "saida" / name)
        assert {"Resumo", "Resultado", "Erros", "Lote 1", "Lote 2", "Resposta"} <= set(
            book.sheetnames
        )
    assert {
        situacao for done in report.files if done.report for situacao in done.report.rows.situacao
    } == {"autorizada"}


def test_a_run_tells_what_is_ahead_and_then_every_step(run: Run, pasta: Path) -> None:
    name = "exemplo-servicos.csv"
    heard: list[News] = []
    run(name, tell=heard.append)
    size = (pasta / "entrada" / name).stat().st_size
    first, *steps = (news for news in heard if not isinstance(news, Sent))
    assert [news.generated for news in heard if isinstance(news, Sent)] == [True, True]
    assert isinstance(first, Begun)
    assert (first.files, first.size, first.enviar) == (1, size, True)
    checked = [Progress(name, Step.CONFERINDO, 12), Progress(name, Step.MONTANDO)]
    assert steps == [
        Progress(name, Step.LENDO),
        *checked,
        *checked,  # What the API says of the cities is news to every row.
        Progress(name, Step.AGRUPANDO),
        Sending(2),
        Progress(name, Step.ESCREVENDO),
    ]


def test_other_processes_are_heard_of_when_they_are_through(run: Run, pasta: Path) -> None:
    heard: list[News] = []
    run(enviar=False, tell=heard.append, processos=2)
    names = sorted(path.name for path in (pasta / "entrada").iterdir())
    for step in (Step.CONFERIDA, Step.ESCRITA):
        told = [news for news in heard if isinstance(news, Progress) and news.step is step]
        assert told == [Progress(name, step) for name in names]
    assert not {Step.LENDO, Step.ESCREVENDO} & {
        news.step for news in heard if isinstance(news, Progress)
    }


def test_a_second_run_sends_nothing_and_leaves_identical_files(run: Run, pasta: Path) -> None:
    run()
    before = hashes(pasta / "saida")
    report = run()
    assert report.exit_code == ExitCode.OK
    assert [(done.report, len(done.refs)) for done in report.files] == [(None, 2), (None, 2)]
    assert hashes(pasta / "saida") == before


def test_a_lost_saida_is_rebuilt_byte_for_byte(run: Run, pasta: Path) -> None:
    run()
    before = hashes(pasta / "saida")
    shutil.rmtree(pasta / "saida")
    report = run()
    assert hashes(pasta / "saida") == before
    assert not any(o.sent_now for done in report.files if done.report for o in done.report.outcomes)


def test_conferir_sends_nothing_and_shows_the_payloads(run: Run, pasta: Path) -> None:
    report = run(enviar=False)
    assert report.exit_code == ExitCode.OK
    assert not (pasta / "saida" / "lotes").exists()
    assert not (pasta / "diario" / "simulador.sqlite3").exists()
    entry = json.loads(machine.run_json(report, pasta))["arquivos"][0]
    assert entry["notas_enviadas"] == 0
    assert [len(lote["payload"]["lista_nfse"]) for lote in entry["lotes"]] == [7, 5]


def test_conferir_before_converter_changes_no_ref(run: Run) -> None:
    planned = {o.lote.ref for d in run(enviar=False).files if d.report for o in d.report.outcomes}
    made = {o.lote.ref for d in run().files if d.report for o in d.report.outcomes}
    assert planned == made


def test_the_same_rows_in_another_file_are_repeated_and_name_the_first(
    run: Run, pasta: Path
) -> None:
    run()
    (pasta / "entrada" / "copia.csv").write_bytes(
        (pasta / "entrada" / "exemplo-servicos.csv").read_bytes()
    )
    report = next(done.report for done in run().files if done.arquivo == "copia.csv")
    assert report is not None
    assert set(report.rows.situacao) == {"repetida"}
    assert "exemplo-servicos.csv, aba" in report.rows.mensagens[0]
    assert report.balance.repetidas == 12


def test_a_file_with_mistakes_holds_its_prestador_and_others_go_on(run: Run, pasta: Path) -> None:
    shutil.copy(ROOT / "docs" / "exemplos" / "com-erros.xlsx", pasta / "entrada")
    report = run()
    assert report.exit_code == ExitCode.REFUSED
    bad = next(done for done in report.files if done.arquivo == "com-erros.xlsx")
    assert bad.report is not None
    assert bad.report.balance.rejeitadas > 0
    assert bad.report.balance.enviadas == 0
    assert bad.report.balance.holds()


def test_the_source_is_never_touched(run: Run, pasta: Path) -> None:
    before = hashes(pasta / "entrada")
    run()
    assert hashes(pasta / "entrada") == before


def test_an_empty_folder_is_said_and_exits_2(run: Run, pasta: Path) -> None:
    shutil.rmtree(pasta / "entrada")
    assert run().exit_code == ExitCode.USAGE


def test_rows_and_amounts_balance(run: Run) -> None:
    for done in run().files:
        assert done.report is not None
        assert done.report.balance.holds()
        assert done.report.balance.valor_lido == done.report.balance.valor_enviado > 0


MENDED = {
    "CPF/CNPJ do tomador": "52.190.638/0001-36",
    "Valor dos serviços": 1500,
    "Data de emissão": datetime(2026, 8, 7, 14, 0),
    "Item da lista de serviços (LC 116)": "01.07",
    "UF": "PR",
    "Alíquota do ISS (%)": 2,
    "ISS retido": "Não",
    "Discriminação do serviço": "Curso de legislação fiscal, agosto de 2026",
    "E-mail do tomador": "fiscal@lumenoptica.example",
}


def mend(path: Path) -> None:
    """Write the right value into each cell that came back red, as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headers = {cell.column_letter: str(cell.value) for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            red = cell.fill.fgColor.rgb if cell.fill.fill_type else None
            if red and cell.comment:
                cell.value = MENDED.get(headers[cell.column_letter], cell.value)
    book.save(path)


def test_mended_rows_dropped_back_are_sent_once_and_both_appearances_are_told(
    run: Run, pasta: Path
) -> None:
    for example in (pasta / "entrada").iterdir():
        example.unlink()
    shutil.copy(ROOT / "docs" / "exemplos" / "com-erros.xlsx", pasta / "entrada" / "notas.xlsx")
    first = run().files[0].report
    assert first is not None
    assert first.balance.enviadas == 0
    fixing = pasta / "entrada" / "notas_corrigir.xlsx"
    shutil.copy(pasta / "saida" / "notas_corrigir.xlsx", fixing)
    mend(fixing)
    reports = {done.arquivo: done.report for done in run().files}
    mended, original = reports["notas_corrigir.xlsx"], reports["notas.xlsx"]
    assert mended is not None
    assert original is not None
    assert set(mended.rows.situacao) == {"autorizada"}, mended.problems
    assert len(mended.rows.row) == 12
    assert set(original.rows.situacao) == {"repetida"}
    assert "Veio de notas.xlsx, aba “Notas”, linha 2." in mended.rows.mensagens[0]
    assert "notas_corrigir.xlsx" in original.rows.mensagens[0]
    assert not (pasta / "saida" / "notas_corrigir.xlsx").exists()
