"""Return files of the prefeitura: matched to their lote, posted as they are, joined to its rows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from converter.focus.deliver import facts_of
from converter.focus.judge import REFUSALS, stops
from converter.focus.matching import Signs, match, named, overlapping, signs
from converter.focus.messages import in_words
from converter.focus.read_return import read_return
from converter.focus.respostas import Misfit, entries, join, update
from converter.focus.sender import Sender
from converter.journal.journal import Journal
from converter.journal.returns import ReturnResult
from converter.model.notas import Prestador
from converter.model.outcome import LoteOutcome, LoteState
from converter.model.run import ReturnDone, ReturnState
from converter.model.wire import Answer, Heard, MissingToken
from converter.texts.catalogue import own_message

LARGEST = 50 * 1024 * 1024
_ANSWERABLE = (LoteState.GERADO, LoteState.RESPONDIDO)
_REAL = "producao"
_REALER: Mapping[str, Collection[str]] = {
    "simulado": ("homologacao", _REAL), "homologacao": (_REAL,), _REAL: (),
}  # fmt: skip
"""The ambientes whose answers count for more than those of each."""
_OTHERS: Mapping[str, Collection[str]] = {
    one: tuple(other for other in _REALER if other != one) for one in _REALER
}
REHEARSED = "_simulado_"
"""What the embedded prefeitura puts into the name of a file she answers with."""


@dataclass(frozen=True, slots=True)
class Retorno:
    """A file of `retornos/`: its name and its bytes, which nothing here changes."""

    name: str
    content: bytes


def respond(
    files: Sequence[Retorno],
    journal: Journal,
    clients: Callable[[Prestador], Sender | MissingToken],
    ambiente: str,
    ref: str | None = None,
    *,
    log: Callable[..., None] | None = None,
) -> tuple[ReturnDone, ...]:
    """Post return files and write down what they say of each note.

    Gives what became of each, in the order given; a file of several lotes comes once for each.

    With `ref` every file is of that lote, whatever it looks like; a file the API refused before
    is then posted again. Bytes already read for a lote are not posted twice.

    Raises:
        Abort: The journal cannot be written.
    """
    desk = _Desk(journal, clients, ambiente, log or (lambda event, **facts: None))
    return tuple(done for file in files for done in desk.take(file, ref))


@dataclass(slots=True)
class _Desk:
    journal: Journal
    clients: Callable[[Prestador], Sender | MissingToken]
    ambiente: str
    log: Callable[..., None]
    _signs: dict[tuple[str, LoteState], Mapping[str, Signs]] = field(default_factory=dict)

    def take(self, file: Retorno, ref: str | None) -> list[ReturnDone]:
        if not file.content.strip():
            return [_left(file, ReturnState.RECUSADO, "retorno-vazio", self.ambiente)]
        if len(file.content) > LARGEST:
            return [_left(file, ReturnState.RECUSADO, "retorno-grande", self.ambiente)]
        if ref is not None:
            return [self._asked(file, ref)]
        if (stranger := self._stranger(file)) is not None:
            return [stranger]
        return self._matched(file)

    def _matched(self, file: Retorno) -> list[ReturnDone]:
        """The file for each lote it speaks of."""
        refs, known = self._belongs(file)
        if not refs:
            return [self._of_another(file) or self._without(file, "retorno-sem-lote")]
        if overlapping(refs, known):
            return [self._without(file, "retorno-varios-lotes", refs=", ".join(refs))]
        return [self._post(file, found, again=False) for found in refs]

    def _stranger(self, file: Retorno) -> ReturnDone | None:
        """A file of another ambiente, where the same rows have the same ref: of no lote here.

        A rehearsed answer taken for the prefeitura's would call issued what nobody uploaded.
        """
        if self.journal.return_refs(self.ambiente, file.content):
            return None
        elsewhere = self.journal.return_ambientes(file.content)
        if _REAL in elsewhere:
            return ReturnDone(file.name, ReturnState.REPETIDO)
        if REHEARSED not in file.name and (real := self._of_another(file, _REALER, waiting=True)):
            return real
        if elsewhere:
            others = " e ".join(sorted(elsewhere))
            return self._without(file, "retorno-outro-ambiente", outro=others)
        refs = named(file.name)
        if refs and not self.journal.lotes(self.ambiente, refs=refs, whole=False):
            return self._of_another(file) or self._without(
                file, "retorno-ref-desconhecida", ref=refs[0]
            )
        return None

    def _without(self, file: Retorno, code: str, **details: str) -> ReturnDone:
        return _left(file, ReturnState.SEM_LOTE, code, self.ambiente, **details)

    def _of_another(
        self,
        file: Retorno,
        others: Mapping[str, Collection[str]] = _OTHERS,
        *,
        waiting: bool = False,
    ) -> ReturnDone | None:
        """A file that answers a lote of another ambiente: which, and how to send it there.

        With `waiting` only lotes that wait for the prefeitura count.
        """
        found, refs = signs(file.content), named(file.name)
        states = (LoteState.GERADO,) if waiting else None
        for other in others[self.ambiente]:
            here = self.journal.lotes(other, refs=refs, states=states, whole=False) if refs else ()
            fits = [lote.lote.ref for lote in here]
            if not refs and found.inscricao:
                fits = [*match(found, self._signs_of(LoteState.GERADO, other))]
            if fits:
                details = {"outro": other, "ref": fits[0], "atual": self.ambiente}
                code = "retorno-de-outro-ambiente"
                return _left(file, ReturnState.SEM_LOTE, code, other, **details)
        return None

    def _belongs(self, file: Retorno) -> tuple[tuple[str, ...], Mapping[str, Signs]]:
        """The lotes of a file: by its name, by having met it before, by what stands in it."""
        in_name = tuple(ref for ref in named(file.name) if self._answerable(ref))
        sure = in_name or self.journal.return_refs(self.ambiente, file.content)
        if sure:
            return sure, {}
        found = signs(file.content)
        # Lotes that wait come first: a year of answered ones is only read when none of them fits.
        for state in _ANSWERABLE:
            known = self._signs_of(state)
            refs = match(found, known) if found.inscricao else ()
            if refs:
                return refs, known
        return (), {}

    def _signs_of(self, state: LoteState, ambiente: str = "") -> Mapping[str, Signs]:
        place = (ambiente or self.ambiente, state)
        if place not in self._signs:
            self._signs[place] = {
                ref: signs(content)
                for ref, content in self.journal.import_files(place[0], (state,))
            }
        return self._signs[place]

    def _answerable(self, ref: str) -> bool:
        return bool(self.journal.lotes(self.ambiente, refs=(ref,), states=_ANSWERABLE, whole=False))

    def _asked(self, file: Retorno, ref: str) -> ReturnDone:
        try:
            outcome = self.journal.outcome(self.ambiente, ref)
        except KeyError:
            return self._without(file, "retorno-ref-desconhecida", ref=ref)
        if outcome.state not in _ANSWERABLE:
            code = "retorno-lote-sem-arquivo"
            return _left(file, ReturnState.RECUSADO, code, self.ambiente, ref=ref)
        return self._post(file, ref, again=True)

    def _post(self, file: Retorno, ref: str, *, again: bool) -> ReturnDone:
        outcome = self.journal.outcome(self.ambiente, ref)
        sender = self._reader(outcome)
        if isinstance(sender, MissingToken):
            return _waits(file, outcome, sender.code, cnpj=sender.cnpj)
        pending = self.journal.begin_return(
            self.ambiente,
            ref,
            file.name,
            file.content,
            again=again,
            understood=lambda answer: entries(answer.body) is not None,
        )
        if pending.result is ReturnResult.LIDO:
            return ReturnDone(file.name, ReturnState.REPETIDO, ref, outcome)
        if pending.result is ReturnResult.RECUSADO:
            return ReturnDone(file.name, ReturnState.RECUSADO, ref, outcome, pending.messages)
        heard: Heard | None = pending.heard
        if heard is None:
            heard = sender(ref, file.content)
            self.journal.record(self.ambiente, ref, heard, exchange=pending.exchange)
        self.log("retorno", ref=ref, **facts_of(heard))
        return self._understand(file, outcome, pending.exchange, heard)

    def _reader(self, outcome: LoteOutcome) -> Callable[[str, bytes], Heard] | MissingToken:
        """Who reads a return file: the API, or the layout where no API knows the lote."""
        if outcome.cancels:
            sent = outcome.content or b""
            return lambda _, returned: read_return(returned, sent)
        sender = self.clients(outcome.lote.prestador)
        return sender if isinstance(sender, MissingToken) else sender.answer

    def _understand(
        self, file: Retorno, outcome: LoteOutcome, exchange: int, heard: Heard
    ) -> ReturnDone:
        ref = outcome.lote.ref
        if not isinstance(heard, Answer) or heard.status not in {200, 201}:
            return self._without_answer(file, outcome, exchange, heard)
        found = entries(heard.body)
        if found is None and not heard.framed:
            reason = own_message("resposta-cortada").text
            return _waits(file, outcome, "retorno-sem-resposta", motivo=reason)
        if found is None:
            reason = "não é a lista de notas que a documentação descreve."
            # A login page, an error that says 200: nothing was said of this file yet.
            return _waits(file, outcome, "retorno-ilegivel", motivo=reason)
        answers = join(found, outcome.lote.notas, signs(outcome.content or b"").rps)
        if isinstance(answers, Misfit):
            return self._refuse(file, outcome, exchange, answers.code, ref=ref, **answers.details)
        self.journal.answered(
            self.ambiente,
            ref,
            exchange,
            update(outcome.answers, answers),
            clash=own_message("nota-em-dois-lotes"),
            cancelled=own_message("nota-cancelada-por-arquivo", ref=ref),
        )
        outcome = self.journal.outcome(self.ambiente, ref)
        return ReturnDone(file.name, ReturnState.LIDO, ref, outcome)

    def _without_answer(
        self, file: Retorno, outcome: LoteOutcome, exchange: int, heard: Heard
    ) -> ReturnDone:
        if not isinstance(heard, Answer):
            reason = own_message(heard.code).text
            return _waits(file, outcome, "retorno-sem-resposta", motivo=reason)
        status, answered = str(heard.status), in_words(heard)
        if stops(heard):
            return _waits(file, outcome, "token-recusado", status=status, resposta=answered)
        if heard.status in REFUSALS:
            code = "retorno-recusado"
            return self._refuse(file, outcome, exchange, code, status=status, resposta=answered)
        return _waits(file, outcome, "retorno-sem-resposta", motivo=f"HTTP {status}. {answered}")

    def _refuse(
        self, file: Retorno, outcome: LoteOutcome, exchange: int, code: str, **details: str
    ) -> ReturnDone:
        message = own_message(code, arquivo=file.name, **details)
        self.journal.refuse_return(exchange, (message,))
        return ReturnDone(file.name, ReturnState.RECUSADO, outcome.lote.ref, outcome, (message,))


def _waits(file: Retorno, outcome: LoteOutcome, code: str, **details: str) -> ReturnDone:
    """Nothing was said of the file yet: it is posted again by the next run."""
    message = own_message(code, arquivo=file.name, **details)
    return ReturnDone(file.name, ReturnState.ESPERANDO, outcome.lote.ref, outcome, (message,))


def _left(
    file: Retorno, state: ReturnState, code: str, ambiente: str, **details: str
) -> ReturnDone:
    message = own_message(code, **{"arquivo": file.name, "ambiente": ambiente, **details})
    return ReturnDone(file.name, state, messages=(message,))
