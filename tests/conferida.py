"""A table checked as `conferir` does, without a journal or an API."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from converter.model.filerun import Arrived, Content, FileRun, InMemory
from converter.pipeline import understand
from converter.runtime import config
from converter.settings import Folders, Settings

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def conferida(
    folder: Path, rows: Sequence[Mapping[str, str]], tabela: Mapping[str, Any] | None = None
) -> tuple[Content, Sequence[str]]:
    """What is said of the rows (one sheet), and the JSON of each note."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [";".join(names), *(";".join(row.get(name, "") for name in names) for row in rows)]
    data = "\n".join(lines).encode()
    (folder / "mappings").mkdir(exist_ok=True)
    rules = config.load(Settings(Folders(folder), tabela=dict(tabela or {})), NOW, {}, {})
    sha256 = hashlib.sha256(data).hexdigest()
    file = FileRun("notas.csv", sha256, "notas", Arrived(len(data), InMemory(data)))
    done = understand(file, rules).phase
    (objects,) = done.objects.load()
    return done.content.load(), objects
