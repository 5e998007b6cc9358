"""Return files: to the right lote, as they are, and joined to its rows or refused aloud."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.focus.client import Transport
from converter.focus.clients import Clients
from converter.journal.journal import Journal
from converter.model.outcome import LoteState, Situacao
from converter.model.wire import Answer, MissingToken
from converter.stages import respond as respond_module
from converter.stages.respond import Retorno, ReturnState, respond
from converter.stages.submit import submit
from tests.faults.ledger import Fault, Server
from tests.faults.samples import TOKEN, clock, lote
from tests.focus.test_matching import barueri, barueri_ret

AMBIENTE = "homologacao"
RAW = b"1RETORNO\r\n\xe7\xe3o\x00\xff\r\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def clients(server: Server) -> Iterator[Clients]:
    with Clients(
        server.url,
        AMBIENTE,
        version="0",
        environ={"FOCUS_TOKEN": TOKEN},
        transport=Transport(timeouts=(1.0, 0.2), sleep=lambda seconds: None),
    ) as made:
        yield made


@pytest.fixture
def journal(folder: Path, clients: Clients) -> Iterator[Journal]:
    """Two lotes already generated."""
    with Journal(folder / "diario.sqlite3", clock) as opened:
        ready = opened.prepare(AMBIENTE, [lote(1), lote(2)]).ready
        submit(ready, opened, clients, AMBIENTE)
        yield opened


def issued(*numbers: int, status: str = "autorizado") -> list[dict[str, object]]:
    return [
        {"status": status, "numero": str(n), "codigo_verificacao": f"C{n}", "uri": "https://x/"}
        for n in numbers
    ]


def answering(server: Server, value: object, status: int = 201) -> None:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    server.ledger.answers = lambda request: (status, body)


def returned(journal, clients, *files, ref=None):
    return respond(files, journal, clients, AMBIENTE, ref)


def named(number: int = 1, content: bytes = RAW) -> Retorno:
    return Retorno(f"retorno {lote(number).ref}.txt", content)


def test_the_file_is_posted_as_its_bytes_and_every_note_gets_its_number(server, journal, clients):
    answering(server, issued(8, 9))
    (file,) = respond([named()], journal, clients, AMBIENTE)
    assert file.state is ReturnState.LIDO
    assert server.ledger.requests[-1].path == f"/v2/lotes_rps/{lote().ref}/resposta"
    assert server.ledger.requests[-1].body == RAW
    changed = file.outcome
    assert changed.state is LoteState.RESPONDIDO
    assert [(one.ordem, one.numero, one.codigo_verificacao) for one in changed.answers] == [
        (1, "8", "C8"),
        (2, "9", "C9"),
    ]
    assert {one.situacao for one in changed.answers} == {Situacao.AUTORIZADA}


def generated(journal: Journal, number: int, content: bytes, ambiente: str = AMBIENTE) -> str:
    """The ref of a lote whose import file is this one."""
    (one,) = journal.prepare(ambiente, [lote(number)]).ready
    exchange = journal.begin(ambiente, one.ref)
    made = Answer(201, {}, content)
    journal.record(ambiente, one.ref, made, exchange=exchange, generated=True)
    return one.ref


def test_answers_in_another_order_are_joined_by_the_rps_of_the_import_file(
    server, journal, clients
):
    generated(journal, 3, barueri("1234567", 1, 41, 42))
    second, first = issued(8, 9)
    answering(server, [{**second, "numero_rps": "42"}, {**first, "numero_rps": "41"}])
    (file,) = returned(journal, clients, named(3))
    assert [(one.ordem, one.numero) for one in file.outcome.answers] == [(1, "9"), (2, "8")]


def test_the_same_bytes_again_do_nothing(server, journal, clients):
    answering(server, issued(8, 9))
    returned(journal, clients, named())
    posts = server.ledger.posts()
    (again,) = returned(journal, clients, Retorno(f"copia {lote().ref}", RAW))
    assert again.state is ReturnState.REPETIDO
    assert server.ledger.posts() == posts


def test_a_second_file_for_the_same_lote_updates_it(server, journal, clients):
    answering(server, issued(0, 0, status="processando_autorizacao"))
    (first,) = returned(journal, clients, named())
    assert first.outcome is not None
    assert first.outcome.state is LoteState.GERADO
    answering(server, issued(8, 9))
    (second,) = returned(journal, clients, named(content=RAW + b"2"))
    assert second.outcome is not None
    assert second.outcome.state is LoteState.RESPONDIDO
    assert [one.numero for one in second.outcome.answers] == ["8", "9"]
    assert len(journal.lotes(AMBIENTE)) == 2


def test_a_refused_lote_gives_its_rows_back_with_the_prefeituras_words(server, journal, clients):
    answering(
        server,
        [
            {
                "status": "erro_autorizacao",
                "erros": [{"codigo": "246", "mensagem": "E-mail inválido", "correcao": "Corrija"}],
            },
            {"status": "processando_autorizacao"},
        ],
    )
    (file,) = returned(journal, clients, named())
    assert file.outcome is not None
    bad, other = file.outcome.answers
    assert (bad.situacao, bad.messages[0].code, bad.messages[0].correction) == (
        Situacao.RECUSADA,
        "246",
        "Corrija",
    )
    assert other.messages[0].code == "nota-nao-processada"
    assert journal.claims_on(AMBIENTE, [nota.identity for nota in lote(1).notas]) == {}
    corrected = lote(1, notas=3)
    assert journal.prepare(AMBIENTE, [corrected]).ready == (corrected,)


def test_an_error_file_after_the_issued_one_takes_nothing_back(server, journal, clients):
    answering(server, issued(8, 9))
    returned(journal, clients, named())
    answering(server, {"status": "erro_autorizacao", "erros": [{"codigo": "102"}]})
    (late,) = returned(journal, clients, named(content=RAW + b"ERR"))
    assert late.outcome is not None
    assert [one.numero for one in late.outcome.answers] == ["8", "9"]
    assert {one.situacao for one in late.outcome.answers} == {Situacao.AUTORIZADA}
    assert len(journal.claims_on(AMBIENTE, [nota.identity for nota in lote(1).notas])) == 2


def test_another_count_is_refused_aloud_and_writes_nothing(server, journal, clients):
    answering(server, issued(8))
    (file,) = returned(journal, clients, named())
    assert file.state is ReturnState.RECUSADO
    assert file.messages[0].code == "retorno-contagem"
    assert "2 notas" in file.messages[0].text
    assert journal.outcome(AMBIENTE, lote().ref).answers == ()


def test_a_refused_file_is_posted_again_only_when_asked_by_its_ref(server, journal, clients):
    answering(server, {"mensagem": "Arquivo inválido"}, 415)
    (file,) = returned(journal, clients, named())
    assert file.messages[0].code == "retorno-recusado"
    assert "Arquivo inválido" in file.messages[0].text
    posts = server.ledger.posts()
    (same,) = returned(journal, clients, named())
    assert (same.state, same.messages) == (file.state, file.messages)
    assert server.ledger.posts() == posts
    answering(server, issued(8, 9))
    (asked,) = returned(journal, clients, named(), ref=lote().ref)
    assert asked.state is ReturnState.LIDO


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("reset", "não chegou: A conexão"),
        ("silencio", "não chegou: A API"),
        ("cortado", "não chegou: "),
        ("500", "não chegou: HTTP 500."),
        ("401", "recusou o token deste prestador (HTTP 401)"),
        ("sem-tamanho-cortado", "não chegou: A resposta da API chegou cortada."),
    ],
)
def test_an_answer_that_did_not_come_is_asked_for_by_the_next_run(
    server, journal, clients, kind, reason
):
    answering(server, issued(8, 9))
    server.ledger.script = [Fault(kind)]
    (file,) = returned(journal, clients, named())
    assert server.ledger.fired
    assert file.state is ReturnState.ESPERANDO
    assert reason in file.messages[0].text
    assert journal.outcome(AMBIENTE, lote().ref).state is LoteState.GERADO
    (again,) = returned(journal, clients, named())
    assert again.state is ReturnState.LIDO


def test_a_file_of_no_known_lote_says_how_to_name_it(server, journal, clients):
    posts = server.ledger.posts()
    (file,) = returned(journal, clients, Retorno("baixado.txt", RAW))
    assert (file.state, file.ref) == (ReturnState.SEM_LOTE, None)
    typed = "planilote resposta REF retornos/baixado.txt --ambiente homologacao"
    assert typed in (file.messages[0].correction or "")
    assert server.ledger.posts() == posts


@pytest.mark.parametrize(
    ("file", "ref", "code"),
    [
        (Retorno("a.txt", b" \r\n"), None, "retorno-vazio"),
        (Retorno("a.txt", RAW), "pl00", "retorno-ref-desconhecida"),
        (Retorno("a.txt", RAW), lote(3).ref, "retorno-lote-sem-arquivo"),
    ],
)
def test_what_cannot_be_answered_is_said_before_anything_is_posted(
    server, journal, clients, file, ref, code
):
    journal.prepare(AMBIENTE, [lote(3)])
    posts = server.ledger.posts()
    (done,) = returned(journal, clients, file, ref=ref)
    assert done.messages[0].code == code
    assert server.ledger.posts() == posts


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"ok": true}'])
def test_an_answer_that_is_no_answer_is_kept_and_told(server, journal, clients, body):
    answering(server, body)
    (file,) = returned(journal, clients, named())
    assert file.state in {ReturnState.RECUSADO, ReturnState.ESPERANDO}
    assert file.messages[0].code in {"retorno-ilegivel", "retorno-sem-resposta"}
    assert journal.outcome(AMBIENTE, lote().ref).answers == ()


def test_one_bad_file_does_not_keep_the_others(server, journal, clients):
    server.ledger.answers = lambda request: (
        (415, b"") if lote(1).ref in request.path else (201, json.dumps(issued(1, 2)).encode())
    )
    states = [file.state for file in returned(journal, clients, named(1), named(2))]
    assert states == [ReturnState.RECUSADO, ReturnState.LIDO]


def test_a_file_met_before_is_known_whatever_it_is_called_now(server, journal, clients):
    answering(server, issued(8, 9))
    returned(journal, clients, named())
    (again,) = returned(journal, clients, Retorno("RET (1).txt", RAW))
    assert (again.state, again.ref) == (ReturnState.REPETIDO, lote().ref)


def test_a_return_read_in_a_rehearsal_issues_nothing_in_producao(
    journal: Journal, clients: Clients, server: Server
) -> None:
    answering(server, issued(8, 9))
    assert respond([named()], journal, clients, AMBIENTE)[0].state is ReturnState.LIDO
    (ready,) = journal.prepare("producao", [lote(1)]).ready
    submit([ready], journal, clients, "producao")
    answering(server, issued(8, 9))
    (real,) = respond([named()], journal, clients, "producao")
    assert real.state is ReturnState.SEM_LOTE
    assert "já foi lido em homologacao" in real.messages[0].text
    assert journal.outcome("producao", ready.ref).state is LoteState.GERADO
    (asked,) = respond([named()], journal, clients, "producao", ready.ref)
    assert asked.state is ReturnState.LIDO


def test_a_return_for_a_lote_that_waits_in_producao_is_left_to_it(
    journal: Journal, clients: Clients, server: Server
) -> None:
    (ready,) = journal.prepare("producao", [lote(1)]).ready
    submit([ready], journal, clients, "producao")
    (left,) = respond([named()], journal, clients, AMBIENTE)
    assert left.state is ReturnState.SEM_LOTE
    assert f"é do lote {ready.ref}, que está em producao" in left.messages[0].text
    answering(server, issued(8, 9))
    assert respond([named()], journal, clients, "producao")[0].state is ReturnState.LIDO


def test_a_return_of_producao_is_left_alone_elsewhere(
    journal: Journal, clients: Clients, server: Server
) -> None:
    (ready,) = journal.prepare("producao", [lote(1)]).ready
    submit([ready], journal, clients, "producao")
    answering(server, issued(8, 9))
    assert respond([named()], journal, clients, "producao")[0].state is ReturnState.LIDO
    assert respond([named()], journal, clients, AMBIENTE)[0].state is ReturnState.REPETIDO
    assert journal.outcome(AMBIENTE, ready.ref).state is LoteState.GERADO


def test_a_name_with_a_ref_unknown_here_is_not_matched_by_its_content(
    journal: Journal, clients: Clients
) -> None:
    (done,) = respond([Retorno(f"pl{'0' * 30}_RET.TXT", RAW)], journal, clients, AMBIENTE)
    assert done.state is ReturnState.SEM_LOTE
    assert done.messages[0].code == "retorno-ref-desconhecida"


def test_a_file_of_any_name_goes_to_the_lote_its_marks_say(
    server: Server, journal: Journal, clients: Clients
) -> None:
    generated(journal, 3, barueri("1234567", 11, 41, 42))
    second = generated(journal, 4, barueri("1234567", 12, 43, 44))
    answering(server, issued(8, 9))
    (done,) = returned(journal, clients, Retorno("RET.TXT", barueri_ret("1234567", 12, 43, 44)))
    assert (done.state, done.ref) == (ReturnState.LIDO, second)


def test_a_file_of_a_period_is_posted_for_each_of_its_lotes(
    server: Server, journal: Journal, clients: Clients
) -> None:
    refs = [
        generated(journal, 3, barueri("1234567", 11, 41, 42)),
        generated(journal, 4, barueri("1234567", 12, 43, 44)),
    ]
    answering(server, issued(8, 9))
    period = Retorno("RET.TXT", barueri_ret("1234567", 0, 41, 42, 43, 44))
    assert [done.ref for done in returned(journal, clients, period)] == refs


def test_a_file_that_two_lotes_with_the_same_rps_may_claim_is_posted_for_neither(
    server: Server, journal: Journal, clients: Clients
) -> None:
    refs = [generated(journal, number, barueri("1234567", number, 41, 42)) for number in (3, 4)]
    posts = server.ledger.posts()
    (left,) = returned(journal, clients, Retorno("RET.TXT", barueri_ret("1234567", 0, 41, 42)))
    assert (left.state, left.ref) == (ReturnState.SEM_LOTE, None)
    assert left.messages[0].text.endswith(f"serve a mais de um lote: {', '.join(refs)}.")
    assert server.ledger.posts() == posts


def test_an_answered_lote_is_found_by_its_marks_where_none_that_waits_fits(
    server: Server, journal: Journal, clients: Clients
) -> None:
    ref = generated(journal, 3, barueri("1234567", 11, 41, 42))
    answering(server, issued(8, 9))
    assert returned(journal, clients, named(3))[0].state is ReturnState.LIDO
    later = Retorno("RET.TXT", barueri_ret("1234567", 11, 41, 42))
    assert [done.ref for done in returned(journal, clients, later)] == [ref]


def test_a_file_whose_marks_are_of_a_lote_of_producao_says_where_to_send_it(
    journal: Journal, clients: Clients
) -> None:
    ref = generated(journal, 3, barueri("1234567", 11, 41, 42), "producao")
    (left,) = returned(journal, clients, Retorno("RET.TXT", barueri_ret("1234567", 11, 41, 42)))
    assert left.state is ReturnState.SEM_LOTE
    assert f"é do lote {ref}, que está em producao" in left.messages[0].text


def test_a_file_too_large_to_be_a_return_is_not_posted(
    server: Server, journal: Journal, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respond_module, "LARGEST", len(RAW))
    posts = server.ledger.posts()
    (large,) = returned(journal, clients, named(content=RAW + b"!"))
    assert (large.state, large.messages[0].code) == (ReturnState.RECUSADO, "retorno-grande")
    assert server.ledger.posts() == posts
    answering(server, issued(8, 9))
    assert returned(journal, clients, named())[0].state is ReturnState.LIDO


def test_a_return_waits_for_the_token_of_its_prestador(journal: Journal) -> None:
    missing = MissingToken(lote().prestador.cnpj)
    (left,) = respond([named()], journal, lambda _: missing, AMBIENTE)
    assert (left.state, left.messages[0].code) == (ReturnState.ESPERANDO, "token-ausente")
