"""What an answer to `POST /v2/lotes_rps` says about where the lote is."""

from enum import Enum, auto

from converter.focus.messages import already_there
from converter.model.wire import Answer, Fault, Heard

REFUSALS = frozenset({400, 404, 415, 422})
"""Answers that say the request was heard and no lote was made of it."""


class Verdict(Enum):
    """What an answer proves; what follows of it stands in `deliver`.

    Why: docs/decisoes/envio-sem-duplicar.md.
    """

    GENERATED = auto()
    CUT = auto()
    DOUBT = auto()
    ALREADY = auto()
    REFUSED = auto()
    UNSETTLED = auto()
    STOPPED = auto()


def judge(heard: Heard) -> Verdict:
    """What `heard` proves; whether a file is one is asked apart.

    CUT is a file whose end nobody marked; ALREADY a refusal that says the ref is known; UNSETTLED
    a refusal nobody announced, which may be of the lote, of the request or of the network; STOPPED
    an answer or fault that proves the lote was not taken and says that the next will not be.
    """
    if isinstance(heard, Fault):
        return Verdict.DOUBT if heard.maybe_arrived else Verdict.STOPPED
    if heard.status in {200, 201} and heard.body:
        return Verdict.GENERATED if heard.framed else Verdict.CUT
    if stops(heard):
        return Verdict.STOPPED
    if 400 <= heard.status < 500 and heard.status != 408:
        if already_there(heard):
            return Verdict.ALREADY
        return Verdict.REFUSED if heard.status in REFUSALS else Verdict.UNSETTLED
    return Verdict.DOUBT


def stops(answer: Answer) -> bool:
    """True when no further request with this token makes sense now."""
    return answer.status in {401, 403, 407, 429} or 300 <= answer.status < 400
