"""Lotes leave one after the other within a token; a return file is read without the API."""

import json
from collections.abc import Callable

import pytest

from converter.focus.deliver import Stop
from converter.focus.read_return import read_return
from converter.focus.send_pool import SendPool, TokenQueue
from converter.focus.sender import Sender
from converter.layouts.barueri.answer import answer
from converter.model.notas import Lote
from converter.model.outcome import Message
from converter.model.wire import Fault, Heard
from tests.faults.samples import lote
from tests.layouts import amostras

LOTES = [lote(number) for number in range(4)]
THIS, ALL = Stop(Message("x", "pare"), False), Stop(Message("x", "parem"), True)


class Mute:
    """A sender that no test asks to send."""

    key = "a"

    def __init__(self) -> None:
        self.interrupted = False

    def create(self, ref: str, payload: bytes) -> Heard:
        return Fault("sem-rede", maybe_arrived=False)

    def fetch(self, ref: str) -> Heard:
        return Fault("sem-rede", maybe_arrived=False)

    def answer(self, ref: str, content: bytes) -> Heard:
        return Fault("sem-rede", maybe_arrived=False)

    def pause(self, seconds: float) -> bool:
        return True

    def interrupt(self) -> None:
        self.interrupted = True


class Log:
    def __init__(self, stop: Callable[[Lote], Stop | None] = lambda _: None) -> None:
        self.sent: list[str] = []
        self.left: list[str] = []
        self._stop = stop

    def queue(self, lotes: list[Lote], sender: Sender) -> TokenQueue:
        def work(one: Lote) -> Stop | None:
            self.sent.append(one.ref)
            return self._stop(one)

        return TokenQueue(sender, lotes, work, lambda one, _: self.left.append(one.ref))


def refs(*lotes: Lote) -> list[str]:
    return [one.ref for one in lotes]


def test_lotes_of_a_token_go_in_their_order() -> None:
    log = Log()
    SendPool([log.queue(LOTES, Mute())]).run()
    assert (log.sent, log.left) == (refs(*LOTES), [])


def test_after_a_stop_the_rest_of_the_token_is_left_and_none_is_lost() -> None:
    log = Log(lambda one: THIS if one is LOTES[1] else None)
    SendPool([log.queue(LOTES, Mute())]).run()
    assert (log.sent, log.left) == (refs(*LOTES[:2]), refs(*LOTES[2:]))


def test_a_stop_for_everyone_reaches_the_queue_that_has_not_begun() -> None:
    log = Log(lambda _: ALL)
    pool = SendPool([log.queue(LOTES[:2], Mute())])
    pool.run()
    assert (log.sent, log.left) == (refs(LOTES[0]), refs(LOTES[1]))


def test_an_exception_of_a_worker_interrupts_the_others_and_is_raised() -> None:
    def fail(_: Lote) -> Stop | None:
        raise OSError("disco cheio")

    first, second = Mute(), Mute()
    pool = SendPool([Log(fail).queue(LOTES[:1], first), Log().queue(LOTES[1:], second)])
    with pytest.raises(OSError, match="disco cheio"):
        pool.run()
    assert first.interrupted
    assert second.interrupted


def test_a_return_is_read_as_the_api_would_and_nonsense_is_415() -> None:
    _, sent = amostras.written("barueri-pmb004")
    returned = answer(sent, [], amostras.city(codigo_municipio=amostras.BARUERI)).content
    read = read_return(returned, sent)
    assert read.status == 201
    assert [one["status"] for one in json.loads(read.body)] == ["autorizado"] * 2
    refused = read_return(b"isto nao e um retorno", sent)
    assert refused.status == 415
    assert "inválido" in json.loads(refused.body)["mensagem"]
