"""What the user changes after sending: never sent again in silence, never taken for new."""

from collections.abc import Callable
from pathlib import Path

import pytest

from converter.errors import SettingsError
from converter.journal.journal import Journal
from converter.model.exit_code import ExitCode
from converter.model.outcome import NotaAnswer, Situacao
from converter.model.run import RunReport
from converter.texts.catalogue import own_message
from tests.runs import (
    EMAIL,
    NOW,
    VALOR,
    Rows,
    in_october,
    refs,
    run_in,
    situacoes,
    tabela,
)
from tests.runs import exemplo as rows
from tests.runs import of as report
from tests.runs import sent as sent_now

Convert = Callable[..., RunReport]
TEXTO = "Discriminação do serviço"
CHANGED = {VALOR: "1.600,00", EMAIL: "nova@correio.example"}


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    def converted(table: Rows, name: str = "notas.csv", **chosen: object) -> RunReport:
        tabela(tmp_path, table, name)
        return run_in(tmp_path, **chosen)

    return converted


def changed(run: RunReport) -> list[tuple[int | None, str]]:
    return [
        (problem.row, problem.details["antes"])
        for problem in report(run).problems
        if problem.code == "linha-alterada"
    ]


def test_an_edited_amount_is_named_and_not_sent(convert: Convert) -> None:
    table = rows()
    convert(table)
    table[0][VALOR] = "1.600,00"
    run = convert(table)
    assert changed(run) == [(2, "valor R$ 1.500,00")]
    assert sent_now(run) == 0
    assert run.exit_code == ExitCode.REFUSED
    assert report(run).rows.situacao[0] == "rejeitada"
    assert set(report(run).rows.situacao[1:]) == {"autorizada"}


def test_an_edit_that_keeps_the_note_is_named_and_the_row_keeps_its_lote(convert: Convert) -> None:
    table = rows()
    convert(table)
    table[3][EMAIL] = "outra@correio.example"
    run = convert(table)
    assert changed(run) == [(5, "E-mail do tomador maria.antunes@correio.example")]
    assert sent_now(run) == 0
    assert set(report(run).rows.situacao) == {"autorizada"}
    assert run.exit_code == ExitCode.REFUSED


@pytest.mark.parametrize("column", [VALOR, EMAIL])
def test_reenviar_sends_the_edited_row_and_only_it(convert: Convert, column: str) -> None:
    table = rows()
    ref = refs(convert(table))[2]
    table[0][column] = CHANGED[column]
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
    run = convert(in_october(table))
    assert changed(run) == []
    assert sent_now(run) == 12


def test_a_row_added_later_goes_alone_in_its_own_lote(convert: Convert) -> None:
    table = rows()
    convert(table)
    new = {**table[0], "Discriminação do serviço": "Visita técnica", VALOR: "90,00"}
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


@pytest.mark.parametrize("header", ["Nº do contrato", "Comanda"])
def test_rows_with_numbers_of_their_own_are_not_one_note_twice(
    convert: Convert, header: str
) -> None:
    table = [{**row, header: ""} for row in rows()]
    run = convert([{**table[0], header: "A-1"}, *table[1:], {**table[0], header: "A-2"}])
    assert [p for p in report(run).problems if p.code == "linha-repetida"] == []
    again = convert([{**table[0], header: "A-1"}, *table[1:], {**table[0], header: "A-1"}])
    assert [p.row for p in report(again).problems if p.code == "linha-repetida"] == [14]


def test_nothing_is_called_repeated_where_a_column_that_tells_apart_is_asked(
    convert: Convert,
) -> None:
    table = rows()
    asked = [
        {("Xpto" if name == TEXTO else name): value for name, value in row.items()}
        for row in (*table, table[0])
    ]
    run = convert(asked)
    assert "coluna-duvidosa" in {p.code for p in report(run).problems}
    assert [p for p in report(run).problems if p.code == "linha-repetida"] == []


PRESTADOR = "[[prestadores]]\ncnpj = '45.782.190/0001-84'\ninscricao_municipal = '{}'\n"


