"""One lote, one attempt after another, each step durable before the next.

A doubt is resolved by asking, with growing pauses, and within a run only a streak of 404s lets the
same ref and bytes go out again; a lote that was surely not taken goes again in the next. The one
other place where a request is sent again is the client, by itself and only while it surely did not
arrive. A lote that may be at the API never gives its rows back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from converter.crash import point
from converter.focus.import_file import objection
from converter.focus.judge import Verdict, judge, stops
from converter.focus.messages import circumstantial, in_words, messages
from converter.focus.sender import Sender
from converter.journal.journal import Journal
from converter.model.notas import Lote
from converter.model.outcome import LoteState, Message
from converter.model.wire import Answer, Fault, Heard
from converter.texts.catalogue import own_message

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
STREAK = 3
POSTS = 2
POSTED, ASKED, ASKED_FIRST = "envio", "consulta", "consulta-previa"
"""What the log calls a lote that was posted (`verdict` is that of the answer) or asked about."""

Log = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Stop:
    """Why no further lote is sent now: by this token only, or by any."""

    message: Message
    everyone: bool


class _Asked(Enum):
    FOUND = auto()
    MISSING = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends and settles lotes of one token, one at a time."""

    journal: Journal
    sender: Sender
    ambiente: str
    log: Log
    pauses: tuple[float, ...] = PAUSES
    ask_first: bool = False

    def send(self, lote: Lote, posts: int = 1) -> Stop | None:
        """Post a lote that is ready, and see it through; None when the next one may go."""
        doubtful = self.journal.doubtful(self.ambiente, lote.ref)
        exchange = self.journal.begin(self.ambiente, lote.ref)
        if self.ask_first and not doubtful:
            known, stop = self._known_already(lote)
            if known:
                return stop
        heard = self.sender.create(lote.ref, lote.payload)
        verdict = _judged(lote, heard)
        plain = verdict is Verdict.GENERATED and not doubtful
        self.journal.record(self.ambiente, lote.ref, heard, exchange=exchange, generated=plain)
        self._note(POSTED, lote, heard, verdict=verdict.name.lower())
        if plain:
            return None
        return self._settle_by(lote, heard, doubtful, exchange, posts)

    def _known_already(self, lote: Lote) -> tuple[bool, Stop | None]:
        """Whether the API has this ref already, for a journal too young to remember it."""
        heard = self.sender.fetch(lote.ref)
        self._note(ASKED_FIRST, lote, heard)
        if _is_missing(heard):
            return False, None
        if self._file_in(heard, lote) is not None:
            self._settle(lote, LoteState.DESCONHECIDO)
            return True, self._ask_then_resend(lote, POSTS)
        stop = (
            Stop(own_message("api-sem-definicao"), everyone=True)
            if isinstance(heard, Answer) and not stops(heard)
            else _stop(heard)
        )
        self._settle(lote, LoteState.PREPARADO, stop.message, proven=True)
        return True, stop

    def recover(self, lote: Lote) -> Stop | None:
        """See through a lote that an earlier run left `enviando` or `desconhecido`."""
        state = self.journal.outcome(self.ambiente, lote.ref).state
        exchange, heard = self.journal.last_create(self.ambiente, lote.ref)
        if state is LoteState.ENVIANDO and heard is not None:
            # The answer was stored; only its meaning was not.
            doubtful = self.journal.doubtful(self.ambiente, lote.ref, beside=exchange)
            return self._settle_by(lote, heard, doubtful, exchange, posts=1)
        self._settle(lote, LoteState.DESCONHECIDO)
        return self._ask_then_resend(lote, posts=1)

    def _settle_by(
        self, lote: Lote, heard: Heard, doubtful: bool, exchange: int, posts: int
    ) -> Stop | None:
        """See through a lote that was posted: by the answer alone where that is proof enough."""
        verdict = _judged(lote, heard)
        if verdict is Verdict.STOPPED:
            return self._stopped(lote, heard, doubtful)
        if verdict is Verdict.REFUSED and not doubtful:
            self._refuse(lote, heard)
            return None
        self._settle(lote, LoteState.DESCONHECIDO)
        return self._ask_then_compare(lote, heard, doubtful, exchange, posts)

    def _ask_then_compare(
        self, lote: Lote, heard: Heard, doubtful: bool, exchange: int, posts: int
    ) -> Stop | None:
        """Ask what the API holds, because this answer alone does not settle it."""
        verdict, answer = _judged(lote, heard), heard if isinstance(heard, Answer) else None
        asked, stop = self._ask(lote, answer.body if answer and verdict is Verdict.CUT else None)
        if asked is _Asked.FOUND:
            return None
        if verdict is Verdict.GENERATED:
            # A whole 201 for these very bytes: the file is this one, whatever the look-up says.
            self.journal.generate(self.ambiente, lote.ref, exchange)
            return stop
        if verdict is Verdict.REFUSED and asked is _Asked.MISSING:
            # Two witnesses: an explicit refusal of these bytes, and a streak of 404s.
            self._refuse(lote, heard)
            return stop
        if answer and not doubtful and (verdict, asked) == (Verdict.UNSETTLED, _Asked.MISSING):
            return self._leave_ready(lote, answer)
        if verdict in {Verdict.ALREADY, Verdict.UNSETTLED}:
            # As if every POST were used up: it is not sent again in this run.
            posts = POSTS
        why = _why_no_file(lote, heard)
        return self._resend_or_leave_unknown(lote, asked, stop, posts, why)

    def _ask_then_resend(self, lote: Lote, posts: int) -> Stop | None:
        asked, stop = self._ask(lote)
        if asked is _Asked.FOUND:
            return None
        return self._resend_or_leave_unknown(lote, asked, stop, posts)

    def _resend_or_leave_unknown(
        self,
        lote: Lote,
        asked: _Asked,
        stop: Stop | None,
        posts: int,
        why: tuple[Message, ...] = (),
    ) -> Stop | None:
        """A streak of 404s lets the same ref and bytes go out once more; else it stays unknown."""
        if asked is _Asked.MISSING and posts < POSTS:
            return self.send(lote, posts + 1)
        stop = stop or Stop(own_message("api-sem-definicao"), everyone=True)
        unknown = own_message("lote-desconhecido", ref=lote.ref)
        self._settle(lote, LoteState.DESCONHECIDO, unknown, *why)
        return stop

    def _leave_ready(self, lote: Lote, heard: Answer) -> Stop:
        """A refusal nobody announced, with a streak of 404s: it waits, and goes again as it is."""
        status, answered = str(heard.status), in_words(heard)
        message = own_message("recusa-sem-regra", status=status, resposta=answered)
        self._settle(lote, LoteState.PREPARADO, message, proven=True)
        return Stop(message, everyone=False)

    def _ask(self, lote: Lote, seen: bytes | None = None) -> tuple[_Asked, Stop | None]:
        """GET until known. A body without a marked end counts once it was read twice alike."""
        misses = 0
        for wait in self.pauses:
            if not self.sender.pause(wait):
                return _Asked.UNKNOWN, Stop(own_message("interrompido"), everyone=True)
            point("consulta-antes")
            heard = self.sender.fetch(lote.ref)
            point("consulta-depois")
            self._note(ASKED, lote, heard)
            misses = misses + 1 if _is_missing(heard) else 0
            if (file := self._file_in(heard, lote)) is not None:
                whole = file.framed or file.body == seen
                self.journal.consulted(self.ambiente, lote.ref, file, generated=whole)
                if whole:
                    return _Asked.FOUND, None
                seen = file.body
            elif isinstance(heard, Answer) and stops(heard):
                return _Asked.UNKNOWN, _stop(heard)
        return (_Asked.MISSING if misses >= STREAK else _Asked.UNKNOWN), None

    def _stopped(self, lote: Lote, heard: Heard, doubtful: bool) -> Stop:
        stop = _stop(heard)
        state = LoteState.DESCONHECIDO if doubtful else LoteState.PREPARADO
        self._settle(lote, state, stop.message, proven=not doubtful)
        return stop

    def _refuse(self, lote: Lote, heard: Heard) -> None:
        if not isinstance(heard, Answer):
            raise TypeError(heard)
        again = circumstantial(heard)
        self.journal.settle(
            self.ambiente,
            lote.ref,
            LoteState.RECUSADO,
            (*messages(heard), own_message("sera-tentado")) if again else messages(heard),
            proven=True,
            circumstance=again,
        )

    def _settle(self, lote: Lote, state: LoteState, *why: Message, proven: bool = False) -> None:
        self.journal.settle(self.ambiente, lote.ref, state, why, proven=proven)

    def _file_in(self, heard: Heard, lote: Lote) -> Answer | None:
        """The answer to a look-up that can be this lote's import file; else the log says so."""
        if not isinstance(heard, Answer) or heard.status != 200:
            return None
        if objection(heard, lote.prestador.codigo_municipio) is None:
            return heard
        self.log("resposta-sem-arquivo", ref=lote.ref, bytes=len(heard.body))
        return None

    def _note(self, event: str, lote: Lote, heard: Heard, **facts: str) -> None:
        self.log(event, ref=lote.ref, **facts_of(heard), **facts)


