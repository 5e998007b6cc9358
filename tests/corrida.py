"""One whole run in a folder of a test: fixed clock, no network but loopback, no waiting."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from converter import pipeline
from converter.model.report import FileReport
from converter.model.run import RunReport
from converter.run.world import World
from converter.settings import load

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def corrida(
    pasta: Path, *, enviar: bool = True, environ: Mapping[str, str] | None = None, **chosen: Any
) -> RunReport:
    """Convert what is in `entrada/`; `chosen` are options of the command line."""
    settings = load(environ or {}, pasta=str(pasta), **chosen)
    world = World(environ=environ or {}, now=lambda: NOW, seconds=lambda: 2e9, sleep=lambda _: None)
    return pipeline.run(settings, world, [], enviar=enviar, tell=lambda _: None)


def arquivo(pasta: Path, name: str, data: bytes, planilote: str = "") -> None:
    """Put a file in `entrada/`, and what `planilote.toml` says beside it."""
    target = pasta / "entrada" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    if planilote:
        (pasta / "planilote.toml").write_text(planilote, encoding="utf-8")


def one_report(report: RunReport) -> FileReport:
    """The report of the only file of a run."""
    (done,) = report.files
    assert done.report is not None
    return done.report
