"""A refusal that is not of the data is tried again by the next run, as it is."""

from pathlib import Path

import pytest

from converter.model.exit_code import ExitCode
from converter.model.outcome import LoteState
from tests.faults.ledger import Fault, Server
from tests.faults.shapes import BODIES, answer
from tests.runs import exemplo, lotes, of, real, run_in, tabela


def test_400_then_415_then_201_is_three_runs_and_one_lote(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[:2])
    seen = []
    with Server() as server:
        chosen = {"ambiente": "producao", "environ": real(server.url)}
        for kind in ("400", "415", ""):
            server.ledger.script = [Fault(kind)] if kind else []
            run = run_in(tmp_path, **chosen)
            ((_, ref, state),) = lotes(run)
            seen.append((state, run.exit_code))
            if kind:
                said = [each.code for each in of(run).outcomes[0].messages]
                assert said[-1] == "sera-tentado"
        assert seen == [
            (LoteState.RECUSADO, ExitCode.REFUSED),
            (LoteState.RECUSADO, ExitCode.REFUSED),
            (LoteState.GERADO, ExitCode.OK),
        ]
        bodies = {
            (request.ref, request.body)
            for request in server.ledger.requests
            if request.method == "POST"
        }
        assert bodies == {(ref, server.ledger.stored[ref][0])}
        assert run_in(tmp_path, **chosen).exit_code == ExitCode.OK
    assert server.ledger.posts() == 3


@pytest.mark.parametrize("status", [401, 402, 403, 404, 405, 413, 418, 421, 425, 499])
def test_other_refusals_wait_too(status: int, tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[:2])
    refused = answer(status, BODIES["json-erro"], "Connection: close")
    with Server() as server:
        chosen = {"ambiente": "producao", "environ": real(server.url)}
        server.ledger.script = [Fault("forma", raw=refused)]
        assert run_in(tmp_path, **chosen).exit_code == ExitCode.REFUSED
        assert run_in(tmp_path, **chosen).exit_code == ExitCode.OK
    assert set(server.ledger.rows().values()) == {1}
    assert server.ledger.posts() == 2


def test_a_422_that_names_the_data_waits_for_the_data(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[:2])
    with Server() as server:
        chosen = {"ambiente": "producao", "environ": real(server.url)}
        server.ledger.script = [Fault("422")]
        run_in(tmp_path, **chosen)
        assert run_in(tmp_path, **chosen).exit_code == ExitCode.REFUSED
        assert server.ledger.posts() == 1
