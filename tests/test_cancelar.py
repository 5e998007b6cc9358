"""Notes cancelled by file, from the command to the row that says so."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from converter.cli import main
from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from converter.runtime import cancelling, environment
from tests.faults.ledger import Server
from tests.runs import NOW, exemplo, of, real, refs, run_in, situacoes, tabela

DESCRICAO = ("--descricao", "Valor errado")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the clock of every command shows; a test may set it."""
    shown, kept = [NOW], environment.Environment
    monkeypatch.setattr(
        environment, "Environment", lambda **known: kept(**known, now=lambda: shown[0])
    )
    return shown


@pytest.fixture
def run(tmp_path: Path, clock: list[datetime]) -> Any:
    """A command of the program in the folder of the test."""

    def run(*words: str, **more: Any) -> Result:
        return CliRunner().invoke(main, [*words, "--pasta", str(tmp_path)], **more)

    return run


@pytest.fixture
def barueri(tmp_path: Path) -> str:
    """The ref of three notes that Barueri has issued."""
    tabela(tmp_path, exemplo()[:3])
    return refs(run_in(tmp_path))[2]


def stored(tmp_path: Path, ambiente: str = "simulado") -> Any:
    with Journal(tmp_path / "diario" / "diario.sqlite3", lambda: NOW) as journal:
        return journal.lotes(ambiente)


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "saida" / "lotes").glob("cancelamento_*"))


def test_a_note_is_cancelled_once_the_prefeitura_has_said_so(
    run: Any, barueri: str, tmp_path: Path
) -> None:
    made = run("cancelar", barueri, "3", *DESCRICAO)
    assert made.exit_code == 0, made.output
    assert "linha 3: NFS-e 2" in made.output
    (path,) = files(tmp_path)
    line = path.read_bytes().decode("latin-1").split("\r\n")[1]
    assert (line[15:25], line[39:42], line[42:49]) == ("0" * 10, "C02", "0000002")
    assert line[62:242].strip() == "Valor errado"
    assert situacoes(run_in(tmp_path)) == ["autorizada", "cancelada", "autorizada"]
    assert "cancela notas do lote" in run("situacao").output
    issued, cancelled = stored(tmp_path)
    assert cancelled.state is LoteState.RESPONDIDO
    (said,) = issued.answers[1].messages
    assert (said.code, cancelled.lote.ref in said.text) == ("nota-cancelada-por-arquivo", True)


def test_the_row_that_was_cancelled_does_not_go_again(
    run: Any, barueri: str, tmp_path: Path
) -> None:
    run("cancelar", barueri, "3", *DESCRICAO)
    run_in(tmp_path)
    tabela(tmp_path, exemplo()[:4])
    after = run_in(tmp_path)
    assert situacoes(after) == ["autorizada", "cancelada", "autorizada", "autorizada"]
    assert refs(after)[3] == barueri


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["99"], "não tem nota da linha 99"),
        (["x"], "não é uma linha"),
        (["Outra!3"], "não tem nota da linha Outra!3"),
    ],
)
def test_a_row_that_is_not_of_the_lote_is_refused(
    run: Any, barueri: str, words: list[str], told: str, tmp_path: Path
) -> None:
    refused = run("cancelar", barueri, *words, *DESCRICAO)
    assert (refused.exit_code, told in refused.output) == (2, True)
    assert files(tmp_path) == []


def test_what_waits_to_be_cancelled_or_is_cancelled_is_not_cancelled_again(
    run: Any, barueri: str, tmp_path: Path
) -> None:
    run("cancelar", barueri, "3", *DESCRICAO)
    (made,) = files(tmp_path)
    content = made.read_bytes()
    made.unlink()
    assert "já a cancela" in run("cancelar", barueri, "3", *DESCRICAO).output
    assert made.read_bytes() == content, "a file that was lost is there again"
    run_in(tmp_path)
    assert "já está cancelada" in run("cancelar", barueri, *DESCRICAO).output
    assert "um cancelamento não se cancela" in run("cancelar", stored(tmp_path)[1].lote.ref).output
    assert len(files(tmp_path)) == 1


def test_an_unknown_lote_is_refused(run: Any, barueri: str) -> None:
    assert "Não há lote" in run("cancelar", "pl" + "0" * 30, *DESCRICAO).output


def test_a_note_nobody_answered_is_not_cancelled(run: Any, tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[:1])
    with Server() as server:
        sent = run_in(tmp_path, ambiente="producao", environ=real(server.url))
    words = ("cancelar", refs(sent)[2], "--ambiente", "producao", "--sim", *DESCRICAO)
    assert "ainda não disse que a emitiu" in run(*words).output


def test_the_reason_is_asked_for_and_never_invented(run: Any, barueri: str, tmp_path: Path) -> None:
    refused = run("cancelar", barueri, "3")
    assert (refused.exit_code, "Falta --descricao" in refused.output) == (2, True)
    assert files(tmp_path) == []


