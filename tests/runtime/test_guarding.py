"""A folder that knows more than its journal, and a journal put back from its copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from converter.cli import main
from converter.errors import Abort
from converter.journal import guard
from converter.model.exit_code import ExitCode
from converter.runtime import guarding
from converter.runtime.environment import Environment
from converter.settings import load
from converter.simulator.server import RunningSimulator, serve
from tests.frozen.regenerate import unpack
from tests.runs import exemplo, in_october, real, refs, run_in, sent, tabela


@pytest.fixture
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    with serve(tmp_path_factory.mktemp("api")) as running:
        yield running


def restored(pasta: Path, api: RunningSimulator) -> str:
    shown = CliRunner().invoke(
        main,
        ["diario", "restaurar", "--pasta", str(pasta), "--ambiente", "producao"],
        env=dict(real(api.url)),
    )
    assert shown.exit_code == ExitCode.OK, shown.output
    return shown.output


def test_lotes_the_journal_never_heard_of_stop_the_run(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    shutil.rmtree(tmp_path / "diario")
    with pytest.raises(Abort) as caught:
        run_in(tmp_path)
    assert caught.value.code == "diario-nao-conhece"
    # To look at what would be sent needs no journal.
    run_in(tmp_path, enviar=False)


def test_a_damaged_journal_is_put_back_and_nothing_is_sent_again(
    tmp_path: Path, api: RunningSimulator
) -> None:
    chosen = {"ambiente": "producao", "environ": real(api.url)}
    tabela(tmp_path, exemplo())
    before = refs(run_in(tmp_path, **chosen))
    path = tmp_path / "diario" / "diario.sqlite3"
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(Abort) as caught:
        run_in(tmp_path, **chosen)
    assert caught.value.code == "diario-danificado"
    assert "Nada foi enviado depois da cópia" in restored(tmp_path, api)
    after = run_in(tmp_path, **chosen)
    assert after.exit_code == ExitCode.OK
    assert [set(done.refs) for done in after.files] == [set(before.values())]


def test_what_was_sent_after_the_copy_is_told_and_not_sent_again(
    tmp_path: Path, api: RunningSimulator
) -> None:
    chosen = {"ambiente": "producao", "environ": real(api.url)}
    tabela(tmp_path, exemplo())
    run_in(tmp_path, **chosen)
    copies = tmp_path / "diario" / "copias"
    kept = {path.name: path.read_bytes() for path in copies.iterdir()}
    tabela(tmp_path, in_october(exemplo()), "outubro.csv")
    run = run_in(tmp_path, **chosen)
    later = {lote.lote.ref for done in run.files if done.arquivo == "outubro.csv"
             for lote in (done.report.outcomes if done.report else ())}  # fmt: skip
    shutil.rmtree(copies)
    copies.mkdir()
    for name, content in kept.items():
        (copies / name).write_bytes(content)
    (tmp_path / "diario" / "diario.sqlite3").write_bytes(b"")
    said = restored(tmp_path, api)
    assert later
    assert all(f"{ref}: enviado depois da cópia" in said for ref in later)
    after = run_in(tmp_path, **chosen)
    reports = [done.report for done in after.files if done.report]
    again = [each.lote.ref for report in reports for each in report.outcomes if each.sent_now]
    assert set(again) <= later
    assert after.exit_code == ExitCode.OK


def test_a_journal_put_back_asks_first_though_the_program_died_right_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)

    def die(*_: object) -> None:
        raise SystemExit

    settings = load({}, pasta=str(tmp_path))
    monkeypatch.setattr(guarding, "open_workspace", die)
    with pytest.raises(SystemExit):
        guarding.restore(settings, Environment())
    assert guarding.asks_first(settings)


def test_a_folder_of_an_earlier_version_is_made_small_and_stays_whole(tmp_path: Path) -> None:
    unpack(tmp_path, "2")
    diario = tmp_path / "diario"
    (diario / "copias").mkdir()
    copy = diario / "copias" / "diario-20261101-120000.sqlite3"
    shutil.copy(diario / "diario.sqlite3", copy)
    guard.seal(copy)
    files = [diario / "diario.sqlite3", diario / "simulador.sqlite3", copy]
    before = {path: path.stat().st_size for path in files}
    shown = CliRunner().invoke(main, ["diario", "compactar", "--pasta", str(tmp_path)])
    assert shown.exit_code == ExitCode.OK, shown.output
    for path in files:
        assert path.stat().st_size < before[path]
        assert f"{path.relative_to(tmp_path).as_posix()}: " in shown.output
        if path != files[1]:
            assert guard.seal_of(path).read_text("ascii") == guard.digest(path)
    assert sent(run_in(tmp_path)) == 0


def test_there_may_be_nothing_to_make_small(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["diario", "compactar", "--pasta", str(tmp_path)])
    assert "ainda não tem diário" in shown.output
