"""The figures of *Painel*: sums over the lotes of the journal, and nothing decided anew."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from converter.history.fate import AFTER_SENDING
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.run import Standing

SHOWN: Mapping[Situacao, tuple[str, str]] = {
    Situacao.AUTORIZADA: ("Autorizadas", "bom"),
    Situacao.ENVIADA: ("Na prefeitura", "alerta"),
    Situacao.RETIDA: ("A enviar", "pronto"),
    Situacao.RECUSADA: ("Recusadas", "mau"),
    Situacao.DESCONHECIDA: ("A confirmar", "calmo"),
    Situacao.CANCELADA: ("Canceladas", "calmo"),
}
"""What a note of a lote can be: the heading of its column, and the tone it is told in."""
BAR = 1000
"""Width of a whole bar, in the units of its drawing."""


class Sum(NamedTuple):
    """So many notes, and their R$."""

    notas: int = 0
    valor: Decimal = Decimal(0)


class Piece(NamedTuple):
    """A part of a bar, in units of `BAR`."""

    start: int
    width: int
    tone: str


@dataclass(frozen=True, slots=True)
class Group:
    """The notes of a month, or of a prestador: sums by situação, and the bar that draws them."""

    name: str
    sums: Mapping[Situacao, Sum]
    bar: tuple[Piece, ...]

    @property
    def whole(self) -> Sum:
        """All its notes."""
        return _added(self.sums.values())


@dataclass(frozen=True, slots=True)
class WaitingLote:
    """A lote whose import file the prefeitura has not answered; `days` since it was made."""

    outcome: LoteOutcome
    days: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything of the page. `situacoes` are those that some note has, in the order shown."""

    situacoes: tuple[Situacao, ...]
    whole: Mapping[Situacao, Sum]
    months: tuple[Group, ...]
    prestadores: tuple[Group, ...]
    waiting: tuple[WaitingLote, ...]


def figures(standing: Standing, now: datetime, names: Mapping[str, str]) -> Figures:
    """The figures of all lotes at the moment `now` (aware).

    `names` says by CNPJ what to call a prestador; one without a name is called by its CNPJ.
    """
    outcomes = standing.outcomes
    notes = [
        note
        for outcome in outcomes
        for note in _notes(outcome, standing.months.get(outcome.lote.ref, ()))
    ]
    found = {note.situacao for note in notes}
    months = _groups(notes, lambda note: note.month)
    prestadores = _groups(notes, lambda note: names.get(note.cnpj, note.cnpj))
    return Figures(
        tuple(situacao for situacao in SHOWN if situacao in found),
        _sums(notes),
        tuple(sorted(months, key=lambda group: group.name, reverse=True)),
        tuple(sorted(prestadores, key=lambda group: (-group.whole.valor, group.name))),
        tuple(_waiting(outcomes, now)),
    )


class _Note(NamedTuple):
    situacao: Situacao
    month: str
    cnpj: str
    valor: Decimal


def _notes(outcome: LoteOutcome, months: Sequence[str]) -> Iterator[_Note]:
    answers = {answer.ordem: answer.situacao for answer in outcome.answers}
    otherwise = AFTER_SENDING[outcome.state]
    for nota in outcome.lote.notas:
        situacao = answers.get(nota.ordem, otherwise)
        month = months[nota.ordem - 1] if nota.ordem <= len(months) else ""
        yield _Note(situacao, month, outcome.lote.prestador.cnpj, nota.valor)


def _groups(notes: Sequence[_Note], key: Callable[[_Note], str]) -> list[Group]:
    found: dict[str, list[_Note]] = defaultdict(list)
    for note in notes:
        found[key(note)].append(note)
    sums = {name: _sums(own) for name, own in found.items()}
    longest = max((_added(own.values()).valor for own in sums.values()), default=Decimal(0))
    return [Group(name, own, tuple(_pieces(own, longest))) for name, own in sums.items()]


def _sums(notes: Iterable[_Note]) -> dict[Situacao, Sum]:
    sums: dict[Situacao, Sum] = defaultdict(Sum)
    for note in notes:
        old = sums[note.situacao]
        sums[note.situacao] = Sum(old.notas + 1, old.valor + note.valor)
    return dict(sums)


def _added(sums: Iterable[Sum]) -> Sum:
    listed = list(sums)
    return Sum(sum(one.notas for one in listed), sum((one.valor for one in listed), Decimal(0)))


def _pieces(sums: Mapping[Situacao, Sum], longest: Decimal) -> Iterator[Piece]:
    """The bar of a group; the longest one takes all the width."""
    if not longest:
        return
    start = Decimal(0)
    for situacao, (_, tone) in SHOWN.items():
        valor = sums.get(situacao, Sum()).valor
        left, right = (round(BAR * edge / longest) for edge in (start, start + valor))
        if right > left:
            yield Piece(left, right - left, tone)
        start += valor


def _waiting(outcomes: Iterable[LoteOutcome], now: datetime) -> Iterator[WaitingLote]:
    """Those that wait for the prefeitura, the longest first."""
    found = [one for one in outcomes if one.state is LoteState.GERADO]
    for outcome in sorted(found, key=lambda one: one.updated_at or now):
        since = outcome.updated_at
        yield WaitingLote(outcome, (now - since).days if since else None)
