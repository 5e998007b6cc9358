"""`vigiar` as an office meets it; time is the test's own."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter import pipeline
from converter.errors import Abort
from converter.runtime.environment import Environment
from converter.runtime.workspace import open_workspace
from converter.settings import Folders, load
from converter.watching.alone import watching_alone
from converter.watching.settling import QUIET_TEXT
from tests.runs import NOW, VALOR, exemplo, run_in, tabela
from tests.watching.vigia import LONG, TICK, Vigia


def one_note(number: int) -> bytes:
    """A CSV of one note, another one for each number."""
    row = exemplo()[0] | {VALOR: f"{100 + number},00"}
    return f"{';'.join(row)}\n{';'.join(row.values())}\n".encode()


def copied(path: Path, data: bytes) -> Iterator[None]:
    """Piece after piece."""
    for start in range(0, len(data), 200):
        with path.open("ab") as stream:
            stream.write(data[start : start + 200])
        yield


def renamed(path: Path, data: bytes) -> Iterator[None]:
    """Downloaded under another name."""
    part = path.with_suffix(".csv.crdownload")
    part.write_bytes(data)
    yield
    part.rename(path)


def stalled(path: Path, data: bytes) -> Iterator[None]:
    """Half of it, ten seconds of nothing, the rest."""
    path.write_bytes(data[: len(data) // 2])
    for _ in range(round(10 / TICK)):
        yield
    with path.open("ab") as stream:
        stream.write(data[len(data) // 2 :])


def arriving(entrada: Path, count: int) -> Iterator[None]:
    """So many files, forty at a time, in each of three ways; one step for each look."""
    for start in range(0, count, 40):
        coming = [
            (copied, renamed, stalled)[number % 3](
                entrada / f"notas-{number:03}.csv", one_note(number)
            )
            for number in range(start, min(start + 40, count))
        ]
        while coming:
            coming = [way for way in coming if next(way, way) is None]
            yield


@pytest.mark.parametrize("count", [21, pytest.param(200, marks=pytest.mark.longo)])
def test_files_that_come_in_slowly_are_each_converted_once(folder: Path, count: int) -> None:
    vigia = Vigia(folder)
    steps = arriving(folder / "entrada", count)
    vigia.passes(200, lambda: next(steps, None))
    assert next(steps, "arrived") == "arrived"
    vigia.passes(LONG)
    told = Counter(line.partition(":")[0] for line in vigia.said)
    assert told == {f"notas-{number:03}.csv": 1 for number in range(count)}
    assert all(": 1 nota," in line and "1 autorizada" in line for line in vigia.said)
    again = run_in(folder)
    assert all(done.report is None for done in again.files)
    assert len({ref for done in again.files for ref in done.refs}) == count


def test_half_a_file_is_never_read(tmp_path: Path) -> None:
    vigia = Vigia(tmp_path)
    tabela(tmp_path, exemplo()[:1])
    assert vigia.passes(QUIET_TEXT - 2) == []
    tabela(tmp_path, exemplo()[:2])
    assert vigia.passes(QUIET_TEXT) == []
    (line,) = vigia.passes(4)
    assert line.startswith("notas.csv: 2 notas, R$ ")


def test_what_has_an_error_waits_and_the_rest_goes(tmp_path: Path) -> None:
    vigia = Vigia(tmp_path)
    tabela(tmp_path, [exemplo()[0] | {VALOR: "mil reais"}], "errada.csv")
    tabela(tmp_path, exemplo()[1:2], "boa.csv")
    said = vigia.passes(LONG)
    assert [line.partition(":")[0] for line in said] == ["boa.csv", "errada.csv"]
    assert "1 autorizada" in said[0]
    assert "1 com erro" in said[1]
    assert "para corrigir: saida/errada_corrigir.xlsx" in said[1]
    assert vigia.notices == ["2 planilhas convertidas, 1 espera você, 1 nota autorizada"]
    assert vigia.passes(LONG) == []


def test_the_mended_copy_is_taken_and_its_source_told_anew(tmp_path: Path) -> None:
    vigia = Vigia(tmp_path)
    table = [exemplo()[0] | {VALOR: "mil reais"}, exemplo()[1]]
    tabela(tmp_path, table, "notas.csv")
    vigia.passes(LONG)
    shutil.copy(tmp_path / "saida" / "notas_corrigir.xlsx", tmp_path / "entrada")
    said = vigia.passes(LONG)
    assert said[-1].startswith("notas_corrigir.xlsx: ")


def test_in_producao_nothing_is_sent_unless_told(tmp_path: Path) -> None:
    sent: list[bool] = []
    vigia = Vigia(tmp_path, ambiente="producao")
    tabela(tmp_path, exemplo()[:1])
    (tmp_path / "retornos").mkdir()
    (tmp_path / "retornos" / "retorno.txt").write_text("x", encoding="utf-8")
    said = vigia.passes(LONG)
    assert "retornos/retorno.txt espera" in said[0]
    assert "1 pronta para enviar" in said[1]
    with open_workspace(load({}, pasta=str(tmp_path)), Environment()) as workspace:
        assert not workspace.journal.has_lotes()
    assert not sent


def test_in_producao_it_sends_when_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def run(*_: object, enviar: bool, **__: object) -> object:
        asked.append(enviar)
        raise Abort("pasta-em-uso", pid="1", maquina="m", desde="hoje", arquivo="x")

    monkeypatch.setattr(pipeline, "run", run)
    for send_for_real in (False, True):
        tabela(tmp_path, exemplo()[:1])
        Vigia(tmp_path, ambiente="producao", send_for_real=send_for_real).passes(QUIET_TEXT + 4)
    assert dict.fromkeys(asked) == {False: None, True: None}
    assert asked == sorted(asked)


def test_while_another_run_has_the_folder_it_waits(tmp_path: Path) -> None:
    vigia = Vigia(tmp_path)
    tabela(tmp_path, exemplo()[:1])
    with open_workspace(load({}, pasta=str(tmp_path)), Environment()):
        (line,) = vigia.passes(LONG)
    assert "está trabalhando nesta pasta" in line
    (line,) = vigia.passes(4)
    assert "1 autorizada" in line


def test_a_second_watch_of_the_same_folder_is_refused(tmp_path: Path) -> None:
    folders, world = Folders(tmp_path), Environment(now=lambda: NOW)
    with watching_alone(folders, world):
        with pytest.raises(Abort, match="já está sendo vigiada"), watching_alone(folders, world):
            pass
        run_in(tmp_path)
    with watching_alone(folders, world):
        pass


def test_a_drive_that_is_unplugged_is_waited_for(tmp_path: Path) -> None:
    pasta = tmp_path / "drive"
    pasta.mkdir()
    vigia = Vigia(pasta)
    tabela(pasta, exemplo()[:1])
    vigia.passes(10)
    pasta.rename(tmp_path / "away")
    assert len(vigia.passes(LONG)) == 1
    (tmp_path / "away").rename(pasta)
    said = vigia.passes(LONG)
    assert said[0] == "A pasta voltou."
    assert "1 autorizada" in said[1]


def test_a_night_of_sleep_costs_no_file(tmp_path: Path) -> None:
    vigia = Vigia(tmp_path)
    tabela(tmp_path, exemplo()[:1])
    vigia.passes(10)
    vigia.now += 8 * 3600
    (line,) = vigia.passes(4)
    assert "1 autorizada" in line


def test_settings_that_cannot_be_followed_are_told_once_and_read_again(tmp_path: Path) -> None:
    vigia = Vigia(tmp_path)
    tabela(tmp_path, exemplo()[:1])
    (tmp_path / "planilote.toml").write_text("ambiente = ", encoding="utf-8")
    (line,) = vigia.passes(LONG)
    assert "planilote.toml" in line
    (tmp_path / "planilote.toml").unlink()
    (line,) = vigia.passes(LONG)
    assert "1 autorizada" in line


def test_one_file_that_breaks_the_program_ends_no_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vigia = Vigia(tmp_path)
    tabela(tmp_path, exemplo()[:1])

    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "run", broken)
        (line,) = vigia.passes(LONG)
    assert "ZeroDivisionError" in line
    tabela(tmp_path, exemplo()[:2])
    (line,) = vigia.passes(LONG)
    assert "2 autorizadas" in line


def test_what_is_no_spreadsheet_is_told_once(tmp_path: Path) -> None:
    vigia = Vigia(tmp_path)
    (tmp_path / "entrada" / "contrato.pdf").write_bytes(b"%PDF")
    (tmp_path / "entrada" / "~$notas.xlsx").write_bytes(b"x")
    (line,) = vigia.passes(LONG)
    assert line.startswith("contrato.pdf não é de um tipo que o planilote lê")
