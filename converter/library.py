"""planilote from Python: a notebook, a script, another program."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter import pipeline
from converter.errors import SettingsError
from converter.history.fate import fates_of
from converter.model.cells import RawBook, RawSheet, RawValue
from converter.model.history import RowHistory
from converter.model.notas import Lote, TypedSheet
from converter.model.problems import Problem, Severity
from converter.model.readfile import ReadFile
from converter.model.run import RunReport
from converter.runtime import config
from converter.runtime.cells import read_cells
from converter.runtime.environment import Environment
from converter.runtime.sending import Confirm
from converter.settings import Ambiente, Folders, Settings, load
from converter.stages.group import group
from converter.texts.sentences import sentence

if TYPE_CHECKING:
    import pandas as pd

NOTAS = "notas"
"""The sheet that a DataFrame is read as: its columns are row 1, its first row is row 2."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What a spreadsheet says, and what is wrong with it.

    `frame` holds the typed notes: index = Excel row (with the sheet before it, where several
    sheets hold notes), columns = API paths, exact values; a missing value is a key left out.
    `problems` are at their cells: `row` and `column` are what Excel shows, `code` is stable.
    `lotes` are what would be sent: a prestador with an error is held whole.
    """

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    lotes: tuple[Lote, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is held back."""
        return not any(problem.severity is Severity.ERRO for problem in self.problems)

    @property
    def payloads(self) -> list[dict[str, object]]:
        """The body of `POST /v2/lotes_rps` of each lote, amounts as Decimal."""
        return [json.loads(lote.payload, parse_float=Decimal) for lote in self.lotes]


def validate(
    source: str | os.PathLike[str] | pd.DataFrame,
    *,
    folder: str | os.PathLike[str] | None = None,
    settings: Mapping[str, object] | None = None,
    mapeamento: str | None = None,
    ambiente: str = "simulado",
    now: datetime | None = None,
) -> Validation:
    """Read, map and check one spreadsheet; nothing is written and nothing is sent.

    Args:
        source: A spreadsheet, or a DataFrame whose columns are headers as a sheet would have them.
        folder: The working folder whose `planilote.toml` and `mappings/` hold; without it, none.
        settings: What `planilote.toml` would say, for instance `{"padroes": {"uf": "SP"}}`.
        mapeamento: The mapping to use, where it is not to be recognised by the headers.
        ambiente: Where the notes would go.
        now: The moment of the check, aware; without it, this one.

    Raises:
        PlaniloteError: A setting or a mapping cannot be used.
        OSError: The file cannot be read.
    """
    chosen = _settings(folder, settings, mapeamento, ambiente)
    rules = config.load(chosen, now or datetime.now().astimezone(), {}, {})
    cells = _read(source)
    if cells.book is None:
        return Validation(_frame([]), cells.problems, ())
    checked = pipeline.check(cells.book, cells, rules)
    content, composed = checked.content, checked.composed
    new = [[RowHistory.NEW] * len(sheet.rows) for sheet in composed]
    held, waiting = content.rejected, content.waiting
    fates = fates_of(composed, new, held, parcial=chosen.parcial, waiting=waiting)
    lotes = group(cells.book.arquivo, composed, fates, rules.splitting)
    return Validation(_frame(checked.typed), content.problems, lotes)


def convert(
    folder: str | os.PathLike[str],
    names: Sequence[str] = (),
    *,
    enviar: bool = True,
    ambiente: str | None = None,
    confirm: Confirm | None = None,
    environ: Mapping[str, str] | None = None,
    **options: Any,
) -> RunReport:
    """Convert a working folder, as `planilote converter` does: results go to its `saida/`.

    Args:
        folder: The working folder.
        names: Files of its `entrada/`; all of them when empty.
        enviar: False is `planilote conferir`: everything but sending.
        ambiente: `simulado`, `homologacao` or `producao`; without it, that of `planilote.toml`.
        confirm: Asked with a summary before anything is sent. `producao` needs one.
        environ: Where tokens are looked for; without it, the environment of this process.
        **options: `mapeamento`, `parcial`, `processos`, `dask`, `reenviar`, as on the command line.

    Raises:
        PlaniloteError: A choice that cannot be followed, or a folder that another run is using.
    """
    outside = os.environ if environ is None else environ
    settings = load(outside, pasta=os.fspath(folder), ambiente=ambiente, **options)
    if enviar and confirm is None and settings.ambiente is Ambiente.PRODUCAO:
        raise SettingsError(sentence("comando.sem-confirm"))
    world = Environment(environ=outside)
    return pipeline.run(settings, world, names, enviar=enviar, tell=lambda _: None, confirm=confirm)


def _settings(
    folder: str | os.PathLike[str] | None,
    said: Mapping[str, object] | None,
    mapeamento: str | None,
    ambiente: str,
) -> Settings:
    if folder is not None:
        found = load({}, pasta=os.fspath(folder), ambiente=ambiente, mapeamento=mapeamento)
        table = {**found.tabela, **(said or {})}
        return Settings(found.folders, found.ambiente, mapeamento=found.mapeamento, tabela=table)
    nowhere = Folders(Path(__file__).parent / "no-such-folder")
    return Settings(nowhere, Ambiente(ambiente), mapeamento=mapeamento, tabela=dict(said or {}))


def _read(source: str | os.PathLike[str] | pd.DataFrame) -> ReadFile:
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        return read_cells(path.read_bytes(), path.name)
    header = [str(name) for name in source.columns]
    columns = [[_raw(value) for value in source[name]] for name in source.columns]
    rows = [header, *map(list, zip(*columns, strict=True))]
    size = int(source.memory_usage().sum())
    return ReadFile(RawBook("DataFrame", "", size, "dataframe", (RawSheet(NOTAS, rows),)))


def _raw(value: Any) -> RawValue:
    """A value of a DataFrame as a cell would hold it."""
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, Decimal):
        return float(value)
    if hasattr(value, "item"):
        value = value.item()
    known: RawValue = value if isinstance(value, RawValue) else str(value)
    return known


def _frame(sheets: Sequence[TypedSheet]) -> pd.DataFrame:
    import pandas as pd

    frames = {sheet.source.planilha: sheet.frame.rename_axis("linha") for sheet in sheets}
    if len(frames) == 1:
        return frames.popitem()[1]
    return pd.concat(frames, names=["planilha"]) if frames else pd.DataFrame()
