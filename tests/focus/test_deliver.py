"""One lote sent and seen through: what each answer, and each look after a doubt, makes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from converter.focus.deliver import Delivery, Stop
from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from converter.model.wire import Answer, Fault, Heard
from tests.faults.samples import clock, lote
from tests.focus.test_import_file import BARUERI

S, A = LoteState, "homologacao"
MADE, THERE = Answer(201, {}, BARUERI), Answer(200, {}, BARUERI)
CUT = Answer(201, {}, BARUERI, framed=False)
GONE, BROKEN = Answer(404, {}, b"{}"), Answer(500, {}, b"")
LOST, OFF = Fault("conexao-caiu", maybe_arrived=True), Fault("sem-internet", maybe_arrived=False)
REFUSED, KNOWN = (
    Answer(422, {}, b"{}"),
    Answer(422, {}, b'{"codigo":"already_processed","mensagem":"Referencia ja utilizada"}'),
)
DENIED, LIMIT, ELSEWHERE = Answer(401, {}, b""), Answer(429, {}, b""), Answer(302, {}, b"")
ODD, PAGE = Answer(410, {}, b"{}"), Answer(201, {}, b"<html></html>")
NEVER, UNDECIDED = [GONE] * 5, [BROKEN] * 5


@dataclass
class Scripted:
    """A sender that answers in turn; asked once too often, it fails the test."""

    posts: list[Heard] = field(default_factory=list)
    looks: list[Heard] = field(default_factory=list)
    pauses: int = 1000
    key: str = "k"

    def create(self, ref: str, payload: bytes) -> Heard:
        assert (ref, payload) == (lote().ref, lote().payload)
        return self.posts.pop(0)

    def fetch(self, ref: str) -> Heard:
        assert ref == lote().ref
        return self.looks.pop(0)

    def answer(self, ref: str, content: bytes) -> Heard:
        raise AssertionError(ref, content)

    def pause(self, seconds: float) -> bool:
        self.pauses -= 1
        return self.pauses >= 0

    def interrupt(self) -> None:
        raise AssertionError


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "d.sqlite3", clock) as opened:
        # Nothing is killed here, and to wait for the disk at each step takes most of the time.
        opened._connection.execute("PRAGMA synchronous = OFF")
        opened.prepare(A, [lote()])
        yield opened


def delivery(journal: Journal, sender: Scripted, *, ask_first: bool = False) -> Delivery:
    return Delivery(journal, sender, A, lambda event, **facts: None, ask_first=ask_first)


def told(stop: Stop | None) -> tuple[str, bool] | None:
    return stop and (stop.message.code, stop.everyone)


def ended(
    journal: Journal, sender: Scripted, stop: Stop | None
) -> tuple[LoteState, tuple[str, bool] | None]:
    """How the lote stands and whether any other may go, once all that was to be asked was."""
    assert (sender.posts, sender.looks) == ([], [])
    outcome = journal.outcome(A, lote().ref)
    assert (outcome.content == BARUERI) is (outcome.state is S.GERADO)
    return outcome.state, told(stop)


UNKNOWN = ("api-sem-definicao", True)


@pytest.mark.parametrize(
    ("posts", "looks", "state", "stop"),
    [
        pytest.param([MADE], [], S.GERADO, None, id="made"),
        pytest.param([REFUSED], [], S.RECUSADO, None, id="refused"),
        pytest.param([OFF], [], S.PREPARADO, ("sem-internet", True), id="never-left"),
        pytest.param([DENIED], [], S.PREPARADO, ("token-recusado", False), id="token"),
        pytest.param([LIMIT], [], S.PREPARADO, ("limite-persistente", False), id="limit"),
        pytest.param([ELSEWHERE], [], S.PREPARADO, ("redirecionamento", True), id="redirected"),
        pytest.param([Answer(300, {}, b"")], [], S.PREPARADO, ("redirecionamento", True), id="300"),
        pytest.param([Answer(399, {}, b"")], [], S.PREPARADO, ("redirecionamento", True), id="399"),
        pytest.param([LOST], [THERE], S.GERADO, None, id="lost-and-there"),
        pytest.param([LOST], [GONE, BROKEN, GONE, GONE, THERE], S.GERADO, None, id="there-at-last"),
        pytest.param([BROKEN], [THERE], S.GERADO, None, id="500-and-there"),
        pytest.param([LOST], UNDECIDED, S.DESCONHECIDO, UNKNOWN, id="nobody-knows"),
        pytest.param([LOST], [*[BROKEN] * 3, GONE, GONE], S.DESCONHECIDO, UNKNOWN, id="two-404s"),
        pytest.param([LOST], [*[GONE] * 4, BROKEN], S.DESCONHECIDO, UNKNOWN, id="404s-and-a-doubt"),
        pytest.param(
            [LOST], [GONE, DENIED], S.DESCONHECIDO, ("token-recusado", False), id="look-denied"
        ),
        pytest.param([LOST, MADE], [*NEVER, *NEVER], S.GERADO, None, id="sent-again"),
        pytest.param(
            [LOST, MADE], [BROKEN, BROKEN, *[GONE] * 3, *NEVER], S.GERADO, None, id="three-404s"
        ),
        pytest.param([LOST, MADE], [*NEVER, THERE], S.GERADO, None, id="sent-again-and-seen"),
        pytest.param([LOST, LOST], [*NEVER, *NEVER], S.DESCONHECIDO, UNKNOWN, id="lost-twice"),
        pytest.param([LOST, REFUSED], [*NEVER, *NEVER], S.RECUSADO, None, id="lost-then-refused"),
        pytest.param(
            [LOST, REFUSED], [*NEVER, *UNDECIDED], S.DESCONHECIDO, UNKNOWN, id="refused-in-doubt"
        ),
        pytest.param([LOST, REFUSED], [*NEVER, THERE], S.GERADO, None, id="refused-yet-there"),
        pytest.param(
            [LOST, DENIED], NEVER, S.DESCONHECIDO, ("token-recusado", False), id="denied-in-doubt"
        ),
        pytest.param([KNOWN], [THERE], S.GERADO, None, id="known"),
        pytest.param([KNOWN], NEVER, S.DESCONHECIDO, UNKNOWN, id="known-and-not-there"),
        pytest.param([ODD], [THERE], S.GERADO, None, id="odd-refusal-and-there"),
        pytest.param(
            [ODD], NEVER, S.PREPARADO, ("recusa-sem-regra", False), id="odd-refusal"
        ),
        pytest.param([ODD], UNDECIDED, S.DESCONHECIDO, UNKNOWN, id="odd-refusal-unknown"),
        pytest.param(
            [LOST, ODD], [*NEVER, *NEVER], S.DESCONHECIDO, UNKNOWN, id="odd-refusal-in-doubt"
        ),
        pytest.param([CUT], [THERE], S.GERADO, None, id="cut-and-whole"),
        pytest.param(
            [CUT], [Answer(200, {}, BARUERI, framed=False)], S.GERADO, None, id="cut-twice-alike"
        ),
        pytest.param([PAGE], [THERE], S.GERADO, None, id="page-and-there"),
        pytest.param(
            [Answer(200, {}, PAGE.body)], [THERE], S.GERADO, None, id="page-with-200-and-there"
        ),
        pytest.param([PAGE, PAGE], [*NEVER, *NEVER], S.DESCONHECIDO, UNKNOWN, id="page-twice"),
        pytest.param(
            [LOST], [Answer(200, {}, b"<html>")] * 5, S.DESCONHECIDO, UNKNOWN, id="looks-at-a-page"
        ),
    ],
)  # fmt: skip
def test_an_answer_and_the_looks_after_it_decide(
    journal: Journal,
    posts: Sequence[Heard],
    looks: Sequence[Heard],
    state: LoteState,
    stop: tuple[str, bool] | None,
) -> None:
    sender = Scripted([*posts], [*looks])
    assert ended(journal, sender, delivery(journal, sender).send(lote())) == (state, stop)


def test_a_file_without_a_marked_end_counts_once_two_looks_are_alike(journal: Journal) -> None:
    short = Answer(200, {}, BARUERI.replace(b"2RPS", b"2RP"), framed=False)
    whole = Answer(200, {}, BARUERI, framed=False)
    sender = Scripted([LOST], [short, whole, whole])
    assert ended(journal, sender, delivery(journal, sender).send(lote())) == (S.GERADO, None)


def test_an_interrupted_look_leaves_the_lote_unknown_and_nothing_more_is_asked(
    journal: Journal,
) -> None:
    sender = Scripted([LOST], [GONE], pauses=1)
    stop = delivery(journal, sender).send(lote())
    assert ended(journal, sender, stop) == (S.DESCONHECIDO, ("interrompido", True))


def test_two_404s_are_no_streak_however_few_looks_there_are(journal: Journal) -> None:
    sender = Scripted([LOST], [GONE, GONE])
    patient = replace(delivery(journal, sender), pauses=(1.0, 1.0))
    assert ended(journal, sender, patient.send(lote())) == (S.DESCONHECIDO, UNKNOWN)


@pytest.mark.parametrize(("status", "again"), [(400, True), (422, False)])
def test_a_refusal_that_speaks_of_no_row_says_that_it_will_be_tried_again(
    journal: Journal, status: int, again: bool
) -> None:
    body = b'{"erros":[{"codigo":"E1","mensagem":"x","campo":"servico.aliquota"}]}'
    sender = Scripted([Answer(status, {}, body)])
    assert ended(journal, sender, delivery(journal, sender).send(lote())) == (S.RECUSADO, None)
    codes = [message.code for message in journal.outcome(A, lote().ref).messages]
    assert ("sera-tentado" in codes) is again
    assert bool(journal.prepare(A, [lote()]).ready) is again


def test_why_an_answer_is_no_file_is_told_where_the_lote_stays_unknown(journal: Journal) -> None:
    sender = Scripted([PAGE], UNDECIDED.copy())
    delivery(journal, sender).send(lote())
    codes = [message.code for message in journal.outcome(A, lote().ref).messages]
    assert codes == ["lote-desconhecido", "resposta-nao-e-arquivo"]


@pytest.mark.parametrize(
    ("posts", "looks", "state", "stop"),
    [
        pytest.param([MADE], [GONE], S.GERADO, None, id="not-there"),
        pytest.param([], [THERE, THERE], S.GERADO, None, id="there"),
        pytest.param([], [THERE, *NEVER], S.DESCONHECIDO, UNKNOWN, id="there-and-gone"),
        pytest.param([], [BROKEN], S.PREPARADO, UNKNOWN, id="unsaid"),
        pytest.param([], [DENIED], S.PREPARADO, ("token-recusado", False), id="token"),
        pytest.param([], [OFF], S.PREPARADO, ("sem-internet", True), id="no-network"),
    ],
)
def test_a_young_journal_asks_before_it_sends(
    journal: Journal,
    posts: Sequence[Heard],
    looks: Sequence[Heard],
    state: LoteState,
    stop: tuple[str, bool] | None,
) -> None:
    sender = Scripted([*posts], [*looks])
    made = delivery(journal, sender, ask_first=True).send(lote())
    assert ended(journal, sender, made) == (state, stop)


@pytest.mark.parametrize(
    ("stored", "posts", "looks", "state", "stop"),
    [
        pytest.param(MADE, [], NEVER, S.GERADO, None, id="made"),
        pytest.param(MADE, [], [THERE], S.GERADO, None, id="made-and-there"),
        pytest.param(REFUSED, [], [], S.RECUSADO, None, id="refused"),
        pytest.param(DENIED, [], [], S.PREPARADO, ("token-recusado", False), id="token"),
        pytest.param(LOST, [], [THERE], S.GERADO, None, id="lost-and-there"),
        pytest.param(LOST, [MADE], [*NEVER, *NEVER], S.GERADO, None, id="lost-and-sent-again"),
        pytest.param(None, [], [THERE], S.GERADO, None, id="died-and-there"),
        pytest.param(None, [MADE], [*NEVER, *NEVER], S.GERADO, None, id="died-and-sent-again"),
        pytest.param(None, [], UNDECIDED, S.DESCONHECIDO, UNKNOWN, id="died-and-unknown"),
    ],
)
def test_what_an_earlier_run_left_is_seen_through(
    journal: Journal,
    stored: Heard | None,
    posts: Sequence[Heard],
    looks: Sequence[Heard],
    state: LoteState,
    stop: tuple[str, bool] | None,
) -> None:
    exchange = journal.begin(A, lote().ref)
    if stored is not None:
        journal.record(A, lote().ref, stored, exchange=exchange)
    sender = Scripted([*posts], [*looks])
    assert ended(journal, sender, delivery(journal, sender).recover(lote())) == (state, stop)


def test_a_stored_refusal_beside_an_older_doubt_is_no_proof(journal: Journal) -> None:
    for heard in (LOST, REFUSED):
        exchange = journal.begin(A, lote().ref)
        journal.record(A, lote().ref, heard, exchange=exchange)
        if heard is LOST:
            journal.settle(A, lote().ref, S.DESCONHECIDO)
    sender = Scripted([], [THERE])
    assert ended(journal, sender, delivery(journal, sender).recover(lote())) == (S.GERADO, None)


def test_a_lote_of_unknown_fate_goes_again_once_after_a_streak_of_404s(journal: Journal) -> None:
    journal.begin(A, lote().ref)
    journal.settle(A, lote().ref, S.DESCONHECIDO)
    sender = Scripted([LOST], [*NEVER, *NEVER])
    stop = delivery(journal, sender, ask_first=True).recover(lote())
    assert ended(journal, sender, stop) == (S.DESCONHECIDO, UNKNOWN)


def test_the_log_is_told_of_each_request_and_of_what_it_meant(journal: Journal) -> None:
    events: list[tuple[str, dict[str, object]]] = []
    sender = Scripted([LOST], [Answer(200, {}, b"<html>"), THERE])
    log = Delivery(journal, sender, A, lambda event, **facts: events.append((event, facts)))
    log.send(lote())
    ref = {"ref": lote().ref}
    assert events == [
        ("envio", {**ref, "falha": "conexao-caiu", "verdict": "doubt"}),
        ("consulta", {**ref, "status": 200, "bytes": 6}),
        ("resposta-sem-arquivo", {**ref, "bytes": 6}),
        ("consulta", {**ref, "status": 200, "bytes": len(BARUERI)}),
    ]
