"""What the user changes after sending: never sent again in silence, never taken for new."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from converter import pipeline
from converter.model.report import FileReport
from converter.model.run import ExitCode, RunReport
from converter.run.world import World
from converter.settings import load

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
Rows = list[dict[str, str]]
Convert = Callable[..., RunReport]


def rows() -> Rows:
    text = (ROOT / "entrada" / "exemplo-servicos.csv").read_bytes().decode("cp1252")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    def converted(table: Rows, name: str = "notas.csv", **chosen: object) -> RunReport:
        path = tmp_path / "entrada" / name
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, table[0], delimiter=";")
            writer.writeheader()
            writer.writerows(table)
        settings = load({}, pasta=str(tmp_path), **chosen)  # type: ignore[arg-type]  # mixed
        world = World(now=lambda: NOW, seconds=lambda: 2e9, sleep=lambda _: None)
        return pipeline.run(settings, world, [], enviar=True, tell=lambda _: None)

    return converted


def report(run: RunReport, name: str = "notas.csv") -> FileReport:
    (found,) = [done.report for done in run.files if done.arquivo == name]
    assert found is not None
    return found


def refs(run: RunReport) -> dict[int, str]:
    return {
        nota.row: outcome.lote.ref
        for outcome in report(run).outcomes
        for nota in outcome.lote.notas
    }


def sent_now(run: RunReport) -> int:
    return sum(
        len(outcome.lote.notas)
        for done in run.files
        if done.report
        for outcome in done.report.outcomes
        if outcome.sent_now
    )


def changed(run: RunReport) -> list[tuple[int | None, str]]:
    return [
        (problem.row, problem.details["antes"])
        for problem in report(run).problems
        if problem.code == "linha-alterada"
    ]


def test_an_edited_amount_is_named_and_not_sent(convert: Convert) -> None:
    table = rows()
    convert(table)
    table[0]["Valor dos serviços"] = "1.600,00"
    run = convert(table)
    assert changed(run) == [(2, "valor R$ 1.500,00")]
    assert sent_now(run) == 0
    assert run.exit_code == ExitCode.REFUSED
    assert report(run).rows.situacao[0] == "rejeitada"
    assert set(report(run).rows.situacao[1:]) == {"autorizada"}


def test_an_edit_that_keeps_the_note_is_named_and_the_row_keeps_its_lote(convert: Convert) -> None:
    table = rows()
    convert(table)
    table[3]["E-mail do tomador"] = "outra@correio.example"
    run = convert(table)
    assert changed(run) == [(5, "E-mail do tomador maria.antunes@correio.example")]
    assert sent_now(run) == 0
    assert set(report(run).rows.situacao) == {"autorizada"}
    assert run.exit_code == ExitCode.REFUSED


@pytest.mark.parametrize("column", ["Valor dos serviços", "E-mail do tomador"])
def test_reenviar_sends_the_edited_row_and_only_it(convert: Convert, column: str) -> None:
    table = rows()
    ref = refs(convert(table))[2]
    table[0][column] = {"Valor dos serviços": "1.600,00"}.get(column, "nova@correio.example")
    run = convert(table, reenviar=(ref,))
    assert sent_now(run) == 1
    assert set(report(run).rows.situacao) == {"autorizada"}
    assert refs(run)[2] != ref
    assert sent_now(convert(table)) == 0


def test_moving_and_deleting_rows_changes_nothing(convert: Convert) -> None:
    table = rows()
    convert(table)
    run = convert([*reversed(table[1:])])
    assert sent_now(run) == 0
    assert run.exit_code == ExitCode.OK
    assert set(report(run).rows.situacao) == {"autorizada"}


def test_next_months_notes_typed_over_are_new_notes(convert: Convert) -> None:
    table = rows()
    convert(table)
    for row in table:
        row["Data de emissão"] = row["Data de emissão"].replace("/09/", "/10/")
    run = convert(table)
    assert changed(run) == []
    assert sent_now(run) == 12


def test_a_row_added_later_goes_alone_in_its_own_lote(convert: Convert) -> None:
    table = rows()
    convert(table)
    new = {**table[0], "Discriminação do serviço": "Visita técnica", "Valor dos serviços": "90,00"}
    run = convert([*table, new])
    assert sent_now(run) == 1
    assert report(run).balance.enviadas == 13


def test_a_row_pasted_twice_is_refused_and_names_the_first(convert: Convert) -> None:
    table = rows()
    run = convert([*table, table[0]])
    (problem,) = [p for p in report(run).problems if p.code == "linha-repetida"]
    assert (problem.row, problem.details["primeira"]) == (14, "2")
    assert report(run).rows.situacao[-1] == "rejeitada"


def test_equal_rows_the_user_accepts_are_both_sent_once(convert: Convert, tmp_path: Path) -> None:
    (tmp_path / "planilote.toml").write_text(
        '[severidade]\nlinha-repetida = "aviso"\n', encoding="utf-8"
    )
    table = rows()
    run = convert([*table, table[0], table[0]])
    assert sent_now(run) == 14
    assert len(set(refs(run).values())) == 2
    assert sent_now(convert([*table, table[0], table[0]])) == 0


def test_a_referencia_keeps_two_equal_services_apart(convert: Convert) -> None:
    table = [{**row, "Referência": f"PED-{index}"} for index, row in enumerate(rows())]
    run = convert([*table, {**table[0], "Referência": "PED-99"}])
    assert sent_now(run) == 13


def test_a_silenced_repetition_is_what_the_user_asked_for(convert: Convert, tmp_path: Path) -> None:
    (tmp_path / "planilote.toml").write_text(
        '[severidade]\nlinha-repetida = "silencio"\n', encoding="utf-8"
    )
    table = rows()
    run = convert([*table, table[0]])
    assert [p for p in report(run).problems if p.code == "linha-repetida"] == []
    assert sent_now(run) == 13
