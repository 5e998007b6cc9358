"""A table checked as `conferir` does, without a journal or an API."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from converter.model.filerun import Content
from converter.model.rows import ComposedSheet
from converter.runtime import config
from converter.settings import Folders, Settings
from tests.corrida import entendido

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def conferida(
    folder: Path, rows: Sequence[Mapping[str, str]], tabela: Mapping[str, Any] | None = None
) -> tuple[Content, ComposedSheet]:
    """What is said of the rows (one sheet), and the rows with their JSON."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [";".join(names), *(";".join(row.get(name, "") for name in names) for row in rows)]
    data = "\n".join(lines).encode()
    (folder / "mappings").mkdir(exist_ok=True)
    rules = config.load(Settings(Folders(folder), tabela=dict(tabela or {})), NOW, {}, {})
    content, (sheet,) = entendido("notas.csv", data, rules)
    return content, sheet
