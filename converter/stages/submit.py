"""Send what is ready; before that, find out what became of what an earlier run had sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from converter.focus.deliver import PAUSES, Delivery, Log, Stop
from converter.focus.send_pool import SendPool, TokenQueue
from converter.focus.sender import Sender
from converter.journal.journal import Journal
from converter.model.notas import Lote, Prestador
from converter.model.outcome import UNSETTLED, LoteOutcome
from converter.model.wire import MissingToken
from converter.texts.catalogue import own_message

Clients = Callable[[Prestador], Sender | MissingToken]


def recover(
    journal: Journal,
    clients: Clients,
    ambiente: str,
    *,
    log: Log | None = None,
    pauses: tuple[float, ...] = PAUSES,
) -> tuple[LoteOutcome, ...]:
    """Resolve every lote an earlier run left `enviando` or `desconhecido`; how each stands now.

    Comes first in a run: it also forgets lotes that were prepared and never sent, whose rows are
    about to be read again.
    """
    left = journal.lotes(ambiente, states=UNSETTLED)
    sending = _Sending(journal, clients, ambiente, log or _silent, pauses)
    sending.work([outcome.lote for outcome in left], recovering=True)
    unsent = set(journal.discard_unsent(ambiente))
    refs = [outcome.lote.ref for outcome in left if outcome.lote.ref not in unsent]
    return journal.lotes(ambiente, refs=refs)


def submit(
    lotes: Sequence[Lote],
    journal: Journal,
    clients: Clients,
    ambiente: str,
    *,
    log: Log | None = None,
    pauses: tuple[float, ...] = PAUSES,
    ask_first: bool = False,
) -> tuple[LoteOutcome, ...]:
    """Send lotes that `Journal.prepare` returned as ready; each as it ends up, in their order.

    Parallel across tokens, one at a time within one. A lote that could not be sent for a reason
    that is not its own (token, connection) stays `preparado`, with that reason as message.
    `ask_first` asks the API for each ref before posting it: for a journal that is new, and so
    cannot know what another machine or a lost one has sent.

    Raises:
        KeyboardInterrupt: After the answers in course were stored.
        Abort: The journal cannot be written; nothing is sent that was not written down.
    """
    sending = _Sending(journal, clients, ambiente, log or _silent, pauses, ask_first)
    sending.work(lotes)
    found = journal.lotes(ambiente, refs=[lote.ref for lote in lotes])
    by_ref = {outcome.lote.ref: outcome for outcome in found}
    return tuple(
        replace(by_ref[lote.ref], sent_now=lote.ref in sending.sent)
        for lote in lotes
        if lote.ref in by_ref
    )


@dataclass(slots=True)
class _Sending:
    journal: Journal
    clients: Clients
    ambiente: str
    log: Log
    pauses: tuple[float, ...]
    ask_first: bool = False
    sent: set[str] = field(default_factory=set)

    def work(self, lotes: Sequence[Lote], *, recovering: bool = False) -> None:
        SendPool(self._queues(lotes, recovering=recovering)).run()

    def _queues(self, lotes: Sequence[Lote], *, recovering: bool) -> list[TokenQueue]:
        senders: dict[str, Sender] = {}
        by_key: dict[str, list[Lote]] = {}
        found: dict[Prestador, Sender | MissingToken] = {}
        for lote in lotes:
            if lote.prestador not in found:
                found[lote.prestador] = self.clients(lote.prestador)
            sender = found[lote.prestador]
            if isinstance(sender, MissingToken):
                self._leave(lote, Stop(own_message(sender.code, cnpj=sender.cnpj), everyone=False))
                continue
            senders[sender.key] = sender
            by_key.setdefault(sender.key, []).append(lote)
        return [
            TokenQueue(sender, by_key[key], self._work(sender, recovering), self._leave)
            for key, sender in senders.items()
        ]

    def _work(self, sender: Sender, recovering: bool) -> Callable[[Lote], Stop | None]:
        delivery = Delivery(
            self.journal, sender, self.ambiente, self.log, self.pauses, self.ask_first
        )
        if recovering:
            return delivery.recover

        def send(lote: Lote) -> Stop | None:
            self.sent.add(lote.ref)
            return delivery.send(lote)

        return send

    def _leave(self, lote: Lote, stop: Stop) -> None:
        """Write down why a lote was not worked on; what it is does not change."""
        self.journal.explain(self.ambiente, lote.ref, stop.message)


def _silent(event: str, **facts: object) -> None:
    """Where no log is kept."""