def facts_of(heard: Heard) -> dict[str, object]:
    """What the log is told of an answer or of a fault."""
    if isinstance(heard, Answer):
        return {"status": heard.status, "bytes": len(heard.body)}
    return {"falha": heard.code}


def _is_missing(heard: Heard) -> bool:
    return isinstance(heard, Answer) and heard.status == 404


def _judged(lote: Lote, heard: Heard) -> Verdict:
    """What an answer says, where what it holds can be believed."""
    verdict = judge(heard)
    if verdict in {Verdict.GENERATED, Verdict.CUT} and _why_no_file(lote, heard):
        return Verdict.DOUBT
    return verdict


def _why_no_file(lote: Lote, heard: Heard) -> tuple[Message, ...]:
    """What is to be told of an answer that looked like a file and is none."""
    if not isinstance(heard, Answer) or heard.status not in {200, 201}:
        return ()
    why = objection(heard, lote.prestador.codigo_municipio)
    return () if why is None else (own_message("resposta-nao-e-arquivo", motivo=why),)


def _stop(heard: Heard) -> Stop:
    if isinstance(heard, Fault):
        return Stop(own_message(heard.code), everyone=True)
    if heard.status == 429:
        return Stop(own_message("limite-persistente"), everyone=False)
    if 300 <= heard.status < 400:
        return Stop(own_message("redirecionamento", status=str(heard.status)), everyone=True)
    status, answered = str(heard.status), in_words(heard)
    return Stop(own_message("token-recusado", status=status, resposta=answered), everyone=False)
