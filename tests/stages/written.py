"""A report rendered and put into a folder, as a run does it."""

from collections.abc import Mapping
from pathlib import Path

from converter.model.report import FileReport
from converter.sheets.lote import Describer
from converter.stages.write import Written, put, render


def write(
    report: FileReport,
    source: bytes,
    saida: Path,
    *,
    recorded: Mapping[str, str] | None = None,
    describe: Describer | None = None,
) -> Written:
    """Everything of one source file in `saida`; `recorded` is what was last written there."""
    return put(render(report, source, describe=describe), saida, recorded or {})
