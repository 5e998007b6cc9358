"""The text of a lote's file, or of its payload before there is one, line by line."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from converter.model.lazy import LazySequence
from converter.model.outcome import LoteOutcome
from converter.workbook.cells import MAX_TEXT


def lines_of(outcome: LoteOutcome) -> list[tuple[int, str]]:
    """The lines by number; one too long for a cell goes on in the next row."""
    if outcome.content is None:
        text = _by_nota(outcome.lote.payload.decode(), len(outcome.lote.notas))
    else:
        text = _decoded(outcome.content)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [
        (number, line[start : start + MAX_TEXT].removesuffix("\r"))
        for number, line in enumerate(lines, 1)
        for start in range(0, max(len(line), 1), MAX_TEXT)
    ]


class Texts(LazySequence[str]):
    """The lines of many lotes, one after the other, made again whenever they are asked for.

    All of them at once would take as much memory as the payloads themselves.
    """

    def __init__(self, outcomes: Sequence[LoteOutcome]) -> None:
        self._outcomes = outcomes
        self._plain = list(map(_plain_size, outcomes))
        self.sizes = [
            plain or len(lines_of(outcome))
            for plain, outcome in zip(self._plain, outcomes, strict=True)
        ]
        self._ends = list(accumulate(self.sizes))
        self._last: tuple[int, list[str]] = (-1, [])

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def part(self, start: int, stop: int) -> Sequence[str]:
        """Some lines, whichever lotes they are of."""
        found: list[str] = []
        while start + len(found) < stop:
            at = start + len(found)
            number = bisect_right(self._ends, at)
            before = self._ends[number] - self.sizes[number]
            found += self._lines(number)[at - before : stop - before]
        return found

    def numbers(self) -> Iterator[int]:
        """The number that each line has in its own file."""
        for outcome, plain in zip(self._outcomes, self._plain, strict=True):
            yield from range(1, plain + 1) or (number for number, _ in lines_of(outcome))

    def _lines(self, number: int) -> list[str]:
        if self._last[0] != number:
            self._last = (number, [text for _, text in lines_of(self._outcomes[number])])
        return self._last[1]


def _plain_size(outcome: LoteOutcome) -> int:
    """How many lines a payload has where that can be told without making them, else 0."""
    payload, notas = outcome.lote.payload, len(outcome.lote.notas)
    objects = payload.split(b"},{")
    plain = (
        outcome.content is None
        and len(objects) == notas
        and b'],"prestador":' in objects[-1]
        and max(map(len, objects)) < MAX_TEXT - 100
    )
    return notas + 2 if plain else 0


def _by_nota(payload: str, notas: int) -> str:
    """The payload with each note on a line of its own; without its line breaks it is the same."""
    opening, found, rest = payload.partition('"lista_nfse":[')
    body, closing, end = rest.rpartition('],"prestador":')
    if not closing:
        return payload
    # Braces that somebody wrote in a text: only reading tells them from those of the notes.
    lines = body.replace("},{", "},\n{")
    if len(lines) - len(body) >= notas:
        lines = ",\n".join(_objects(body))
    return f"{opening}{found}\n{lines}\n{closing}{end}"


def _objects(text: str) -> Iterator[str]:
    decode = json.JSONDecoder().raw_decode
    start = 0
    while start < len(text):
        _, end = decode(text, start)
        yield text[start:end]
        start = end + 1


def _decoded(content: bytes) -> str:
    """The bytes for showing only: UTF-8 where they are, else the Windows or ISO page."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
