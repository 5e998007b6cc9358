"""A row that was to go and that no lote took in is told as such; it never vanishes."""

from pathlib import Path

import pytest

from converter import pipeline
from converter.model.history import FileHistory, RowHistory
from tests.runs import exemplo, of, run_in, sent, situacoes, tabela


def test_rows_the_journal_keeps_for_another_lote_are_told_as_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabela(tmp_path, exemplo()[:2])
    run_in(tmp_path)
    tabela(tmp_path, exemplo()[:3], "outro.csv")
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "look_up", lambda *_: FileHistory([[RowHistory.NEW] * 3]))
        run = run_in(tmp_path)
    report = of(run, "outro.csv")
    assert (sent(run), situacoes(run, "outro.csv")) == (0, ["retida"] * 3)
    assert all("ainda não enviada" in text for text in report.rows.mensagens)
    assert (report.balance.retidas, report.balance.enviadas) == (3, 0)
    later = run_in(tmp_path)
    assert (sent(later), situacoes(later, "outro.csv")) == (
        1,
        ["repetida", "repetida", "autorizada"],
    )
