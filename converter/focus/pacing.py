"""Staying within the requests a token may make, by the headers of every answer.

100 credits a minute per token, one per request; `Rate-Limit-Remaining` says how many are left
and `Rate-Limit-Reset` in how many seconds they are whole again (Focus NFe, limite de requisições).
"""

from collections.abc import Callable, Mapping

MARGIN = 0.25
WINDOW = 60.0
LONGEST = 600.0


class Pace:
    """The pace of one token. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = 0.0

    def delay(self) -> float:
        """Seconds to wait before the next request; 0 when it may go now."""
        return max(0.0, self._until - self._clock())

    def heard(self, status: int, headers: Mapping[str, str]) -> None:
        """Take note of an answer. Without the headers only a 429 says to wait."""
        spent = _number(headers.get("rate-limit-remaining")) == 0
        if status != 429 and not spent:
            self._until = 0.0
            return
        seconds = _number(headers.get("rate-limit-reset"))
        if seconds is None:
            seconds = _number(headers.get("retry-after"))
        if seconds is None or not 0 <= seconds <= LONGEST:
            # Absent, or a moment instead of a duration: the documented window.
            seconds = WINDOW
        self._until = self._clock() + seconds + MARGIN


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
