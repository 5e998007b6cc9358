"""Where the processor's time of `conferir` goes, stage by stage.

    python -m tests.bench.etapas PASTA

Runs it in this process as `--processos 1` does, with a clock around each stage of the pipeline, and
prints the seconds of CPU of each as JSON; those of the process that reads count as reading.
"""

import contextlib
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.bench.piso import JSON, LIBRARIES, READ, VALIDATE, WRITE

STAGES = {
    "cells_of": READ,
    "map_book": "entender as colunas",
    "validate": VALIDATE,
    "compose": JSON,
    "content_of": "prever a prefeitura",
    "look_up": "histórico e diário",
    "fates_of": "histórico e diário",
    "group": "agrupar em lotes",
    "claim": "histórico e diário",
    "report_of": "relatar",
    "render": WRITE,
}
"""The stages by their names in `pipeline`."""
REST = "o resto"


def main(pasta: str) -> None:
    """Print the seconds of CPU of each stage."""
    from converter import pipeline
    from converter.cli import main as planilote
    from converter.reading import apart
    from converter.runtime import preload  # noqa: F401 - so that it is no part of any stage

    spent: defaultdict[str, float] = defaultdict(float)
    spent[LIBRARIES] = time.process_time()

    def timed(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            begin = time.process_time()
            try:
                return work(*given, **named)
            finally:
                spent[part] += time.process_time() - begin

        return counted

    for name, part in STAGES.items():
        setattr(pipeline, name, timed(part, getattr(pipeline, name)))
    with contextlib.suppress(SystemExit):
        planilote(["conferir", "--quieto", "--processos", "1", "--pasta", pasta])
    if apart._reader is not None:
        apart._reader.end()
    spent[REST] = time.process_time() - sum(spent.values())
    reader = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent[READ] += reader.ru_utime + reader.ru_stime
    print(json.dumps(spent))


if __name__ == "__main__":
    main(sys.argv[1])