def test_another_inscricao_in_planilote_toml_sends_nothing_again(
    convert: Convert, tmp_path: Path
) -> None:
    table = [
        {name: value for name, value in row.items() if not name.startswith("Inscrição")}
        for row in rows()[:3]
    ]
    (tmp_path / "planilote.toml").write_text(PRESTADOR.format("4521873"), encoding="utf-8")
    convert(table)
    (tmp_path / "planilote.toml").write_text(PRESTADOR.format("4521874"), encoding="utf-8")
    run = convert(table)
    assert sent_now(run) == 0
    assert changed(run) == [(row, "inscrição municipal 4521873") for row in (2, 3, 4)]


def test_another_way_of_writing_items_changes_no_note(convert: Convert, tmp_path: Path) -> None:
    convert(rows())
    (tmp_path / "planilote.toml").write_text(
        '[municipios.3505708]\nformato_item_servico = "ii.ss"\n', encoding="utf-8"
    )
    run = convert(rows())
    assert sent_now(run) == 0
    assert set(situacoes(run)) == {"autorizada"}


def test_a_referencia_given_to_a_sent_row_makes_no_other_note_of_it(convert: Convert) -> None:
    table = rows()[:2]
    convert(table)
    run = convert([{**row, "Referência": f"PED-{index}"} for index, row in enumerate(table)])
    assert sent_now(run) == 0
    assert [row for row, _ in changed(run)] == [2, 3]
    assert all("os mesmos dados" in before for _, before in changed(run))


def test_what_waits_for_the_user_is_told_by_every_run(convert: Convert) -> None:
    table = rows()
    convert(table)
    table[3][EMAIL] = "outra@correio.example"
    first, second = convert(table), convert(table)
    assert changed(first) == changed(second) != []
    assert first.exit_code == second.exit_code == ExitCode.REFUSED


@pytest.mark.parametrize("column", [VALOR, EMAIL])
def test_reenviar_works_in_the_run_after_the_one_that_told(convert: Convert, column: str) -> None:
    table = rows()
    ref = refs(convert(table))[2]
    table[0][column] = CHANGED[column]
    convert(table)
    assert sent_now(convert(table, reenviar=(ref,))) == 1
    assert sent_now(convert(table)) == 0


def test_reenviar_of_a_ref_nobody_knows_is_said_before_anything_is_done(convert: Convert) -> None:
    with pytest.raises(SettingsError, match="Não há lote pl0000"):
        convert(rows(), reenviar=("pl" + "0" * 30,))


def test_reenviar_does_nothing_for_rows_that_did_not_change(convert: Convert) -> None:
    ref = refs(convert(rows()))[2]
    assert sent_now(convert(rows(), reenviar=(ref,))) == 0


def refused_alone(pasta: Path, ref: str) -> None:
    """Have the prefeitura refuse the first note of a lote and take the others."""
    with Journal(pasta / "diario" / "diario.sqlite3", lambda: NOW) as journal:
        pending = journal.begin_return("simulado", ref, "ret.txt", b"outro retorno")
        notas = journal.outcome("simulado", ref).lote.notas
        answers = [
            NotaAnswer(nota.ordem, Situacao.AUTORIZADA, numero=str(nota.ordem)) for nota in notas
        ]
        answers[0] = NotaAnswer(1, Situacao.RECUSADA, messages=(own_message("nota-processando"),))
        journal.answered(
            "simulado",
            ref,
            pending.exchange,
            answers,
            clash=own_message("nota-em-dois-lotes"),
            cancelled=own_message("nota-cancelada-por-arquivo"),
        )


def test_a_note_refused_alone_waits_for_a_change_and_only_it_is_to_mend(
    convert: Convert, tmp_path: Path
) -> None:
    table = rows()
    ref = refs(convert(table))[2]
    refused_alone(tmp_path, ref)
    run = convert(table)
    assert sent_now(run) == 0
    assert situacoes(run) == ["recusada", *["autorizada"] * 11]
    assert report(run).to_fix == {("notas", 2)}
    assert situacoes(convert(table)) == ["recusada", *["autorizada"] * 11]
    table[0][EMAIL] = "certo@correio.example"
    run = convert(table)
    assert sent_now(run) == 1
    assert set(situacoes(run)) == {"autorizada"}


def test_reenviar_sends_a_note_refused_alone_as_it_is(convert: Convert, tmp_path: Path) -> None:
    ref = refs(convert(rows()))[2]
    refused_alone(tmp_path, ref)
    assert sent_now(convert(rows(), reenviar=(ref,))) == 1
