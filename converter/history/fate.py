"""What becomes of every row: the one place where it is decided, by two tables.

No two lines of a table speak of the same row, so that their order says nothing. What the journal
says of a row, the first column, is found in `match_history`; a row equal to one above it in its
own file is an error of its own (`equal_rows`). See docs/decisoes/identidade-e-lotes.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import chain, product

from converter.model.fate import Fate, Fates
from converter.model.history import RowHistory
from converter.model.outcome import LoteOutcome, LoteState, NotaAnswer, Situacao
from converter.model.rows import SheetRows

_H, _F, _S = RowHistory, Fate, Situacao


class _Row(Enum):
    """A row by itself; one without a prestador is in error, unless it waits."""

    GOOD = auto()
    IN_ERROR = auto()
    WAITS = auto()


_GOOD, _ERROR, _WAITS = (_Row.GOOD,), (_Row.IN_ERROR,), (_Row.WAITS,)
_YES, _NO = (True,), (False,)
_ANY, _EITHER = (*_GOOD, *_ERROR, *_WAITS), (*_YES, *_NO)

BEFORE_SENDING = (
    # the journal says    the row by itself     its prestador is held   then the row is
    (_H.IN_LOTE,          _ANY,                 _EITHER,                _F.EM_LOTE),
    # It stays with the lote that tells why: sent as it is, it would be refused again.
    (_H.REFUSED,          _ANY,                 _EITHER,                _F.EM_LOTE),
    (_H.REPEATED,         _ANY,                 _EITHER,                _F.REPETIDA),
    (_H.CORRECTED,        _ANY,                 _EITHER,                _F.REPETIDA),
    (_H.EDITED,           _GOOD + _ERROR,       _EITHER,                _F.REJEITADA),
    (_H.EDITED,           _WAITS,               _EITHER,                _F.ESPERA),
    (_H.NEW,              _ERROR,               _EITHER,                _F.REJEITADA),
    (_H.NEW,              _WAITS,               _EITHER,                _F.ESPERA),
    (_H.NEW,              _GOOD,                _YES,                   _F.RETIDA),
    (_H.NEW,              _GOOD,                _NO,                    _F.PRONTA),
)  # fmt: skip
"""A prestador is held by a row of theirs that is `REJEITADA` or `EDITED`, unless the user sends in
parts: the prefeitura takes all of a lote or nothing. Where the user made of `linha-alterada` less
than an error, an edited row is read as a new one."""

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
    (said, row, held): fate
    for said, rows, helds, fate in BEFORE_SENDING
    for row, held in product(rows, helds)
}


def fates_of(
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
    those that wait for an answer: unless edited they hold nobody. `parcial` sends good rows of a
    prestador that also has bad ones. Without `hold_edited` an edited row goes as a new one.
    """
    if not hold_edited:
        new = {RowHistory.EDITED: RowHistory.NEW}
        history = [[new.get(was, was) for was in own] for own in history]
    rows = [
        list(zip(sheet.prestador, own, _by_itself(sheet, rejected, waiting), strict=True))
        for sheet, own in zip(sheets, history, strict=True)
    ]
    held = {
        issuer
        for issuer, was, row in chain(*rows)
        if was is _H.EDITED or _FATES[was, row, False] is Fate.REJEITADA
    }
    return [
        [_FATES[was, row, issuer in held and not parcial] for issuer, was, row in own]
        for own in rows
    ]


def _by_itself(
    sheet: SheetRows, rejected: Collection[tuple[str, int]], waiting: Collection[tuple[str, int]]
) -> Iterator[_Row]:
    """What each row of a sheet is by itself."""
    for issuer, row in zip(sheet.prestador, sheet.rows, strict=True):
        if (sheet.planilha, row) in waiting:
            yield _Row.WAITS
        else:
            wrong = issuer is None or (sheet.planilha, row) in rejected
            yield _Row.IN_ERROR if wrong else _Row.GOOD


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
