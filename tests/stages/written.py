"""A report rendered and put into a folder, as a run does it."""

from collections.abc import Mapping
from pathlib import Path

from converter.model.report import FileReport
from converter.stages.write import WrittenFiles, put, render


def write(
    report: FileReport,
    source: bytes,
    saida: Path,
    *,
    recorded: Mapping[str, str] | None = None,
) -> WrittenFiles:
    """Everything of one source file in `saida`; `recorded` is what was last written there."""
    return put(render(report, source), saida, recorded or {})
