"""Names a file system allows: one identity each, one word each, no result in another's place."""

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from converter.model.exit_code import ExitCode
from converter.model.run import RunReport
from tests.runs import exemplo, in_october, run_in, tabela

pytestmark = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names Linux allows")


def skipped(run: RunReport) -> dict[str, str]:
    return {problem.arquivo: problem.code for problem in run.skipped}


def test_two_spellings_of_one_accent_are_told_and_one_is_read(tmp_path: Path) -> None:
    for form, rows in (("NFC", exemplo()[:2]), ("NFD", in_october(exemplo()[:2]))):
        tabela(tmp_path, rows, unicodedata.normalize(form, "ação.csv"))
    run = run_in(tmp_path)
    assert [done.arquivo for done in run.files] == ["ação.csv"]
    assert skipped(run) == {"ação.csv": "nome-igual"}
    assert run.exit_code == ExitCode.REFUSED


def test_two_names_that_are_no_text_are_told_and_one_is_read(tmp_path: Path) -> None:
    data = tabela(tmp_path, exemplo()[:2], "x.csv").read_bytes()
    (tmp_path / "entrada" / "x.csv").unlink()
    for name in (b"nota\xff.csv", b"nota\xfe.csv"):
        (tmp_path / "entrada" / os.fsdecode(name)).write_bytes(data)
    run = run_in(tmp_path)
    assert len(run.files) == 1
    assert set(skipped(run).values()) == {"nome-igual"}
    assert len(list((tmp_path / "saida").glob("*_resultado.xlsx"))) == 1


def test_what_is_no_file_is_told_and_never_opened(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[:2])
    entrada = tmp_path / "entrada"
    os.mkfifo(entrada / "cano.csv")
    (entrada / "nada.csv").symlink_to(tmp_path / "nao-existe.csv")
    (entrada / "aparelho.csv").symlink_to("/dev/zero")
    (entrada / "volta").symlink_to(entrada, target_is_directory=True)
    run = run_in(tmp_path)
    assert skipped(run) == {
        "cano.csv": "arquivo-inacessivel",
        "nada.csv": "arquivo-inacessivel",
        "aparelho.csv": "arquivo-inacessivel",
        "volta": "pasta-por-atalho",
    }
    assert [done.arquivo for done in run.files] == ["notas.csv"]
    assert run.exit_code == ExitCode.REFUSED


def test_a_file_that_is_a_link_is_read_and_its_rows_are_sent_once(tmp_path: Path) -> None:
    path = tabela(tmp_path, exemplo()[:2])
    (tmp_path / "entrada" / "outro.csv").symlink_to(path)
    run = run_in(tmp_path)
    sent = [str(s) for done in run.files if done.report for s in done.report.rows.situacao]
    assert sorted(sent) == ["autorizada", "autorizada", "repetida", "repetida"]


def test_a_file_nobody_understands_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "entrada").mkdir()
    (tmp_path / "entrada" / "lista.csv").write_text("a;b\n1;2\n")
    assert run_in(tmp_path, enviar=False).exit_code != ExitCode.OK


def test_what_a_killed_run_was_writing_is_swept(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[:2])
    run_in(tmp_path)
    folders = ("saida", "saida/lotes", "diario")
    left = [tmp_path / folder / ".0123456789abcdef.parcial" for folder in folders]
    own = tmp_path / "saida" / "meu.parcial"
    for path in (*left, own):
        path.write_bytes(b"metade")
    run_in(tmp_path)
    assert not any(path.exists() for path in left)
    assert own.exists()
