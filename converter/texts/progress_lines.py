"""What a run says while it works: what is ahead, the file at hand, its step."""

from math import ceil

from converter.model.progress import Begun, News, Progress, Sending, Sent, Step, Waiting
from converter.texts.formato import contado

TRABALHANDO = "Trabalhando…"
SECONDS_BETWEEN = 5.0
LONG = 10.0
"""Seconds from which on a run says beforehand how long it will take."""

_STEPS = {
    Step.LENDO: "lendo",
    Step.CONFERINDO: "conferindo {linhas}",
    Step.MONTANDO: "montando as notas",
    Step.CONFERIDA: "conferida",
    Step.AGRUPANDO: "agrupando em lotes",
    Step.ESCREVENDO: "escrevendo o resultado",
    Step.ESCRITA: "resultado escrito",
}


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
        files = contado(begun.files, "planilha", "planilhas")
        size = contado(max(1, round(begun.size / 2**20)), "MB", "MB")
        sending = ", fora o envio" if begun.enviar else ""
        return f"{files}, {size}: deve levar {duracao(begun.seconds)}{sending}."

    def at(self, progress: Progress | Sending | Sent | Waiting) -> str:
        """The file at hand, its place among several, its step; or why nothing happens."""
        if isinstance(progress, Waiting):
            return espera(progress)
        if isinstance(progress, Sending):
            self._leaving = progress.lotes
            return f"enviando {contado(progress.lotes, 'lote', 'lotes')}"
        if isinstance(progress, Sent):
            self._answered.add(progress.ref)
            lotes = contado(self._leaving, "lote", "lotes")
            return f"enviando: {len(self._answered)} de {lotes} com resposta"
        place = self._places.setdefault(progress.arquivo, len(self._places) + 1)
        of = max(self._of, len(self._places))
        step = step_words(progress)
        return f"{f'{place} de {of} · ' if of > 1 else ''}{progress.arquivo}: {step}"


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
    return _STEPS[progress.step].format(linhas=contado(progress.rows, "linha", "linhas"))


def espera(waiting: Waiting) -> str:
    """How long the API asks to wait, and when the run goes on."""
    minutes = ceil(waiting.seconds / 60)
    long = (
        contado(minutes, "minuto", "minutos")
        if minutes > 1
        else contado(ceil(waiting.seconds), "segundo", "segundos")
    )
    return (
        f"A API pede {long}; continuo às {waiting.until:%H:%M}. Ctrl-C interrompe sem perder nada."
    )


def duracao(seconds: float) -> str:
    """About so long, no more exact than a guess may be: `uns 20 segundos`, `umas 3 horas`.

    Seconds are rounded up: nobody minds an early end.
    """
    if seconds <= 50:
        return f"uns {max(1, ceil(seconds / 10))}0 segundos"
    minutes = seconds / 60
    if minutes < 9.5:
        return _cerca(round(minutes), "minuto", "uns", "minutos")
    if minutes < 55:
        return f"uns {round(minutes / 10)}0 minutos"
    return _cerca(round(minutes / 60), "hora", "umas", "horas")


def _cerca(number: int, um: str, uns: str, varios: str) -> str:
    about = "cerca de" if number <= 1 else uns
    return f"{about} {contado(max(1, number), um, varios)}"
