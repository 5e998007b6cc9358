"""What a run says while it works: what is ahead, the file at hand, its step."""

from math import ceil

from converter.model.progress import Begun, News, Progress, Sending, Sent, Waiting
from converter.texts.sentences import sentence

SECONDS_BETWEEN = 5.0
LONG = 10.0
"""Seconds from which on a run says beforehand how long it will take."""


class ProgressLine:
    """Makes the sentences of one run; the place of a file is that in which it was first told of."""

    def __init__(self) -> None:
        self._of = 0
        self._places: dict[str, int] = {}
        self._leaving = 0
        self._answered: set[str] = set()

    def ahead(self, begun: Begun) -> str | None:
        """What is to be expected of a long run; of a short one nothing."""
        self._of = begun.files
        if begun.seconds < LONG:
            return None
        key = "andamento.demora-com-envio" if begun.enviar else "andamento.demora"
        size = max(1, round(begun.size / 2**20))
        return sentence(key, planilhas=begun.files, mb=size, duracao=duracao(begun.seconds))

    def at(self, progress: Progress | Sending | Sent | Waiting) -> str:
        """The file at hand, its place among several, its step; or why nothing happens."""
        if isinstance(progress, Waiting):
            return espera(progress)
        if isinstance(progress, Sending):
            self._leaving = progress.lotes
            return sentence("andamento.enviando", lotes=progress.lotes)
        if isinstance(progress, Sent):
            self._answered.add(progress.ref)
            return sentence("andamento.respostas", n=len(self._answered), lotes=self._leaving)
        place = self._places.setdefault(progress.arquivo, len(self._places) + 1)
        of = max(self._of, len(self._places))
        told = f"{progress.arquivo}: {step_words(progress)}"
        return sentence("andamento.vez", vez=place, de=of, passo=told) if of > 1 else told


class Pulse:
    """What is ahead of a long run and its first step at once, then a line every few seconds.

    A run shorter than those has none.
    """

    def __init__(self, now: float) -> None:
        self._last = now
        self._line = ProgressLine()

    def told(self, news: News, now: float) -> str | None:
        """The line to print, if any (`now` in seconds)."""
        if isinstance(news, Begun):
            ahead = self._line.ahead(news)
            if ahead:
                self._last = now - SECONDS_BETWEEN
            return ahead
        line = self._line.at(news)
        if isinstance(news, Waiting):
            return line
        if now - self._last < SECONDS_BETWEEN:
            return None
        self._last = now
        return line


def step_words(progress: Progress) -> str:
    """What happens to a file."""
    return sentence(f"andamento.passos.{progress.step}", linhas=progress.rows)


def espera(waiting: Waiting) -> str:
    """How long the API asks to wait, and when the run goes on."""
    minutes = ceil(waiting.seconds / 60)
    if minutes > 1:
        return sentence("andamento.espera", minutos=minutes, ate=waiting.until)
    return sentence("andamento.espera-curta", segundos=ceil(waiting.seconds), ate=waiting.until)


def duracao(seconds: float) -> str:
    """About so long, no more exact than a guess may be: `uns 20 segundos`, `umas 3 horas`.

    Seconds are rounded up: nobody minds an early end.
    """
    if seconds <= 50:
        return sentence("andamento.segundos", n=10 * max(1, ceil(seconds / 10)))
    minutes = seconds / 60
    if minutes < 55:
        about = round(minutes) if minutes < 9.5 else 10 * round(minutes / 10)
        return sentence("andamento.minutos", n=max(1, about))
    return sentence("andamento.horas", n=max(1, round(minutes / 60)))
