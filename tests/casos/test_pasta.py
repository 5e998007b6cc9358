"""All the cases in one folder: a hostile file costs its own message, never the run."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from converter.journal.journal import Journal
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.problems import Severity
from tests.casos.formato import PLANILOTE, casos
from tests.runs import NOW, run_in


def written(pasta: Path) -> dict[str, bytes]:
    saida = pasta / "saida"
    return {
        path.relative_to(saida).as_posix(): path.read_bytes()
        for path in sorted(saida.rglob("*"))
        if path.is_file()
    }


TAKEN = (LoteState.GERADO, LoteState.RESPONDIDO)


def refused(outcome: LoteOutcome, ordem: int) -> bool:
    return any(
        answer.ordem == ordem and answer.situacao is Situacao.RECUSADA for answer in outcome.answers
    )


@pytest.mark.longo
def test_every_case_at_once_is_converted_or_told_why_not(tmp_path: Path) -> None:
    names = [caso.nome for caso in casos("")]
    for caso in casos(""):
        place = tmp_path / "entrada" / caso.nome
        place.mkdir(parents=True)
        shutil.copy(caso.arquivo, place)
    (tmp_path / "planilote.toml").write_text(
        PLANILOTE + 'inscricao_municipal = "12345"\n',
        encoding="utf-8",
    )
    report = run_in(tmp_path)
    told = {problem.arquivo for problem in report.skipped}
    for done in report.files:
        assert done.report is not None
        assert done.report.balance.holds()
        issued = set(done.report.rows.situacao) <= {"autorizada", "repetida"}
        grave = any(p.severity is Severity.ERRO for p in done.report.problems)
        blank = not done.report.rows.situacao
        assert issued or grave or blank, done.arquivo
        assert done.report.book is not None or grave, done.arquivo
        told.add(done.arquivo)
    assert {name.partition("/")[0] for name in told} == set(names)

    # Many files hold the same row: once the prefeitura refuses it in one, the next one may try.
    before = written(tmp_path)
    for _ in range(len(names)):
        run_in(tmp_path)
        now = written(tmp_path)
        if now == before:
            break
        before = now
    assert now == before
    run_in(tmp_path)
    assert written(tmp_path) == now
    with Journal(tmp_path / "diario" / "diario.sqlite3", lambda: NOW) as journal:
        taken = Counter(
            nota.identity
            for outcome in journal.lotes(
                "simulado", states=[LoteState.GERADO, LoteState.RESPONDIDO]
            )
            for nota in outcome.lote.notas
            if not refused(outcome, nota.ordem)
        )
    assert set(taken.values()) == {1}
