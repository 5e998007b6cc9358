"""What is said of lotes before they leave, while they wait, and when notes are cancelled."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from converter.model.cancelling import Cancelling, ToCancel
from converter.model.diario import Compacted, Restored
from converter.model.notas import NOWHERE
from converter.model.outcome import LoteOutcome, LoteState, Message, NotaAnswer, Situacao
from converter.model.problems import Problem, Severity
from converter.model.run import ReturnDone, ReturnState, RunReport, Standing, WaitingFile
from converter.texts import cancelamento, diario, next_steps, outgoing, vigia
from converter.texts.catalogue import broken
from converter.texts.formato import mes
from converter.texts.sentences import sentence
from tests.faults.samples import PRESTADORES, lote

S = "simulado"
ISSUED = NotaAnswer(1, Situacao.AUTORIZADA, "42", "ABCD", "2026-11-20T10:00:00-03:00")


def standing(*states: LoteState, answers: tuple[NotaAnswer, ...] = ()) -> Standing:
    outcomes = [LoteOutcome(lote(n), state, answers=answers) for n, state in enumerate(states)]
    return Standing("saida", tuple(outcomes))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LoteState.GERADO, "1 lote espera a prefeitura"),
        (LoteState.PREPARADO, "1 lote espera o envio"),
        (LoteState.DESCONHECIDO, "1 lote espera o envio"),
        (LoteState.RECUSADO, "1 lote foi recusado"),
        (LoteState.RESPONDIDO, "Nada a fazer"),
    ],
)
def test_each_state_has_its_next_step(state: LoteState, said: str) -> None:
    (line,) = next_steps.steps(standing(state), S)
    assert line.startswith(said)


def test_a_replaced_lote_and_notes_that_wait_are_not_all_done() -> None:
    one = standing(LoteState.RECUSADO)
    ref = one.outcomes[0].lote.ref
    (line,) = next_steps.steps(replace(one, replaced={ref: ("outro",)}), S)
    assert line.startswith("Nada a fazer")
    assert [*next_steps.steps(replace(standing(), held=(WaitingFile("a.xlsx", 1),)), S)] == []


def test_a_refused_note_is_to_be_mended_but_a_kept_one_is_still_good() -> None:
    refused = standing(LoteState.RESPONDIDO, answers=(NotaAnswer(1, Situacao.RECUSADA),))
    (line,) = next_steps.steps(refused, S)
    assert "recusou 1 nota" in line
    kept = replace(refused, outcomes=(replace(refused.outcomes[0], cancels="pl1"),))
    (line,) = next_steps.steps(kept, S)
    assert "não cancelou 1 nota" in line


def test_each_file_is_told_with_the_site_it_goes_to_and_the_rest_counted() -> None:
    waiting = [
        LoteOutcome(lote(number), LoteState.GERADO, file_name=f"{number}.txt")
        for number in range(10)
    ]
    sites = {"3505708": "Barueri/SP"}
    told = [*next_steps.to_the_prefeitura(waiting, "saida", sites, "homologacao")]
    assert told[1] == "  saida/lotes/0.txt: Barueri/SP"
    assert told[9].startswith("  e mais 2 lotes")
    assert [*next_steps.to_the_prefeitura([], "saida", {}, S)] == []
    assert next_steps.upload(waiting[0], "saida", sites, S).endswith("não vai a site nenhum")
    (line,) = next_steps.to_the_prefeitura(waiting, "saida", sites, S)
    assert "não envie nada à prefeitura de verdade" in line


def test_what_waits_in_a_file_is_counted_and_where_it_is_mended_is_said() -> None:
    file = WaitingFile("a.xlsx", 2, 1, 0, "saida/a_corrigir.xlsx")
    (line,) = next_steps.held_lines([file], S)
    assert line.startswith("a.xlsx: 2 com erro, 1 retida. Para enviar, corrija saida/a_corrigir")


def test_what_leaves_is_summed_by_file_with_the_rows_that_are_warned_about() -> None:
    two = [lote(1, notas=3), lote(2, notas=1, arquivo="b.xlsx")]
    warned = [
        Problem("livro-aberto", Severity.AVISO, "a.xlsx", "Planilha1", row) for row in (101, 102)
    ]
    told = outgoing.to_send(two, "producao", {"a.xlsx": warned})
    assert told.splitlines()[0] == "Para enviar em produção: 2 lotes, 4 notas, R$ 47,00."
    assert told.splitlines()[2].split() == ["a.xlsx", "11.222.333/0001-81", "3", "36,00", "2", "1"]
    assert "linhas 101 a 102" in told


def plan(**changes: object) -> Cancelling:
    one = lote(1, notas=1)
    notas = (ToCancel(one.notas[0], ISSUED),)
    made = Cancelling(S, one.ref, PRESTADORES[0], "Barueri/SP", notas, True, "saida")
    return replace(made, **changes)  # type: ignore[arg-type]  # of the fields by name


def test_the_notes_are_shown_before_anything_is_cancelled() -> None:
    head, note = cancelamento.to_cancel(plan()).splitlines()
    assert head == f"Para cancelar em {S}: 1 nota do prestador 11.222.333/0001-81."
    assert "NFS-e 42, verificação ABCD, de 20/11/2026, Fulano de Tal, R$ 11,00" in note
    assert [*cancelamento.lines(plan())] == [sentence("cancelamento.nada-feito")]


def test_a_file_that_cancels_goes_to_a_site_only_where_it_is_for_real() -> None:
    made = LoteOutcome(lote(2), LoteState.GERADO, file_name="c.txt", cancels="pl1")
    rehearsed, real = (
        " ".join(cancelamento.lines(plan(ambiente=where, outcome=made)))
        for where in (S, "homologacao")
    )
    assert "não vai a lugar nenhum" in rehearsed
    assert "site" not in rehearsed
    assert "Leve o arquivo ao site dela" in real


def test_where_no_file_cancels_the_site_does() -> None:
    told = json.loads(cancelamento.cancel_json(plan(by_file=False), 2))
    assert (told["meio"], told["lote"], told["codigo_saida"]) == ("site", None, 2)
    assert told["notas"][0]["numero"] == "42"


def test_a_note_that_left_its_sheet_and_one_without_an_answer() -> None:
    nota = lote(1).notas[0]
    gone = nota._replace(planilha=NOWHERE[0], row=NOWHERE[1])
    assert cancelamento.place_of(nota) == "Planilha1, linha 101"
    assert cancelamento.place_of(gone) == "nota 1 do lote, que não está mais na planilha"
    assert cancelamento.standing(None) == cancelamento.standing(Situacao.ENVIADA)
    assert cancelamento.standing(Situacao.CANCELADA) == "já está cancelada"


def test_why_a_note_was_not_cancelled_is_told_once() -> None:
    said = Message("E1", "Prazo vencido")
    answers = (NotaAnswer(1, Situacao.RECUSADA, messages=(said, said)),)
    outcome = LoteOutcome(lote(), LoteState.RESPONDIDO, answers=answers, cancels="pl1")
    assert [*cancelamento.not_cancelled(outcome)] == ["  E1: Prazo vencido"]
    assert [*cancelamento.not_cancelled(replace(outcome, cancels=None))] == []


def test_going_back_to_a_copy_names_what_was_sent_after_it() -> None:
    told = [*diario.restored_lines(Restored("c.db", "g.db", S, ("pl1",), ("pl2",), ("pl3",)))]
    assert [line.partition(":")[0] for line in told[2:5]] == ["pl1", "pl2", "pl3"]
    assert any(
        "Nada foi enviado" in line
        for line in diario.restored_lines(Restored("c", None, S, (), (), ()))
    )
    assert [*diario.compacted_lines([Compacted("d", 2_500_000, 1_000_000)])] == [
        "d: 2,5 MB antes, 1,0 MB agora."
    ]


def test_the_notice_of_a_watch_counts_and_names_nobody() -> None:
    answers = (ISSUED, NotaAnswer(2, Situacao.RECUSADA))
    back = ReturnDone(
        "r.txt", ReturnState.LIDO, "pl1", LoteOutcome(lote(), LoteState.RESPONDIDO, answers=answers)
    )
    report = RunReport(S, "saida", True, returns=(back, ReturnDone("x", ReturnState.RECUSADO)))
    assert vigia.aviso(report, ()) == "1 nota autorizada, 1 nota recusada, 1 retorno não lido"
    assert vigia.aviso(RunReport(S, "saida", True), ()) == ""
    assert vigia.de_novo(replace(report, unsent=2, unknown=1), 5).startswith("2 lotes não foram")
    told = broken(KeyError("a"), "x.py", Path("r.log"), "planilote converter")
    assert "KeyError em x.py" in told
    assert "Rode de novo: planilote converter." in told
    assert "(KeyError). " in broken(KeyError("a"), "", Path("r.log"), "")


@pytest.mark.parametrize(
    ("key", "said"), [("2026-09", "set/2026"), ("", "sem data"), ("ontem", "ontem")]
)
def test_a_month_is_named(key: str, said: str) -> None:
    assert mes(key) == said
