"""What becomes of every row: the one place where it is decided. Both tables are read from above.

What the journal knows of a row, the first column, is found in `match_history`.

See docs/decisoes/identidade-e-lotes.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from converter.model.fate import Fate, Fates, RowHistory
from converter.model.outcome import LoteOutcome, LoteState, NotaAnswer, Situacao
from converter.model.rows import SheetRows

_H, _F, _S = RowHistory, Fate, Situacao
_EITHER = (True, False)
_YES, _NO = (True,), (False,)

BEFORE_SENDING = (
    # the journal says    the row has an error   its prestador is held   then the row is
    (_H.IN_LOTE,          _EITHER,               _EITHER,                _F.EM_LOTE),
    (_H.REFUSED,          _EITHER,               _EITHER,                _F.EM_LOTE),
    (_H.REPEATED,         _EITHER,               _EITHER,                _F.REPETIDA),
    (_H.CORRECTED,        _EITHER,               _EITHER,                _F.REPETIDA),
    (_H.EDITED,           _EITHER,               _EITHER,                _F.REJEITADA),
    (_H.NEW,              _YES,                  _EITHER,                _F.REJEITADA),
    (_H.NEW,              _NO,                   _YES,                   _F.RETIDA),
    (_H.NEW,              _NO,                   _NO,                    _F.PRONTA),
)  # fmt: skip
"""A prestador is held by a row of theirs that is `REJEITADA`, unless the user sends in parts: the
prefeitura takes all of a lote or nothing."""

AFTER_SENDING: Mapping[LoteState, Situacao] = {
    # its lote is              so the row is, where the prefeitura said nothing of it
    LoteState.PREPARADO:       _S.RETIDA,
    LoteState.ENVIANDO:        _S.DESCONHECIDA,
    LoteState.DESCONHECIDO:    _S.DESCONHECIDA,
    LoteState.GERADO:          _S.ENVIADA,
    LoteState.RECUSADO:        _S.RECUSADA,
    LoteState.RESPONDIDO:      _S.ENVIADA,
}  # fmt: skip

_FATES = {
    (history, error, held): fate
    for history, errors, helds, fate in BEFORE_SENDING
    for error, held in product(errors, helds)
}


def decide(
    sheets: Sequence[SheetRows],
    history: Sequence[Sequence[RowHistory]],
    rejected: Collection[tuple[str, int]],
    *,
    parcial: bool,
    hold_edited: bool = True,
    waiting: Collection[tuple[str, int]] = frozenset(),
) -> Fates:
    """A fate for every row of a file.

    `rejected` are (sheet, Excel row) of rows with an error, or of a sheet that is held, `waiting`
    those that wait for an answer: they hold nobody else. `parcial` sends the good rows of a
    prestador that also has bad ones. Without `hold_edited` an edited row goes as a new one.
    """
    if not hold_edited:
        new = {RowHistory.EDITED: RowHistory.NEW}
        history = [[new.get(was, was) for was in own] for own in history]
    fates = _decided(sheets, history, {*rejected} - {*waiting}, parcial=parcial)
    if not waiting:
        return fates
    may_wait = {Fate.REJEITADA, Fate.RETIDA, Fate.PRONTA}
    return [
        [
            Fate.ESPERA if (sheet.planilha, row) in waiting and fate in may_wait else fate
            for row, fate in zip(sheet.rows, own, strict=True)
        ]
        for sheet, own in zip(sheets, fates, strict=True)
    ]


def _decided(
    sheets: Sequence[SheetRows],
    history: Sequence[Sequence[RowHistory]],
    rejected: Collection[tuple[str, int]],
    *,
    parcial: bool,
) -> Fates:
    errors = [
        [
            issuer is None or (sheet.planilha, row) in rejected
            for issuer, row in zip(sheet.prestador, sheet.rows, strict=True)
        ]
        for sheet in sheets
    ]
    held = {
        issuer
        for sheet, own, wrong in zip(sheets, history, errors, strict=True)
        for issuer, was, error in zip(sheet.prestador, own, wrong, strict=True)
        if not parcial and _FATES[was, error, False] is Fate.REJEITADA
    }
    return [
        [
            _FATES[was, error, issuer in held]
            for issuer, was, error in zip(sheet.prestador, own, wrong, strict=True)
        ]
        for sheet, own, wrong in zip(sheets, history, errors, strict=True)
    ]


def situacao(fate: Fate, outcome: LoteOutcome | None, answer: NotaAnswer | None) -> Situacao:
    """The word a row gets: what was answered for it, else what its lote or its fate says."""
    if answer is not None:
        return answer.situacao
    if outcome is not None:
        return AFTER_SENDING[outcome.state]
    held = {Fate.EM_LOTE, Fate.PRONTA, Fate.ESPERA}
    return Situacao.RETIDA if fate in held else Situacao(fate.value)


def comes_back(fate: Fate, outcome: LoteOutcome | None, answer: NotaAnswer | None) -> bool:
    """Whether a row goes back to the user to correct: rejected, held, or refused for its own sake.

    A lote refused for what is not in its rows (a company not enabled) does not.
    """
    if answer is not None:
        return answer.situacao is Situacao.RECUSADA
    if outcome is not None:
        return outcome.state is LoteState.RECUSADO and any(one.ordem for one in outcome.messages)
    return fate in {Fate.REJEITADA, Fate.RETIDA, Fate.ESPERA}