def test_what_the_prefeitura_would_refuse_makes_no_file(
    run: Any, barueri: str, clock: list[datetime], tmp_path: Path
) -> None:
    clock[0] = NOW.replace(year=2027, month=6)
    refused = run("cancelar", barueri, "3", *DESCRICAO)
    assert "código 253" in refused.output
    assert files(tmp_path) == []


def test_two_files_of_a_day_have_two_numbers(run: Any, barueri: str, tmp_path: Path) -> None:
    run("cancelar", barueri, "3", *DESCRICAO)
    run("cancelar", barueri, "4", *DESCRICAO)
    numbers = {path.read_bytes()[14:25] for path in files(tmp_path)}
    assert numbers == {b"20261122900", b"20261122901"}
    assert situacoes(run_in(tmp_path)) == ["autorizada", "cancelada", "cancelada"]


def test_a_city_without_a_file_tells_how_its_site_does_it(run: Any, tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[7:8])
    ref = refs(run_in(tmp_path))[2]
    told = run("cancelar", ref)
    assert told.exit_code == 1
    assert "não cancela notas por arquivo, só no site dela" in told.output
    assert "NFS-e 1, verificação" in told.output
    assert len(stored(tmp_path)) == 1
    entry = json.loads(run("cancelar", ref, "--json").output)
    assert (entry["meio"], entry["lote"], entry["codigo_saida"]) == ("site", None, 1)
    assert [note["numero"] for note in entry["notas"]] == ["1"]


def test_json_tells_the_lote_and_its_file(run: Any, barueri: str, tmp_path: Path) -> None:
    entry = json.loads(run("cancelar", barueri, "2", "--json", *DESCRICAO).output)
    (path,) = files(tmp_path)
    assert entry["meio"] == "arquivo"
    assert entry["lote"] == {
        "ref": stored(tmp_path)[1].lote.ref,
        "estado": "gerado",
        "arquivo": f"saida/lotes/{path.name}",
    }


@pytest.fixture
def issued(tmp_path: Path, barueri: str) -> str:
    """The same lote as one of producao: its answers are the prefeitura's own."""
    path = tmp_path / "diario" / "diario.sqlite3"
    with Journal(path, lambda: NOW) as journal, journal._transaction() as connection:
        connection.execute("UPDATE lote SET ambiente = 'producao'")
        connection.execute("UPDATE claim SET ambiente = 'producao'")
    return barueri


@pytest.mark.parametrize(("said", "made"), [("n\n", 0), ("", 0), ("s\n", 1)])
def test_producao_asks_first(run: Any, issued: str, said: str, made: int, tmp_path: Path) -> None:
    words = ("cancelar", issued, "3", "--ambiente", "producao", *DESCRICAO)
    told = run(*words, input=said)
    assert "Para cancelar em producao: 1 nota" in told.output
    assert told.exit_code == 1 - made
    assert len(stored(tmp_path, "producao")) == 1 + made
    assert len(files(tmp_path)) == made


def test_producao_with_json_needs_its_answer_beforehand(run: Any, issued: str) -> None:
    told = run("cancelar", issued, "3", "--ambiente", "producao", "--json", *DESCRICAO)
    assert json.loads(told.output)["erro"]["codigo"] == "pergunta-sem-resposta"


def test_a_refusal_leaves_the_note_as_it_was(run: Any, barueri: str, tmp_path: Path) -> None:
    run("cancelar", barueri, "3", *DESCRICAO)
    (path,) = files(tmp_path)
    lines = path.read_bytes().decode("latin-1").split("\r\n")
    echo = [line.ljust(1970) + ("258;" if line[:1] == "2" else "") for line in lines if line]
    returned = tmp_path / "retornos" / "RPS.ERR"
    returned.write_bytes("".join(f"{line}\r\n" for line in echo).encode("latin-1"))
    cancelled = stored(tmp_path)[1].lote.ref
    told = run("resposta", cancelled, "RPS.ERR")
    assert "258" in told.output
    assert "não cancelou 1 nota" in run("situacao").output
    assert [str(one.situacao) for one in stored(tmp_path)[0].answers] == ["autorizada"] * 3
    assert run("cancelar", barueri, "3", *DESCRICAO).exit_code == 0, "it may be tried again"


def test_a_return_that_is_none_is_told(run: Any, barueri: str, tmp_path: Path) -> None:
    run("cancelar", barueri, "3", *DESCRICAO)
    (tmp_path / "retornos" / "x.txt").write_bytes(b"<html>manutencao</html>")
    told = run("resposta", stored(tmp_path)[1].lote.ref, "x.txt")
    assert "Formato de arquivo inválido" in told.output
    assert stored(tmp_path)[1].state is LoteState.GERADO


def test_at_most_a_hundred_a_day(run: Any, barueri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cancelling, "_MOST", 1)
    run("cancelar", barueri, "3", *DESCRICAO)
    assert "numeração deles acabou" in run("cancelar", barueri, "4", *DESCRICAO).output


def test_a_file_that_cancels_tells_nothing_of_rows_twice(
    run: Any, barueri: str, tmp_path: Path
) -> None:
    run("cancelar", barueri, "3", *DESCRICAO)
    report = run_in(tmp_path)
    assert report.orphans == ()
    assert of(report).balance.lidas == 3
