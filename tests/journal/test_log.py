from converter.journal.log import EventLog
from tests.faults.samples import TOKEN, clock, lote


def test_a_line_per_event_without_people_and_without_tokens(tmp_path):
    path = tmp_path / "diario" / "planilote.log"
    with EventLog(path, clock) as log:
        log("envio", ref=lote().ref, status=201, bytes=3456, verdict="generated")
        log(
            "estranho",
            token=TOKEN,
            nome="Fulano de Tal",
            cpf="52998224725",
            cnpj="11.222.333/0001-81",
            texto="linha\noutra",
        )
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert first == (
        f"2026-11-22T09:30:00.000+00:00 envio ref={lote().ref} status=201 bytes=3456"
        " verdict=generated"
    )
    assert second == (
        "2026-11-22T09:30:00.000+00:00 estranho token=<23> nome=<13> cpf=<11> cnpj=<18> texto=<11>"
    )


def test_the_log_turns_over(tmp_path, monkeypatch):
    monkeypatch.setattr("converter.journal.log.SIZE", 2000)
    path = tmp_path / "planilote.log"
    with EventLog(path, clock) as log:
        for number in range(200):
            log("envio", status=number)
    assert 2 <= len(list(tmp_path.iterdir())) <= 6


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    path = tmp_path / "planilote.log"
    path.mkdir()
    with EventLog(path, clock) as log:
        log("envio", status=1)
