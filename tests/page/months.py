"""A folder in the middle of a month: sent and answered, waiting, refused, to mend, to answer."""

from converter.page.worker import Task
from converter.registers import books
from tests.page.chromium import Office, rest
from tests.page.test_arquivo import sheet
from tests.runs import EMAIL, VALOR, exemplo, in_october

WRONG = "outubro-clinica.csv"
PLACES = {
    "entrada": "/",
    "arquivo": f"/arquivo?nome={WRONG}",
    "enviar": "/enviar",
    "lotes": "/lotes",
    "painel": "/painel",
    "cadastros": "/cadastros",
    "ajuda": "/ajuda",
    "mensagem": "/ajuda/cnpj-digito",
}


def a_month_of_work(place: Office) -> None:
    """Send September, read one answer of the two, and leave October half done."""
    entrada = place.pasta / "entrada"
    (entrada / "setembro.csv").write_bytes(sheet(exemplo()))
    refused = [{**exemplo()[2], "CNPJ do prestador": "11.222.333/0001-00"}]
    (entrada / "setembro-filial.csv").write_bytes(sheet(refused))
    _work(place, Task.ENVIAR)
    (place.pasta / "retornos").mkdir(exist_ok=True)
    place.answer().rename(place.pasta / "retornos" / "RET.TXT")
    october = in_october(exemplo())
    (entrada / "outubro.csv").write_bytes(sheet(october[:7]))
    wrong = [dict(row) for row in october[7:]]
    wrong[0][VALOR], wrong[2][EMAIL] = "mil e poucos", "contato@"
    (entrada / WRONG).write_bytes(sheet(wrong))
    asked = [{**row, "VALOR DA PARCELA (emitir)": row[VALOR]} for row in october[:3]]
    (entrada / "outubro-parcelas.csv").write_bytes(sheet(asked))
    cadastros = place.pasta / "cadastros"
    cadastros.mkdir(exist_ok=True)
    own = ("45.782.190/0001-84", "Ponte Clara Informática", "", "4521873", "Barueri/SP")
    (cadastros / "prestadores.xlsx").write_bytes(books.prestadores(own))
    _work(place, Task.RETORNOS)
    _work(place, Task.CONFERIR)


def _work(place: Office, task: Task) -> None:
    worker = place.server.worker
    refuse = None if task is Task.ENVIAR else (lambda _: False)
    rest(worker)
    assert worker.start(task, confirm=refuse)
    rest(worker)
    assert worker.state.broken is None, worker.state.broken
