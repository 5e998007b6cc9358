"""A watch over a folder of a test, whose time passes only when the test says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from converter.runtime.environment import Environment
from converter.settings import load
from converter.watching.watch import Watch
from tests.runs import NOW

TICK = 2.0
LONG = 90.0
"""Seconds after which every file that lies still is whole."""


@dataclass
class Vigia:
    """`said` and `notices` are what it told, without the time of day."""

    pasta: Path
    environ: dict[str, str] = field(default_factory=dict)
    ambiente: str = "simulado"
    send_for_real: bool = False
    said: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self) -> None:
        (self.pasta / "entrada").mkdir(exist_ok=True)
        environment = Environment(
            environ=self.environ,
            now=lambda: NOW,
            seconds=lambda: 2e9,
            sleep=lambda _: None,
            pause=lambda _: None,
        )
        self.watch = Watch(
            self.pasta,
            load=lambda: load(self.environ, pasta=str(self.pasta), ambiente=self.ambiente),
            environment=environment,
            say=lambda line: self.said.append(line.partition(" ")[2]),
            notify=self.notices.append,
            seconds=lambda: self.now,
            send_for_real=self.send_for_real,
        )

    def passes(self, seconds: float, each: Callable[[], object] = lambda: None) -> list[str]:
        """Let time pass, a look every two seconds, `each` before it; the lines said meanwhile."""
        before = len(self.said)
        end = self.now + seconds
        while self.now < end:
            self.now += TICK
            each()
            self.watch.look()
        return self.said[before:]
